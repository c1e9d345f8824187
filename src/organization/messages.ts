import { z } from 'zod'
import { type PlainDate, parsePlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { sealCode } from './codes.js'

export const day = z.string().refine((text): text is PlainDate => parsePlainDate(text) !== null)

const paging = { unitId: z.string(), unit: z.string(), page: z.int(), pages: z.int() }
type Paging = { unitId: string; page: number; pages: number }

const pageLine = (data: Paging, t: Translate): string[] =>
  data.pages > 1 ? [t('organization.invite.page', { page: data.page, pages: data.pages })] : []

const pageChoices = (command: string, data: Paging, t: Translate): Choice[][] => {
  const to = (page: number) => ({ command, args: { unitId: data.unitId, page } })
  const row = [
    ...(data.page > 1 ? [{ label: t('organization.invite.previous'), ...to(data.page - 1) }] : []),
    ...(data.page < data.pages
      ? [{ label: t('organization.invite.next'), ...to(data.page + 1), next: true as const }]
      : []),
  ]
  return row.length > 0 ? [row] : []
}

const printChoice = (unitId: string, label: string): Choice[] => [{ label, command: 'invite.print', args: { unitId } }]

/** Codes of a cell. Direct ones have none until the secretary asks for one. */
export const codeList = renderer(
  'organization.codes',
  1,
  z.object({
    ...paging,
    linked: z.int(),
    total: z.int(),
    rows: z.array(z.object({ name: z.string(), invitationId: z.string() })),
    direct: z.array(z.object({ name: z.string(), personId: z.string() })),
    /** Whether members without a chat app can have a page of their own. */
    personal: z.boolean().default(false),
  }),
  (data, t) => ({
    heading: t('organization.invite.title', { unit: data.unit }),
    text: [
      t('organization.invite.linked', { linked: data.linked, total: data.total }),
      ...(data.rows.length === 0 ? [t('organization.invite.none')] : [t('organization.invite.how'), '']),
      ...data.rows.map(({ name, invitationId }) =>
        t('organization.invite.row', { name, code: sealCode(invitationId) }),
      ),
      ...(data.direct.length > 0
        ? ['', t('organization.invite.direct', { names: data.direct.map((one) => one.name).join(', ') })]
        : []),
      ...pageLine(data, t),
    ].join('\n'),
    choices: [
      ...(data.rows.length > 0 ? [printChoice(data.unitId, t('organization.invite.print'))] : []),
      ...data.direct.slice(0, 5).map(({ name, personId }) => [
        {
          label: t('organization.invite.again', { name }),
          command: 'invite.one',
          args: { unitId: data.unitId, personId },
        },
      ]),
      ...(data.personal
        ? [[{ label: t('organization.invite.personal'), command: 'invite.pages', args: { unitId: data.unitId } }]]
        : []),
      ...pageChoices('invite.list', data, t),
    ],
  }),
)

const waiting = z.object({
  cellId: z.string(),
  cell: z.string(),
  name: z.string().nullable(),
  /** Null: nobody to invite. */
  invitationId: z.string().nullable(),
})

const waitingLine = (row: z.infer<typeof waiting>, t: Translate): string => {
  const { cell, name, invitationId } = row
  if (name === null) return t('organization.invite.cell-empty', { cell })
  if (invitationId === null) return t('organization.invite.cell-direct', { cell, name })
  return t('organization.invite.cell-row', { cell, name, code: sealCode(invitationId) })
}

/** Cells below a committee whose secretary is not linked. */
export const waitingList = renderer(
  'organization.waiting',
  1,
  z.object({ ...paging, total: z.int(), rows: z.array(waiting) }),
  (data, t) => ({
    heading: t('organization.invite.title', { unit: data.unit }),
    text: [
      ...(data.rows.length === 0
        ? [t('organization.invite.cells-none')]
        : [t('organization.invite.cells', { count: data.total }), t('organization.invite.how'), '']),
      ...data.rows.map((row) => waitingLine(row, t)),
      ...pageLine(data, t),
    ].join('\n'),
    choices: [
      ...data.rows.map((row) => printChoice(row.cellId, t('organization.invite.print-one', { cell: row.cell }))),
      ...(data.total > 1 ? [printChoice(data.unitId, t('organization.invite.print-all'))] : []),
      ...pageChoices('invite.list', data, t),
    ],
  }),
)

const codeFor = (key: 'organization.invite.one' | 'organization.person.new-code') =>
  renderer(
    key,
    1,
    z.object({ name: z.string(), invitationId: z.string(), until: day }),
    ({ name, invitationId, until }, t) => ({
      text: t(key, { name, code: sealCode(invitationId), date: t.date(until, 'day-month-year') }),
    }),
  )

/** One code, for the secretary to pass on. */
export const oneCode = codeFor('organization.invite.one')
/** One's own code for another phone. */
export const ownCode = codeFor('organization.person.new-code')

export const slipsReady = renderer(
  'organization.slips',
  1,
  // `unitId`: whose codes they are, for who opens the file by a link; absent in rows of before.
  z.object({
    unitId: z.string().optional(),
    unit: z.string(),
    count: z.int(),
    sha256: z.string(),
    fileName: z.string(),
  }),
  (data, t) => ({
    text: t('organization.print.ready', { unit: data.unit, count: data.count }),
    attachment: {
      sha256: data.sha256,
      fileName: data.fileName,
      elsewhere: t('organization.print.elsewhere'),
      brief: true,
    },
  }),
)

const subordinate = z.object({
  id: z.string(),
  name: z.string(),
  isCell: z.boolean(),
  cells: z.int(),
  members: z.int(),
  secretary: z.string().nullable(),
  linked: z.boolean(),
})

const subordinateLine = (one: z.infer<typeof subordinate>, t: Translate): string => {
  if (!one.isCell) return t('organization.units.committee', { name: one.name, cells: one.cells, members: one.members })
  const secretary = one.secretary
    ? t(one.linked ? 'organization.units.linked' : 'organization.units.unlinked', { name: one.secretary })
    : t('organization.units.no-secretary')
  return t('organization.units.cell', { name: one.name, members: one.members, secretary })
}

export const unitList = renderer(
  'organization.units',
  1,
  z.object({ ...paging, rows: z.array(subordinate) }),
  (data, t) => ({
    heading: t('organization.units.title', { unit: data.unit }),
    text: [
      ...(data.rows.length === 0 ? [t('organization.units.none', { unit: data.unit })] : []),
      ...data.rows.map((one) => `• ${subordinateLine(one, t)}`),
      ...pageLine(data, t),
    ].join('\n'),
    choices: [
      ...data.rows
        .filter((one) => !one.isCell)
        .map((one) => [{ label: one.name, command: 'unit.list', args: { unitId: one.id } }]),
      ...pageChoices('unit.list', data, t),
    ],
  }),
)

export const organizationRenderers = [codeList, waitingList, oneCode, ownCode, slipsReady, unitList]
