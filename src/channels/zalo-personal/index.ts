import { AppError } from '../../core/errors.js'
import type { Log } from '../../core/log.js'
import type { Channel, ChannelLimits } from '../../messaging/channel.js'
import { isFinal, type StateCell } from '../../messaging/receiving.js'
import { type Account, createAccount } from './account.js'
import { fromToken } from './credentials.js'
import { decode } from './decode.js'
import { createDeliver } from './deliver.js'
import { download } from './download.js'
import { judge } from './errors.js'
import { loadLibrary, type PersonalApi, type PersonalLibrary } from './library.js'
import { type PersonalTimes, personalLimits, personalQuota, personalTimes } from './pacing.js'
import { createReceiver } from './receiving.js'

export const PERSONAL_ZALO = 'zalo-personal'

export type PersonalOptions = Readonly<{
  /** What a sign-in gave: `credentials.ts`. */
  token: string
  load?: () => Promise<PersonalLibrary>
  /** How what people send is fetched. */
  get?: typeof fetch
  limits?: ChannelLimits
  times?: Partial<PersonalTimes>
}>

/** Who a session belongs to, by the library's own word. */
export async function whoIs(api: PersonalApi): Promise<{ externalId: string; username: string | null }> {
  // A name is a courtesy: without it the account is known by its platform.
  const name = await api.fetchAccountInfo().then(
    ({ profile }) => profile.displayName || profile.zaloName,
    () => null,
  )
  return { externalId: api.getOwnId(), username: name || null }
}

async function identify(account: Account, state: StateCell): Promise<{ externalId: string; username: string | null }> {
  try {
    return await whoIs(await account.session())
  } catch (error) {
    const code = judge(error).code === 'unauthorized' ? 'unauthorized' : 'unreachable'
    state.now = { state: 'failing', code }
    throw new AppError(`common.error.zalo-${code}`, {}, { cause: error })
  }
}

/**
 * A person's own Zalo account as a channel, through the community's client. Nothing happens before `identify` or
 * `start`, and nothing of the library is loaded before; once stopped it hears no more, but still sends.
 */
export function createPersonalZaloChannel(options: PersonalOptions, log: Log): Channel {
  const limits = options.limits ?? personalLimits
  const times = { ...personalTimes, ...options.times }
  const credentials = fromToken(options.token)
  const account = createAccount(options.load ?? loadLibrary, credentials)
  const state: StateCell = { now: { state: 'stopped' } }
  const receiver = createReceiver({ account, state, times, since: credentials.since, log })

  return {
    platform: PERSONAL_ZALO,
    limits,
    can: {
      buttons: false,
      edits: false,
      files: true,
      menus: false,
      push: true,
      deletes: false,
      toasts: false,
      ownersChats: true,
    },
    quota: personalQuota,
    // One listener an account: two instances would turn each other out for ever.
    polls: true,
    identify: () => identify(account, state),
    start: async (receive) => {
      state.now = { state: 'starting' }
      await receiver.start(receive)
    },
    stop: async () => {
      await receiver.stop()
      if (!isFinal(state.now.code)) state.now = { state: 'stopped' }
    },
    state: () => state.now,
    decode,
    ...createDeliver(account),
    download: (href, signal) => download(href, limits.downloadBytes, signal, options.get),
    deepLink: () => null,
  }
}
