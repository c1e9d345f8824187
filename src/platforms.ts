import { createPageChannel, type PageChannel } from './channels/page/index.js'
import { sandboxLink } from './channels/sandbox/index.js'
import { createTelegramChannel } from './channels/telegram/index.js'
import { telegramLink } from './channels/telegram/link.js'
import { createZaloChannel } from './channels/zalo/index.js'
import { createPersonalZaloChannel, PERSONAL_ZALO } from './channels/zalo-personal/index.js'
import { loadLibrary } from './channels/zalo-personal/library.js'
import { beginSignIn, type SignIn, type SignInState } from './channels/zalo-personal/sign-in.js'
import type { Config } from './config.js'
import type { Log } from './core/log.js'
import type { DeepLink } from './messaging/bots.js'
import type { Channel } from './messaging/channel.js'

export type PlatformSettings = Pick<Config, 'telegram' | 'zalo' | 'personalZalo' | 'publicUrl'>

type Way = Readonly<{ mode: 'polling' } | { mode: 'webhook'; publicUrl: string }>

const wayOf = (mode: 'polling' | 'webhook', publicUrl: string | null): Way =>
  mode === 'webhook' && publicUrl ? { mode, publicUrl } : { mode: 'polling' }

/** How a bot is opened by its token: with the environment's settings of its platform, whoever's token it is. */
const OPENERS = {
  telegram: (token: string, { telegram, publicUrl }: PlatformSettings, log: Log) =>
    createTelegramChannel({ ...telegram, token, ...wayOf(telegram.mode, publicUrl) }, log),
  zalo: (token: string, { zalo, publicUrl }: PlatformSettings, log: Log) =>
    createZaloChannel({ ...zalo, token, ...wayOf(zalo.mode, publicUrl) }, log),
}

const NAMES = Object.keys(OPENERS) as (keyof typeof OPENERS)[]

/**
 * Links that open a bot's chat with a code, also of a bot that is not open here (the command line, another instance). On a
 * platform that is not here the code is typed.
 */
const LINKS: Readonly<Record<string, (username: string, code: string) => string>> = {
  telegram: telegramLink,
  sandbox: (_, code) => sandboxLink(code),
}

/** The accounts that the environment names, each as a channel. Nothing is called before a channel is identified or started. */
export const openChannels = (config: PlatformSettings, log: Log): Channel[] =>
  NAMES.flatMap((name) => {
    const { token } = config[name]
    return token ? [OPENERS[name](token, config, log)] : []
  })

/** A bot that was added by its token; null: no bot of such a platform can be. */
export function openChannel(platform: string, token: string, settings: PlatformSettings, log: Log): Channel | null {
  if (platform === PERSONAL_ZALO) return settings.personalZalo ? createPersonalZaloChannel({ token }, log) : null
  const name = NAMES.find((one) => one === platform)
  return name ? OPENERS[name](token, settings, log) : null
}

/** Signs in to a person's own Zalo account; only where that is switched on. */
export const beginPersonalSignIn = (changed?: (state: SignInState) => void): SignIn => beginSignIn(loadLibrary, changed)

export const deepLink: DeepLink = ({ platform, username }, code) => LINKS[platform]?.(username ?? '', code) ?? null

/** Personal pages, where pages of ours can be reached from outside. */
export const openPersonalPages = ({ publicUrl }: Config): PageChannel | null => (publicUrl ? createPageChannel() : null)
