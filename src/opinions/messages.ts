import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { shorten } from '../core/text.js'
import { dayField, kindField, titleOf } from '../meetings/describe.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'

const meeting = z.object({ kind: kindField, day: dayField })
const kind = z.enum(['opinion', 'speak'])

const choose = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

const said = z.object({ kind, name: z.string(), text: z.string().nullable() })

/** "Lan xin phát biểu: …", "Lan: …". */
const saidWords = (t: Translate, one: z.infer<typeof said>): string => {
  if (one.kind === 'opinion') return t('opinions.said.opinion', { name: one.name, text: one.text ?? '…' })
  return one.text ? t('opinions.said.speak-of', { name: one.name, text: one.text }) : t('opinions.said.speak', one)
}

/** To the secretary, at once; nobody else reads it. */
export const toldMessage = renderer(
  'opinions.told',
  1,
  z.object({ unitId: z.string(), meetingId: z.string(), meeting, said }),
  (data, t) => ({
    text: [
      t('opinions.told', { meeting: titleOf(data.meeting, t) }),
      saidWords(t, data.said),
      t('opinions.for-you-alone'),
    ].join('\n'),
    choices: [[choose(t('opinions.button.all'), 'opinions.read', { unitId: data.unitId, meetingId: data.meetingId })]],
    confidential: true,
  }),
)

/** What was sent for one meeting, requests to speak first. */
export const readMessage = renderer(
  'opinions.read',
  1,
  z.object({
    unitId: z.string(),
    meetingId: z.string(),
    meeting,
    said: z.array(said),
    requests: z.number(),
    total: z.number(),
    page: z.number(),
    pages: z.number(),
    /** The meeting whose speakers can be noted. */
    begun: z.string().nullable(),
  }),
  (data, t) => {
    const args = { unitId: data.unitId, meetingId: data.meetingId }
    const leaf = [
      ...(data.page > 1
        ? [choose(t('opinions.button.previous'), 'opinions.read', { ...args, page: data.page - 1 })]
        : []),
      ...(data.page < data.pages
        ? [
            {
              ...choose(t('opinions.button.next'), 'opinions.read', { ...args, page: data.page + 1 }),
              next: true as const,
            },
          ]
        : []),
    ]
    return {
      heading: t('opinions.title'),
      text: [
        t('opinions.of', { meeting: titleOf(data.meeting, t) }),
        data.total === 0
          ? t('opinions.none')
          : t('opinions.counts', { requests: data.requests, opinions: data.total - data.requests }),
        ...data.said.map((one) => `– ${saidWords(t, one)}`),
        ...(data.pages > 1 ? [t('opinions.page', { page: data.page, pages: data.pages })] : []),
        ...(data.total > 0 ? [t('opinions.for-you-alone')] : []),
      ].join('\n'),
      choices: [
        ...(leaf.length > 0 ? [leaf] : []),
        ...(data.begun
          ? [[choose(t('opinions.button.tick'), 'opinions.speakers', { unitId: data.unitId, meetingId: data.begun })]]
          : []),
      ],
      confidential: true,
    }
  },
)

const own = z.object({ id: z.string(), kind, text: z.string().nullable() })

/** One's own, with a way back. */
export const ownMessage = renderer(
  'opinions.own',
  1,
  z.object({ lead: z.enum(['none', 'taken-back', 'gone']), own: z.array(own) }),
  (data, t) => ({
    heading: t('opinions.own-title'),
    text: [
      ...(data.lead === 'none' ? [] : [t(`opinions.lead.${data.lead}`)]),
      ...(data.own.length === 0 ? [t('opinions.own-none')] : []),
      ...data.own.map((one) => `– ${shorten(ownWords(t, one), 200)}`),
      ...(data.own.length > 0 ? [t('opinions.own-how')] : []),
    ].join('\n'),
    choices: data.own.map((one) => [
      choose(t('opinions.button.take-this-back', { what: shorten(ownWords(t, one), 24) }), 'opinions.take-back', {
        opinionId: one.id,
      }),
    ]),
  }),
)

