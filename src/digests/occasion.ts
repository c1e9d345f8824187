import type { PlainDate, Zone } from '../core/dates.js'
import type { DigestKind } from '../database/generated/enums.js'
import type { Outgoing } from '../messaging/outbox.js'
import type { Made, Reader } from './store-readers.js'

/** One unit's digest or preview that has fallen due. */
export type Occasion = Readonly<{
  unitId: string
  kind: DigestKind
  zone: Zone
  /** Monday of the week that it opens. */
  week: PlainDate
  today: PlainDate
  /** As of when things are read. */
  at: Date
  /** Until when it is worth sending. */
  usable: Date
}>

/** What a run writes: rows to keep and messages to send. */
export type Work = Readonly<{ made: readonly Made[]; messages: readonly Outgoing[] }>

export const joinWork = (parts: readonly Work[]): Work => ({
  made: parts.flatMap(({ made }) => made),
  messages: parts.flatMap(({ messages }) => messages),
})

export const readersOf = (all: readonly Reader[], unitId: string): string[] =>
  all.filter((one) => one.unitId === unitId).map(({ personId }) => personId)
