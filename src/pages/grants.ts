import { MINUTE } from '../core/dates.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import type { PageGrant } from '../database/generated/client.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { hashToken, tokenOf } from './tokens.js'

/** Long enough to fill a roll-call, short enough for a link that was forwarded by mistake. */
export const GRANT_LIFE_MS = 30 * MINUTE

/** What a one-time page is for; the web room has a page for each. */
export const PAGE_PURPOSES = ['upload', 'roll-call', 'check-in', 'papers', 'bot-token', 'sign-in'] as const
export type PagePurpose = (typeof PAGE_PURPOSES)[number]

/**
 * A page for this person alone, for half an hour. Returns its id: `sealPage('once', id)` is its address in a message.
 * What is done there is checked again then: a grant opens a page, it gives no right.
 */
export async function createGrant(
  tx: Tx,
  now: Date,
  grant: Readonly<{ personId: string; chatId: string; purpose: PagePurpose; args: JsonObject }>,
  key: Uint8Array,
): Promise<string> {
  const id = newId()
  const expiresAt = new Date(now.getTime() + GRANT_LIFE_MS)
  const tokenHash = hashToken(key, tokenOf(key, 'once', id))
  await tx.pageGrant.create({ data: { id, ...grant, tokenHash, createdAt: now, expiresAt } })
  return id
}

/** The grant behind a token, while it holds; null: unknown, expired or spent, which nobody is told apart. */
export async function findGrant(tx: Tx, now: Date, token: string, key: Uint8Array): Promise<PageGrant | null> {
  const found = await tx.pageGrant.findUnique({ where: { tokenHash: hashToken(key, token) } })
  return found && !found.usedAt && found.expiresAt > now ? found : null
}

/** The grant of a token that was spent, within its half hour: its person is told that it is done. */
export async function findSpent(tx: Tx, now: Date, token: string, key: Uint8Array): Promise<PageGrant | null> {
  const found = await tx.pageGrant.findUnique({ where: { tokenHash: hashToken(key, token) } })
  return found?.usedAt && found.expiresAt > now ? found : null
}

/** Spends the link. False: it was spent before, by a second tap or a second phone. */
export async function spendGrant(tx: Tx, now: Date, id: string): Promise<boolean> {
  const { count } = await tx.pageGrant.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } })
  return count === 1
}
