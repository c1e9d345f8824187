import { type Line, takeOuter, without } from './parse-outer.js'
import { particulars } from './parse-parts.js'
import { type RuleReading, readRule } from './parse-rule.js'
import { match, pattern, scanAll } from './parse-tokens.js'
import type { Particulars, Problem } from './parse-types.js'
import { ruleOf } from './recurrence.js'

/** A series as a line told it. `rrule` is null where the day is missing, wrong or lunar; `problems` say which. */
export type ScheduleDraft = Particulars &
  Readonly<{
    rrule: string | null
    /** Said to be of the lunar calendar: asked back, with the same solar day as the offer; never converted. */
    lunar: boolean
    /** The lunar day of the month, where one was named. */
    lunarDay: number | null
  }>

const LUNAR_WORD = pattern('âm lịch')

const dayProblem = (code: Problem['code'], params: Problem['params'] = {}): Problem => ({ part: 'day', code, params })

function problemOf(readings: readonly RuleReading[], lunar: boolean): Problem | null {
  const [first] = readings
  if (lunar) return dayProblem('meetings.parse.lunar')
  if (!first) return dayProblem('meetings.parse.no-rule')
  const distinct = new Set(readings.map((reading) => JSON.stringify(reading)))
  if (distinct.size > 1) return dayProblem('meetings.parse.two-days')
  return first.kind === 'wrong' ? dayProblem(first.code, first.params) : null
}

const saysLunar = (line: Line): boolean => line.all.some((_, at) => match(LUNAR_WORD, line.all, at) !== null)

/**
 * A monthly series as people write it: "mùng 3 hàng tháng 7 giờ tối tại Hội trường tầng 2". Always answers; what is
 * missing or wrong is in `problems` and what was not understood in `unread`, so that exactly that is asked for.
 */
export function parseScheduleLine(text: string): ScheduleDraft {
  const outer = takeOuter(text)
  const hits = scanAll(outer.line.slots, readRule)
  const readings = hits.map((hit) => hit.value)
  const [first] = readings
  const lunar = saysLunar(outer.line) || readings.some((reading) => reading.kind === 'lunar')
  const rest = hits.reduce((line, hit) => without(line, hit.start, hit.next), outer.line)
  const problem = problemOf(readings, lunar)
  return {
    ...particulars(outer, rest, hits[0]?.start ?? null, problem),
    rrule: !problem && first?.kind === 'rule' ? ruleOf(first.monthly) : null,
    lunar,
    lunarDay: lunar ? lunarDayOf(first) : null,
  }
}

function lunarDayOf(reading: RuleReading | undefined): number | null {
  if (reading?.kind === 'lunar') return reading.day
  return reading?.kind === 'rule' && reading.monthly.kind === 'day' ? reading.monthly.day : null
}
