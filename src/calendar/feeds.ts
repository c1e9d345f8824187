import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import type { CalendarFeed } from '../database/generated/client.js'
import { hashToken, tokenOf } from '../pages/tokens.js'

/** Whose meetings: the person's own, or a cell's. */
export type FeedOf = Readonly<{ personId: string; cellId: string | null }>

/** The live feed, made when it is first asked for, so that an address that stands in a phone stays good. */
export async function openFeed(tx: Tx, now: Date, of: FeedOf, key: Uint8Array): Promise<CalendarFeed> {
  const known = await tx.calendarFeed.findFirst({ where: { ...of, revokedAt: null } })
  if (known) return known
  const id = newId()
  return tx.calendarFeed.create({
    data: { id, ...of, tokenHash: hashToken(key, tokenOf(key, 'feed', id)), createdAt: now },
  })
}

/** Ends the old address, which then answers nobody, and gives a new one. */
export async function renewFeed(tx: Tx, now: Date, of: FeedOf, key: Uint8Array): Promise<CalendarFeed> {
  await tx.calendarFeed.updateMany({ where: { ...of, revokedAt: null }, data: { revokedAt: now } })
  return openFeed(tx, now, of, key)
}

/** All addresses that somebody was given. */
export const endFeeds = (tx: Tx, now: Date, personId: string): Promise<unknown> =>
  tx.calendarFeed.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } })

/** The live feed behind a token; null: unknown or ended, which nobody is told apart. */
export async function findFeed(tx: Tx, token: string, key: Uint8Array): Promise<CalendarFeed | null> {
  const found = await tx.calendarFeed.findUnique({ where: { tokenHash: hashToken(key, token) } })
  return found && !found.revokedAt ? found : null
}
