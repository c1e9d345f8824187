import { dateIn, type Zone } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { byGivenName } from '../core/text.js'
import { Prisma, type Tx } from '../database/client.js'
import type { Announcement } from '../database/generated/client.js'
import { type Invited, listInvited } from '../meetings/invited.js'

/** Everybody of the cell on the day, exempt too, but for the writer, who has it on their own screen. By given name. */
export async function listReaders(
  tx: Tx,
  cell: Readonly<{ id: string; zone: Zone }>,
  of: Readonly<{ byId: string; at: Date }>,
): Promise<Invited[]> {
  const people = await listInvited(tx, { cellId: cell.id, kind: 'regular', day: dateIn(of.at, cell.zone) })
  return people
    .filter((one) => !one.follower && one.personId !== of.byId)
    .sort((a, b) => byGivenName(a.fullName, b.fullName))
}

/** False: it is there already, by a second tap. */
export async function recordAnnouncement(tx: Tx, row: Omit<Announcement, 'withdrawnAt'>): Promise<boolean> {
  const { count } = await tx.announcement.createMany({ data: [row], skipDuplicates: true })
  return count === 1
}

export async function getAnnouncement(tx: Tx, cellId: string, id: string): Promise<Announcement> {
  const found = await tx.announcement.findFirst({ where: { id, cellId } })
  if (!found) throw new AppError('announcements.error.gone')
  return found
}

export const listLatest = (tx: Tx, cellId: string, count: number): Promise<Announcement[]> =>
  tx.announcement.findMany({ where: { cellId, withdrawnAt: null }, orderBy: { at: 'desc' }, take: count })

/** One tap is enough; a second changes nothing. */
export const recordReceipt = (tx: Tx, announcementId: string, personId: string, at: Date): Promise<unknown> =>
  tx.announcementReceipt.createMany({ data: [{ announcementId, personId, at }], skipDuplicates: true })

export const listReceipts = async (tx: Tx, announcementId: string): Promise<ReadonlySet<string>> =>
  new Set((await tx.announcementReceipt.findMany({ where: { announcementId } })).map((one) => one.personId))

/** False: it was taken back before. */
export async function markWithdrawn(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.announcement.updateMany({ where: { id, withdrawnAt: null }, data: { withdrawnAt: now } })
  return count === 1
}

export type Shown = Readonly<{ deliveryId: string; chatId: string; personId: string }>

/** The messages that stand in chats already, or are just on their way there. */
export const listShown = (tx: Tx, announcementId: string, kind: string): Promise<Shown[]> =>
  tx.$queryRaw<Shown[]>(Prisma.sql`
    SELECT delivery.id AS "deliveryId", delivery.chat_id AS "chatId", outbox.person_id AS "personId"
    FROM outbox JOIN delivery ON delivery.outbox_id = outbox.id
    WHERE outbox.subject = ${announcementId} AND outbox.kind = ${kind} AND outbox.routed
      AND delivery.operation = 'send' AND delivery.part = 0 AND delivery.state IN ('sent', 'in_flight')`)
