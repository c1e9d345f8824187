import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { ConsentDecision, Role } from '../database/generated/enums.js'
import { PRIORITY, takenBack } from '../messaging/outbox.js'
import { GUESS_WINDOW_MS } from './linking-rules.js'

export const findInvitation = (tx: Tx, codeHash: string) => tx.invitation.findUnique({ where: { codeHash } })

/** Somebody as they are asked about, and as their own record shows them. Periods of that day only. */
export type Described = Readonly<{
  personId: string
  fullName: string
  contact: 'chat' | 'direct'
  cells: readonly Readonly<{ id: string; name: string; section: string | null; kind: 'home' | 'temporary' }>[]
  roles: readonly Readonly<{ role: Role; unit: string | null }>[]
}>

const holdsOn = (day: Date) => ({ startsOn: { lte: day }, OR: [{ endsOn: null }, { endsOn: { gt: day } }] })

/** Null: no such person. */
export async function describePerson(tx: Tx, personId: string, day: Date): Promise<Described | null> {
  const person = await tx.person.findUnique({
    where: { id: personId },
    include: {
      memberships: { where: holdsOn(day), include: { cell: true }, orderBy: { kind: 'asc' } },
      appointments: { where: holdsOn(day), include: { unit: true }, orderBy: { role: 'asc' } },
    },
  })
  if (!person) return null
  const exists = (unit: { dissolvedOn: Date | null } | null) => !unit?.dissolvedOn || unit.dissolvedOn > day
  return {
    personId,
    fullName: person.fullName,
    contact: person.contact,
    cells: person.memberships
      .filter((one) => exists(one.cell))
      .map((one) => ({ id: one.cellId, name: one.cell.name, section: one.section, kind: one.kind })),
    roles: person.appointments
      .filter((one) => exists(one.unit))
      .map((one) => ({ role: one.role, unit: one.unit?.name ?? null })),
  }
}

export const recordWrongCode = (tx: Tx, now: Date, chatId: string) =>
  tx.codeGuess.create({ data: { id: newId(), chatId, at: now } })

/** Times of this chat's wrong codes in the last hour, oldest first. */
export const listWrongCodes = async (tx: Tx, now: Date, chatId: string): Promise<Date[]> => {
  const since = new Date(now.getTime() - GUESS_WINDOW_MS)
  const rows = await tx.codeGuess.findMany({ where: { chatId, at: { gt: since } }, orderBy: { at: 'asc' } })
  return rows.map((one) => one.at)
}

/** The same of all chats that were never linked; empty for a chat that was. */
export async function listStrangersWrongCodes(tx: Tx, now: Date, chatId: string): Promise<Date[]> {
  if ((await tx.chatLink.count({ where: { chatId } })) > 0) return []
  const since = new Date(now.getTime() - GUESS_WINDOW_MS)
  const rows = await tx.$queryRaw<{ at: Date }[]>(Prisma.sql`
    SELECT at FROM code_guess g WHERE at > ${since}
      AND NOT EXISTS (SELECT FROM chat_link l WHERE l.chat_id = g.chat_id) ORDER BY at`)
  return rows.map((one) => one.at)
}

const blank = (value: unknown, typed: string): Prisma.InputJsonValue => {
  if (typeof value === 'string') return value.replaceAll(typed, typed.replace(/[\p{L}\p{N}]/gu, '•'))
  if (Array.isArray(value)) return value.map((one) => blank(one, typed))
  if (value === null || typeof value !== 'object') return value as Prisma.InputJsonValue
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, blank(one, typed)]))
}

/** Blanks what nobody may find in the stored update: a typed code, which opens the link until it is made; a pasted token. */
export async function forgetTyped(tx: Tx, updateId: string, typed: string): Promise<void> {
  const update = await tx.inboundUpdate.findUnique({ where: { id: updateId }, select: { payload: true } })
  if (update)
    await tx.inboundUpdate.update({ where: { id: updateId }, data: { payload: blank(update.payload, typed) } })
}

export type Decision = Readonly<{
  personId: string
  chatId: string
  decision: ConsentDecision
  textVersion: number
  locale: string
  at: Date
}>

/** The proof of what somebody decided. Append-only. */
export const recordConsent = (tx: Tx, decision: Decision) => tx.consent.create({ data: { id: newId(), ...decision } })

/** Takes the code out of the world for whoever comes second. False: it is no longer live. */
export async function useInvitation(tx: Tx, now: Date, invitationId: string, chatId: string): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { id: invitationId, usedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
    data: { usedAt: now, usedChatId: chatId },
  })
  return count === 1
}

/** All codes of a person that still open something. */
export const withdrawInvitations = (tx: Tx, now: Date, personId: string) =>
  tx.invitation.updateMany({ where: { personId, usedAt: null, withdrawnAt: null }, data: { withdrawnAt: now } })

export const withdrawInvitation = (tx: Tx, now: Date, invitationId: string) =>
  tx.invitation.updateMany({ where: { id: invitationId, usedAt: null, withdrawnAt: null }, data: { withdrawnAt: now } })

/** Chats in which the person is asked, the newest first. */
export const listLinks = (tx: Tx, personId: string) =>
  tx.chatLink.findMany({ where: { personId, endedAt: null }, orderBy: { linkedAt: 'desc' } })

/** Where a person is written to, in the order in which it is tried. */
export const listWays = (tx: Tx, now: Date, personId: string): Promise<{ chatId: string; platform: string }[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT way.chat_id AS "chatId", bot.platform
    FROM ways_to(${personId}::uuid, ${PRIORITY.notice}::int, ${now}) way JOIN bot ON bot.id = way.bot_id
    ORDER BY way.rank`)

/** The person wishes to be written to in this chat before all others. */
export const recordPreference = (tx: Tx, now: Date, personId: string, chatId: string) =>
  tx.chatLink.updateMany({ where: { personId, chatId, endedAt: null }, data: { preferredAt: now } })

export async function startLink(tx: Tx, now: Date, personId: string, chatId: string): Promise<void> {
  // Whoever came over from a retired bot is done with it.
  const retired = { personId, endedAt: null, chat: { bot: { state: 'retired' as const } } }
  await tx.chatLink.updateMany({ where: retired, data: { endedAt: now } })
  await tx.chatLink.create({ data: { id: newId(), personId, chatId, linkedAt: now } })
  const chat = await tx.chat.findUniqueOrThrow({ where: { id: chatId } })
  await tx.person.update({ where: { id: personId }, data: { contact: 'chat' } })
  await tx.person.updateMany({ where: { id: personId, locale: null }, data: { locale: chat.locale } })
}

/** Ends every link of the person and takes back whatever still waits to be sent to them. */
export async function endLinks(tx: Tx, now: Date, personId: string): Promise<void> {
  await tx.chatLink.updateMany({ where: { personId, endedAt: null }, data: { endedAt: now } })
  await tx.$executeRaw(Prisma.sql`
    WITH gone AS (
      UPDATE delivery SET ${takenBack(now)} WHERE state IN ('queued', 'in_flight')
        AND outbox_id IN (SELECT id FROM outbox WHERE person_id = ${personId}::uuid AND state = 'queued')
      RETURNING outbox_id)
    UPDATE outbox SET state = 'withdrawn' WHERE id IN (SELECT outbox_id FROM gone)
      OR (person_id = ${personId}::uuid AND state = 'unreachable')`)
}

export const setContact = (tx: Tx, personId: string, contact: 'chat' | 'direct') =>
  tx.person.update({ where: { id: personId }, data: { contact } })
