import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { fold, nfc } from '../core/text.js'
import { openForChange } from './commands-roll-call.js'
import { type GuestCandidate, listGuestCandidates, recordGuest, withdrawGuest } from './guests.js'
import { shapeOf } from './messages-answer.js'
import { guestList } from './messages-roll-call.js'
import { refreshOthers } from './roll-call-live.js'
import { pageOf } from './roll-call-say.js'
import { openSheet, type Sheet } from './roll-call-sheet.js'
import { understand } from './understanding/understand.js'

const place = { unitId: z.uuid(), meetingId: z.uuid() }
const page = z.number().int().min(0).default(0)
const rights = { scope: 'unit', permission: 'rollcall.record' } as const

/** Whom to offer: who is a guest already first, then who might be one. */
function linesOf(sheet: Sheet, candidates: readonly GuestCandidate[]) {
  const there = sheet.guests.map(({ id, personId, name }) => ({ guestId: id, personId, label: name }))
  const others = candidates
    .filter((one) => !sheet.guests.some((guest) => guest.personId === one.personId))
    .map(({ personId, fullName }) => ({ guestId: null, personId, label: fullName }))
  return [...there, ...others]
}

/** The next text in this chat is a guest's name. */
async function sayGuests(ctx: Context, sheet: Sheet, wanted: number): Promise<void> {
  const { meeting } = sheet
  const lines = linesOf(sheet, await listGuestCandidates(ctx.tx, meeting))
  const { page, last, shown } = pageOf(lines, wanted)
  const args = { unitId: meeting.cellId, meetingId: meeting.id }
  await ctx.say(guestList, { ...args, meeting: shapeOf(meeting), guests: [...shown], page, last })
  await ctx.expect('rollcall.guest-name', args)
}

const sayChanged = async (ctx: Context, sheet: Sheet, at: number): Promise<void> => {
  const next = await openSheet(ctx.tx, sheet.meeting)
  await refreshOthers(ctx, next)
  await sayGuests(ctx, next, at)
}

const guests = command('rollcall.guests', { args: z.object({ ...place, page }), ...rights }, async (ctx, args) => {
  const sheet = await openForChange(ctx, args)
  if (sheet) await sayGuests(ctx, sheet, args.page)
})

const toggle = command(
  'rollcall.guest',
  { args: z.object({ ...place, page, personId: z.uuid().optional(), guestId: z.uuid().optional() }), ...rights },
  async (ctx, args) => {
    const sheet = await openForChange(ctx, args)
    if (!sheet) return
    // A name that is typed says that somebody was there, also the second time.
    if (args.guestId && ctx.way !== 'words') await withdrawGuest(ctx.tx, args.meetingId, args.guestId)
    else if (args.personId) await addKnown(ctx, sheet, args.personId)
    await sayChanged(ctx, sheet, args.page)
  },
)

const adding = ({ actor, now }: Context) => ({ byId: actor.personId, now })

/** Somebody who usually comes as a guest. */
export async function addKnown(ctx: Context, sheet: Sheet, personId: string): Promise<void> {
  const candidates = await listGuestCandidates(ctx.tx, sheet.meeting)
  if (!candidates.some((one) => one.personId === personId)) throw new AppError('conversation.error.outdated')
  await recordGuest(ctx.tx, sheet.meeting.id, { ...adding(ctx), personId, name: null })
}

/** A name as people type it, or null: long enough to be one, made of letters, and not an answer to the meeting. */
const parseName = (text: string): string | null => {
  const name = nfc(text).replace(/\s+/g, ' ').trim()
  const isName = name.length >= 2 && name.length <= 80 && /\p{L}{2}/u.test(name)
  return isName && understand(name).kind !== 'answer' ? name : null
}

/** Somebody by their name, as it was typed. Throws what is wrong with it, as a sentence. */
export async function addTyped(ctx: Context, sheet: Sheet, text: string): Promise<void> {
  const name = parseName(text)
  if (!name) throw new AppError('attendance.rollcall.error.guest-name')
  if (sheet.lines.some((one) => fold(one.label) === fold(name)))
    throw new AppError('attendance.rollcall.error.guest-member')
  const known = (await listGuestCandidates(ctx.tx, sheet.meeting)).filter((one) => fold(one.fullName) === fold(name))
  const person = known.length === 1 ? known[0] : undefined
  await recordGuest(ctx.tx, sheet.meeting.id, {
    ...adding(ctx),
    personId: person?.personId ?? null,
    name: person ? null : name,
  })
}

const typed = command(
  'rollcall.guest-name',
  { args: z.object({ ...place, text: z.string().default('') }), ...rights },
  async (ctx, args) => {
    const sheet = await openForChange(ctx, args)
    if (!sheet) return
    await addTyped(ctx, sheet, args.text)
    await sayChanged(ctx, sheet, 0)
  },
)

export const guestCommands: Command[] = [guests, toggle, typed]
