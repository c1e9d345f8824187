import { addMonths, dateIn, type PlainDate, toDateColumn, type Zone } from '../core/dates.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import type { Role } from '../database/generated/enums.js'
import { inviteEach } from '../organization/invitations.js'
import { CONSENT_VERSION } from '../organization/linking-rules.js'
import { createUnit } from '../organization/units.js'
import { COMMITTEE, type ExampleCell, type ExamplePerson, makeExample } from './example.js'

export type SeedContext = Readonly<{ tx: Tx; now: Date; zone: Zone; botId: string; codeKey: Uint8Array }>

export type SeededPerson = ExamplePerson & Readonly<{ id: string; cellId: string }>
export type SeededCell = Readonly<{ id: string; place: string; people: readonly SeededPerson[] }>
export type SeededOrganisation = Readonly<{ committeeId: string; cells: readonly SeededCell[] }>

/** A day on which everybody was there already. */
const LONG_AGO = '2020-01-01' as PlainDate

const seedCell = async (context: SeedContext, committeeId: string, cell: ExampleCell): Promise<SeededCell> => {
  const unit = { name: cell.name, kind: 'cell', zone: context.zone, parentId: committeeId, startsOn: LONG_AGO } as const
  const id = await createUnit(context.tx, context.now, unit)
  return { id, place: cell.place, people: cell.people.map((one) => ({ ...one, id: newId(), cellId: id })) }
}

const insertPeople = (context: SeedContext, people: readonly SeededPerson[]) => {
  const today = dateIn(context.now, context.zone)
  return context.tx.person.createMany({
    data: people.map((one) => ({
      id: one.id,
      fullName: one.fullName,
      birthYear: one.birthYear,
      phone: one.phone,
      admittedOn: toDateColumn(one.probationary ? addMonths(today, -5) : ('2015-05-19' as PlainDate)),
      fullOn: one.probationary ? null : toDateColumn('2016-05-19' as PlainDate),
      createdAt: context.now,
    })),
  })
}

const insertMemberships = async ({ tx }: SeedContext, people: readonly SeededPerson[]): Promise<void> => {
  const startsOn = toDateColumn(LONG_AGO)
  await tx.membership.createMany({
    data: people.map(({ id, cellId, section }) => ({
      id: newId(),
      personId: id,
      cellId,
      section,
      kind: 'home' as const,
      startsOn,
    })),
  })
  await tx.exemption.createMany({
    data: people
      .filter((one) => one.exempt)
      .map(({ id }) => ({ id: newId(), personId: id, kind: 'exempt' as const, startsOn })),
  })
}

type Held = Readonly<{ personId: string; role: Role; unitId: string }>

function rolesOf(person: SeededPerson, committeeId: string, cells: readonly SeededCell[]): Held[] {
  const followed = person.follows === null ? undefined : cells[person.follows]
  return [
    ...(person.role ? [{ personId: person.id, role: person.role, unitId: person.cellId }] : []),
    ...(person.above ? [{ personId: person.id, role: person.above, unitId: committeeId }] : []),
    ...(followed ? [{ personId: person.id, role: 'follower' as const, unitId: followed.id }] : []),
  ]
}

/** A person's phone in the sandbox is the chat whose external id is the person's id. */
async function linkPhones({ tx, now, botId }: SeedContext, people: readonly SeededPerson[]): Promise<void> {
  const chats = people.map((one) => ({
    id: newId(),
    botId,
    externalId: one.id,
    kind: 'private' as const,
    createdAt: now,
  }))
  await tx.chat.createMany({ data: chats })
  const links = chats.map((chat) => ({ id: newId(), personId: chat.externalId, chatId: chat.id }))
  await tx.chatLink.createMany({ data: links.map((one) => ({ ...one, linkedAt: now })) })
  await tx.consent.createMany({
    data: links.map(({ personId, chatId }) => ({
      id: newId(),
      personId,
      chatId,
      decision: 'given' as const,
      textVersion: CONSENT_VERSION,
      locale: 'vi',
      at: now,
    })),
  })
}

/** Units, people, roles, phones, and codes for those without a link. */
export async function seedPeople(context: SeedContext): Promise<SeededOrganisation> {
  const { tx, now, zone, codeKey } = context
  const top = { name: COMMITTEE, kind: 'commune', zone, parentId: null, startsOn: LONG_AGO } as const
  const committeeId = await createUnit(tx, now, top)
  const cells: SeededCell[] = []
  for (const cell of makeExample()) cells.push(await seedCell(context, committeeId, cell))
  const people = cells.flatMap((cell) => cell.people)
  await insertPeople(context, people)
  await insertMemberships(context, people)
  await tx.appointment.createMany({
    data: people
      .flatMap((one) => rolesOf(one, committeeId, cells))
      .map((held) => ({ id: newId(), ...held, startsOn: toDateColumn(LONG_AGO) })),
  })
  const unlinked = people.filter((one) => one.unlinked)
  await linkPhones(
    context,
    people.filter((one) => !one.unlinked),
  )
  await inviteEach(
    tx,
    now,
    unlinked.map((one) => one.id),
    null,
    codeKey,
  )
  return { committeeId, cells }
}
