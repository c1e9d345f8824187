import type { PlainDate } from '../core/dates.js'
import { readDay } from './parse-day.js'
import { type Line, type Outer, takeOuter, without } from './parse-outer.js'
import { particulars } from './parse-parts.js'
import { readTime } from './parse-time.js'
import { type Hit, scanAll } from './parse-tokens.js'
import type { DayReading, Particulars, Problem, Wrong } from './parse-types.js'

/** One meeting as a line told it; what is null has its sentence in `problems`. */
export type MeetingDraft = Particulars & Readonly<{ day: PlainDate | null }>

type DayHit = Hit<DayReading | Wrong>

const dayProblem = (code: Problem['code'], params: Problem['params'] = {}): Problem => ({ part: 'day', code, params })

const meaning = (hit: DayHit): string => JSON.stringify(hit.value)

/** Papers carry other dates too ("Công văn ngày 20/11"): the one beside the hour is meant. Within four words counts. */
const NEAR = 4

function beside(hits: readonly DayHit[], line: Line): DayHit | null {
  const times = scanAll(line.slots, readTime)
  const near = hits.filter((day) =>
    times.some((time) => Math.min(Math.abs(time.start - day.next), Math.abs(day.start - time.next)) <= NEAR),
  )
  return new Set(near.map(meaning)).size === 1 ? (near[0] ?? null) : null
}

function choose(hits: readonly DayHit[], line: Line): Readonly<{ hit: DayHit | null; problem: Problem | null }> {
  const distinct = new Set(hits.map(meaning)).size
  const cleared = hits.reduce((rest, hit) => without(rest, hit.start, hit.next), line)
  const hit = distinct > 1 ? beside(hits, cleared) : (hits[0] ?? null)
  if (!hit)
    return { hit: null, problem: dayProblem(distinct > 1 ? 'meetings.parse.two-days' : 'meetings.parse.no-day') }
  const { value } = hit
  return { hit, problem: value.kind === 'wrong' ? dayProblem(value.code, value.params) : null }
}

/** The draft of a line whose outer parts are taken. */
export function draftOf(outer: Outer, today: PlainDate): MeetingDraft {
  const hits = scanAll(outer.line.slots, readDay(today))
  const { hit, problem } = choose(hits, outer.line)
  const rest = hits.reduce((line, taken) => without(line, taken.start, taken.next), outer.line)
  return {
    ...particulars(outer, rest, hit?.start ?? null, problem),
    day: hit?.value.kind === 'day' ? hit.value.day : null,
  }
}

/**
 * One meeting as people write it: "25/12/2026 19:30 chuyên đề tại Nhà văn hoá". `today` is the cell's own. Always
 * answers; what is missing or wrong is in `problems`, day before time before place.
 */
export const parseMeetingLine = (text: string, today: PlainDate): MeetingDraft => draftOf(takeOuter(text), today)
