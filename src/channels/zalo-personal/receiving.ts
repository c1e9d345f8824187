import type { Log } from '../../core/log.js'
import type { RawUpdate, Receive } from '../../messaging/channel.js'
import { type Receiver, type StateCell, supervise } from '../../messaging/receiving.js'
import { storeFirmly } from '../../messaging/storing.js'
import type { Account } from './account.js'
import { judge } from './errors.js'
import type { PersonalApi } from './library.js'
import { type Listening, listen } from './listening.js'
import type { PersonalTimes } from './pacing.js'
import { type Message, toRaw } from './payload.js'

type Parts = Readonly<{
  account: Account
  state: StateCell
  times: PersonalTimes
  /** Milliseconds: what was said to the account before is none of ours. */
  since: number
  log: Log
}>

const PLATFORM = 'zalo-personal'

/** A session that is not used is said to end; only a word that it is over means anything here. */
async function keepAlive(api: PersonalApi, log: Log): Promise<void> {
  try {
    await api.keepAlive()
  } catch (err) {
    if (judge(err).code === 'unauthorized') throw err
    log.debug({ err }, `${PLATFORM}: the session was not kept alive`)
  }
}

/** A sign-in that hangs must not keep us from stopping. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      const stopped = (): void => reject(new Error('stopped'))
      if (signal.aborted) stopped()
      signal.addEventListener('abort', stopped, { once: true })
    }),
  ])

/** From one start to its stop: listener after listener, each with a session of its own. */
function createRun({ account, state, times, since, log }: Parts, receive: Receive) {
  const stopping = new AbortController()
  const { signal } = stopping
  let live: Readonly<{ api: PersonalApi; listening: Listening }> | null = null
  let alive = 0
  let storing: Promise<void> = Promise.resolve()

  const isOurs = ({ data }: Message): boolean => Number(data.ts) >= Math.max(since, Date.now() - times.missedMs)

  const store = async (updates: readonly RawUpdate[]): Promise<void> => {
    await storeFirmly(receive, updates, { platform: PLATFORM, state, times, signal, log })
    if (state.now.code === 'not-stored') state.now = { state: 'running' }
  }

  const connect = async (): Promise<NonNullable<typeof live>> => {
    const api = await unlessAborted(account.sessionToListen(), signal)
    const own = api.getOwnId()
    const listening = listen({
      api,
      times,
      signal,
      take: (messages, missed) => {
        const updates = messages.filter((one) => !missed || isOurs(one)).flatMap((one) => toRaw(one, own) ?? [])
        if (updates.length > 0) storing = storing.then(() => store(updates))
      },
    })
    try {
      await listening.ready()
    } catch (error) {
      listening.drop()
      throw error
    }
    alive = performance.now()
    state.now = { state: 'running' }
    return { api, listening }
  }

  const turn = async (): Promise<boolean> => {
    try {
      live ??= await connect()
      await live.listening.hold()
      if (performance.now() - alive >= times.keepAliveMs) {
        await keepAlive(live.api, log)
        alive = performance.now()
      }
      return true
    } catch (error) {
      live?.listening.drop()
      live = null
      throw error
    }
  }

  const running = supervise({ platform: PLATFORM, turn, judge, signal, state, times, log, begun: () => {} })
  return {
    stop: async (): Promise<void> => {
      stopping.abort()
      await running
      live?.listening.drop()
      await storing
    },
  }
}

/** Our own reconnecting: whatever ended a listener, the next one follows after a growing pause, unless the end is final. */
export function createReceiver(parts: Parts): Receiver {
  let run: ReturnType<typeof createRun> | null = null
  return {
    // A sign-in has no time limit of the library's: nobody waits for it, the state says how it stands.
    start: async (receive) => {
      run = createRun(parts, receive)
    },
    stop: async () => {
      await run?.stop()
      run = null
    },
  }
}
