import { fromDateColumn, type PlainDate, type WallTime } from '../core/dates.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import { type Meeting, toMeeting } from '../meetings/store.js'

/** The one file that reads the notebook: every question is asked with its writer, so that nobody else's is answered. */
export type Note = Readonly<{
  id: string
  text: string
  at: Date
  meetingId: string | null
}>

export type WrittenFor = Readonly<{ id: string; kind: Meeting['kind']; day: PlainDate; time: WallTime }>

export async function addNote(
  tx: Tx,
  note: Readonly<{ personId: string; meetingId: string | null; text: string; at: Date }>,
): Promise<string> {
  const id = newId()
  await tx.note.create({ data: { id, ...note } })
  return id
}

export const findNote = (tx: Tx, personId: string, id: string): Promise<Note | null> =>
  tx.note.findFirst({ where: { id, personId } })

/** The newest first. */
export const listNotes = (tx: Tx, personId: string): Promise<Note[]> =>
  tx.note.findMany({ where: { personId }, orderBy: [{ at: 'desc' }, { id: 'desc' }] })

/** Gone for good; false: it was gone. */
export async function removeNote(tx: Tx, personId: string, id: string): Promise<boolean> {
  const { count } = await tx.note.deleteMany({ where: { id, personId } })
  return count === 1
}

/** The whole notebook: nobody else ever read it, and its writer no longer wants it kept. */
export const removeNotes = (tx: Tx, _now: Date, personId: string): Promise<unknown> =>
  tx.note.deleteMany({ where: { personId } })

export async function attachNote(tx: Tx, personId: string, id: string, meetingId: string): Promise<boolean> {
  const { count } = await tx.note.updateMany({ where: { id, personId }, data: { meetingId } })
  return count === 1
}

/** The meetings of these notes, by id. */
export async function meetingsOf(tx: Tx, notes: readonly Note[]): Promise<Map<string, WrittenFor>> {
  const ids = notes.flatMap((one) => (one.meetingId ? [one.meetingId] : []))
  const rows = await tx.meeting.findMany({ where: { id: { in: ids } } })
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, kind: row.kind, day: fromDateColumn(row.day), time: row.time as WallTime },
    ]),
  )
}

/** The last meeting that has begun and the next one, of these cells. */
export async function meetingsAround(
  tx: Tx,
  cellIds: readonly string[],
  now: Date,
): Promise<Readonly<{ last: Meeting | null; next: Meeting | null }>> {
  const of = { cellId: { in: [...cellIds] }, state: 'planned' as const }
  const last = await tx.meeting.findFirst({ where: { ...of, startsAt: { lte: now } }, orderBy: { startsAt: 'desc' } })
  const next = await tx.meeting.findFirst({ where: { ...of, startsAt: { gt: now } }, orderBy: { startsAt: 'asc' } })
  return { last: last && toMeeting(last), next: next && toMeeting(next) }
}
