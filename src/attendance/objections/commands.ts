import { z } from 'zod'
import { type Command, type Context, command } from '../../conversation/types.js'
import { AppError } from '../../core/errors.js'
import type { Objection } from '../../database/generated/client.js'
import { getMeeting, type Meeting } from '../../meetings/store.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../../messaging/outbox.js'
import { getFullName, listDeciders } from '../answers-late.js'
import { noticeTiming } from '../late.js'
import { shapeOf } from '../messages-answer.js'
import { reopenSheet } from '../roll-call-confirm.js'
import { sayAsk } from '../roll-call-say.js'
import { openSheet, type Sheet, type SheetLine } from '../roll-call-sheet.js'
import { objectionPut, ownMarks } from './messages.js'
import { closeObjection, findObjection, insertObjection, listOwnMarks, OBJECTED_FOR, objectedFrom } from './store.js'
import { tellOutcome } from './tell.js'

const SELF = { scope: 'self', permission: 'self' } as const
const rights = { scope: 'unit', permission: 'attendance.manage' } as const

const LISTED = 6
/** A question about a roll-call waits as long as the roll-call can be questioned. */
const USE = OBJECTED_FOR

const mine = command(
  'rollcall.mine',
  { ...SELF, args: z.object({}), words: ['điểm danh của tôi', 'my roll call', 'my attendance'] },
  async (ctx) => {
    const marks = await listOwnMarks(ctx.tx, ctx.actor.personId, objectedFrom(ctx.now), LISTED)
    if (marks.length === 0) return ctx.note('attendance.mine.none')
    await ctx.say(ownMarks, {
      marks: marks.map(({ meetingId, day, state, reasonKind, objected }) => ({
        meetingId,
        day,
        state,
        reasonKind,
        objected,
      })),
    })
  },
)

const lineOf = (sheet: Sheet, personId: string): SheetLine | undefined =>
  sheet.lines.find((one) => one.personId === personId)

async function putBeforeLeaders(ctx: Context, meeting: Meeting, objection: Objection, line: SheetLine): Promise<void> {
  const { tx, now, actor } = ctx
  const leaders = await listDeciders(tx, meeting, actor.personId, now)
  const { state, reasonKind } = line
  const data = { objectionId: objection.id, unitId: meeting.cellId, fullName: actor.fullName, state, reasonKind }
  await enqueue(
    tx,
    now,
    leaders.map((personId) =>
      outgoing(
        objectionPut,
        { ...data, meeting: shapeOf(meeting) },
        {
          causeKey: `objection:${objection.id}:${personId}`,
          personId,
          subject: objection.id,
          priority: PRIORITY.notice,
          ...noticeTiming(now, meeting),
          expiresAt: new Date(now.getTime() + USE),
        },
      ),
    ),
  )
}

const object = command('rollcall.object', { ...SELF, args: z.object({ meetingId: z.uuid() }) }, async (ctx, args) => {
  const row = await ctx.tx.meeting.findUnique({ where: { id: args.meetingId }, select: { cellId: true } })
  if (!row) throw new AppError('conversation.error.outdated')
  const meeting = await getMeeting(ctx.tx, row.cellId, args.meetingId)
  const sheet = await openSheet(ctx.tx, meeting)
  const line = lineOf(sheet, ctx.actor.personId)
  if (!line) throw new AppError('attendance.error.not_invited')
  if (!sheet.confirmed) return ctx.note('attendance.mine.being-mended')
  const objection = await insertObjection(ctx.tx, ctx.now, { meetingId: meeting.id, personId: ctx.actor.personId })
  if (!objection) return ctx.note('attendance.mine.waits')
  await putBeforeLeaders(ctx, meeting, objection, line)
  await ctx.note('attendance.mine.objected')
})

type Found = { objection: Objection; meeting: Meeting }

/** An objection in that unit that waits; null after the person was told that it is closed. */
async function findOpen(ctx: Context, unitId: string, objectionId: string): Promise<Found | null> {
  const objection = await findObjection(ctx.tx, objectionId)
  if (!objection) throw new AppError('conversation.error.outdated')
  const meeting = await getMeeting(ctx.tx, unitId, objection.meetingId)
  if (!objection.closedAt) return { objection, meeting }
  await ctx.note('attendance.objection.closed', { name: await getFullName(ctx.tx, objection.personId) })
  return null
}

const which = z.object({ unitId: z.uuid(), objectionId: z.uuid() })

const show = command('rollcall.objection', { args: which, ...rights }, async (ctx, args) => {
  const found = await findOpen(ctx, args.unitId, args.objectionId)
  if (!found) return
  const { objection, meeting } = found
  const line = lineOf(await openSheet(ctx.tx, meeting), objection.personId)
  if (!line) throw new AppError('attendance.error.not_in_meeting')
  await ctx.say(objectionPut, {
    ...args,
    fullName: line.label,
    meeting: shapeOf(meeting),
    state: line.state,
    reasonKind: line.reasonKind,
  })
})

/** Opens the sheet at that member; confirming it again closes the objection. */
const mend = command('rollcall.objection-mend', { args: which, ...rights }, async (ctx, args) => {
  const found = await findOpen(ctx, args.unitId, args.objectionId)
  if (!found) return
  const sheet = await openSheet(ctx.tx, found.meeting)
  const open = sheet.confirmed ? await reopenSheet(ctx, sheet) : sheet
  const line = lineOf(open, found.objection.personId)
  if (!line) throw new AppError('attendance.error.not_in_meeting')
  await sayAsk(ctx, open, line, { page: 0, confirming: false })
})

const keep = command('rollcall.objection-keep', { args: which, ...rights }, async (ctx, args) => {
  const found = await findOpen(ctx, args.unitId, args.objectionId)
  if (!found) return
  const { objection, meeting } = found
  await closeObjection(ctx.tx, ctx.now, objection.id, ctx.actor.personId)
  await withdraw(ctx.tx, ctx.now, { subject: objection.id, kinds: ['rollcall.objection'] })
  const line = lineOf(await openSheet(ctx.tx, meeting), objection.personId)
  if (line) await tellOutcome(ctx, meeting, { id: objection.id, kept: true, line })
  await ctx.note('attendance.objection.kept', { name: await getFullName(ctx.tx, objection.personId) })
})

export const objectionCommands: Command[] = [mine, object, show, mend, keep]
