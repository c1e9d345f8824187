import { z } from 'zod'
import type { PlainDate, WallTime } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { ladderWords } from './messages-late.js'
import { DEFAULT_LADDER } from './rules.js'

const day = z.string().transform((text) => text as PlainDate)
const time = z.string().transform((text) => text as WallTime)

/** What a ladder means for the next meeting: its steps that still lie ahead. */
const next = z.object({
  kind: z.enum(['regular', 'thematic', 'cell_committee']),
  day,
  time,
  steps: z.array(z.object({ day, time, audience: z.enum(['all', 'silent', 'coming']), withMaterials: z.boolean() })),
})

const shown = z.object({
  unitId: z.string(),
  cell: z.string(),
  offsets: z.array(z.number()),
  own: z.boolean(),
  next: next.nullable(),
})
export type Shown = z.infer<typeof shown>

/** Offered beside typing, in minutes before the start: a calm one, a short one, a dense one. */
const PRESETS: readonly (readonly number[])[] = [
  [10_080, 1_440, 120],
  [4_320, 1_440, 180],
  [1_440, 180],
]

const stepLine = (one: NonNullable<Shown['next']>['steps'][number], t: Translate): string =>
  t('reminders.ladder.step', {
    time: one.time,
    day: t.date(one.day),
    whom: t(one.withMaterials ? 'reminders.ladder.whom.materials' : `reminders.ladder.whom.${one.audience}`),
  })

function nextLines(coming: Shown['next'], t: Translate): string[] {
  if (!coming) return [t('reminders.ladder.no-meeting')]
  const params = { kind: t(`attendance.answer.kind.${coming.kind}`), when: t.dateTime(coming.day, coming.time) }
  if (coming.steps.length === 0) return [t('reminders.ladder.none-left', params)]
  return [t('reminders.ladder.next', params), ...coming.steps.map((one) => stepLine(one, t))]
}

const choose = (label: string, command: string, args: JsonObject): Choice[] => [{ label, command, args }]

const same = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join()

const presetRows = ({ unitId, offsets, own }: Shown, t: Translate): Choice[][] => [
  ...PRESETS.filter((one) => !same(one, offsets)).map((one) =>
    choose(ladderWords(one, t), 'reminders.ladder-offer', { unitId, offsets: [...one] }),
  ),
  ...(own ? [choose(t('reminders.ladder.button.default'), 'reminders.ladder-offer', { unitId, offsets: null })] : []),
]

/** The ladder as it is, and the ways to change it. */
export const ladder = renderer('reminders.ladder', 1, shown, (data, t) => ({
  heading: t('reminders.ladder.heading', { cell: data.cell }),
  text: [
    t(data.own ? 'reminders.ladder.own' : 'reminders.ladder.default', { steps: ladderWords(data.offsets, t) }),
    ...nextLines(data.next, t),
    t('reminders.ladder.how', { example: ladderWords(DEFAULT_LADDER, t) }),
  ].join('\n'),
  choices: presetRows(data, t),
}))

/** A new ladder with its concrete times, before anything is stored. `own: false`: back to the default. */
export const ladderConfirm = renderer('reminders.ladder-confirm', 1, shown, (data, t) => ({
  text: [
    t(data.own ? 'reminders.ladder.wanted' : 'reminders.ladder.wanted-default', {
      steps: ladderWords(data.offsets, t),
    }),
    ...nextLines(data.next, t),
    t('reminders.ladder.ask'),
  ].join('\n'),
  choices: [
    choose(t('reminders.ladder.button.save'), 'reminders.ladder-set', {
      unitId: data.unitId,
      offsets: data.own ? data.offsets : null,
    }),
    choose(t('reminders.ladder.button.keep'), 'reminders.ladder-keep', { unitId: data.unitId }),
  ],
}))

export const ladderSaved = renderer('reminders.ladder-saved', 1, shown, (data, t) => ({
  text: [
    t('reminders.ladder.saved', { steps: ladderWords(data.offsets, t), cell: data.cell }),
    ...nextLines(data.next, t),
  ].join('\n'),
}))
