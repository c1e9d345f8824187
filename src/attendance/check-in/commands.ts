import { z } from 'zod'
import { type Command, type Context, command, type Interpreter } from '../../conversation/types.js'
import { WRONG_PER_CHAT, waitMinutes } from '../../organization/linking-rules.js'
import { listWrongCodes, recordWrongCode } from '../../organization/linking-store.js'
import { offerPage } from '../../pages/offer.js'
import { shapeOf } from '../messages-answer.js'
import { refreshOthers } from '../roll-call-live.js'
import { openSheet } from '../roll-call-sheet.js'
import { proposePresent } from '../roll-call-store.js'
import { chooseSheet, getSheetMeeting } from '../roll-call-which.js'
import { codeAt, judgeCheckInCode, parseCheckInCode, secondsLeft } from './code.js'
import { checkInCode, checkInOffer } from './messages.js'
import { closeCheckIn, countEntries, findCheckIn, listTaking, openCheckIn, recordEntry } from './store.js'

const rights = { scope: 'unit', permission: 'rollcall.record' } as const
const place = { unitId: z.uuid(), meetingId: z.uuid() }

/** The code of this minute, for who takes the roll; off, it is offered first. */
const open = command(
  'checkin.open',
  {
    args: z.object({ unitId: z.uuid(), meetingId: z.uuid().optional(), on: z.boolean().optional() }),
    ...rights,
    slash: ['madiemdanh', 'checkin'],
    words: ['mã điểm danh', 'tự điểm danh', 'check-in code', 'check in code'],
  },
  async (ctx, { unitId, meetingId, on }) => {
    const meeting = meetingId ? await getSheetMeeting(ctx, unitId, meetingId) : await chooseSheet(ctx, unitId)
    if (!meeting) return
    const sheet = await openSheet(ctx.tx, meeting)
    if (sheet.confirmed) return ctx.redirect('rollcall.open', { unitId, meetingId: meeting.id })
    const standing = await findCheckIn(ctx.tx, meeting.id)
    if (!on && (!standing || standing.closedAt)) return ctx.say(checkInOffer, { unitId, meeting: shapeOf(meeting) })
    const { secret } = await openCheckIn(ctx.tx, ctx.now, meeting.id, ctx.actor.personId)
    await ctx.say(checkInCode, {
      unitId,
      meeting: shapeOf(meeting),
      code: codeAt(secret, ctx.now),
      seconds: secondsLeft(ctx.now),
      entries: await countEntries(ctx.tx, meeting.id),
      onPage: ctx.can.pages,
    })
  },
)

const close = command('checkin.close', { args: z.object(place), ...rights }, async (ctx, { unitId, meetingId }) => {
  const meeting = await getSheetMeeting(ctx, unitId, meetingId)
  await closeCheckIn(ctx.tx, ctx.now, meeting.id)
  await ctx.note('attendance.checkin.closed', { count: await countEntries(ctx.tx, meeting.id) })
})

/** What a member's code comes to. A hand's mark is the secretary's word, and wins. */
async function enter(ctx: Context, code: string): Promise<void> {
  const taking = await listTaking(ctx.tx, ctx.actor.cellIds, ctx.now)
  if (taking.length === 0) return ctx.note('attendance.checkin.none')
  const wait = waitMinutes(await listWrongCodes(ctx.tx, ctx.now, ctx.chat.id), WRONG_PER_CHAT, ctx.now)
  if (wait !== null) return ctx.note('attendance.checkin.too-many', { count: wait })
  const judged = taking.map((one) => ({ ...one, verdict: judgeCheckInCode(one.secret, code, ctx.now) }))
  const good = judged.find((one) => one.verdict === 'good')
  if (!good && judged.some((one) => one.verdict === 'old')) return ctx.note('attendance.checkin.old')
  if (!good) {
    await recordWrongCode(ctx.tx, ctx.now, ctx.chat.id)
    return ctx.note('attendance.checkin.wrong')
  }
  const { meeting } = good
  const { personId } = ctx.actor
  const sheet = await openSheet(ctx.tx, meeting)
  const line = sheet.lines.find((one) => one.personId === personId)
  const when = { date: meeting.day, time: meeting.time }
  if (sheet.confirmed) return ctx.note('attendance.checkin.confirmed', { when })
  if (!line) return ctx.note('attendance.checkin.outside', { when })
  const fresh = await recordEntry(ctx.tx, ctx.now, meeting.id, personId)
  if (!line.proposed && line.state !== 'present') return ctx.note('attendance.checkin.by-hand', { when })
  if (fresh && (await proposePresent(ctx.tx, meeting.id, personId)))
    await refreshOthers(ctx, await openSheet(ctx.tx, meeting))
  await ctx.note(fresh ? 'attendance.checkin.entered' : 'attendance.checkin.again', { when })
}

const typed = command(
  'checkin.enter',
  { args: z.object({ code: z.string().regex(/^\d{4}$/) }), scope: 'self', permission: 'self' },
  (ctx, { code }) => enter(ctx, code),
)

/** The code large, for a screen in the room; it changes there by itself. */
const page = (codeKey: Uint8Array): Command =>
  command('checkin.page', { args: z.object(place), ...rights }, async (ctx, { unitId, meetingId }) => {
    const meeting = await getSheetMeeting(ctx, unitId, meetingId)
    await offerPage(ctx, codeKey, 'check-in', { unitId, meetingId: meeting.id })
  })

export const checkInCommands = (codeKey: Uint8Array): Command[] => [open, close, typed, page(codeKey)]

/** Four digits while a meeting of one's cell takes codes; at any other time they mean what they meant. */
export const checkInInterpreter: Interpreter = {
  name: 'checkin.code',
  interpret: async (text, { tx, now, people }) => {
    const code = parseCheckInCode(text)
    if (!code) return null
    const taking = await listTaking(
      tx,
      people.flatMap((one) => one.cellIds),
      now,
    )
    return taking.length > 0 ? { command: 'checkin.enter', args: { code } } : null
  },
}
