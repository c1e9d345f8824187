import { z } from 'zod'
import { dateIn, timeIn } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { dayField, kindField, timeField } from '../meetings/describe.js'
import type { Meeting } from '../meetings/store.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { leftOf } from './rules.js'
import { isKnown } from './sheet.js'
import type { Gate } from './store.js'

const item = z.object({
  kind: z.string(),
  text: z.object({ vi: z.string(), en: z.string() }).nullable(),
  dueAt: z.iso.datetime(),
  state: z.enum(['open', 'done']),
  doneAt: z.iso.datetime().nullable(),
  seen: z.boolean(),
  markable: z.boolean(),
})
type Item = z.infer<typeof item>

export const itemOf = ({ kind, text, state, seen, markable, ...gate }: Gate): Item => ({
  kind,
  text,
  state,
  seen,
  markable,
  dueAt: gate.dueAt.toISOString(),
  doneAt: gate.doneAt?.toISOString() ?? null,
})

const about = {
  unitId: z.string(),
  meetingId: z.string(),
  kind: kindField,
  day: dayField,
  time: timeField,
  zone: z.string(),
}

export const aboutOf = (meeting: Meeting) => ({
  unitId: meeting.cellId,
  meetingId: meeting.id,
  kind: meeting.kind,
  day: meeting.day,
  time: meeting.time,
  zone: meeting.zone,
})

/** A sheet's own words, else the guide's. */
export function gateName(gate: Pick<Item, 'kind' | 'text'>, t: Translate): string {
  if (gate.text) return gate.text[t.locale]
  return isKnown(gate.kind) ? t(`gates.name.${gate.kind}`) : gate.kind
}

const doneLabel = (gate: Item, t: Translate): string =>
  isKnown(gate.kind) && !gate.text ? t(`gates.done.${gate.kind}`) : t('gates.done.other', { name: gateName(gate, t) })

function doneLine(gate: Item, zone: string, t: Translate): string {
  const day = gate.doneAt ? t.date(dateIn(new Date(gate.doneAt), zone), 'day-month') : ''
  const name = gateName(gate, t)
  if (!gate.seen) return t('gates.line.marked', { name, day })
  return isKnown(gate.kind) && !gate.text
    ? t('gates.line.seen-what', { name, what: t(`gates.seen.${gate.kind}`), day })
    : t('gates.line.seen', { name, day })
}

function openLine(gate: Item, zone: string, t: Translate, now: Date): string {
  const dueAt = new Date(gate.dueAt)
  const { kind, count } = leftOf(dueAt, now, zone)
  const due = t('gates.line.due', { time: timeIn(dueAt, zone), day: t.date(dateIn(dueAt, zone)) })
  return t('gates.line.open', { name: gateName(gate, t), left: t(`gates.left.${kind}`, { count }), due })
}

const lineOf = (gate: Item, zone: string, t: Translate, now: Date): string =>
  gate.state === 'done' ? doneLine(gate, zone, t) : openLine(gate, zone, t, now)

const markChoices = (data: { unitId: string; meetingId: string }, gates: readonly Item[], t: Translate): Choice[][] =>
  gates
    .filter((one) => one.state === 'open' && one.markable)
    .map((one) => [
      {
        label: doneLabel(one, t),
        command: 'gates.mark',
        args: { unitId: data.unitId, meetingId: data.meetingId, kind: one.kind },
      },
    ])

const callChoice = (data: { unitId: string; meetingId: string }, gates: readonly Item[], t: Translate): Choice[][] =>
  gates.some((one) => one.kind === 'members_told' && one.state === 'open')
    ? [
        [
          {
            label: t('gates.button.calls'),
            command: 'reach.calls',
            args: { unitId: data.unitId, meetingId: data.meetingId },
          },
        ],
      ]
    : []

/** To the secretary, once: what is to be done, all that falls on this morning together. */
export const due = renderer('gates.due', 1, z.object({ ...about, items: z.array(item) }), (data, t, now) => ({
  heading: t('gates.due.heading', { when: t.dateTime(data.day, data.time) }),
  text: [...data.items.map((one) => openLine(one, data.zone, t, now)), '', t('gates.due.please')].join('\n'),
  choices: [...markChoices(data, data.items, t), ...callChoice(data, data.items, t)],
}))

const progressSchema = z.object({
  ...about,
  items: z.array(item),
  /** What was marked a moment ago, and may be taken back. */
  marked: z.string().nullable(),
  other: z.object({ meetingId: z.string(), day: dayField }).nullable(),
})

function undoChoice(data: z.infer<typeof progressSchema>, t: Translate): Choice[][] {
  const marked = data.items.find((one) => one.kind === data.marked && one.state === 'done' && !one.seen)
  if (!marked) return []
  const { unitId, meetingId } = data
  const label = t('gates.button.undo', { name: gateName(marked, t) })
  return [[{ label, command: 'gates.unmark', args: { unitId, meetingId, kind: marked.kind } }]]
}

const otherChoice = ({ unitId, other }: z.infer<typeof progressSchema>, t: Translate): Choice[][] =>
  other
    ? [
        [
          {
            label: t('gates.button.other', { day: t.date(other.day, 'day-month') }),
            command: 'gates.progress',
            args: { unitId, meetingId: other.meetingId },
          },
        ],
      ]
    : []

/** One glance: each gate, done or with the time that is left. */
export const progress = renderer('gates.progress', 1, progressSchema, (data, t, now) => ({
  heading: t('gates.progress.heading', { when: t.dateTime(data.day, data.time) }),
  text: data.items.map((one) => lineOf(one, data.zone, t, now)).join('\n'),
  choices: [...markChoices(data, data.items, t), ...undoChoice(data, t), ...otherChoice(data, t)],
}))

/** To the secretary, once for a length: the plan is shorter than the guide says. */
export const tooShort = renderer(
  'gates.short',
  1,
  z.object({ ...about, planned: z.number(), least: z.number(), joint: z.boolean() }),
  (data, t) => ({
    text: t(data.joint ? 'gates.short.joint' : 'gates.short.one', {
      when: t.dateTime(data.day, data.time),
      planned: data.planned,
      least: data.least,
    }),
  }),
)
