import type { Actor } from '../../conversation/types.js'
import type { Tx } from '../../database/client.js'
import type { PageGrant } from '../../database/generated/client.js'
import { findGrant, findSpent } from '../../pages/grants.js'
import type { PagesHouse } from './house.js'

/** Somebody who opened a one-time page. Who they are is looked up each time: a grant opens a page, it gives no right. */
export type Visit = Readonly<{ tx: Tx; now: Date; grant: PageGrant; actor: Actor }>

export type Found =
  | Readonly<{ kind: 'open'; visit: Visit }>
  /** What it was for is done. `locale`: of its person. */
  | Readonly<{ kind: 'spent'; grant: PageGrant; locale: string | null }>
  /** The person is not linked to the chat any more in which they asked for it. */
  | Readonly<{ kind: 'unlinked' }>
  /** Unknown or expired; nobody is told which. */
  | Readonly<{ kind: 'gone' }>

const localeOf = async (tx: Tx, personId: string): Promise<string | null> =>
  (await tx.person.findUnique({ where: { id: personId }, select: { locale: true } }))?.locale ?? null

/** What a token opens now. */
export async function findVisit(house: PagesHouse, tx: Tx, now: Date, token: string): Promise<Found> {
  const grant = await findGrant(tx, now, token, house.codeKey)
  if (!grant) {
    const spent = await findSpent(tx, now, token, house.codeKey)
    return spent ? { kind: 'spent', grant: spent, locale: await localeOf(tx, spent.personId) } : { kind: 'gone' }
  }
  const people = await house.identify(tx, grant.chatId, now)
  const actor = people.find((one) => one.personId === grant.personId)
  return actor ? { kind: 'open', visit: { tx, now, grant, actor } } : { kind: 'unlinked' }
}
