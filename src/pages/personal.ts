import { DAY } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { type Db, Prisma, type Tx } from '../database/client.js'
import type { PersonalPage } from '../database/generated/client.js'
import { takenBack } from '../messaging/outbox.js'
import { hashToken, tokenOf } from './tokens.js'

/** A page that nobody opened for so long ends by itself: its address may lie anywhere. */
export const UNUSED_MS = 90 * DAY

const endOf = (page: Pick<PersonalPage, 'lastUsedAt'>): Date => new Date(page.lastUsedAt.getTime() + UNUSED_MS)

const isLive = (page: PersonalPage, now: Date): boolean => !page.revokedAt && endOf(page) > now

/** A page for each of these people: the live one, so that a printed address stays good, else a new one. Returns their ids. */
export async function openPersonalPages(
  tx: Tx,
  now: Date,
  wanted: Readonly<{ personIds: readonly string[]; by: string | null }>,
  key: Uint8Array,
): Promise<string[]> {
  const known = await listLive(tx, now, wanted.personIds)
  const fresh = wanted.personIds
    .filter((personId) => !known.some((one) => one.personId === personId))
    .map((personId) => {
      const id = newId()
      const tokenHash = hashToken(key, tokenOf(key, 'personal', id))
      return { id, personId, tokenHash, createdAt: now, createdBy: wanted.by, lastUsedAt: now }
    })
  await tx.personalPage.createMany({ data: fresh })
  return [...known, ...fresh].map((one) => one.id)
}

const liveAt = (now: Date) => ({ revokedAt: null, lastUsedAt: { gt: new Date(now.getTime() - UNUSED_MS) } })

/** The live pages of these people. */
export const listLive = (tx: Tx, now: Date, personIds: readonly string[]): Promise<PersonalPage[]> =>
  tx.personalPage.findMany({
    where: { personId: { in: [...personIds] }, ...liveAt(now) },
    orderBy: { createdAt: 'desc' },
  })

export const countLive = (db: Db, now: Date): Promise<number> => db.personalPage.count({ where: liveAt(now) })

export type FoundPage = Readonly<{ kind: 'open'; page: PersonalPage } | { kind: 'ended' } | { kind: 'unknown' }>

/** What a token opens now. */
export async function findPersonalPage(tx: Tx, now: Date, token: string, key: Uint8Array): Promise<FoundPage> {
  const page = await tx.personalPage.findUnique({ where: { tokenHash: hashToken(key, token) } })
  if (!page) return { kind: 'unknown' }
  return isLive(page, now) ? { kind: 'open', page } : { kind: 'ended' }
}

/** Somebody looked: the 90 days begin anew. */
export const touch = (tx: Tx, now: Date, pageId: string): Promise<unknown> =>
  tx.personalPage.update({ where: { id: pageId }, data: { lastUsedAt: now } })

/**
 * Ends pages and with them their chats as ways to reach somebody: a message to a page that opens no more would be lost.
 * Returns those that were live.
 */
export async function endPages(tx: Tx, now: Date, pageIds: readonly string[]): Promise<PersonalPage[]> {
  const ended = await tx.personalPage.updateManyAndReturn({
    where: { id: { in: [...pageIds] }, revokedAt: null },
    data: { revokedAt: now },
  })
  const chatIds = ended.flatMap((one) => one.chatId ?? [])
  await tx.chatLink.updateMany({ where: { chatId: { in: chatIds }, endedAt: null }, data: { endedAt: now } })
  await tx.$executeRaw(Prisma.sql`
    WITH gone AS (
      UPDATE delivery SET ${takenBack(now)} WHERE state IN ('queued', 'in_flight')
        AND chat_id = ANY(${chatIds}::uuid[])
      RETURNING outbox_id)
    UPDATE outbox SET state = 'withdrawn' WHERE id IN (SELECT outbox_id FROM gone)`)
  return ended
}

/** Pages whose 90 days are over, locked. */
export const listUnused = (tx: Tx, now: Date, limit: number): Promise<{ id: string; personId: string }[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT id, person_id AS "personId" FROM personal_page
    WHERE revoked_at IS NULL AND last_used_at <= ${new Date(now.getTime() - UNUSED_MS)}
    ORDER BY last_used_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`)

/** When the first of the live pages ends if nobody opens it. */
export async function nextUnused(tx: Tx): Promise<Date | null> {
  const first = await tx.personalPage.findFirst({ where: { revokedAt: null }, orderBy: { lastUsedAt: 'asc' } })
  return first ? endOf(first) : null
}
