import { z } from 'zod'
import { note } from '../conversation/messages.js'
import { type Command, type Context, command, type LastDone, type NoteChoice } from '../conversation/types.js'
import { UNDO_MS } from '../conversation/undo.js'
import { AppError } from '../core/errors.js'
import type { Tx } from '../database/client.js'
import type { AnswerEvent } from '../database/generated/client.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { namesOf } from '../organization/people.js'
import { noticeTiming } from './late.js'
import { behalfTold } from './messages-behalf.js'

const NEWEST = [{ at: 'desc' as const }, { id: 'desc' as const }]

/**
 * The answer that somebody gave last, for themselves or on behalf: read from the history, so that the hottest path
 * writes nothing for it. What waits for a decision, and answers that came several at once, are taken back where they
 * were given.
 */
export const lastAnswer: LastDone = async ({ tx, now, actor }) => {
  const cells = [...actor.cellIds, ...actor.roles.flatMap(({ unitId }) => (unitId ? [unitId] : []))]
  const open = await tx.meeting.findMany({
    where: { cellId: { in: cells }, startsAt: { gt: now } },
    select: { id: true },
  })
  const [event, before] = await tx.answerEvent.findMany({
    where: {
      meetingId: { in: open.map((one) => one.id) },
      byId: actor.personId,
      at: { gt: new Date(now.getTime() - UNDO_MS) },
    },
    orderBy: NEWEST,
    take: 2,
  })
  // An answer that a leave gave is taken back with the leave.
  if (!event || event.takenBackAt || event.late || event.leaveId) return null
  if (before && before.updateId !== null && before.updateId === event.updateId) return null
  return { at: event.at, command: 'attendance.take-back', args: { eventId: event.id } }
}

/** What stood before: the newest answer that counted and was not itself taken back. */
const findPrevious = (tx: Tx, { id, meetingId, personId, at }: AnswerEvent): Promise<AnswerEvent | null> =>
  tx.answerEvent.findFirst({
    where: {
      meetingId,
      personId,
      takenBackAt: null,
      AND: [{ OR: [{ at: { lt: at } }, { at, id: { lt: id } }] }, { OR: [{ late: null }, { late: 'accepted' }] }],
    },
    orderBy: NEWEST,
  })

/** Puts the previous answer in its place, or none; the history keeps both. Nothing happens unless the event's answer still stands. */
async function putBack(tx: Tx, now: Date, event: AnswerEvent, previous: AnswerEvent | null): Promise<void> {
  const { meetingId, personId, at } = event
  const newer = await tx.answerEvent.findFirst({ where: { meetingId, personId }, orderBy: NEWEST })
  const marked = await tx.answerEvent.updateMany({
    where: { id: event.id, takenBackAt: null },
    data: { takenBackAt: now },
  })
  const standing = { where: { meetingId, personId, answeredAt: at } }
  const { count } = previous
    ? await tx.answer.updateMany({
        ...standing,
        data: {
          state: previous.state,
          reasonKind: previous.reasonKind,
          reasonText: previous.reasonText,
          minutesLate: previous.minutesLate,
          leaveId: previous.leaveId,
          answeredAt: previous.at,
        },
      })
    : await tx.answer.deleteMany(standing)
  if (newer?.id !== event.id || marked.count === 0 || count === 0) throw new AppError('attendance.undo.changed')
}

/** Who was told that somebody answered for them hears that this no longer holds, unless they have not been told yet. */
async function tellMember(ctx: Context, meeting: Meeting, personId: string, state: JsonObject): Promise<void> {
  const { tx, now } = ctx
  const unsent = await withdraw(tx, now, { subject: meeting.id, kinds: [behalfTold.kind], personId })
  if (unsent > 0) return
  const when = { date: meeting.day, time: meeting.time }
  await enqueue(tx, now, [
    outgoing(
      note,
      { key: 'attendance.undo.told', params: { when, state }, choices: [[again(meeting.id)]] },
      {
        causeKey: `undo:${ctx.updateId}:${personId}`,
        personId,
        subject: meeting.id,
        priority: PRIORITY.notice,
        ...noticeTiming(now, meeting),
        expiresAt: meeting.startsAt,
      },
    ),
  ])
}

const again = (meetingId: string): NoteChoice => ({
  label: 'attendance.undo.again',
  command: 'attendance.ask',
  args: { meetingId },
})

async function takeBack(ctx: Context, eventId: string): Promise<void> {
  const { tx, now, actor } = ctx
  const event = await tx.answerEvent.findUnique({ where: { id: eventId } })
  const meeting = event && (await findMeeting(tx, event.meetingId))
  if (!event || !meeting || event.byId !== actor.personId) throw new AppError('attendance.undo.changed')
  if (event.personId !== actor.personId) await ctx.require('attendance.manage', meeting.cellId)
  if (event.late || event.leaveId || now >= (meeting.answerDeadline ?? meeting.startsAt))
    throw new AppError('attendance.undo.late')
  const previous = await findPrevious(tx, event)
  await putBack(tx, now, event, previous)
  const name = (await namesOf(tx, [event.personId])).get(event.personId) ?? ''
  const state = previous ? { key: `attendance.state.${previous.state}` } : { key: 'attendance.undo.none' }
  const own = event.personId === actor.personId
  if (!own) await tellMember(ctx, meeting, event.personId, state)
  await ctx.note(
    'attendance.undo.done',
    { name, when: { date: meeting.day, time: meeting.time }, state },
    own ? { choices: [[again(meeting.id)]] } : {},
  )
}

export const undoAnswerCommands: Command[] = [
  command(
    'attendance.take-back',
    { args: z.object({ eventId: z.uuid() }), scope: 'self', permission: 'self' },
    (ctx, { eventId }) => takeBack(ctx, eventId),
  ),
]
