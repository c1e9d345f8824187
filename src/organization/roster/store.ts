import { dateIn, fromDateColumn, type PlainDate, toDateColumn, type Zone } from '../../core/dates.js'
import { newId } from '../../core/ids.js'
import { Prisma, type Tx } from '../../database/client.js'
import { holdsOn } from '../periods.js'
import type { Effects, Existing, KnownPerson, KnownUnit, PersonFields, PlanEntry, RosterPlan } from './plan-types.js'
import type { CellRole } from './types.js'

/** The cells under a unit (itself, if it is one) that exist on the day, by name. */
export const listCells = (tx: Tx, unitId: string, today: PlainDate): Promise<KnownUnit[]> =>
  tx.$queryRaw<KnownUnit[]>(Prisma.sql`
    SELECT unit.id, unit.name FROM unit_subtree(${unitId}::uuid, ${toDateColumn(today)}::date) s
    JOIN unit ON unit.id = s.unit_id
    WHERE unit.kind = 'cell' AND (unit.dissolved_on IS NULL OR unit.dissolved_on > ${toDateColumn(today)})
    ORDER BY unit.name`)

const CELL_ROLES: CellRole[] = ['secretary', 'deputy', 'cell_committee']

const plain = (value: Date | null): PlainDate | null => (value ? fromDateColumn(value) : null)

/** Everybody with a membership today, as the planning compares them; also other cells' people, so that nobody is moved unseen. */
export async function readExisting(tx: Tx, unitId: string, today: PlainDate): Promise<Existing> {
  const people = await tx.person.findMany({
    where: { memberships: { some: holdsOn(today) } },
    include: {
      memberships: { where: holdsOn(today) },
      exemptions: { where: { ...holdsOn(today), kind: 'exempt' } },
      appointments: { where: { ...holdsOn(today), role: { in: CELL_ROLES } } },
    },
  })
  const known = people.map((one): KnownPerson => {
    const temporary = one.memberships.filter((membership) => membership.kind === 'temporary')
    const sections = one.memberships.flatMap(({ cellId, section }) => (section ? [[cellId, section] as const] : []))
    return {
      id: one.id,
      fullName: one.fullName,
      birthDate: plain(one.birthDate),
      birthYear: one.birthYear,
      phone: one.phone,
      admittedOn: plain(one.admittedOn),
      fullOn: plain(one.fullOn),
      homeCellId: one.memberships.find((membership) => membership.kind === 'home')?.cellId ?? null,
      temporaryCellIds: temporary.map((membership) => membership.cellId),
      sections: Object.fromEntries(sections),
      roles: one.appointments.map(({ unitId: at, role }) => ({ unitId: at ?? '', role: role as CellRole })),
      exempt: one.exemptions.length > 0,
    }
  })
  return { people: known, units: await listCells(tx, unitId, today) }
}

/** What a person's columns become; a field that the plan does not name stays as it is. */
const columnsOf = (fields: Partial<PersonFields>) => {
  const column = (day: PlainDate | null | undefined): Date | null | undefined =>
    day ? toDateColumn(day) : (day as null | undefined)
  return {
    ...fields,
    birthDate: column(fields.birthDate),
    admittedOn: column(fields.admittedOn),
    fullOn: column(fields.fullOn),
  }
}

/** Carries a plan out in the caller's transaction: creates first, since updates may speak of who was created. */
export async function applyPlan(tx: Tx, now: Date, plan: RosterPlan, zone: Zone): Promise<void> {
  const today = dateIn(now, zone)
  const created = new Map<number, string>()
  for (const entry of plan.entries) {
    if (entry.action !== 'create') continue
    const id = newId()
    created.set(entry.line, id)
    await tx.person.create({
      data: { id, ...columnsOf(entry.person), fullName: entry.person.fullName, createdAt: now },
    })
    await applyEffects(tx, id, entry, today)
  }
  for (const entry of plan.entries) {
    if (entry.action !== 'update') continue
    const id = 'id' in entry.ref ? entry.ref.id : created.get(entry.ref.createdByLine)
    if (!id) throw new Error('a roster plan speaks of somebody it does not create')
    await tx.person.update({ where: { id }, data: columnsOf(entry.set) })
    await applyEffects(tx, id, entry, today)
  }
}

type Done = Pick<Extract<PlanEntry, { action: 'create' | 'update' }>, 'unitId' | 'effects'>

async function applyEffects(tx: Tx, personId: string, { unitId, effects }: Done, today: PlainDate): Promise<void> {
  const startsOn = toDateColumn(today)
  const { membership, section, role, exempt } = effects
  if (membership)
    await tx.membership.create({ data: { id: newId(), personId, cellId: unitId, ...membership, startsOn } })
  if (section)
    await tx.membership.updateMany({ where: { personId, cellId: unitId, ...holdsOn(today) }, data: { section } })
  if (role) await appoint(tx, personId, unitId, role, today)
  if (exempt) await tx.exemption.create({ data: { id: newId(), personId, kind: 'exempt', startsOn } })
}

/** An appointment that began today and is replaced today never was: nothing may end on the day it starts. */
async function appoint(
  tx: Tx,
  personId: string,
  unitId: string,
  role: NonNullable<Effects['role']>,
  today: PlainDate,
): Promise<void> {
  const startsOn = toDateColumn(today)
  if (role.replaces) {
    const replaced = { personId, unitId, role: role.replaces }
    await tx.appointment.deleteMany({ where: { ...replaced, startsOn } })
    await tx.appointment.updateMany({ where: { ...replaced, ...holdsOn(today) }, data: { endsOn: startsOn } })
  }
  await tx.appointment.create({ data: { id: newId(), personId, unitId, role: role.role, startsOn } })
}
