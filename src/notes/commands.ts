import { z } from 'zod'
import { requestPaper } from '../conversation/printing.js'
import { type Command, type Context, command, type NoteChoice } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import type { MessageKey } from '../core/message-keys.js'
import { nfc, shorten } from '../core/text.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { pageOf } from '../organization/paging.js'
import { notebook, opened } from './messages.js'
import { chooseMeeting, MOST } from './rules.js'
import {
  addNote,
  attachNote,
  findNote,
  listNotes,
  meetingsAround,
  meetingsOf,
  type Note,
  removeNote,
  type WrittenFor,
} from './store.js'

/** Nobody's but the writer's own: no role gives anything here. */
const OWN = { scope: 'self', permission: 'self' } as const

const A_PAGE = 5
const OPENING = 36

const shapeOf = (one: WrittenFor | null | undefined) => (one ? { kind: one.kind, day: one.day, time: one.time } : null)

/** The same as a parameter of a sentence. */
const words = (one: WrittenFor | null): JsonObject =>
  one
    ? { key: `notes.meeting.${one.kind}`, params: { day: { date: one.day, style: 'day-month-year' } } }
    : { key: 'notes.meeting.none' }

async function list(ctx: Context, wanted: number): Promise<void> {
  const notes = await listNotes(ctx.tx, ctx.actor.personId)
  const { rows, page, pages } = pageOf(notes, wanted, A_PAGE)
  const meetings = await meetingsOf(ctx.tx, rows)
  await ctx.say(notebook, {
    rows: rows.map(({ id, text, meetingId }) => ({
      noteId: id,
      opening: shorten(text.replace(/\s+/g, ' '), OPENING),
      meeting: shapeOf(meetings.get(meetingId ?? '')),
    })),
    total: notes.length,
    page,
    pages,
  })
}

/** Only who asked to write has their next text taken for a note: an answer typed after a look is still an answer. */
async function ask(ctx: Context): Promise<void> {
  await ctx.expect('notes.write', {})
  await ctx.note('notes.ask')
}

const choice = (label: MessageKey, name: string, args: JsonObject, params: JsonObject = {}): NoteChoice => ({
  label,
  command: name,
  args,
  params,
})

async function write(ctx: Context, typed: string): Promise<void> {
  const { tx, now, actor } = ctx
  const text = nfc(typed).trim()
  if (text.length > MOST) {
    await ctx.expect('notes.write', {})
    return ctx.note('notes.too-long', { most: MOST, length: text.length })
  }
  const { chosen, other } = chooseMeeting(await meetingsAround(tx, actor.cellIds, now), now)
  const noteId = await addNote(tx, { personId: actor.personId, meetingId: chosen?.id ?? null, text, at: now })
  await ctx.note(
    'notes.written',
    { meeting: words(chosen) },
    {
      choices: [
        ...(other
          ? [
              [
                choice(
                  'notes.button.attach',
                  'notes.attach',
                  { noteId, meetingId: other.id },
                  { meeting: words(other) },
                ),
              ],
            ]
          : []),
        [choice('notes.button.list', 'notes.list', {})],
      ],
    },
  )
}

async function getOwn(ctx: Context, noteId: string): Promise<Note> {
  const note = await findNote(ctx.tx, ctx.actor.personId, noteId)
  if (!note) throw new AppError('notes.error.gone')
  return note
}

async function open(ctx: Context, noteId: string): Promise<void> {
  const note = await getOwn(ctx, noteId)
  const meetings = await meetingsOf(ctx.tx, [note])
  await ctx.say(opened, { noteId, text: note.text, meeting: shapeOf(meetings.get(note.meetingId ?? '')) })
}

/** To the other meeting that was offered: one that the writer's cells hold. */
async function attach(ctx: Context, noteId: string, meetingId: string): Promise<void> {
  await getOwn(ctx, noteId)
  const { last, next } = await meetingsAround(ctx.tx, ctx.actor.cellIds, ctx.now)
  const meeting = [last, next].find((one) => one?.id === meetingId)
  if (!meeting) throw new AppError('notes.error.gone')
  await attachNote(ctx.tx, ctx.actor.personId, noteId, meetingId)
  await ctx.note(
    'notes.attached',
    { meeting: words(meeting) },
    { choices: [[choice('notes.button.list', 'notes.list', {})]] },
  )
}

async function remove(ctx: Context, noteId: string, sure: boolean): Promise<void> {
  await getOwn(ctx, noteId)
  if (!sure)
    return ctx.note(
      'notes.remove.ask',
      {},
      {
        choices: [
          [
            choice('notes.button.remove-yes', 'notes.remove', { noteId, sure: true }),
            choice('notes.button.keep', 'notes.open', { noteId }),
          ],
        ],
      },
    )
  await removeNote(ctx.tx, ctx.actor.personId, noteId)
  await ctx.note('notes.remove.done', {}, { choices: [[choice('notes.button.list', 'notes.list', {})]] })
}

async function print(ctx: Context): Promise<void> {
  const { tx, now, actor, chat } = ctx
  const { personId } = actor
  const [newest] = await listNotes(tx, personId)
  if (!newest) return list(ctx, 1)
  // The paper is of no unit: it is of its writer.
  await requestPaper(tx, now, { paper: 'notebook', unitId: personId, personId, chatId: chat.id })
  await ctx.note('notes.export.coming', {}, { fresh: true })
}

const ofNote = z.object({ noteId: z.uuid() })

export const noteCommands: Command[] = [
  command(
    'notes.write',
    {
      ...OWN,
      args: z.object({ text: z.string().optional() }),
      slash: ['ghichu', 'note'],
      words: ['ghi chú', 'sổ tay', 'ghi chép', 'my notes'],
      takesText: true,
    },
    (ctx, { text }) => (text?.trim() ? write(ctx, text) : list(ctx, 1)),
  ),
  command('notes.list', { ...OWN, args: z.object({ page: z.int().optional() }) }, (ctx, { page }) =>
    list(ctx, page ?? 1),
  ),
  command('notes.open', { ...OWN, args: ofNote }, (ctx, { noteId }) => open(ctx, noteId)),
  command('notes.attach', { ...OWN, args: ofNote.extend({ meetingId: z.uuid() }) }, (ctx, { noteId, meetingId }) =>
    attach(ctx, noteId, meetingId),
  ),
  command('notes.remove', { ...OWN, args: ofNote.extend({ sure: z.boolean().optional() }) }, (ctx, { noteId, sure }) =>
    remove(ctx, noteId, sure ?? false),
  ),
  command('notes.add', { ...OWN, args: z.object({}) }, ask),
  command('notes.export', { ...OWN, args: z.object({}) }, print),
]
