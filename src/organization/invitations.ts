import { DAY, dateIn, toDateColumn, type Zone } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import { fold } from '../core/text.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import type { Role } from '../database/generated/enums.js'
import type { BotName, DeepLink } from '../messaging/bots.js'
import { codeOf, formatCode, hashCode } from './codes.js'
import { type Invitee, listAdministrators, listInvitees } from './invitations-store.js'
import { listServingBots, type ServingBot, wayIn } from './serving.js'
import { findUnitsByName } from './units.js'

/** Long enough to print slips and hand them out at the next meeting but one evening, short enough for a lost one. */
export const CODE_LIFE_MS = 14 * DAY

/** A live code with at least this much left is shown again instead of making another. */
const SHOW_AGAIN_MS = 7 * DAY

/** `zone`: of the installation, whose day says which bot serves a unit. */
export type Keys = Readonly<{ codeKey: Uint8Array; deepLink: DeepLink; zone: Zone }>

/**
 * `code`: as it is shown, "1234 5678". `link`: opens the bot's chat with it; null where its platform has none and the
 * code is typed. `others`: where the code may be typed instead.
 */
export type Invited = Readonly<{
  personId: string
  person: string
  unit: string | null
  invitationId: string
  code: string
  link: string | null
  bot: BotName | null
  others: readonly BotName[]
  expiresAt: Date
}>

type Live = Readonly<{ id: string; personId: string; expiresAt: Date }>

/** An id whose code nobody has or had: a used code must go on saying that it was used. */
async function freshId(tx: Tx, codeKey: Uint8Array): Promise<string> {
  const id = newId()
  const taken = await tx.invitation.count({ where: { codeHash: hashCode(codeKey, codeOf(codeKey, id)) } })
  return taken === 0 ? id : freshId(tx, codeKey)
}

/** A code for each of these people: the newest live one if it still has a week, else a new one. */
export async function inviteEach(
  tx: Tx,
  now: Date,
  personIds: readonly string[],
  by: string | null,
  codeKey: Uint8Array,
): Promise<Map<string, Live>> {
  const again = await tx.invitation.findMany({
    where: {
      personId: { in: [...personIds] },
      usedAt: null,
      withdrawnAt: null,
      expiresAt: { gte: new Date(now.getTime() + SHOW_AGAIN_MS) },
    },
    orderBy: { createdAt: 'asc' },
  })
  const live = new Map<string, Live>(again.map((one) => [one.personId, one]))
  const expiresAt = new Date(now.getTime() + CODE_LIFE_MS)
  const fresh = []
  for (const personId of personIds.filter((id) => !live.has(id))) {
    const id = await freshId(tx, codeKey)
    fresh.push({
      id,
      personId,
      codeHash: hashCode(codeKey, codeOf(codeKey, id)),
      createdAt: now,
      createdBy: by,
      expiresAt,
    })
  }
  await tx.invitation.createMany({ data: fresh })
  for (const one of fresh) live.set(one.personId, one)
  return live
}

type Bots = readonly ServingBot[]

const describe = (person: Invitee, invitation: Live, bots: Bots, { codeKey, deepLink }: Keys): Invited => {
  const code = codeOf(codeKey, invitation.id)
  const way = wayIn(bots, code, deepLink)
  return {
    personId: person.personId,
    person: person.fullName,
    unit: person.unitName,
    invitationId: invitation.id,
    code: formatCode(code),
    link: way?.link ?? null,
    bot: way?.bot ?? null,
    others: way?.others ?? [],
    expiresAt: invitation.expiresAt,
  }
}

/** Codes for these people, in their order. `by`: who asked; null: the command line. */
export async function createInvitations(
  tx: Tx,
  now: Date,
  wanted: Readonly<{ people: readonly Invitee[]; by: string | null }>,
  keys: Keys,
): Promise<Invited[]> {
  const ids = wanted.people.map((one) => one.personId)
  const live = await inviteEach(tx, now, ids, wanted.by, keys.codeKey)
  const day = toDateColumn(dateIn(now, keys.zone))
  const bots = new Map<string | null, Bots>()
  for (const { unitId } of wanted.people)
    if (!bots.has(unitId)) bots.set(unitId, await listServingBots(tx, unitId, day))
  return wanted.people.flatMap((person) => {
    const invitation = live.get(person.personId)
    return invitation ? [describe(person, invitation, bots.get(person.unitId) ?? [], keys)] : []
  })
}

