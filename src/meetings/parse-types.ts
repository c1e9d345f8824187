import type { PlainDate, WallTime } from '../core/dates.js'
import type { MessageKey } from '../core/message-keys.js'

/** A key of the locales under `meetings.parse`. */
export type ParseCode = Extract<MessageKey, `meetings.parse.${string}`>

/** What is missing or wrong in a line; `code` with `params` is the sentence that asks for exactly that. Dates are ISO. */
export type Problem = Readonly<{ part: Part; code: ParseCode; params: Readonly<Record<string, string | number>> }>
export type Part = 'day' | 'time' | 'place'

export type Parsed<T> = Readonly<{ ok: true; value: T } | { ok: false; code: ParseCode; params: Problem['params'] }>

/** "7 giờ" with no part of the day is both, and is asked about, never guessed. */
export type TimeReading = Readonly<
  { kind: 'clear'; time: WallTime } | { kind: 'ambiguous'; am: WallTime; pm: WallTime }
>

export type Wrong = Readonly<{ kind: 'wrong'; code: ParseCode; params: Problem['params'] }>

export const wrong = (code: ParseCode, params: Problem['params'] = {}): Wrong => ({ kind: 'wrong', code, params })

export type DayReading = Readonly<{ kind: 'day'; day: PlainDate }>

export type MeetingKind = 'regular' | 'thematic' | 'cell_committee'

/** What a line may say of a meeting beside its day and hour. */
export type Particulars = Readonly<{
  time: TimeReading | null
  place: string | null
  kind: MeetingKind
  /** Null: nothing was said of it. */
  online: boolean | null
  agenda: string | null
  durationMinutes: number | null
  /** Words that were not understood, to be shown and never silently dropped; null: none. */
  unread: string | null
  problems: readonly Problem[]
}>
