import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { dateIn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { getCell } from '../meetings/cell.js'
import { findMeeting, getMeeting, listUpcoming, type Meeting } from '../meetings/store.js'
import { namesOf } from '../organization/people.js'
import { whenWords } from './commands-add.js'
import { copy, itemOf, meetingWords, readDone } from './messages.js'
import { list, manage } from './messages-list.js'
import { isReader, listSections, standingOf } from './sections.js'
import { countReaders, getMaterial, listRead, type Material, recordReading, withdrawMaterial } from './store.js'
import { moveLeft, pushAtOnce, readPlan, timingOf } from './store-push.js'
import { mayAdd } from './taker.js'

const SELF = { scope: 'self', permission: 'self' } as const
const LEADS = { scope: 'unit', permission: 'material.add' } as const

const byId = z.object({ materialId: z.uuid() })
const inUnit = byId.extend({ unitId: z.uuid() })

type Found = Readonly<{ material: Material; meeting: Meeting }>

async function getIts(ctx: Context, materialId: string): Promise<Found> {
  const material = await getMaterial(ctx.tx, materialId)
  const meeting = await findMeeting(ctx.tx, material.meetingId)
  if (!meeting) throw new AppError('materials.error.gone')
  return { material, meeting }
}

/** For somebody whose meeting it is. Throws `materials.error.not-yours`, which is logged. */
async function getOwn(ctx: Context, materialId: string): Promise<Found> {
  const found = await getIts(ctx, materialId)
  if (!(await isReader(ctx.tx, ctx.actor, found.meeting))) throw new AppError('materials.error.not-yours')
  return found
}

/** For who leads the unit: another cell's material is as good as none. */
async function getLed(ctx: Context, unitId: string, materialId: string): Promise<Found> {
  const found = await getIts(ctx, materialId)
  if (found.material.cellId !== unitId) throw new AppError('materials.error.gone')
  return found
}

const listCommand = command(
  'materials.list',
  {
    ...SELF,
    args: z.object({}),
    slash: ['tailieu', 'materials'],
    words: ['tài liệu', 'xem tài liệu', 'tài liệu họp', 'tài liệu sinh hoạt'],
  },
  async (ctx) => {
    const sections = await listSections(ctx)
    if (sections.length === 0) return ctx.note('materials.list.no-meeting')
    await ctx.say(list, { sections, mayAdd: mayAdd(ctx.actor), takesFiles: ctx.can.files })
  },
)

/** A message of its own: the list stays where it is, for the next one. */
const send = command('materials.send', { ...SELF, args: byId }, async (ctx, { materialId }) => {
  const { material, meeting } = await getOwn(ctx, materialId)
  const read = await listRead(ctx.tx, ctx.actor.personId, [materialId])
  const cell = await getCell(ctx.tx, meeting.cellId)
  await ctx.say(copy, itemOf(material, meeting, cell.name, read.has(materialId)), { fresh: true })
})

const read = command('materials.read', { ...SELF, args: byId }, async (ctx, { materialId }) => {
  const { material, meeting } = await getOwn(ctx, materialId)
  await recordReading(ctx.tx, materialId, ctx.actor.personId, ctx.now)
  const cell = await getCell(ctx.tx, meeting.cellId)
  await ctx.say(readDone, itemOf(material, meeting, cell.name, true))
})

const manageCommand = command('materials.manage', { ...LEADS, args: inUnit }, async (ctx, { unitId, materialId }) => {
  const { material, meeting } = await getLed(ctx, unitId, materialId)
  const readers = await countReaders(ctx.tx, meeting, [materialId])
  const names = await namesOf(ctx.tx, [material.addedById])
  await ctx.say(manage, {
    unitId,
    materialId,
    title: material.title,
    meeting: { kind: meeting.kind, day: meeting.day, time: meeting.time },
    standing: standingOf(material, meeting, readers(materialId)),
    added: names.get(material.addedById) ?? '',
    on: dateIn(material.addedAt, meeting.zone),
  })
})

const push = command('materials.push', { ...LEADS, args: inUnit }, async (ctx, { unitId, materialId }) => {
  const { material, meeting } = await getLed(ctx, unitId, materialId)
  const params = { title: material.title, meeting: meetingWords(meeting) }
  if (material.pushedAt) return ctx.note('materials.pushed.before', params)
  if (meeting.state !== 'planned' || meeting.startsAt <= ctx.now) return ctx.note('materials.error.over', params)
  const { dueAt } = timingOf(ctx.now, 'at_once', meeting, await readPlan(ctx.tx, meeting.id))
  await pushAtOnce(ctx.tx, materialId, dueAt)
  const key = dueAt <= ctx.now ? 'materials.added.now' : 'materials.added.later'
  await ctx.note(key, { ...params, when: whenWords(dueAt, meeting.zone) })
})

const withdrawAsk = command('materials.withdraw', { ...LEADS, args: inUnit }, async (ctx, { unitId, materialId }) => {
  const { material } = await getLed(ctx, unitId, materialId)
  const args = { unitId, materialId }
  await ctx.note(
    'materials.withdraw.ask',
    { title: material.title },
    {
      choices: [
        [{ label: 'materials.button.withdraw-yes', command: 'materials.withdraw-do', args }],
        [{ label: 'materials.button.keep', command: 'materials.manage', args }],
      ],
    },
  )
})

const withdrawDo = command('materials.withdraw-do', { ...LEADS, args: inUnit }, async (ctx, { unitId, materialId }) => {
  const { material } = await getLed(ctx, unitId, materialId)
  await withdrawMaterial(ctx.tx, material, ctx.now)
  const key = material.pushedAt ? 'materials.withdraw.done-sent' : 'materials.withdraw.done'
  await ctx.note(key, { title: material.title })
})

const carry = command(
  'materials.carry',
  { ...LEADS, args: z.object({ unitId: z.uuid(), meetingId: z.uuid() }) },
  async (ctx, { unitId, meetingId }) => {
    const from = await getMeeting(ctx.tx, unitId, meetingId)
    const [to] = await listUpcoming(ctx.tx, [unitId], ctx.now, 1)
    if (from.state !== 'cancelled') return ctx.redirect('materials.list', {})
    if (!to) return ctx.note('materials.carry.no-meeting')
    const timing = timingOf(ctx.now, 'next_step', to, await readPlan(ctx.tx, to.id))
    const count = await moveLeft(ctx.tx, from, to, timing)
    if (count === 0) return ctx.note('materials.carry.nothing')
    await ctx.note('materials.carry.done', { meeting: meetingWords(to), when: whenWords(timing.dueAt, to.zone) })
  },
)

export const listCommands: Command[] = [listCommand, send, read, manageCommand, push, withdrawAsk, withdrawDo, carry]
