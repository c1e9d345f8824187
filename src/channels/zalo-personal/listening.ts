import { setTimeout as pause } from 'node:timers/promises'
import { Closed, Silent } from './errors.js'
import type { PersonalApi } from './library.js'
import type { PersonalTimes } from './pacing.js'
import type { Message } from './payload.js'

export type Listening = Readonly<{
  /** Resolves once messages can be read. Rejects `Closed` or `Silent`. */
  ready: () => Promise<void>
  /** Resolves after a while in which it was heard that the socket lives. Rejects `Closed` or `Silent`. */
  hold: () => Promise<void>
  /** Ends it; whatever it says later is not heard. */
  drop: () => void
}>

type Parts = Readonly<{
  api: PersonalApi
  times: PersonalTimes
  signal: AbortSignal
  /** `missed`: what was said before we listened, in answer to our question. */
  take: (messages: readonly Message[], missed: boolean) => void
}>

/** Whatever the library tells when a frame has come; pongs it tells nobody. */
const SIGNS = [
  'typing',
  'old_reactions',
  'seen_messages',
  'delivered_messages',
  'reaction',
  'upload_attachment',
  'undo',
  'friend_event',
  'group_event',
] as const

/** The library's `ThreadType`. */
const PEOPLE = 0
const GROUPS = 1

/** One listener of the library's, from its start to its end: its reconnecting is off, because it knows few codes. */
export function listen({ api, times, signal, take }: Parts): Listening {
  const { listener } = api
  let dropped = false
  let heard = 0
  let sign: () => void = () => {}
  let opened: () => void = () => {}
  let end: (error: Error) => void = () => {}
  const open = new Promise<void>((resolve) => {
    opened = resolve
  })
  const ended = new Promise<never>((_, reject) => {
    end = reject
  })
  // Whoever waits for it sees it too.
  ended.catch(() => {})

  const hear = (messages: readonly Message[] = [], missed = false): void => {
    if (dropped) return
    heard += 1
    sign()
    if (messages.length > 0) take(messages, missed)
  }
  const within = (ms: number, what: Promise<void>): Promise<void> => {
    const late = new AbortController()
    const stopped = AbortSignal.any([signal, late.signal])
    const silence = pause(ms, undefined, { signal: stopped }).then(() => {
      throw new Silent()
    })
    return Promise.race([what, ended, silence]).finally(() => late.abort())
  }
  const nextSign = (): Promise<void> =>
    new Promise((resolve) => {
      sign = resolve
    })

  listener.on('closed', (code) => end(new Closed(code)))
  // Of a broken socket it is followed by the closing; of a frame that cannot be read it is not. Without it node would end us.
  listener.on('error', () => hear())
  for (const name of SIGNS) listener.on(name, () => hear())
  listener.on('message', (message) => hear([message]))
  listener.on('old_messages', (messages) => hear(messages, true))
  listener.on('cipher_key', () => {
    hear()
    opened()
  })
  listener.start({ retryOnClose: false })

  return {
    ready: async () => {
      await within(times.connectMs, open)
      listener.requestOldMessages(PEOPLE)
      listener.requestOldMessages(GROUPS)
    },
    hold: async () => {
      const before = heard
      await Promise.race([ended, pause(times.quietMs, undefined, { signal })])
      if (heard > before) return
      const answer = nextSign()
      listener.requestOldMessages(PEOPLE)
      await within(times.answerMs, answer)
    },
    drop: () => {
      dropped = true
      listener.stop()
    },
  }
}
