import { listOffers } from '../conversation/offers.js'
import type { Interpreter, JsonObject } from '../conversation/types.js'
import { HOUR } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { unitsOf } from '../organization/permissions.js'
import { listMembers } from './answers-members.js'
import { readRollCallLine } from './roll-call-line.js'
import { OPEN_BEFORE } from './roll-call-steps.js'

/** People are still in the room, or just home. */
const TYPED_WITHIN = 12 * HOUR

type Meant = { meeting: Meeting; draft: JsonObject }

/** The sheet that this chat shows now, with the line that was repeated back and is not stored. */
async function shownSheet(tx: Tx, chatId: string): Promise<Meant | null> {
  for (const { choices } of await listOffers(tx, chatId)) {
    const all = choices.flat().filter((one) => one.command.startsWith('rollcall.'))
    const ids = new Set(all.flatMap(({ args }) => (typeof args.meetingId === 'string' ? [args.meetingId] : [])))
    const [meetingId, ...others] = ids
    // Several: which one is just being asked.
    if (!meetingId || others.length > 0) continue
    const meeting = await findMeeting(tx, meetingId)
    const kept = all.find((one) => one.args.draft !== undefined)?.args.draft
    if (meeting) return { meeting, draft: kept === undefined ? {} : { draft: kept as JsonObject } }
  }
  return null
}

/** Today's meeting that somebody of this chat may take the roll of, whatever was said in between. */
async function todaysSheet(tx: Tx, cellIds: string[], now: Date): Promise<Meant | null> {
  const row = await tx.meeting.findFirst({
    where: {
      cellId: { in: cellIds },
      state: 'planned',
      startsAt: { gt: new Date(now.getTime() - TYPED_WITHIN), lte: new Date(now.getTime() + OPEN_BEFORE) },
    },
    orderBy: { startsAt: 'desc' },
    select: { id: true },
  })
  const meeting = row && (await findMeeting(tx, row.id))
  return meeting ? { meeting, draft: {} } : null
}

/** `surely`: not where words are left that a roll-call does not know: "Lan: thăm gia đình chính sách" answers a question. */
const readLine =
  (surely: boolean): Interpreter['interpret'] =>
  async (text, { tx, now, people, chat }) => {
    const cellIds = people.flatMap((one) => unitsOf(one.roles, 'rollcall.record'))
    if (cellIds.length === 0) return null
    const meant = (await shownSheet(tx, chat.id)) ?? (await todaysSheet(tx, cellIds, now))
    if (!meant) return null
    const { meeting, draft } = meant
    const reading = readRollCallLine(text, await listMembers(tx, meeting))
    if (!reading) return null
    if (surely && reading.kind === 'problems' && reading.problems.some(({ kind }) => kind === 'unread')) return null
    return { command: 'rollcall.line', args: { unitId: meeting.cellId, meetingId: meeting.id, text, ...draft } }
  }

/**
 * "Vắng 3, 7 có lý do; còn lại có mặt", wherever a sheet is open: it says of others what words about oneself never say,
 * so it is read before those, and before a question of ours that waits for a name or a task.
 */
export const lineInterpreters: readonly Interpreter[] = [
  { name: 'rollcall.line', interrupts: true, interpret: readLine(true) },
  { name: 'rollcall.line-unsure', interpret: readLine(false) },
]
