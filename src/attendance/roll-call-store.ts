import { newId } from '../core/ids.js'
import { Prisma, type Tx } from '../database/client.js'
import type { RollCall } from '../database/generated/client.js'
import type { MarkState, ReasonKind } from '../database/generated/enums.js'
import type { Meeting } from '../meetings/store.js'
import { isOfEarlierStart } from './roll-call-steps.js'
import { type GivenAnswer, proposeMark } from './rules.js'

export type Mark = Readonly<{ personId: string; state: MarkState; reasonKind: ReasonKind | null }>

const readLocked = async (tx: Tx, meetingId: string): Promise<RollCall> => {
  await tx.$executeRaw(
    Prisma.sql`INSERT INTO roll_call (meeting_id) VALUES (${meetingId}::uuid) ON CONFLICT (meeting_id) DO NOTHING`,
  )
  await tx.$queryRaw(Prisma.sql`SELECT 1 FROM roll_call WHERE meeting_id = ${meetingId}::uuid FOR UPDATE`)
  return tx.rollCall.findUniqueOrThrow({ where: { meetingId } })
}

/**
 * The meeting's sheet, made where there is none, and locked until the transaction ends: two phones go one after the
 * other, so that neither loses a mark. Marks made for an earlier start are gone (their history stays).
 */
export async function lockRollCall(tx: Tx, meeting: Pick<Meeting, 'id' | 'startsAt'>): Promise<RollCall> {
  const row = await readLocked(tx, meeting.id)
  if (!isOfEarlierStart(row, meeting)) return row
  await tx.rollCallMark.deleteMany({ where: { meetingId: meeting.id } })
  return tx.rollCall.update({
    where: { meetingId: meeting.id },
    data: {
      openedAt: null,
      confirmedAt: null,
      confirmedById: null,
      heldAt: null,
      dueAt: null,
      version: { increment: 1 },
    },
  })
}

/** Who checked in themselves is there, whatever they had answered. */
const HERE = { state: 'present', reasonKind: null } as const

const listEntries = async (tx: Tx, meetingId: string): Promise<ReadonlySet<string>> => {
  const rows = await tx.checkInEntry.findMany({ where: { meetingId }, select: { personId: true } })
  return new Set(rows.map((one) => one.personId))
}

/** Proposes that somebody is there on a sheet that is open already. False: a hand has marked them. */
export async function proposePresent(tx: Tx, meetingId: string, personId: string): Promise<boolean> {
  const { count } = await tx.rollCallMark.updateMany({
    where: { meetingId, personId, proposed: true },
    data: { state: 'present', reasonKind: null },
  })
  return count > 0
}

async function listUndecided(tx: Tx, leaveIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (leaveIds.length === 0) return new Set()
  const rows = await tx.leave.findMany({
    where: { id: { in: [...leaveIds] }, state: { in: ['pending', 'refused'] } },
    select: { id: true },
  })
  return new Set(rows.map((one) => one.id))
}

/**
 * Fills in what the answers propose for members without a mark. Until the meeting's start has opened the sheet a
 * proposal follows its answer; from then on answers change no mark, and a mark by hand is never touched.
 */
