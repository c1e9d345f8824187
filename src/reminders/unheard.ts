import type { Sweep } from '../conversation/types.js'
import { dateIn, timeIn, type Zone } from '../core/dates.js'
import { inTransaction, Prisma, type Tx } from '../database/client.js'
import { getCell } from '../meetings/cell.js'
import { isAsked, listInvited } from '../meetings/invited.js'
import { keepQuiet } from '../meetings/quiet.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { nudge, shapeOf } from './messages.js'
import { sendAt } from './rules.js'
import { listSaid } from './store-people.js'

type Gap = Readonly<{ id: string; botId: string; fromAt: Date; untilAt: Date }>

/** Meetings to come that people were already asked about, the nearest first. */
const listAsked = (tx: Tx, now: Date): Promise<{ id: string }[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT m.id FROM meeting m WHERE m.state = 'planned' AND m.starts_at > ${now}
      AND EXISTS (SELECT FROM reminder_step s WHERE s.meeting_id = m.id AND s.state = 'done')
    ORDER BY m.starts_at`)

/** Who writes to this bot. */
async function listHeard(tx: Tx, botId: string): Promise<Set<string>> {
  const where = { endedAt: null, chat: { botId, unreachableSince: null } }
  const links = await tx.chatLink.findMany({ where, select: { personId: true } })
  return new Set(links.map((one) => one.personId))
}

async function listSilent(tx: Tx, meeting: Meeting): Promise<string[]> {
  const people = await listInvited(tx, meeting)
  const said = await listSaid(tx, meeting.id)
  return people.filter((one) => isAsked(one) && !said.has(one.personId)).map((one) => one.personId)
}

const moment = (at: Date, zone: Zone) => ({ day: dateIn(at, zone), time: timeIn(at, zone) })

async function askAgain(tx: Tx, now: Date, gap: Gap, meeting: Meeting, personIds: readonly string[]): Promise<void> {
  const { zone, startsAt } = meeting
  const at = sendAt(now, startsAt, zone)
  const cell = await getCell(tx, meeting.cellId)
  const unheard = { from: moment(gap.fromAt, zone), until: moment(gap.untilAt, zone) }
  const data = { ...shapeOf(meeting, cell.name), unheard }
  const items = personIds.map((personId) =>
    outgoing(nudge, data, {
      causeKey: `unheard:${gap.id}:${personId}`,
      personId,
      subject: meeting.id,
      priority: PRIORITY.notice,
      notBefore: at,
      expiresAt: startsAt,
      ...keepQuiet(at, zone),
    }),
  )
  await enqueue(tx, now, items)
}

/** Whoever was asked and is silent may have answered while nobody listened: once each, about their nearest meeting. */
async function closeGap(tx: Tx, now: Date, gap: Gap): Promise<void> {
  const left = await listHeard(tx, gap.botId)
  for (const { id } of left.size > 0 ? await listAsked(tx, now) : []) {
    const meeting = await findMeeting(tx, id)
    if (!meeting) continue
    const people = (await listSilent(tx, meeting)).filter((one) => left.delete(one))
    if (people.length > 0) await askAgain(tx, now, gap, meeting, people)
  }
  await tx.hearingGap.update({ where: { id: gap.id }, data: { askedAt: now } })
}

export const unheardSweep: Sweep = {
  name: 'unheard',
  nextDue: async (db) => {
    const first = await db.hearingGap.findFirst({ where: { askedAt: null }, orderBy: { untilAt: 'asc' } })
    return first?.untilAt ?? null
  },
  run: (db, now) =>
    inTransaction(db, async (tx) => {
      const [gap] = await tx.$queryRaw<Gap[]>(Prisma.sql`
        SELECT id, bot_id AS "botId", from_at AS "fromAt", until_at AS "untilAt" FROM hearing_gap
        WHERE asked_at IS NULL ORDER BY until_at LIMIT 1 FOR UPDATE SKIP LOCKED`)
      if (gap) await closeGap(tx, now, gap)
      return gap !== undefined
    }),
}
