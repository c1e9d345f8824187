import { z } from 'zod'
import { wordsOf } from '../conversation/messages.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { capitalized, dayField, describedFields, linesOf, ruleWords, timeField, titleOf } from './describe.js'
import { draftSchema } from './draft.js'

const holidayName = z.object({ vi: z.string(), en: z.string() })

const dated = z.object({
  occurrenceOn: dayField,
  day: dayField,
  holiday: holidayName.nullable(),
  instead: z.array(dayField),
})
type Dated = z.infer<typeof dated>

const button = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

function dateLine(one: Dated, t: Translate): string {
  const day = t.date(one.day, 'weekday-day-month-year')
  if (one.day !== one.occurrenceOn) return t('meetings.confirm.date-instead', { day, of: t.date(one.occurrenceOn) })
  return one.holiday
    ? t('meetings.confirm.date-holiday', { day, holiday: one.holiday[t.locale] })
    : t('meetings.confirm.date', { day })
}

type Seed = { unitId: string; draft: z.infer<typeof draftSchema>; key: string }

const drafted = (seed: Seed, fills: Partial<z.infer<typeof draftSchema>>): JsonObject =>
  ({ unitId: seed.unitId, draft: { ...seed.draft, ...fills } }) as JsonObject

const onlineButton = (seed: Seed, allowed: boolean, command: string, t: Translate): Choice =>
  button(
    t(allowed ? 'meetings.button.no-online' : 'meetings.button.online'),
    command,
    drafted(seed, { online: !allowed }),
  )

const endButtons = (seed: Seed, command: string, save: string, t: Translate): Choice[][] => [
  [
    button(t(save as 'meetings.button.save-series'), `${command}-save`, {
      unitId: seed.unitId,
      draft: seed.draft,
      key: seed.key,
    } as JsonObject),
    button(t('meetings.button.mend'), command, { ...drafted(seed, {}), mend: true }),
  ],
]

const seed = { unitId: z.string(), draft: draftSchema, key: z.string() }

/** What will be stored as a series, with its next three dates. */
export const confirmSeries = renderer(
  'meetings.confirm-series',
  1,
  z.object({
    ...seed,
    rrule: z.string(),
    time: timeField,
    place: z.string(),
    online: z.boolean(),
    kind: describedFields.kind,
    dates: z.array(dated),
    replaces: z.object({ rrule: z.string(), time: timeField }).nullable(),
  }),
  (data, t) => {
    const words = (rrule: string): string => {
      const { key, params } = ruleWords(rrule)
      return t.dynamic(key, wordsOf(params, t))
    }
    const onHoliday = data.dates.filter((one) => one.holiday && one.day === one.occurrenceOn)
    return {
      heading: t(`meetings.confirm.series.${data.kind}`),
      text: [
        t('meetings.series.rule', { rule: capitalized(words(data.rrule)), time: data.time }),
        t('meetings.line.place', { place: data.place }),
        t(data.online ? 'meetings.line.online' : 'meetings.line.not-online'),
        '',
        t('meetings.confirm.next'),
        ...data.dates.map((one) => dateLine(one, t)),
        ...(onHoliday.length > 0 ? ['', t('meetings.confirm.holiday-hint')] : []),
        ...(data.replaces
          ? [
              '',
              t('meetings.confirm.replaces', {
                rule: words(data.replaces.rrule),
                time: data.replaces.time,
                from: t.date(data.dates[0]?.day ?? data.dates[0]?.occurrenceOn ?? ('' as never)),
              }),
            ]
          : []),
        ...(data.draft.unread ? ['', t('meetings.parse.unread', { words: data.draft.unread })] : []),
      ].join('\n'),
      choices: [
        ...onHoliday.flatMap((one) =>
          one.instead.map((day) => [
            button(
              t('meetings.button.instead', { of: t.date(one.occurrenceOn, 'day-month'), day: t.date(day) }),
              'meetings.series',
              drafted(data, { instead: { ...data.draft.instead, [one.occurrenceOn]: day } }),
            ),
          ]),
        ),
        ...endButtons(data, 'meetings.series', 'meetings.button.save-series', t),
        [onlineButton(data, data.online, 'meetings.series', t)],
      ],
    }
  },
)

const KINDS = ['regular', 'thematic', 'cell_committee'] as const

/** What will be stored as one meeting. `notice`: it was read from a pasted invitation. */
export const confirmMeeting = renderer(
  'meetings.confirm-meeting',
  1,
  z.object({
    ...seed,
    ...describedFields,
    notice: z.boolean(),
    holiday: holidayName.nullable(),
    instead: z.array(dayField),
    /** Another meeting of that kind on that day. */
    double: z.object({ meetingId: z.string(), revision: z.number(), time: timeField }).nullable(),
    /** A regular meeting that the month has already. */
    another: z.object({ day: dayField, time: timeField }).nullable(),
  }),
  (data, t) => {
    const warnings = [
      data.double && t('meetings.confirm.double', { meeting: titleOf(data, t), time: data.double.time }),
      data.another && t('meetings.confirm.another', { when: t.dateTime(data.another.day, data.another.time) }),
      data.holiday && t('meetings.confirm.holiday', { day: t.date(data.day), holiday: data.holiday[t.locale] }),
      data.draft.unread && t('meetings.parse.unread', { words: data.draft.unread }),
    ].filter((line) => typeof line === 'string')
    const save = data.notice ? 'meetings.button.create' : 'meetings.button.save-meeting'
    const { unitId } = data
    return {
      heading: t(data.notice ? 'meetings.confirm.notice' : 'meetings.confirm.meeting'),
      text: [
        capitalized(titleOf(data, t)),
        ...linesOf(data, t),
        ...(data.onlineAllowed ? [] : [t('meetings.line.not-online')]),
        ...warnings.flatMap((line) => ['', line]),
      ].join('\n'),
      choices: [
        ...(data.double && data.double.time !== data.time
          ? [
              [
                button(
                  t('meetings.button.move-instead', { from: data.double.time, to: data.time }),
                  'meetings.move-to',
                  {
                    unitId,
                    meetingId: data.double.meetingId,
                    revision: data.double.revision,
                    day: data.day,
                    time: data.time,
                  },
                ),
              ],
            ]
          : []),
        ...data.instead.map((day) => [
          button(t('meetings.button.day', { day: t.date(day) }), 'meetings.create', drafted(data, { day })),
        ]),
        ...(data.notice
          ? [
              [
                button(t(save), 'meetings.create-save', { unitId, draft: data.draft, key: data.key } as JsonObject),
                button(t('meetings.button.no'), 'meetings.dismiss', {}),
              ],
              [button(t('meetings.button.mend'), 'meetings.create', { ...drafted(data, {}), mend: true })],
            ]
          : endButtons(data, 'meetings.create', save, t)),
        KINDS.filter((kind) => kind !== data.kind).map((kind) =>
          button(t(`meetings.button.kind.${kind}`), 'meetings.create', drafted(data, { kind })),
        ),
        [onlineButton(data, data.onlineAllowed, 'meetings.create', t)],
      ],
    }
  },
)
