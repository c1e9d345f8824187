import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { capitalized, dayField, describedFields, linesOf, timeField, titleOf } from './describe.js'

const holidayName = z.object({ vi: z.string(), en: z.string() })

const button = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

/** From where to where a meeting would go, and what speaks against it. */
export const confirmMove = renderer(
  'meetings.confirm-move',
  1,
  z.object({
    ...describedFields,
    unitId: z.string(),
    meetingId: z.string(),
    revision: z.number(),
    to: z.object({ day: dayField, time: timeField, place: z.string() }),
    holiday: holidayName.nullable(),
    emptyMonth: dayField.nullable(),
    offers: z.array(dayField),
  }),
  (data, t) => {
    const { unitId, meetingId, revision, to } = data
    const base = { unitId, meetingId }
    const lines = [
      capitalized(titleOf(data, t)),
      t('meetings.confirm.from', { when: t.dateTime(data.day, data.time) }),
      t('meetings.confirm.to', { when: t.dateTime(to.day, to.time) }),
      t('meetings.line.place', { place: to.place }),
      ...(data.holiday
        ? ['', t('meetings.confirm.holiday', { day: t.date(to.day), holiday: data.holiday[t.locale] })]
        : []),
      ...(data.emptyMonth
        ? ['', t('meetings.confirm.empty-month', { month: t.date(data.emptyMonth, 'month-year') })]
        : []),
    ]
    return {
      heading: t('meetings.confirm.move'),
      text: lines.join('\n'),
      choices: [
        ...data.offers.map((day) => [
          button(t('meetings.button.day', { day: t.date(day) }), 'meetings.move', { ...base, day, time: to.time }),
        ]),
        [
          button(t('meetings.button.move'), 'meetings.move-to', { ...base, revision, ...to }),
          button(t('meetings.button.other-day'), 'meetings.move', base),
        ],
        [button(t('meetings.button.keep'), 'meetings.keep', base)],
      ],
    }
  },
)

/** Before a meeting is taken off without a new date. */
export const confirmCancel = renderer(
  'meetings.confirm-cancel',
  1,
  z.object({
    ...describedFields,
    unitId: z.string(),
    meetingId: z.string(),
    revision: z.number(),
    emptyMonth: dayField.nullable(),
    offers: z.array(dayField),
  }),
  (data, t) => {
    const { unitId, meetingId, revision } = data
    const base = { unitId, meetingId }
    return {
      heading: t('meetings.confirm.cancel'),
      text: [
        capitalized(titleOf(data, t)),
        ...linesOf(data, t),
        ...(data.emptyMonth
          ? ['', t('meetings.confirm.empty-month', { month: t.date(data.emptyMonth, 'month-year') })]
          : []),
        ...(data.offers.length > 0 ? [t('meetings.confirm.rather-move')] : []),
      ].join('\n'),
      choices: [
        ...data.offers.map((day) => [
          button(t('meetings.button.move-to', { day: t.date(day) }), 'meetings.move', { ...base, day }),
        ]),
        [
          button(t('meetings.button.cancel'), 'meetings.cancel-do', { ...base, revision }),
          button(t('meetings.button.keep'), 'meetings.keep', base),
        ],
      ],
    }
  },
)
