import type { Translate } from '../core/i18n.js'
import type { Year, YearMark } from './year.js'

/**
 * Excel with Vietnamese settings, where the comma is the decimal sign, parts fields at semicolons, and reads UTF-8 by its
 * mark alone.
 */
const SEPARATOR = ';'
const MARK = '\uFEFF'

/** A spreadsheet would run what begins so as a formula, whoever typed it into a name. */
const guard = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const quote = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const line = (fields: readonly string[]): string => fields.map((one) => quote(guard(one))).join(SEPARATOR)

const stateOf = (mark: Exclude<YearMark, null>, t: Translate): string =>
  t(`papers.mark.${typeof mark === 'string' ? mark : mark.state}`)

const reasonOf = (mark: Exclude<YearMark, null>, t: Translate): string =>
  typeof mark === 'object' && mark.state === 'excused' && mark.reasonKind
    ? t(`attendance.reason.${mark.reasonKind}`)
    : ''

/** The raw table: a line a member and meeting. Kinds of reason only; nobody's own words are known here. */
export function renderYearCsv({ meetings, rows }: Year, t: Translate): Uint8Array {
  const head = (['day', 'time', 'meeting', 'name', 'standing', 'mark', 'kind'] as const).map((one) =>
    t(`papers.csv.${one}`),
  )
  const lines = meetings.flatMap(({ day, time, kind }, n) =>
    rows.flatMap(({ name, standing, marks }) => {
      const mark = marks[n]
      if (!mark) return []
      const meeting = t.dynamic(`attendance.answer.kind.${kind}`)
      return [[day, time, meeting, name, t(`papers.standing.${standing}`), stateOf(mark, t), reasonOf(mark, t)]]
    }),
  )
  return new TextEncoder().encode([head, ...lines].reduce((all, one) => `${all}${line(one)}\r\n`, MARK))
}
