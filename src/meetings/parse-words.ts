import type { PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import type { Problem } from './parse-types.js'
import type { MonthlyDay } from './recurrence.js'

/** The sentence that names a problem and asks for its cure; its ISO date in the reader's own writing. */
export function problemWords({ code, params }: Pick<Problem, 'code' | 'params'>, t: Translate): string {
  const date = params.date ? { date: t.date(String(params.date) as PlainDate, 'weekday-day-month-year') } : {}
  return t(code, { ...params, ...date })
}

/** "ngày 3 hằng tháng", "the first Monday of every month". */
export function ruleWords(monthly: MonthlyDay, t: Translate): string {
  if (monthly.kind === 'last-day') return t('meetings.parse.rule.last-day')
  if (monthly.kind === 'day')
    return t(monthly.day > 28 ? 'meetings.parse.rule.day-clamped' : 'meetings.parse.rule.day', { day: monthly.day })
  return t('meetings.parse.rule.weekday', {
    weekday: t.dynamic(`meetings.parse.weekday.${monthly.weekday}`),
    nth: t.dynamic(`meetings.parse.ordinal.${monthly.ordinal === -1 ? 'last' : monthly.ordinal}`),
  })
}
