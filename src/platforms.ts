import { createPageChannel, type PageChannel } from './channels/page/index.js'
import { createTelegramChannel } from './channels/telegram/index.js'
import { createZaloChannel } from './channels/zalo/index.js'
import type { Config } from './config.js'
import type { Log } from './core/log.js'
import type { Channel } from './messaging/channel.js'

/** The accounts that the environment names, each as a channel. Nothing is called before a channel is identified or started. */
export const openChannels = (config: Config, log: Log): Channel[] => [
  ...openTelegram(config, log),
  ...openZalo(config, log),
]

type Way = Readonly<{ mode: 'polling' } | { mode: 'webhook'; publicUrl: string }>

const wayOf = (mode: 'polling' | 'webhook', publicUrl: string | null): Way =>
  mode === 'webhook' && publicUrl ? { mode, publicUrl } : { mode: 'polling' }

function openTelegram({ telegram, publicUrl }: Config, log: Log): Channel[] {
  if (!telegram) return []
  return [createTelegramChannel({ ...telegram, ...wayOf(telegram.mode, publicUrl) }, log)]
}

function openZalo({ zalo, publicUrl }: Config, log: Log): Channel[] {
  if (!zalo) return []
  return [createZaloChannel({ ...zalo, ...wayOf(zalo.mode, publicUrl) }, log)]
}

/** Personal pages, where pages of ours can be reached from outside. */
export const openPersonalPages = ({ publicUrl }: Config): PageChannel | null => (publicUrl ? createPageChannel() : null)
