import type { Context, NoteChoice } from '../conversation/types.js'
import type { WallTime } from '../core/dates.js'
import type { MessageKey } from '../core/message-keys.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { ruleWords } from './describe.js'
import type { Draft, Read } from './draft.js'
import type { Part, Problem } from './parse-types.js'
import { type MonthlyDay, ruleOf } from './recurrence.js'

/** Something to choose instead of typing; it fills a part of the draft. */
export type Option = Readonly<{ label: MessageKey; params: JsonObject; fills: Partial<Draft> }>
export type Question = Readonly<{ part: Part; key: MessageKey; params: JsonObject; options: readonly Option[] }>

/** Hours at which cells meet: evenings, and the two halves of a working day. */
const USUAL_TIMES = ['19:00', '19:30', '20:00', '14:00', '08:00', '07:30'] as WallTime[]
const USUAL_DAYS: readonly MonthlyDay[] = [
  { kind: 'day', day: 3 },
  { kind: 'day', day: 5 },
  { kind: 'weekday', weekday: 1, ordinal: 1 },
  { kind: 'weekday', weekday: 7, ordinal: 1 },
  { kind: 'last-day' },
]
const ORDINALS = [1, 2, 3, 4, -1] as const

const word = (text: string, fills: Partial<Draft>): Option => ({
  label: 'meetings.word',
  params: { word: text },
  fills,
})

const timeOption = (time: WallTime): Option => word(time, { time, either: null })

const ruleOption = (monthly: MonthlyDay): Option => {
  const rrule = ruleOf(monthly)
  const { key, params } = ruleWords(rrule)
  return { label: key, params, fills: { rrule } }
}

/** A problem's dates are printed in the reader's language. */
export const problemWords = (params: Problem['params']): JsonObject =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      name === 'date' && typeof value === 'string' ? { date: value, style: 'day-month-year' } : value,
    ]),
  )

/** Days of a series to choose from: the solar day of a lunar one, the weeks of a bare weekday, or the usual ones. */
function ruleOptions(read: Read | null): Option[] {
  const problem = read?.wrong.day
  if (read?.lunarDay && read.lunarDay <= 30)
    return [ruleOption({ kind: 'day', day: read.lunarDay }), ...USUAL_DAYS.slice(2).map(ruleOption)]
  if (problem?.code === 'meetings.parse.which-weekday') {
    const weekday = Number(problem.params.weekday) as 1 | 2 | 3 | 4 | 5 | 6 | 7
    return ORDINALS.map((ordinal) => ruleOption({ kind: 'weekday', weekday, ordinal }))
  }
  return USUAL_DAYS.map(ruleOption)
}

/** Asks for exactly what is missing. `read`: what the last text gave; null: nothing was typed. */
export function questionFor(
  part: Part,
  draft: Draft,
  read: Read | null,
  of: 'series' | 'single',
  more: { places: readonly string[]; days: readonly Option[] },
): Question {
  const problem = read?.wrong[part]
  const said = problem
    ? { key: problem.code as MessageKey, params: problemWords(problem.params) }
    : { key: `meetings.ask.${of}-${part}` as MessageKey, params: {} }
  if (part === 'day') return { part, ...said, options: of === 'series' ? ruleOptions(read) : more.days }
  if (part === 'place') return { part, ...said, options: more.places.map((place) => word(place, { place })) }
  if (!draft.either || problem) return { part, ...said, options: USUAL_TIMES.map(timeOption) }
  const [am, pm] = draft.either
  return { part, key: 'meetings.parse.ambiguous-time', params: { am, pm }, options: draft.either.map(timeOption) }
}

const inRows = <T>(items: readonly T[], width: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / width) }, (_, row) => items.slice(row * width, (row + 1) * width))

/** Short labels stand two in a row, sentences one. */
const widthOf = (options: readonly Option[]): number => (options.some((one) => one.label !== 'meetings.word') ? 1 : 2)

/** Asks, with buttons, and awaits a typed answer. */
export async function ask(ctx: Context, command: string, unitId: string, draft: Draft, question: Question) {
  const choices: NoteChoice[] = question.options.map(({ label, params, fills }) => ({
    label,
    params,
    command,
    args: { unitId, draft: { ...draft, ...fills } },
  }))
  const stop: NoteChoice = { label: 'meetings.button.stop', command: 'meetings.dismiss', args: {} }
  await ctx.note(question.key, question.params, { choices: [...inRows(choices, widthOf(question.options)), [stop]] })
  await ctx.expect(command, { unitId, draft, asked: question.part })
}

/** "Sửa lại": which part. */
export async function askWhatToMend(ctx: Context, command: string, unitId: string, draft: Draft): Promise<void> {
  const without: [MessageKey, Partial<Draft>][] = [
    ['meetings.button.mend-day', { day: null, rrule: null, instead: {} }],
    ['meetings.button.mend-time', { time: null, either: null }],
    ['meetings.button.mend-place', { place: null, online: null }],
  ]
  const choices = without.map(([label, fills]) => [
    { label, command, args: { unitId, draft: { ...draft, ...fills, unread: null } } },
  ])
  const stop: NoteChoice = { label: 'meetings.button.stop', command: 'meetings.dismiss', args: {} }
  await ctx.note('meetings.ask.mend', {}, { choices: [...choices, [stop]] })
}
