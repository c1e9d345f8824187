import { z } from 'zod'
import { addDays, type PlainDate } from '../../core/dates.js'
import type { Translate } from '../../core/i18n.js'
import { renderer } from '../../messaging/renderer.js'
import type { Choice, JsonObject } from '../../messaging/vocabulary.js'

const day = z.string().transform((text) => text as PlainDate)
const kind = z.enum(['exempt', 'special_duty'])

const choose = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

type Spoken = { kind: z.infer<typeof kind>; from: PlainDate; until: PlainDate | null }

/** "miễn sinh hoạt từ 01/12/2026 đến hết 31/05/2027". */
const exemptionWords = (t: Translate, { kind: what, from, until }: Spoken): string =>
  t(until ? 'attendance.exemption.words' : 'attendance.exemption.words-open', {
    kind: t(`attendance.exemption.kind.${what}`),
    from: t.date(from, 'day-month-year'),
    until: until ? t.date(until, 'day-month-year') : '',
  })

/** Who is exempt now or soon, each with its end; a new one is typed. */
export const exemptionList = renderer(
  'attendance.exemptions',
  1,
  z.object({
    unitId: z.string(),
    exempted: z.array(z.object({ id: z.string(), label: z.string(), kind, from: day, endsOn: day.nullable() })),
  }),
  ({ unitId, exempted }, t) => ({
    text: [
      exempted.length > 0 ? t('attendance.exemption.list', { count: exempted.length }) : t('attendance.exemption.none'),
      ...exempted.map((one) =>
        t('attendance.exemption.line', {
          name: one.label,
          said: exemptionWords(t, { ...one, until: one.endsOn && addDays(one.endsOn, -1) }),
        }),
      ),
      t('attendance.exemption.how'),
    ].join('\n'),
    choices: exempted.map((one) => [
      choose(t('attendance.exemption.end', { name: one.label }), 'attendance.exempt-end', {
        unitId,
        exemptionId: one.id,
      }),
    ]),
  }),
)

/** Whom, where the name fits several. */
export const exemptionWhom = renderer(
  'attendance.exemption-whom',
  1,
  z.object({
    unitId: z.string(),
    /** What stood behind the name. */
    rest: z.string(),
    people: z.array(z.object({ personId: z.string(), label: z.string() })),
  }),
  ({ unitId, rest, people }, t) => ({
    text: t('attendance.exemption.several'),
    choices: people.map((one) => [
      choose(one.label, 'attendance.exempt', { unitId, personId: one.personId, text: rest }),
    ]),
  }),
)

/** Repeated back: the cell's decision, entered by its secretary. */
export const exemptionDraft = renderer(
  'attendance.exemption-draft',
  1,
  z.object({ unitId: z.string(), personId: z.string(), label: z.string(), kind, from: day, until: day }),
  ({ label, ...args }, t) => ({
    text: [
      t('attendance.exemption.draft', { name: label, said: exemptionWords(t, args) }),
      t('attendance.exemption.means'),
    ].join('\n'),
    choices: [
      [choose(t('attendance.exemption.write'), 'attendance.exempt-write', { ...args })],
      [
        choose(t('attendance.exemption.again'), 'attendance.exempt', {
          unitId: args.unitId,
          personId: args.personId,
          kind: args.kind,
        }),
      ],
    ],
  }),
)

/** Told to the member. */
export const exemptionTold = renderer(
  'attendance.exemption-told',
  1,
  z.object({ kind, from: day, until: day.nullable(), ended: z.boolean() }),
  ({ ended, ...said }, t) => ({
    text: ended
      ? t('attendance.exemption.told-ended', { kind: t(`attendance.exemption.kind.${said.kind}`) })
      : t('attendance.exemption.told', { said: exemptionWords(t, said) }),
  }),
)

export const exemptionRenderers = [exemptionList, exemptionWhom, exemptionDraft, exemptionTold]
