import { z } from 'zod'
import { dateIn, daysBetween, MINUTE, minutesOf, type PlainDate, type WallTime } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { answerChoices } from '../meetings/answer-choices.js'
import type { Meeting } from '../meetings/store.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import type { Recipient } from './recipients.js'

/** A meeting as a reminder shows it: wall time in its own zone. */
export const meetingShape = z.object({
  meetingId: z.string(),
  kind: z.enum(['regular', 'thematic', 'cell_committee']),
  day: z.string().transform((text) => text as PlainDate),
  time: z.string().transform((text) => text as WallTime),
  place: z.string(),
  agenda: z.string().nullable(),
  onlineAllowed: z.boolean(),
  cell: z.string(),
})
export type MeetingShape = z.infer<typeof meetingShape>

export const shapeOf = (meeting: Meeting, cell: string): MeetingShape => ({
  meetingId: meeting.id,
  kind: meeting.kind,
  day: meeting.day,
  time: meeting.time,
  place: meeting.place,
  agenda: meeting.agenda,
  onlineAllowed: meeting.onlineAllowed,
  cell,
})

/** How long it is until then, counted as people count: in days of the calendar, then in minutes. */
const distance = z.object({ daysLeft: z.number(), minutesLeft: z.number() })
export type Distance = z.infer<typeof distance>

export const distanceOf = (meeting: Pick<Meeting, 'day' | 'zone' | 'startsAt'>, at: Date): Distance => ({
  daysLeft: daysBetween(dateIn(at, meeting.zone), meeting.day),
  minutesLeft: Math.round((meeting.startsAt.getTime() - at.getTime()) / MINUTE),
})

const SOON_MINUTES = 60
const NOON = 11 * 60
const AFTERNOON = 13 * 60
const EVENING = 18 * 60

function partOfDay(time: WallTime): 'morning' | 'noon' | 'afternoon' | 'evening' {
  const minutes = minutesOf(time)
  if (minutes < NOON) return 'morning'
  if (minutes < AFTERNOON) return 'noon'
  return minutes < EVENING ? 'afternoon' : 'evening'
}

/** When and where, in words of today: all that a first glance reads. */
function headingOf(data: MeetingShape & Distance, t: Translate): string {
  const { time, place, daysLeft } = data
  const day = t.date(data.day)
  if (daysLeft > 1) return t('reminders.heading.days', { count: daysLeft, day, time, place })
  if (daysLeft === 1) return t('reminders.heading.tomorrow', { day, time, place })
  if (data.minutesLeft <= SOON_MINUTES) return t('reminders.heading.soon', { time, place })
  return t(`reminders.heading.${partOfDay(data.time)}`, { time, place })
}

/** "Sinh hoạt thường kỳ, Chi bộ Tổ dân phố 1." and the agenda. */
const whatLines = (data: MeetingShape, t: Translate): string[] => [
  t('reminders.what', { kind: t(`attendance.answer.kind.${data.kind}`), cell: data.cell }),
  ...(data.agenda ? [t('reminders.agenda', { agenda: data.agenda })] : []),
]

const SAID = ['present', 'late', 'online', 'absent'] as const

/** "Đổi: Vắng" for every answer that was not given, two a row. */
function changeChoices(data: MeetingShape, said: (typeof SAID)[number], t: Translate): Choice[][] {
  const others = answerChoices(t, data)
    .flat()
    .filter((one) => one.args.state !== said)
    .map((one) => ({
      ...one,
      label: t('attendance.answer.change', { state: t.dynamic(`attendance.answer.label.${one.args.state}`) }),
    }))
  return [others.slice(0, 2), others.slice(2)].filter((row) => row.length > 0)
}

const stepSchema = meetingShape.extend({
  ...distance.shape,
  /** What an answer of the meantime makes senseless depends on it; see the attendance room. */
  audience: z.enum(['all', 'silent', 'coming']),
  who: z.enum(['asked', 'exempt', 'follower']),
  said: z.enum(SAID).nullable(),
  /** Titles to be read before; empty where this step does not speak of them. */
  materials: z.array(z.string()),
})
type StepData = z.infer<typeof stepSchema>

/** Two days before an answer is overdue; earlier it is only asked for. */
const OVERDUE_DAYS = 2

function askLine({ audience, daysLeft }: StepData, t: Translate): string {
  if (audience === 'silent') return t('reminders.ask.silent')
  return t(daysLeft <= OVERDUE_DAYS ? 'reminders.ask.overdue' : 'reminders.ask.first')
}

function closingLines(data: StepData, t: Translate): string[] {
  const { who, said, daysLeft } = data
  if (said) {
    const standing = t('reminders.said', { said: t(`attendance.state.${said}`) })
    return [`${standing} ${t(daysLeft === 0 ? 'reminders.see-you' : 'reminders.may-change')}`]
  }
  return [who === 'asked' ? askLine(data, t) : t(`reminders.told.${who}`)]
}

const materialLines = (titles: readonly string[], t: Translate): string[] =>
  titles.length === 0 ? [] : [t('reminders.materials'), ...titles.map((title) => t('reminders.material', { title }))]

/** A step of the ladder. One tap answers; who has answered sees it, with the way to change it. */
export const step = renderer('reminders.step', 1, stepSchema, (data, t) => ({
  heading: headingOf(data, t),
  text: [...whatLines(data, t), ...materialLines(data.materials, t), ...closingLines(data, t)].join('\n'),
  ...(data.who === 'asked' ? { choices: data.said ? changeChoices(data, data.said, t) : answerChoices(t, data) } : {}),
}))

export const stepData = (
  meeting: MeetingShape,
  left: Distance,
  audience: StepData['audience'],
  { who, said }: Recipient,
  materials: readonly string[],
): StepData => ({ ...meeting, ...left, audience, who, said, materials: [...materials] })

const moment = z.object({
  day: z.string().transform((text) => text as PlainDate),
  time: z.string().transform((text) => text as WallTime),
})

const nudgeSchema = meetingShape.extend({
  ...distance.shape,
  /** Nobody listened in this time, so that an answer may be lost; absent: the secretary asks. */
  unheard: z.object({ from: moment, until: moment }).optional(),
})

function nudgeLine({ unheard }: z.infer<typeof nudgeSchema>, t: Translate): string {
  if (!unheard) return t('reminders.ask.nudge')
  const [from, until] = [unheard.from, unheard.until].map(({ day, time }) =>
    t('reminders.ask.moment', { time, day: t.date(day, 'day-month') }),
  )
  return t('reminders.ask.unheard', { from, until })
}

/** A question to somebody silent: the secretary's own, or ours after a time in which nobody could be heard. */
export const nudge = renderer('reminders.nudge', 1, nudgeSchema, (data, t) => ({
  heading: headingOf(data, t),
  text: [...whatLines(data, t), nudgeLine(data, t)].join('\n'),
  choices: answerChoices(t, data),
}))
