import { unreachedBecause } from '../attendance/fates.js'
import { readStandings } from '../attendance/fates-read.js'
import { DAY, toDateColumn } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { listInvited } from '../meetings/invited.js'
import { endsAt } from '../meetings/rules.js'
import { type Meeting, toMeeting } from '../meetings/store.js'
import { type Sight, sessionLength } from './rules.js'
import type { Fact, Sheet } from './sheet.js'

const NOTHING: Sight = { state: 'nothing' }
const seen = (at: Date): Sight => ({ state: 'seen', at })

/** A committee prepares one meeting of its cell; what it did longer ago was for another. */
const COMMITTEE_WITHIN = 31 * DAY

async function seeCommittee(tx: Tx, meeting: Meeting): Promise<Sight> {
  const found = await tx.meeting.findMany({
    where: {
      cellId: meeting.cellId,
      kind: 'cell_committee',
      state: 'planned',
      startsAt: { lt: meeting.startsAt, gt: new Date(meeting.startsAt.getTime() - COMMITTEE_WITHIN) },
    },
    include: { rollCall: { select: { heldAt: true } } },
    orderBy: { startsAt: 'desc' },
  })
  const held = found.find((one) => one.rollCall?.heldAt)
  if (held) return seen(endsAt(held))
  return found.length > 0 ? { state: 'coming' } : NOTHING
}

/** Everybody whom the meeting concerns, the follower too: each has a message, or has answered. */
async function seeTold(tx: Tx, meeting: Meeting, now: Date): Promise<Sight> {
  const people = (await listInvited(tx, meeting)).map((one) => one.personId)
  const standings = await readStandings(tx, now, meeting.id, people)
  const answers = await tx.answer.findMany({ where: { meetingId: meeting.id }, select: { personId: true } })
  const answered = new Set(answers.map((one) => one.personId))
  const sentAt = [...standings.values()].flatMap(({ fate }) =>
    fate.kind === 'sent' || fate.kind === 'placed' ? [fate.at.getTime()] : [],
  )
  const missing = people.filter((one) => {
    const standing = standings.get(one)
    return !answered.has(one) && standing !== undefined && unreachedBecause(standing, now) !== null
  })
  if (missing.length > 0) return NOTHING
  return sentAt.length > 0 ? seen(new Date(Math.min(...sentAt))) : { state: 'coming' }
}

async function seeMaterials(tx: Tx, meeting: Meeting): Promise<Sight> {
  const rows = await tx.material.findMany({ where: { meetingId: meeting.id, withdrawnAt: null } })
  if (rows.length === 0) return NOTHING
  const pushed = rows.flatMap((row) => (row.pushedAt ? [row.pushedAt.getTime()] : []))
  return pushed.length === rows.length ? seen(new Date(Math.max(...pushed))) : { state: 'coming' }
}

async function seeRollCall(tx: Tx, meeting: Meeting): Promise<Sight> {
  const row = await tx.rollCall.findUnique({ where: { meetingId: meeting.id }, select: { heldAt: true } })
  return row?.heldAt ? seen(row.heldAt) : NOTHING
}

/** The cell's meetings of that day, this one among them. */
export async function listSession(tx: Tx, meeting: Pick<Meeting, 'cellId' | 'day'>): Promise<Meeting[]> {
  const rows = await tx.meeting.findMany({
    where: { cellId: meeting.cellId, day: toDateColumn(meeting.day), state: 'planned' },
  })
  return rows.map(toMeeting)
}

/** By the plan: how long people really sat nobody notes, and nobody is asked. */
async function seeDuration(tx: Tx, meeting: Meeting, now: Date, sheet: Sheet): Promise<Sight> {
  const { planned, least } = sessionLength(await listSession(tx, meeting), sheet.minutes)
  const end = endsAt(meeting)
  if (planned < least) return NOTHING
  return now >= end ? seen(end) : { state: 'coming' }
}

/** What can be seen of one fact about a meeting. */
export function see(tx: Tx, now: Date, fact: Fact | null, about: { meeting: Meeting; sheet: Sheet }): Promise<Sight> {
  const { meeting, sheet } = about
  switch (fact) {
    case 'committee_meeting':
      return seeCommittee(tx, meeting)
    case 'told':
      return seeTold(tx, meeting, now)
    case 'materials':
      return seeMaterials(tx, meeting)
    case 'roll_call':
      return seeRollCall(tx, meeting)
    case 'duration':
      return seeDuration(tx, meeting, now, sheet)
    case null:
      return Promise.resolve(NOTHING)
  }
}
