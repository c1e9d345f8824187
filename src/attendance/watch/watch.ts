import { z } from 'zod'
import type { Context } from '../../conversation/types.js'
import { addMonths, DAY, dateIn, fromDateColumn, type PlainDate, toDateColumn } from '../../core/dates.js'
import { Prisma, type Tx } from '../../database/client.js'
import type { MarkState } from '../../database/generated/enums.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../../messaging/outbox.js'
import { renderer } from '../../messaging/renderer.js'
import { findLeader } from '../../organization/leaders.js'
import { type DatedMark, type Watch, watchOf } from '../counting.js'
import { noticeTiming } from '../late.js'
import type { Sheet } from '../roll-call-sheet.js'

/** Counts and no names: there is no list of people, here or in any table. */
export const watchMessage = renderer(
  'rollcall.watch',
  1,
  z.object({
    cellId: z.string(),
    excused: z.number(),
    unexcused: z.number(),
    /** After a correction: what was said before no longer holds. */
    corrected: z.boolean(),
  }),
  ({ excused, unexcused, corrected }, t) => ({
    text: [
      ...(corrected ? [t('attendance.watch.corrected')] : []),
      ...(excused > 0 ? [t('attendance.watch.excused', { count: excused })] : []),
      ...(unexcused > 0 ? [t('attendance.watch.unexcused', { count: unexcused })] : []),
      ...(excused + unexcused === 0 ? [t('attendance.watch.nobody')] : []),
      t('attendance.watch.private'),
    ].join('\n'),
    confidential: true,
  }),
)

/** A run of three fits into this even where a cell meets every other month. */
const LOOKED_BACK_MONTHS = 13

type Row = { personId: string; day: Date; state: MarkState }

/** What confirmed roll-calls say of these people, in whatever cell they attended, the newest first. */
async function readHistories(tx: Tx, personIds: readonly string[], today: PlainDate): Promise<DatedMark[][]> {
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT k.person_id AS "personId", m.day, k.state
    FROM roll_call_mark k JOIN roll_call r USING (meeting_id) JOIN meeting m ON m.id = k.meeting_id
    WHERE k.person_id = ANY(${[...personIds]}::uuid[]) AND r.confirmed_at IS NOT NULL AND m.kind <> 'cell_committee'
      AND m.day > ${toDateColumn(addMonths(today, -LOOKED_BACK_MONTHS))}::date
    ORDER BY m.starts_at DESC`)
  const of = (id: string) => rows.filter((row) => row.personId === id)
  return personIds.map((id) => of(id).map(({ day, state }) => ({ day: fromDateColumn(day), state })))
}

/** What the cell's secretary was last told; nobody was told: none. */
async function readLast(tx: Tx, cellId: string): Promise<Watch> {
  const row = await tx.outbox.findFirst({
    where: {
      kind: watchMessage.kind,
      subject: cellId,
      state: { in: ['queued', 'sent'] },
      NOT: { data: { equals: {} } },
    },
    orderBy: { createdAt: 'desc' },
    select: { data: true },
  })
  const said = watchMessage.schema.safeParse(row?.data)
  return said.success ? { excused: said.data.excused, unexcused: said.data.unexcused } : { excused: 0, unexcused: 0 }
}

/**
 * After each confirmation, the first and one after a correction: the counts anew, to the secretary alone. Nothing is said
 * where nobody is to be watched, unless something else was said before the correction.
 */
export async function tellWatch(ctx: Context, sheet: Sheet): Promise<void> {
  const { tx, now } = ctx
  const { meeting, corrections, version, lines } = sheet
  if (meeting.kind === 'cell_committee') return
  const today = dateIn(now, meeting.zone)
  const histories = await readHistories(
    tx,
    lines.map((one) => one.personId),
    today,
  )
  const watch = watchOf(histories, today)
  const before = await readLast(tx, meeting.cellId)
  const same = watch.excused === before.excused && watch.unexcused === before.unexcused
  if (corrections > 0 ? same : watch.excused + watch.unexcused === 0) return
  await withdraw(tx, now, { subject: meeting.cellId, kinds: [watchMessage.kind] })
  // One reader alone: where there is no secretary, the deputy leads.
  const personId = await findLeader(tx, meeting.cellId, today)
  if (!personId) return
  await enqueue(tx, now, [
    outgoing(
      watchMessage,
      { cellId: meeting.cellId, ...watch, corrected: corrections > 0 },
      {
        causeKey: `watch:${meeting.id}:${version}`,
        personId,
        subject: meeting.cellId,
        priority: PRIORITY.notice,
        ...noticeTiming(now, meeting),
        expiresAt: new Date(now.getTime() + 7 * DAY),
      },
    ),
  ])
}
