import { HOUR } from '../core/dates.js'

/** One address at which a message was tried, as its last part stands there. */
export type Try = Readonly<{
  platform: string
  state: 'queued' | 'in_flight' | 'sent' | 'failed' | 'withdrawn' | 'expired'
  /** Why it failed there, in the words of the sender: `blocked`, `quota` … */
  code: string | null
  /** When it ended. */
  at: Date | null
  notBefore: Date
  /** A page of the person's own: when it was last opened; null elsewhere, or never. */
  openedAt: Date | null
}>

/** A message as the outbox has it, its tries in order. */
export type Message = Readonly<{
  state: 'queued' | 'sent' | 'withdrawn' | 'expired' | 'failed' | 'unreachable'
  tries: readonly Try[]
}>

export const CODES = ['blocked', 'deactivated', 'gone', 'quota', 'bot', 'unlinked', 'refused'] as const
/** Why a way failed, as far as it changes what a secretary does. */
export type Why = (typeof CODES)[number]

/** Where something went, and why it did not go where it was tried before. */
type Gone = Readonly<{ platform: string; after: Readonly<{ platform: string; why: Why }> | null }>

/** What became of a message. */
export type Fate =
  | Readonly<{ kind: 'nothing' }>
  | (Readonly<{ kind: 'sent'; at: Date }> & Gone)
  /** On a page that rings no bell: read only once it is opened. */
  | (Readonly<{ kind: 'placed'; at: Date; opened: boolean }> & Gone)
  | (Readonly<{ kind: 'waiting'; since: Date }> & Gone)
  | (Readonly<{ kind: 'expired' }> & Gone)
  | (Readonly<{ kind: 'failed' }> & Gone & Readonly<{ why: Why }>)
  /** No address at all. */
  | Readonly<{ kind: 'nowhere' }>

const BLOCKED = new Set(['blocked', 'kicked', 'not-a-member', 'never-started', 'forbidden', 'stranger'])

export function whyOf(code: string | null): Why {
  if (code === null) return 'refused'
  if (BLOCKED.has(code)) return 'blocked'
  if (code === 'deactivated' || code === 'quota' || code === 'unlinked') return code
  if (code === 'unauthorized' || code.startsWith('bot-')) return 'bot'
  return code === 'chat-not-found' || code === 'unreachable' ? 'gone' : 'refused'
}

/** From rows to what a secretary is told. Null: nothing was to be said. */
export function fateOf(message: Message | null): Fate {
  if (!message || message.state === 'withdrawn') return { kind: 'nothing' }
  const last = message.tries.at(-1)
  if (!last) return { kind: 'nowhere' }
  const before = message.tries.at(-2)
  const after = before?.state === 'failed' ? { platform: before.platform, why: whyOf(before.code) } : null
  const gone = { platform: last.platform, after }
  switch (last.state) {
    case 'sent': {
      const at = last.at ?? last.notBefore
      if (last.platform !== 'page') return { kind: 'sent', at, ...gone }
      return { kind: 'placed', at, opened: last.openedAt !== null && last.openedAt >= at, ...gone }
    }
    case 'queued':
    case 'in_flight':
      return { kind: 'waiting', since: last.notBefore, ...gone }
    case 'expired':
      return { kind: 'expired', ...gone }
    case 'withdrawn':
      return { kind: 'nothing' }
    case 'failed':
      return { kind: 'failed', why: whyOf(last.code), ...gone }
  }
}

/** How somebody stands towards a meeting's messages. */
export type Standing = Readonly<{
  /** Declined the chat, or withdrew consent: told in person. */
  direct: boolean
  /** Has an address that works now. */
  hasWay: boolean
  fate: Fate
}>

export const REASONS_UNREACHED = ['direct', 'no-way', 'failed', 'expired', 'page', 'waiting'] as const
export type Unreached = (typeof REASONS_UNREACHED)[number]

/** What waits longer than this, though it may go, is not on its way: the platform is away, or the quota is spent. */
const STUCK = HOUR

/**
 * Why somebody cannot count as reached; null: they can. The one definition, for the summary, the call list and the
 * evening before. Whoever has answered was reached, which the caller knows.
 */
export function unreachedBecause({ direct, hasWay, fate }: Standing, now: Date): Unreached | null {
  if (direct) return 'direct'
  if (!hasWay || fate.kind === 'nowhere') return 'no-way'
  if (fate.kind === 'failed' || fate.kind === 'expired') return fate.kind
  if (fate.kind === 'placed') return fate.opened ? null : 'page'
  if (fate.kind === 'waiting') return now.getTime() - fate.since.getTime() > STUCK ? 'waiting' : null
  return null
}
