import { note } from '../conversation/messages.js'
import type { Sweep } from '../conversation/types.js'
import { MINUTE } from '../core/dates.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { agreeAgain } from './consent-again.js'
import { CONSENT_VERSION } from './linking-rules.js'

/** Somebody has just spoken with us and is done: late enough not to come between two lines, early enough to be seen. */
const RESTED = 3 * MINUTE
const STILL_THERE = 30 * MINUTE

/** A question that stays: it is answered whenever somebody comes to it, or in their own record. */
const USE_MS = 30 * 24 * 60 * MINUTE

const BATCH = 50

const keyOf = (personId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`${`consent:${CONSENT_VERSION}:`}::text || ${personId}::text`

/**
 * Whose newest word is a yes to an older text, who were not asked about this one, and had a reply of ours just now. It is
 * looked at with every tick: where nobody ever agreed to an older text, no message is looked at.
 */
const waiting = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT o.person_id AS "personId", max(d.finished_at) AS at, (array_agg(d.chat_id ORDER BY d.finished_at DESC))[1] AS "chatId"
  FROM delivery d JOIN outbox o ON o.id = d.outbox_id JOIN chat ON chat.id = d.chat_id AND chat.awaiting IS NULL
    JOIN chat_link l ON l.chat_id = d.chat_id AND l.person_id = o.person_id AND l.ended_at IS NULL
    CROSS JOIN LATERAL (SELECT c.decision, c.text_version FROM consent c WHERE c.person_id = o.person_id
      ORDER BY c.at DESC, c.id DESC LIMIT 1) newest
  WHERE d.content IS NOT NULL AND d.state = 'sent' AND d.finished_at > ${new Date(now.getTime() - STILL_THERE)}
    AND o.person_id IN (SELECT older.person_id FROM consent older WHERE older.text_version < ${CONSENT_VERSION})
    AND d.priority = ${PRIORITY.reply} AND newest.decision = 'given' AND newest.text_version < ${CONSENT_VERSION}
    AND NOT EXISTS (SELECT FROM outbox asked WHERE asked.cause_key = ${keyOf(Prisma.sql`o.person_id`)})
  GROUP BY o.person_id`

type Waiting = { personId: string; chatId: string; at: Date }

const ask = (tx: Tx, now: Date, people: readonly Waiting[]): Promise<unknown> =>
  enqueue(
    tx,
    now,
    people.map(({ personId, chatId }) =>
      outgoing(note, agreeAgain, {
        causeKey: `consent:${CONSENT_VERSION}:${personId}`,
        chatId,
        personId,
        priority: PRIORITY.bulk,
        expiresAt: new Date(now.getTime() + USE_MS),
      }),
    ),
  )

/**
 * Whoever agreed to an older text is asked about today's once, at the end of the next thing they do here. Nothing waits
 * for the answer: what they are owed they get as before.
 */
export const consentSweep: Sweep = {
  name: 'consents',
  nextDue: async (db: Db, now) => {
    const [row] = await db.$queryRaw<{ at: Date | null }[]>(
      Prisma.sql`SELECT min(at) AS at FROM (${waiting(now)}) waiting`,
    )
    return row?.at ? new Date(row.at.getTime() + RESTED) : null
  },
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const people = await tx.$queryRaw<Waiting[]>(Prisma.sql`
        SELECT * FROM (${waiting(now)}) waiting WHERE at <= ${new Date(now.getTime() - RESTED)} LIMIT ${BATCH}`)
      await ask(tx, now, people)
      return people.length === BATCH
    }),
}
