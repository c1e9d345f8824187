import { monthOf } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { type Cell, columnName, type Formula, renderWorkbook, type SheetPlan } from './workbook.js'
import type { Year, YearMark, YearRow } from './year.js'

/** What stands in a field. Different letters, as a spreadsheet counts without regard to case. */
export const LETTERS = {
  present: 'x',
  late: 'm',
  online: 't',
  excused: 'p',
  unexcused: 'k',
  exempt: '–',
  special_duty: 'n',
} as const

const letterOf = (mark: YearMark): string | null => {
  if (mark === null) return null
  const name = typeof mark === 'string' ? mark : mark.state
  return name === 'unknown' ? null : LETTERS[name]
}

/** What is counted in a row and in a column, in the order in which it stands there. */
const COUNTED = ['attended', 'excused', 'unexcused'] as const
type Counted = (typeof COUNTED)[number]

const LETTERS_OF: Readonly<Record<Counted, readonly string[]>> = {
  attended: [LETTERS.present, LETTERS.late, LETTERS.online],
  excused: [LETTERS.excused],
  unexcused: [LETTERS.unexcused],
}

const countOf = (marks: readonly YearMark[], what: Counted): number =>
  marks.filter((mark) => LETTERS_OF[what].includes(letterOf(mark) ?? '')).length

const countFormula = (range: string, what: Counted): string =>
  LETTERS_OF[what].map((letter) => `COUNTIF(${range},"${letter}")`).join('+')

const expectedOf = (marks: readonly YearMark[]): number => COUNTED.reduce((sum, what) => sum + countOf(marks, what), 0)

const ratio = (part: number, whole: number): number | string => (whole === 0 ? '' : part / whole)
const ratioFormula = (part: string, whole: string): string => `IF(${whole}=0,"",${part}/${whole})`

const thin = { borderStyle: 'thin', borderColor: '#000000' } as const
const middle = { align: 'center', alignVertical: 'center' } as const
/** Heights in points: letters of 12 need 18, with their accents. */
const HEAD = { ...thin, ...middle, fontWeight: 'bold', wrap: true, backgroundColor: '#EFEFEF', height: 36 } as const
const FIELD = { ...thin, ...middle, height: 18 } as const
const LABEL = { ...thin, alignVertical: 'center', indent: 1 } as const
const TOTAL = { ...FIELD, fontWeight: 'bold' } as const
const PERCENT = { ...FIELD, format: '0.0%' } as const
const TITLE = { ...middle, fontWeight: 'bold', fontSize: 15, height: 26 } as const

/** Title, whose it is, what the letters mean; then months over days. */
const FIRST_ROW = 6
const BEFORE = 3

const cell = (is: Cell['is'], style: Cell['style'] = FIELD): Cell => ({ is, style })
const blanks = (count: number, style?: Cell['style']): Cell[] =>
  Array.from({ length: Math.max(0, count) }, () => (style ? { is: null, style } : { is: null }))

/** A text over so many columns. */
const across = (text: string, columns: number, style: NonNullable<Cell['style']>): Cell[] => [
  { is: text, style: { ...style, columnSpan: columns } },
  ...blanks(columns - 1),
]

function heads(year: Year, t: Translate): Cell[][] {
  const { meetings, issuer } = year
  const width = BEFORE + meetings.length + COUNTED.length + 2
  const months = [...new Set(meetings.map((one) => monthOf(one.day)))]
  const down = (key: 'number' | 'name' | 'standing' | 'expected' | Counted | 'rate'): Cell =>
    cell(t(`papers.year.${key}`), { ...HEAD, rowSpan: 2 })
  const ofMonth = (month: number) => meetings.filter((one) => monthOf(one.day) === month).length
  const after = ['expected', ...COUNTED, 'rate'] as const
  return [
    across(t('papers.year.title', { year: year.year }), width, TITLE),
    across([issuer.unit, issuer.superior].filter(Boolean).join(' – '), width, { ...middle, height: 20 }),
    across(t('papers.year.legend', LETTERS), width, { ...middle, fontStyle: 'italic', wrap: true, height: 34 }),
    [
      ...(['number', 'name', 'standing'] as const).map(down),
      ...months.flatMap((month) => across(t('papers.year.month', { month }), ofMonth(month), HEAD)),
      ...after.map(down),
    ],
    [
      ...blanks(BEFORE),
      ...meetings.map(({ day, kind }) =>
        cell(`${t.date(day, 'day-month')}${kind === 'thematic' ? `\n${t('papers.year.thematic')}` : ''}`, HEAD),
      ),
      ...blanks(after.length),
    ],
  ]
}

function memberRow({ name, standing, marks }: YearRow, n: number, t: Translate): Cell[] {
  const row = FIRST_ROW + n
  const [from, to] = [columnName(BEFORE), columnName(BEFORE + marks.length - 1)]
  const range = `${from}${row}:${to}${row}`
  const at = (offset: number): string => `${columnName(BEFORE + marks.length + offset)}${row}`
  const counts = COUNTED.map((what) => cell({ formula: countFormula(range, what), value: countOf(marks, what) }))
  const whole = expectedOf(marks)
  return [
    cell(n + 1),
    cell(name, LABEL),
    cell(t(`papers.standing.${standing}`)),
    ...marks.map((mark) => cell(letterOf(mark))),
    cell({ formula: `SUM(${at(1)}:${at(3)})`, value: whole }),
    ...counts,
    cell({ formula: ratioFormula(at(1), at(0)), value: ratio(countOf(marks, 'attended'), whole) }, PERCENT),
  ]
}

const column = (rows: readonly YearRow[], n: number): YearMark[] => rows.map((one) => one.marks[n] ?? null)