export async function proposeMarks(
  tx: Tx,
  meetingId: string,
  personIds: readonly string[],
  follows: boolean,
): Promise<void> {
  const said = await tx.answer.findMany({ where: { meetingId, personId: { in: [...personIds] } } })
  // An absence for a whole period that nobody has decided about excuses nobody: the confirming secretary is asked.
  const here = await listEntries(tx, meetingId)
  const undecided = await listUndecided(
    tx,
    said.flatMap((one) => one.leaveId ?? []),
  )
  const answers = said.filter((one) => !one.leaveId || !undecided.has(one.leaveId))
  const of = new Map<string, GivenAnswer>(answers.map((row) => [row.personId, row]))
  const rows = personIds.map((personId) => {
    const { state, reasonKind } = proposeMark(here.has(personId) ? HERE : (of.get(personId) ?? null))
    return { person_id: personId, state, reason_kind: reasonKind }
  })
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO roll_call_mark (meeting_id, person_id, state, reason_kind, proposed)
    SELECT ${meetingId}::uuid, person_id, state, reason_kind, true
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(person_id uuid, state mark_state, reason_kind reason_kind)
    ON CONFLICT (meeting_id, person_id) DO UPDATE SET state = EXCLUDED.state, reason_kind = EXCLUDED.reason_kind
    WHERE roll_call_mark.proposed AND ${follows}`)
}

/** Marks by hand, with their history, in one statement. Returns how many were new or different. */
export async function recordMarks(
  tx: Tx,
  meetingId: string,
  marks: readonly Mark[],
  how: { byId: string; now: Date },
): Promise<number> {
  const rows = marks.map((mark) => ({
    event_id: newId(),
    person_id: mark.personId,
    state: mark.state,
    reason_kind: mark.reasonKind,
  }))
  const [result] = await tx.$queryRaw<{ count: number }[]>(Prisma.sql`
    WITH item AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r(event_id uuid, person_id uuid, state mark_state, reason_kind reason_kind)
    ), written AS (
      INSERT INTO roll_call_mark (meeting_id, person_id, state, reason_kind, proposed)
      SELECT ${meetingId}::uuid, person_id, state, reason_kind, false FROM item
      ON CONFLICT (meeting_id, person_id) DO UPDATE
        SET state = EXCLUDED.state, reason_kind = EXCLUDED.reason_kind, proposed = false
        WHERE roll_call_mark.proposed OR (roll_call_mark.state, roll_call_mark.reason_kind)
          IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.reason_kind)
      RETURNING person_id, state, reason_kind
    ), event AS (
      INSERT INTO roll_call_event (id, meeting_id, person_id, state, reason_kind, by_id, at)
      SELECT event_id, ${meetingId}::uuid, person_id, w.state, w.reason_kind, ${how.byId}::uuid, ${how.now}
      FROM written w JOIN item USING (person_id)
    ), risen AS (
      UPDATE roll_call SET version = version + 1 WHERE meeting_id = ${meetingId}::uuid AND EXISTS (SELECT FROM written)
    )
    SELECT count(*)::int AS count FROM written`)
  return result?.count ?? 0
}

/** Ticks who paid the fee, with their history; marks and what is proposed stay. Returns how many changed. */
export async function recordFees(
  tx: Tx,
  meetingId: string,
  ticks: readonly Readonly<{ personId: string; paid: boolean }>[],
  how: { byId: string; now: Date },
): Promise<number> {
  const rows = ticks.map((one) => ({ event_id: newId(), person_id: one.personId, paid: one.paid }))
  const [result] = await tx.$queryRaw<{ count: number }[]>(Prisma.sql`
    WITH written AS (
      UPDATE roll_call_mark SET fee_paid = paid
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(event_id uuid, person_id uuid, paid boolean)
      WHERE meeting_id = ${meetingId}::uuid AND roll_call_mark.person_id = r.person_id AND fee_paid <> paid
      RETURNING event_id, r.person_id, paid
    ), event AS (
      INSERT INTO roll_call_event (id, meeting_id, person_id, fee_paid, by_id, at)
      SELECT event_id, ${meetingId}::uuid, person_id, paid, ${how.byId}::uuid, ${how.now} FROM written
    ), risen AS (
      UPDATE roll_call SET version = version + 1 WHERE meeting_id = ${meetingId}::uuid AND EXISTS (SELECT FROM written)
    )
    SELECT count(*)::int AS count FROM written`)
  return result?.count ?? 0
}

const recordWhole = (tx: Tx, meetingId: string, how: { byId: string; now: Date }): Promise<unknown> =>
  tx.rollCallEvent.create({ data: { id: newId(), meetingId, byId: how.byId, at: how.now } })

/** Closes a locked sheet over exactly these members; marks of people who left the list in between are dropped. */
export async function confirmRollCall(
  tx: Tx,
  meetingId: string,
  personIds: readonly string[],
  how: { byId: string; now: Date },
): Promise<void> {
  await tx.rollCallMark.deleteMany({ where: { meetingId, personId: { notIn: [...personIds] } } })
  const { heldAt } = await tx.rollCall.update({
    where: { meetingId },
    data: { confirmedAt: how.now, confirmedById: how.byId, dueAt: null, version: { increment: 1 } },
  })
  if (!heldAt) await tx.rollCall.update({ where: { meetingId }, data: { heldAt: how.now } })
  await recordWhole(tx, meetingId, how)
}

/** Opens a confirmed sheet for a correction; offered again at `dueAt` if it is left unfinished. */
export async function reopenRollCall(
  tx: Tx,
  meetingId: string,
  how: { byId: string; now: Date; dueAt: Date },
): Promise<void> {
  await tx.rollCall.update({
    where: { meetingId },
    data: { confirmedAt: null, confirmedById: null, dueAt: how.dueAt, version: { increment: 1 } },
  })
  await recordWhole(tx, meetingId, how)
}
