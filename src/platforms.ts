import { createPageChannel, type PageChannel } from './channels/page/index.js'
import { createTelegramChannel } from './channels/telegram/index.js'
import type { Config } from './config.js'
import type { Log } from './core/log.js'
import type { Channel } from './messaging/channel.js'

/** The accounts that the environment names, each as a channel. Nothing is called before a channel is identified or started. */
export const openChannels = (config: Config, log: Log): Channel[] => [...openTelegram(config, log)]

function openTelegram({ telegram, publicUrl }: Config, log: Log): Channel[] {
  if (!telegram) return []
  const { token, apiRoot, mode } = telegram
  return [
    mode === 'webhook' && publicUrl
      ? createTelegramChannel({ token, apiRoot, mode, publicUrl }, log)
      : createTelegramChannel({ token, apiRoot, mode: 'polling' }, log),
  ]
}

/** Personal pages, where pages of ours can be reached from outside. */
export const openPersonalPages = ({ publicUrl }: Config): PageChannel | null => (publicUrl ? createPageChannel() : null)