/** Those who are still to be asked: neither linked nor to be contacted directly. */
export const toInvite = (people: readonly Invitee[]): Invitee[] => people.filter((one) => !one.linked && !one.direct)

export type InviteRequest = Readonly<{
  /** A unit's name: its people and those of everything under it. Absent: the whole installation. */
  unit?: string
  /** A full name, or its last words; also somebody who is linked (a second phone). */
  member?: string
  role?: Role
}>

/**
 * Codes for the command line. Throws `organization.error.no-unit`, `organization.error.which-unit` (several of that
 * name), `organization.error.nobody` (no such member).
 */
export const inviteForUnit = (db: Db, now: Date, request: InviteRequest, keys: Keys): Promise<Invited[]> =>
  inTransaction(db, async (tx) => {
    const people = await listRequested(tx, now, request, keys.zone)
    const named = request.member
      ? people.filter((one) => isNamed(one.fullName, request.member ?? ''))
      : toInvite(people)
    if (request.member && named.length === 0) throw new AppError('organization.error.nobody')
    return createInvitations(tx, now, { people: named, by: null }, keys)
  })

const isNamed = (fullName: string, wanted: string): boolean => ` ${fold(fullName)}`.endsWith(` ${fold(wanted)}`)

async function listRequested(tx: Tx, now: Date, request: InviteRequest, zone: Zone): Promise<Invitee[]> {
  const today = dateIn(now, zone)
  const day = toDateColumn(today)
  const found = request.unit ? await findUnitsByName(tx, request.unit, today) : []
  if (request.unit && found.length === 0) throw new AppError('organization.error.no-unit')
  if (found.length > 1) throw new AppError('organization.error.which-unit', { count: found.length })
  const people = found[0] || request.role === 'administrator' ? [] : await listAdministrators(tx, day)
  if (request.role === 'administrator') return listAdministrators(tx, day)
  for (const unitId of await listUnitIds(tx, found[0]?.id ?? null, day))
    people.push(...(await listInvitees(tx, { unitId, day, ...(request.role ? { role: request.role } : {}) })))
  return [...new Map(people.reverse().map((one) => [one.personId, one])).values()].reverse()
}

const listUnitIds = async (tx: Tx, root: string | null, day: Date): Promise<string[]> => {
  const rows = root
    ? await tx.$queryRaw<{ id: string }[]>(
        Prisma.sql`SELECT unit_id AS id FROM unit_subtree(${root}::uuid, ${day}::date)`,
      )
    : await tx.unit.findMany({
        where: { OR: [{ dissolvedOn: null }, { dissolvedOn: { gt: day } }] },
        select: { id: true },
        orderBy: { nameKey: 'asc' },
      })
  return rows.map((one) => one.id)
}

/**
 * At start: while no administrator is linked, a code for one, to be shown on the console. The first start appoints
 * somebody called "Quản trị viên". Null: an administrator is linked.
 */
export const ensureAdministrator = (db: Db, now: Date, keys: Keys): Promise<Invited | null> =>
  inTransaction(db, async (tx) => {
    // Two instances that start together must not appoint two.
    await tx.$executeRaw(Prisma.sql`LOCK TABLE appointment IN SHARE ROW EXCLUSIVE MODE`)
    const day = toDateColumn(dateIn(now, keys.zone))
    const known = await listAdministrators(tx, day)
    if (known.some((one) => one.linked)) return null
    const people = known.length > 0 ? known : [await appointAdministrator(tx, now, day)]
    const [invited] = await createInvitations(tx, now, { people: people.slice(0, 1), by: null }, keys)
    return invited ?? null
  })

async function appointAdministrator(tx: Tx, now: Date, day: Date): Promise<Invitee> {
  const personId = newId()
  const fullName = 'Quản trị viên'
  await tx.person.create({ data: { id: personId, fullName, createdAt: now } })
  await tx.appointment.create({ data: { id: newId(), personId, role: 'administrator', startsOn: day } })
  return { personId, fullName, unitId: null, unitName: null, linked: false, direct: false }
}
