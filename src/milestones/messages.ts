import { z } from 'zod'
import { dateIn, daysBetween, type PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'

const day = z.string().transform((text) => text as PlainDate)

const toldSchema = z.object({
  unitId: z.string(),
  personId: z.string(),
  name: z.string(),
  zone: z.string(),
  admittedOn: day,
  day,
  /** Of a badge; null: of the twelve months. */
  years: z.number().nullable(),
})
type Told = z.infer<typeof toldSchema>

const date = (on: PlainDate, t: Translate): string => t.date(on, 'day-month-year')

function probationText(data: Told, left: number, t: Translate): string {
  const params = { name: data.name, admitted: date(data.admittedOn, t), day: date(data.day, t) }
  if (left > 0) return t('milestones.told.ahead', { ...params, count: left })
  return t(left === 0 ? 'milestones.told.today' : 'milestones.told.over', params)
}

/** To the cell's secretary alone: a probationary year that ends, or a badge a month ahead. */
export const told = renderer('milestones.told', 1, toldSchema, (data, t, now) => {
  const { unitId, personId, years } = data
  if (years !== null)
    return {
      text: t('milestones.told.badge', {
        name: data.name,
        years,
        day: date(data.day, t),
        admitted: date(data.admittedOn, t),
      }),
      confidential: true,
    }
  const left = daysBetween(dateIn(now, data.zone), data.day)
  const enter = [[{ label: t('milestones.button.enter'), command: 'standing.enter', args: { unitId, personId } }]]
  return {
    text: probationText(data, left, t),
    ...(left <= 0 ? { choices: enter } : {}),
    confidential: true,
  }
})

const memberSchema = z.object({
  personId: z.string(),
  name: z.string(),
  admittedOn: day,
  ends: day,
  /** The day from which a decision that stands already makes somebody full. */
  fullOn: day.nullable(),
  /** The twelve months are not over: there is nothing to enter yet. */
  early: z.boolean().default(false),
})

/** Whom a decision may concern. */
export const chooseMember = renderer(
  'milestones.choose',
  1,
  z.object({ unitId: z.string(), members: z.array(memberSchema) }),
  (data, t) => ({
    heading: t('milestones.choose.heading'),
    text: [
      ...data.members.map(({ name, admittedOn, ends, fullOn, early }) =>
        t(`milestones.choose.${fullOn ? 'decided' : early ? 'early' : 'line'}`, {
          name,
          admitted: date(admittedOn, t),
          day: date(fullOn ?? ends, t),
        }),
      ),
      ...(data.members.some((one) => one.early) ? ['', t('milestones.choose.later')] : []),
    ].join('\n'),
    choices: data.members
      .filter((one) => !one.early)
      .map(({ personId, name, fullOn }) => [
        {
          label: fullOn ? t('milestones.button.mend', { name }) : name,
          command: 'standing.enter',
          args: { unitId: data.unitId, personId },
        },
      ]),
    confidential: true,
  }),
)

const decisionFields = { number: z.string(), decidedOn: day, fullOn: day }

/** What was typed, repeated before it is kept. */
export const confirmDecision = renderer(
  'milestones.confirm',
  1,
  z.object({
    unitId: z.string(),
    personId: z.string(),
    name: z.string(),
    /** The decision that stood when this was asked: another one by now makes the choice old. */
    after: z.string().nullable(),
    ...decisionFields,
  }),
  (data, t) => {
    const { unitId, personId, after, number, decidedOn, fullOn } = data
    const args = { unitId, personId, after, number, decidedOn, fullOn }
    const keep: Choice = { label: t('milestones.button.save'), command: 'standing.save', args }
    return {
      text: t('milestones.confirm.text', {
        name: data.name,
        number,
        decided: date(decidedOn, t),
        full: date(fullOn, t),
      }),
      choices: [[keep, { label: t('milestones.button.again'), command: 'standing.enter', args: { unitId, personId } }]],
      confidential: true,
    }
  },
)
