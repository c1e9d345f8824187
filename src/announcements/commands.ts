import { z } from 'zod'
import { type Command, type Context, command, type NoteChoice } from '../conversation/types.js'
import { dateIn, timeIn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import { nfc, shorten } from '../core/text.js'
import { getCell } from '../meetings/cell.js'
import { announced, confirm, standing } from './messages.js'
import { decideText, MOST } from './rules.js'
import { sendToCell, takeFromCell } from './sending.js'
import { getAnnouncement, listLatest, listReaders, listReceipts, recordAnnouncement, recordReceipt } from './store.js'

const SENDS = { scope: 'unit', permission: 'announce' } as const

/** Enough to know it again. */
const OPENING = 60
const LATEST = 3

const opening = (text: string): string => shorten(text.replace(/\s+/g, ' '), OPENING)

async function askText(ctx: Context, unitId: string): Promise<void> {
  const latest = await listLatest(ctx.tx, unitId, LATEST)
  await ctx.expect('announcements.write', { unitId })
  await ctx.note(
    'announcements.ask',
    { most: MOST },
    {
      choices: latest.map(({ id, text }): NoteChoice[] => [
        {
          label: 'announcements.button.see',
          params: { opening: shorten(opening(text), 30) },
          command: 'announcements.standing',
          args: { unitId, announcementId: id },
        },
      ]),
    },
  )
}

async function write(ctx: Context, unitId: string, typed: string, cleared: boolean): Promise<void> {
  const text = nfc(typed).trim()
  const decision = decideText(text, cleared)
  if (decision === 'empty' || decision === 'too-long') {
    await ctx.expect('announcements.write', { unitId })
    return ctx.note(`announcements.again.${decision}`, { most: MOST, length: text.length })
  }
  if (decision === 'secret') throw new AppError('announcements.error.secret')
  if (decision === 'ask') return askMarking(ctx, unitId, text)
  const cell = await getCell(ctx.tx, unitId)
  const readers = await listReaders(ctx.tx, cell, { byId: ctx.actor.personId, at: ctx.now })
  if (readers.length === 0) throw new AppError('announcements.error.nobody')
  await ctx.say(confirm, {
    unitId,
    announcementId: newId(),
    text,
    people: readers.length,
    unreachable: readers.filter((one) => !one.reachable).length,
    cleared,
  })
}

const askMarking = (ctx: Context, unitId: string, text: string): Promise<void> =>
  ctx.note(
    'announcements.marking',
    {},
    {
      choices: [
        [
          {
            label: 'announcements.button.no-marking',
            command: 'announcements.write',
            args: { unitId, text, cleared: true },
          },
        ],
        [{ label: 'announcements.button.cancel', command: 'menu.open', args: {} }],
      ],
    },
  )

type Draft = Readonly<{ unitId: string; announcementId: string; text: string; cleared: boolean }>

async function send(ctx: Context, { unitId, announcementId, text, cleared }: Draft): Promise<void> {
  const { tx, now, actor } = ctx
  if (decideText(text, cleared) !== 'ok') throw new AppError('announcements.error.secret')
  const row = { id: announcementId, cellId: unitId, text, byId: actor.personId, at: now }
  if (!(await recordAnnouncement(tx, row))) return showStanding(ctx, unitId, announcementId)
  const { people, at } = await sendToCell(tx, now, row)
  const { zone } = await getCell(tx, unitId)
  const args = { unitId, announcementId }
  await ctx.undoable('announcements.withdraw', args)
  await ctx.note(
    at > now ? 'announcements.sent.later' : 'announcements.sent.now',
    { count: people, when: { date: dateIn(at, zone), time: timeIn(at, zone) } },
    {
      choices: [
        [
          { label: 'announcements.button.who', command: 'announcements.standing', args },
          { label: 'announcements.button.withdraw', command: 'announcements.withdraw', args },
        ],
      ],
    },
  )
}

async function showStanding(ctx: Context, unitId: string, announcementId: string): Promise<void> {
  const one = await getAnnouncement(ctx.tx, unitId, announcementId)
  const cell = await getCell(ctx.tx, unitId)
  const readers = await listReaders(ctx.tx, cell, one)
  const received = await listReceipts(ctx.tx, announcementId)
  const missing = readers.filter((person) => !received.has(person.personId))
  await ctx.say(standing, {
    unitId,
    announcementId,
    opening: opening(one.text),
    received: readers.length - missing.length,
    people: readers.length,
    withdrawn: one.withdrawnAt !== null,
    missing: missing.map(({ fullName, phone, reachable }) => ({ name: fullName, phone, reachable })),
  })
}

async function takeBack(ctx: Context, unitId: string, announcementId: string): Promise<void> {
  const one = await getAnnouncement(ctx.tx, unitId, announcementId)
  const taken = await takeFromCell(ctx.tx, ctx.now, one)
  if (!taken) return ctx.note('announcements.withdrawn.before')
  await ctx.note(taken.shown > 0 ? 'announcements.withdrawn.shown' : 'announcements.withdrawn.unsent', {
    count: taken.shown,
    opening: opening(one.text),
  })
}

/** For whoever was meant: a member of the cell on its day. */
async function receive(ctx: Context, announcementId: string): Promise<void> {
  const { tx, now, actor } = ctx
  const one = await tx.announcement.findUnique({ where: { id: announcementId } })
  if (!one) throw new AppError('announcements.error.gone')
  const cell = await getCell(tx, one.cellId)
  const readers = await listReaders(tx, cell, one)
  if (!readers.some((reader) => reader.personId === actor.personId)) throw new AppError('announcements.error.gone')
  if (one.withdrawnAt) throw new AppError('announcements.error.withdrawn')
  await recordReceipt(tx, announcementId, actor.personId, now)
  await ctx.say(announced, { announcementId, cell: cell.name, text: one.text, received: true })
}

const byId = z.object({ unitId: z.uuid(), announcementId: z.uuid() })

export const announcementCommands: Command[] = [
  command(
    'announcements.write',
    {
      ...SENDS,
      args: z.object({ unitId: z.uuid(), text: z.string().optional(), cleared: z.boolean().optional() }),
      slash: ['thongbao', 'announce'],
      words: ['gửi thông báo', 'thông báo chung'],
      takesText: true,
    },
    (ctx, { unitId, text, cleared }) => (text ? write(ctx, unitId, text, cleared ?? false) : askText(ctx, unitId)),
  ),
  command('announcements.send', { ...SENDS, args: byId.extend({ text: z.string(), cleared: z.boolean() }) }, send),
  command('announcements.standing', { ...SENDS, args: byId }, (ctx, { unitId, announcementId }) =>
    showStanding(ctx, unitId, announcementId),
  ),
  command('announcements.withdraw', { ...SENDS, args: byId }, (ctx, { unitId, announcementId }) =>
    takeBack(ctx, unitId, announcementId),
  ),
  command(
    'announcements.receive',
    { scope: 'self', permission: 'self', args: z.object({ announcementId: z.uuid() }) },
    (ctx, { announcementId }) => receive(ctx, announcementId),
  ),
]
