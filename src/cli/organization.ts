import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { addDays, dateIn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { inTransaction, type Tx } from '../database/client.js'
import { Role, UnitKind } from '../database/generated/enums.js'
import { appointByName, getPersonNamed } from '../organization/appointments.js'
import { inviteForUnit } from '../organization/invitations.js'
import { planImport, runImport } from '../organization/roster/import.js'
import { reportLines } from '../organization/roster/messages.js'
import { createUnit, dissolveUnit, findUnitsByName, placeUnit, transferMember } from '../organization/units.js'
import { deepLink } from '../platforms.js'
import type { Session } from './session.js'

/** The one unit of that name; without a name, the one at the top. Throws where there is none or several. */
async function getUnit(tx: Tx, session: Session, name: string | undefined): Promise<{ id: string; name: string }> {
  const today = dateIn(session.now, session.config.zone)
  const found = name
    ? await findUnitsByName(tx, name, today)
    : await tx.unit.findMany({ where: { dissolvedOn: null, placements: { none: {} } }, take: 2 })
  const [only, ...others] = found
  if (!only) throw new AppError(name ? 'cli.error.no-unit' : 'cli.error.no-units')
  if (others.length > 0) throw new AppError('cli.error.which-unit')
  return only
}

const isOneOf = <T extends Record<string, string>>(values: T, value: string): value is T[keyof T] & string =>
  Object.values(values).includes(value)

/** `kyhop unit NAME`: the tree is made from the top down. */
export async function addUnit(
  session: Session,
  name: string,
  options: { kind: string; under?: string },
): Promise<string> {
  const { kind, under } = options
  if (!isOneOf(UnitKind, kind)) throw new AppError('cli.error.kind', { kinds: Object.values(UnitKind).join(', ') })
  const { now, config, t } = session
  await inTransaction(session.db, async (tx) => {
    const startsOn = dateIn(now, config.zone)
    if ((await findUnitsByName(tx, name, startsOn)).length > 0) throw new AppError('cli.error.unit-exists')
    const parentId = under ? (await getUnit(tx, session, under)).id : null
    await createUnit(tx, now, { name, kind, zone: config.zone, parentId, startsOn })
  })
  return t('cli.unit.added', { name })
}

/** `kyhop appoint PERSON`: for office staff and committee members, who stand in no cell's roster. */
export async function appoint(
  session: Session,
  fullName: string,
  options: { unit?: string; role: string },
): Promise<string> {
  const { role } = options
  if (!isOneOf(Role, role)) throw new AppError('cli.error.role', { roles: Object.values(Role).join(', ') })
  const { now, config, t } = session
  await inTransaction(session.db, async (tx) => {
    const unit = role === 'administrator' ? null : await getUnit(tx, session, options.unit)
    await appointByName(tx, now, { fullName, unitId: unit?.id ?? null, role, from: dateIn(now, config.zone) })
  })
  return t('cli.appointed', { name: fullName, role: t.dynamic(`organization.role.${role}`) })
}

export type ImportOptions = Readonly<{ unit?: string; dryRun?: boolean; strict?: boolean }>

/** `kyhop import FILE`: shows what it will do, then does it. Returns the lines to print and whether it was refused. */
export async function importRoster(
  session: Session,
  path: string,
  options: ImportOptions,
): Promise<{ lines: string[]; refused: boolean }> {
  const { t, now } = session
  const bytes = await readFile(path).catch((cause) => {
    throw new AppError('cli.error.no-file', {}, { cause })
  })
  return inTransaction(session.db, async (tx) => {
    const unit = await getUnit(tx, session, options.unit)
    const file = { bytes, fileName: basename(path).normalize('NFC') }
    const planned = await planImport(tx, now, unit.id, file)
    const lines = [t('cli.import.into', { unit: unit.name }), ...reportLines(planned, t, Number.POSITIVE_INFINITY)]
    const nothing = planned.summary.create + planned.summary.update === 0
    if (options.strict && planned.problems.length > 0)
      return { lines: [...lines, t('cli.import.strict')], refused: true }
    if (options.dryRun) return { lines: [...lines, t('cli.import.dry-run')], refused: false }
    if (nothing)
      return { lines: [...lines, t('cli.import.nothing')], refused: planned.problems.some((one) => one.line === 0) }
    await runImport(tx, now, unit.id, file)
    return { lines: [...lines, t('cli.import.done')], refused: false }
  })
}

export type InviteOptions = Readonly<{ unit?: string; member?: string; role?: string; json?: boolean }>

/** `kyhop invite`: codes of those who are not yet linked, or of one named member. */
export async function invite(session: Session, options: InviteOptions): Promise<string> {
  const { unit, member, role, json } = options
  if (role !== undefined && !isOneOf(Role, role))
    throw new AppError('cli.error.role', { roles: Object.values(Role).join(', ') })
  const invited = await inviteForUnit(
    session.db,
    session.now,
    { ...(unit ? { unit } : {}), ...(member ? { member } : {}), ...(role ? { role } : {}) },
    {
      codeKey: session.codeKey,
      zone: session.config.zone,
      deepLink,
    },
  )
  if (json)
    return JSON.stringify(
      invited.map(({ person, unit: of, code, link, expiresAt }) => ({ person, unit: of, code, link, expiresAt })),
      null,
      2,
    )
  if (invited.length === 0) return session.t('cli.invite.nobody')
  return invited.map((one) => [one.code, one.person, one.unit ?? '', one.link ?? ''].join('\t').trimEnd()).join('\n')
}

/** `kyhop move UNIT`: from today the unit stands under another; where it stood stays in the history. */
export async function moveUnit(session: Session, name: string, options: { under: string }): Promise<string> {
  const parent = await inTransaction(session.db, async (tx) => {
    const unit = await getUnit(tx, session, name)
    const above = await getUnit(tx, session, options.under)
    await placeUnit(tx, { unitId: unit.id, parentId: above.id, startsOn: dateIn(session.now, session.config.zone) })
    return above.name
  })
  return session.t('cli.unit.moved', { name, parent })
}

/** `kyhop dissolve UNIT`: from tomorrow it is no more; its members are to be transferred before. */
export async function dissolve(session: Session, name: string): Promise<string> {
  const on = addDays(dateIn(session.now, session.config.zone), 1)
  await inTransaction(session.db, async (tx) => dissolveUnit(tx, (await getUnit(tx, session, name)).id, on))
  return session.t('cli.unit.dissolved', { name, date: session.t.date(on, 'day-month-year') })
}

/** `kyhop transfer PERSON`: from today a member of another cell; roles in the old one end. */
export async function transfer(
  session: Session,
  fullName: string,
  options: { to: string; from?: string },
): Promise<string> {
  const cell = await inTransaction(session.db, async (tx) => {
    const today = dateIn(session.now, session.config.zone)
    const from = await getUnit(tx, session, options.from)
    const to = await getUnit(tx, session, options.to)
    await transferMember(tx, await getPersonNamed(tx, { fullName, unitId: from.id, on: today }), to.id, today)
    return to.name
  })
  return session.t('cli.transferred', { name: fullName, cell })
}
