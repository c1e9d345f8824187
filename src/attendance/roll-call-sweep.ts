import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn, MINUTE } from '../core/dates.js'
import type { Log } from '../core/log.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import { outsideQuiet } from '../meetings/quiet.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { listCellLeaders } from '../organization/leaders.js'
import { dueMessage } from './messages-roll-call.js'
import { sheetData } from './roll-call-say.js'
import { openSheet } from './roll-call-sheet.js'
import { type Step, stepOf } from './roll-call-steps.js'
import { lockRollCall } from './roll-call-store.js'
import { endOf } from './rules.js'

const BATCH = 50

/** Planned meetings whose present start has opened no sheet. The start itself is the due time. */
const UNOPENED = Prisma.sql`
  SELECT m.id, m.starts_at AS at FROM meeting m LEFT JOIN roll_call r ON r.meeting_id = m.id
  WHERE m.state = 'planned' AND (r.opened_at IS NULL OR r.opened_at < m.starts_at)
    AND (r.confirmed_at IS NULL OR r.confirmed_at < m.starts_at)`

const AGAIN = Prisma.sql`SELECT meeting_id AS id, due_at AS at FROM roll_call WHERE due_at IS NOT NULL`

async function findNextDue(db: Db): Promise<Date | null> {
  const rows = await db.$queryRaw<{ at: Date }[]>(
    Prisma.sql`(${UNOPENED} ORDER BY 2 LIMIT 1) UNION ALL (${AGAIN} ORDER BY 2 LIMIT 1)`,
  )
  return rows.reduce<Date | null>((first, { at }) => (first && first <= at ? first : at), null)
}

const listDue = async (db: Db, now: Date): Promise<string[]> => {
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id, min(at) FROM ((${UNOPENED} AND m.starts_at <= ${now}) UNION ALL (${AGAIN} AND due_at <= ${now})) due
    GROUP BY id ORDER BY 2 LIMIT ${BATCH}`)
  return rows.map((row) => row.id)
}

/** The meeting's row, unless another instance is at it. */
const lockMeeting = async (tx: Tx, meetingId: string): Promise<Meeting | null> => {
  const rows = await tx.$queryRaw<object[]>(
    Prisma.sql`SELECT 1 FROM meeting WHERE id = ${meetingId}::uuid FOR NO KEY UPDATE SKIP LOCKED`,
  )
  return rows.length > 0 ? findMeeting(tx, meetingId) : null
}

/** At its moment the sheet comes even late in the evening: people sit together. Found later, it lets them sleep. */
const sendTiming = (now: Date, due: Date, zone: string) =>
  now.getTime() - due.getTime() <= 30 * MINUTE
    ? { notBefore: now }
    : outsideQuiet(now, { zone, latest: new Date(now.getTime() + DAY) })

/** Secretary, deputy and the meeting's own secretary each get the sheet as it stands. */
async function offer(tx: Tx, now: Date, meeting: Meeting, step: 'start' | 'end', due: Date, pages: boolean) {
  const sheet = await openSheet(tx, meeting)
  if (sheet.lines.length === 0) return
  const leading = await listCellLeaders(tx, meeting.cellId, dateIn(now, meeting.zone))
  const leaders = leading.map(({ personId }) => personId)
  const { meetingSecretaryId } = meeting
  const people = [...new Set([...leaders, ...(meetingSecretaryId ? [meetingSecretaryId] : [])])]
  await withdraw(tx, now, { subject: meeting.id, kinds: ['rollcall.due'] })
  await enqueue(
    tx,
    now,
    people.map((personId) =>
      outgoing(
        dueMessage,
        sheetData(sheet, { page: 0, lead: step, manages: leaders.includes(personId), onPage: pages }),
        {
          causeKey: `rollcall:${meeting.id}:${meeting.revision}:${step}:${due.getTime()}:${personId}`,
          personId,
          subject: meeting.id,
          priority: PRIORITY.notice,
          ...sendTiming(now, due, meeting.zone),
          expiresAt: step === 'start' ? endOf(meeting) : new Date(now.getTime() + 7 * DAY),
        },
      ),
    ),
  )
}

const advance = async (tx: Tx, now: Date, meeting: Meeting, step: Step): Promise<void> => {
  const opened = step === 'none' ? {} : { openedAt: now }
  await tx.rollCall.update({
    where: { meetingId: meeting.id },
    data: { ...opened, dueAt: step === 'start' ? endOf(meeting) : null },
  })
}

async function handle(tx: Tx, now: Date, meetingId: string, pages: boolean): Promise<void> {
  const meeting = await lockMeeting(tx, meetingId)
  if (!meeting) return
  const row = await lockRollCall(tx, meeting)
  const step = stepOf(meeting, row, now)
  if (step === 'start' || step === 'end') await offer(tx, now, meeting, step, row.dueAt ?? meeting.startsAt, pages)
  await advance(tx, now, meeting, step)
}

/** Offers each meeting's sheet at its start, and again at its end if it is unfinished. A bad one stops no other. `pages`: there is a page for it. */
export const rollCallSweep = (log: Log, pages: boolean): Sweep => ({
  name: 'roll-call',
  nextDue: findNextDue,
  run: async (db, now) => {
    const due = await listDue(db, now)
    let done = 0
    for (const meetingId of due) {
      try {
        await inTransaction(db, (tx) => handle(tx, now, meetingId, pages))
        done += 1
      } catch (err) {
        log.error({ err, meeting: meetingId }, 'a roll-call could not be offered; the next minute tries again')
      }
    }
    return due.length === BATCH && done > 0
  },
})