/** Below the members: what each meeting comes to, and what all of them do. */
function totalRows({ rows, meetings }: Year, t: Translate): Cell[][] {
  const [first, last] = [FIRST_ROW, FIRST_ROW + rows.length - 1]
  const top = last + 1
  const all = rows.flatMap((one) => one.marks)
  const sums = ['expected', ...COUNTED] as const
  const amountOf = (marks: readonly YearMark[], what: (typeof sums)[number]): number =>
    what === 'expected' ? expectedOf(marks) : countOf(marks, what)
  const ofMeeting = (what: (typeof sums)[number], n: number): Formula => {
    const name = columnName(BEFORE + n)
    const formula =
      what === 'expected'
        ? `SUM(${name}${top + 1}:${name}${top + 3})`
        : countFormula(`${name}${first}:${name}${last}`, what)
    return { formula, value: amountOf(column(rows, n), what) }
  }
  const labelled = (key: Parameters<typeof cell>[0], cells: Cell[], whole: Cell): Cell[] => [
    { is: key, style: { ...LABEL, fontWeight: 'bold', columnSpan: BEFORE } },
    ...blanks(BEFORE - 1),
    ...cells,
    whole,
    ...blanks(COUNTED.length + 1, FIELD),
  ]
  const overall = columnName(BEFORE + meetings.length)
  const lastMeeting = columnName(BEFORE + meetings.length - 1)
  return [
    ...sums.map((what, n) =>
      labelled(
        t(`papers.year.${what}`),
        meetings.map((_, m) => cell(ofMeeting(what, m), TOTAL)),
        cell(
          { formula: `SUM(${columnName(BEFORE)}${top + n}:${lastMeeting}${top + n})`, value: amountOf(all, what) },
          TOTAL,
        ),
      ),
    ),
    labelled(
      t('papers.year.rate'),
      meetings.map((_, m) => {
        const name = columnName(BEFORE + m)
        const marks = column(rows, m)
        const value = ratio(countOf(marks, 'attended'), expectedOf(marks))
        return cell({ formula: ratioFormula(`${name}${top + 1}`, `${name}${top}`), value }, PERCENT)
      }),
      cell(
        {
          formula: ratioFormula(`${overall}${top + 1}`, `${overall}${top}`),
          value: ratio(countOf(all, 'attended'), expectedOf(all)),
        },
        PERCENT,
      ),
    ),
  ]
}

/** Wide enough for the longest name of the cell, as far as a page allows. */
const nameWidth = ({ rows }: Year): number => Math.min(46, Math.max(30, ...rows.map(({ name }) => name.length + 3)))

function membersSheet(year: Year, t: Translate): SheetPlan {
  return {
    name: t('papers.year.sheet-members'),
    rows: [...heads(year, t), ...year.rows.map((one, n) => memberRow(one, n, t)), ...totalRows(year, t)],
    widths: [6, nameWidth(year), 12, ...year.meetings.map(() => 8.5), 9, 9, 9, 10, 9],
    frozen: { rows: FIRST_ROW - 1, columns: 2 },
    repeated: [FIRST_ROW - 2, FIRST_ROW - 1],
  }
}

/** Twelve months, each from the columns of its meetings in the first sheet. */
function monthsSheet({ rows, meetings, year }: Year, t: Translate): SheetPlan {
  const top = FIRST_ROW + rows.length
  const source = t('papers.year.sheet-members')
  const monthRow = (month: number): Cell[] => {
    const row = month + 2
    const at = meetings.flatMap((one, n) => (monthOf(one.day) === month ? [n] : []))
    const marks = at.flatMap((n) => column(rows, n))
    const [from, to] = [columnName(BEFORE + (at[0] ?? 0)), columnName(BEFORE + (at.at(-1) ?? 0))]
    const sum = (offset: number, value: number): Cell =>
      cell(at.length === 0 ? 0 : { formula: `SUM('${source}'!${from}${top + offset}:${to}${top + offset})`, value })
    return [
      cell(t('papers.year.month', { month })),
      cell(at.length),
      sum(0, expectedOf(marks)),
      ...COUNTED.map((what, n) => sum(n + 1, countOf(marks, what))),
      cell(
        { formula: ratioFormula(`D${row}`, `C${row}`), value: ratio(countOf(marks, 'attended'), expectedOf(marks)) },
        PERCENT,
      ),
    ]
  }
  const all = rows.flatMap((one) => one.marks)
  const total = (name: string, value: number): Cell => cell({ formula: `SUM(${name}3:${name}14)`, value }, TOTAL)
  const head = ['months', 'meetings', 'expected', ...COUNTED, 'rate'] as const
  return {
    name: t('papers.year.sheet-months'),
    rows: [
      across(t('papers.year.title-months', { year }), head.length, TITLE),
      head.map((key) => cell(t(`papers.year.${key}`), HEAD)),
      ...Array.from({ length: 12 }, (_, n) => monthRow(n + 1)),
      [
        cell(t('papers.year.whole'), TOTAL),
        total('B', meetings.length),
        total('C', expectedOf(all)),
        ...COUNTED.map((what, n) => total(columnName(3 + n), countOf(all, what))),
        cell({ formula: ratioFormula('D15', 'C15'), value: ratio(countOf(all, 'attended'), expectedOf(all)) }, PERCENT),
      ],
    ],
    widths: [14, 12, 14, 14, 16, 16, 12],
    frozen: { rows: 2, columns: 1 },
    repeated: [2, 2],
  }
}

/** Attendance by member and meeting with its rates, and by month, to be printed and to be reckoned with. */
export const renderYearSheet = (year: Year, t: Translate): Promise<Uint8Array> =>
  renderWorkbook([membersSheet(year, t), monthsSheet(year, t)])