const ownWords = (t: Translate, one: { kind: 'opinion' | 'speak'; text: string | null }): string =>
  one.kind === 'opinion'
    ? (one.text ?? '…')
    : one.text
      ? t('opinions.own-speak-of', { text: one.text })
      : t('opinions.own-speak')

const PROBLEMS = ['out-of-range', 'several', 'unread', 'absent'] as const

const place = { unitId: z.string(), meetingId: z.string() }

const person = z.object({
  personId: z.string(),
  number: z.number(),
  label: z.string(),
  asked: z.boolean(),
  spoke: z.boolean(),
})

/** Who spoke: a tap sets or takes back a tick; where nothing can be pressed, numbers behind the names and a line. */
export const speakersMessage = renderer(
  'opinions.speakers',
  1,
  z.object({
    ...place,
    meeting,
    spoke: z.number(),
    attended: z.number(),
    rate: z.string().nullable(),
    total: z.number(),
    problems: z.array(z.object({ kind: z.enum(PROBLEMS), words: z.string() })),
    /** Of this page, and everybody for plain text. */
    people: z.array(person),
    all: z.array(person),
    page: z.number(),
    pages: z.number(),
    /** How many sent something before; null: not for the reader's eyes. */
    sent: z.number().nullable(),
    score: z.boolean(),
  }),
  (data, t) => {
    const args = { unitId: data.unitId, meetingId: data.meetingId }
    const head = [
      t('opinions.speakers.of', { meeting: titleOf(data.meeting, t) }),
      data.spoke > 0
        ? t('opinions.speakers.count', { spoke: data.spoke, attended: data.attended, rate: data.rate ?? '–' })
        : t('opinions.speakers.nobody'),
      ...data.problems.map(
        ({ kind: why, words }) => `– ${t(`opinions.speakers.problem.${why}`, { words, total: data.total })}`,
      ),
    ]
    const mark = (one: z.infer<typeof person>): string =>
      one.spoke ? t('opinions.speakers.spoke') : one.asked ? t('opinions.speakers.asked') : ''
    const name = (one: z.infer<typeof person>): string => `${mark(one)}${one.number}. ${one.label}`
    const ticks = data.people.map((one) =>
      choose(name(one), 'opinions.spoke', { ...args, personId: one.personId, spoke: !one.spoke, page: data.page }),
    )
    const leaf = [
      ...(data.page > 1
        ? [choose(t('opinions.button.previous'), 'opinions.speakers', { ...args, page: data.page - 1 })]
        : []),
      ...(data.page < data.pages
        ? [
            {
              ...choose(t('opinions.button.next'), 'opinions.speakers', { ...args, page: data.page + 1 }),
              next: true as const,
            },
          ]
        : []),
    ]
    const deeds = [
      ...(data.sent ? [choose(t('opinions.button.sent', { count: data.sent }), 'opinions.read', args)] : []),
      ...(data.score ? [choose(t('opinions.button.score'), 'scoring.open', args)] : []),
    ]
    const bottom = deeds.length > 0 ? [deeds] : []
    return {
      heading: t('opinions.speakers.title'),
      text: [...head, t('opinions.speakers.how')].join('\n'),
      choices: [...ticks.map((one) => [one]), ...(leaf.length > 0 ? [leaf] : []), ...bottom],
      plain: {
        text: [
          ...head,
          ...data.all.map(
            (one) => `${one.label} (${one.number})${one.spoke || one.asked ? `: ${mark(one).trim()}` : ''}`,
          ),
          t('opinions.speakers.how-plain'),
        ].join('\n'),
        choices: bottom,
      },
    }
  },
)

export const opinionRenderers = [toldMessage, readMessage, ownMessage, speakersMessage]
