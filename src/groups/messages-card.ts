import { z } from 'zod'
import { capitalized, dayField, kindField, timeField, titleOf } from '../meetings/describe.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'

const face = z.object({
  meetingId: z.string(),
  kind: kindField,
  day: dayField,
  time: timeField,
  place: z.string(),
  revision: z.number(),
  answered: z.number(),
  asked: z.number(),
  phase: z.enum(['open', 'begun', 'cancelled']),
  /** Of no use as a message of its own: only the numbers have changed. */
  inPlace: z.boolean(),
})

/** What is kept of a card in the outbox; null: forgotten after its time. */
export const parseFace = (data: unknown) => face.safeParse(data).data ?? null

/** The one message of a meeting in a group. */
export const card = renderer('groups.card', 1, face, (data, t) => {
  const title = titleOf(data, t)
  if (data.phase === 'cancelled')
    return {
      heading: t('meetings.cancelled.heading', { when: t.dateTime(data.day, data.time) }),
      text: t('groups.card.cancelled', { meeting: capitalized(title) }),
    }
  const choices: Choice[][] = [
    [{ label: t('meetings.answer.present'), command: 'groups.present', args: { meetingId: data.meetingId }, digit: 1 }],
    [{ label: t('groups.card.other'), command: 'groups.open', args: { meetingId: data.meetingId } }],
  ]
  const lines = (last: string): string =>
    [
      t('meetings.line.when', { when: t.dateTime(data.day, data.time) }),
      t('meetings.line.place', { place: data.place }),
      t('groups.card.answered', { answered: data.answered, asked: data.asked }),
      last,
    ].join('\n')
  return {
    heading: capitalized(title),
    text: lines(t(data.phase === 'begun' ? 'groups.card.begun' : 'groups.card.how')),
    ...(data.phase === 'open' ? { choices, plain: { text: lines(t('groups.card.how-plain')), choices: [] } } : {}),
    ...(data.inPlace ? { inPlaceOnly: true } : {}),
  }
})

/** In place of a card that is out of date: whoever scrolls up must not read an old hour. */
export const closed = renderer('groups.closed', 1, z.object({ because: z.enum(['changed', 'untied']) }), (data, t) => ({
  text: t(`groups.closed.${data.because}`),
  inPlaceOnly: true,
}))

export const cardRenderers = [card, closed]
