import { z } from 'zod'
import type { PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import { day } from './messages.js'
import { wayWords } from './way-words.js'

const held = z.object({ role: z.string(), unit: z.string().nullable() })

const recordData = z.object({
  name: z.string(),
  cells: z.array(z.object({ name: z.string(), section: z.string().nullable(), temporary: z.boolean() })),
  roles: z.array(held),
  birth: z.union([day, z.int()]).nullable(),
  phone: z.string().nullable(),
  phones: z.int(),
  /** Platforms in the order in which they are tried, and whether this chat may be put first. */
  ways: z.array(z.string()).optional(),
  mayPrefer: z.boolean().optional(),
  consentOn: day.nullable(),
  /** To an older text than today's. */
  consentOld: z.boolean().default(false),
  answers: z.array(z.object({ day, state: z.string() })),
  /** What confirmed roll-calls say of them. */
  marks: z.array(z.object({ day, state: z.string() })).default([]),
})

export const record = renderer('organization.record', 1, recordData, (data, t) => ({
  heading: t('organization.person.title', { name: data.name }),
  text: [...recordLines(data, t), '', ...answerLines(data.answers, t), ...markLines(data.marks, t)].join('\n'),
  choices: [
    ...(data.marks.length > 0
      ? [[{ label: t('organization.person.marks-wrong'), command: 'rollcall.mine', args: {} }]]
      : []),
    [
      { label: t('organization.person.language'), command: 'language.mine', args: {} },
      { label: t('organization.person.another'), command: 'link.another', args: {} },
    ],
    ...(data.cells.length > 0
      ? [
          [
            { label: t('organization.person.year'), command: 'attendance.own-year', args: {} },
            { label: t('organization.person.notes'), command: 'notes.list', args: {} },
          ],
        ]
      : []),
    ...(data.consentOld
      ? [[{ label: t('organization.consent.read-again'), command: 'link.read-again', args: {} }]]
      : []),
    ...(data.mayPrefer ? [[{ label: t('organization.person.prefer'), command: 'link.prefer', args: {} }]] : []),
    [
      { label: t('organization.person.correct'), command: 'person.correct', args: {} },
      { label: t('organization.person.withdraw'), command: 'link.withdraw', args: {} },
    ],
    [{ label: t('conversation.menu.open'), command: 'menu.open', args: {} }],
  ],
}))

type RecordData = z.infer<typeof recordData>

const roleName = ({ role, unit }: z.infer<typeof held>, t: Translate): string => {
  const name = t.dynamic(`organization.role.${role}`)
  return unit ? t('organization.role-in', { role: name, unit }) : name
}

const recordLines = (data: RecordData, t: Translate): string[] => [
  ...data.cells.map(({ name, section, temporary }) =>
    t(temporary ? 'organization.person.cell-temporary' : 'organization.person.cell', {
      cell: section ? `${name} (${section})` : name,
    }),
  ),
  ...data.roles.map((one) => t('organization.person.role', { role: roleName(one, t) })),
  ...(data.birth === null ? [] : [t('organization.person.birth', { birth: birthWords(data.birth, t) })]),
  ...(data.phone ? [t('organization.person.phone', { phone: data.phone })] : []),
  t('organization.person.phones', { count: data.phones }),
  ...((data.ways?.length ?? 0) > 1
    ? [t('organization.person.ways', { ways: data.ways?.map((one) => wayWords(t, one)).join(', ') })]
    : []),
  ...(data.consentOn ? [t('organization.person.consent', { date: t.date(data.consentOn, 'day-month-year') })] : []),
]

const birthWords = (birth: PlainDate | number, t: Translate): string =>
  typeof birth === 'number' ? String(birth) : t.date(birth, 'day-month-year')

const answerLines = (answers: RecordData['answers'], t: Translate): string[] =>
  answers.length === 0
    ? [t('organization.person.no-answers')]
    : [
        t('organization.person.answers'),
        ...answers.map((one) =>
          t('organization.person.answer', {
            date: t.date(one.day),
            state: t.dynamic(`meetings.answered.${one.state}`),
          }),
        ),
      ]

/** The last roll-calls, and that a wrong one can be reported. */
const markLines = (marks: RecordData['marks'], t: Translate): string[] =>
  marks.length === 0
    ? []
    : [
        '',
        t('organization.person.marks'),
        ...marks.map((one) =>
          t('organization.person.answer', {
            date: t.date(one.day),
            state: t.dynamic(`attendance.rollcall.state.${one.state}`),
          }),
        ),
      ]
