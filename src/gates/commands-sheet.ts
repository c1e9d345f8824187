import { z } from 'zod'
import { type CommandHint, type Context, command, type MenuEntry } from '../conversation/types.js'
import { dateIn } from '../core/dates.js'
import { fold } from '../core/text.js'
import { getCell, lockCell } from '../meetings/cell.js'
import { unitsOf } from '../organization/permissions.js'
import { sheetConfirm, sheetShown } from './messages-sheet.js'
import { parseSheet } from './parse-sheet.js'
import { DEFAULT_SHEET, type Sheet, sheetSchema } from './sheet.js'
import { recordSheet, sheetFor } from './store.js'

const scope = { scope: 'unit', permission: 'sheet.set' } as const

const DEFAULT_WORDS = ['mac dinh', 've mac dinh', 'theo huong dan', 'default']

async function standing(ctx: Context, unitId: string): Promise<{ unit: string; sheet: Sheet }> {
  const unit = await getCell(ctx.tx, unitId)
  return { unit: unit.name, sheet: await sheetFor(ctx.tx, unitId, dateIn(ctx.now, unit.zone)) }
}

async function offer(ctx: Context, unitId: string, unit: string, sheet: Sheet): Promise<void> {
  await ctx.say(sheetConfirm, { unitId, unit, sheet })
  await ctx.expect('gates.sheet', { unitId })
}

async function readTyped(ctx: Context, unitId: string, text: string): Promise<void> {
  const { unit, sheet } = await standing(ctx, unitId)
  if (DEFAULT_WORDS.includes(fold(text))) return offer(ctx, unitId, unit, DEFAULT_SHEET)
  const read = parseSheet(text, sheet)
  if (read.ok) return offer(ctx, unitId, unit, read.sheet)
  await ctx.note(read.code, { line: read.line })
  await ctx.expect('gates.sheet', { unitId })
}

/** An office's own gates for everything under it. */
export const sheetCommands = [
  command(
    'gates.sheet',
    {
      args: z.object({ unitId: z.string(), text: z.string().optional() }),
      ...scope,
      slash: ['mochop', 'gates'],
      words: ['mốc họp', 'mốc công việc', 'đổi mốc họp'],
      takesText: true,
    },
    async (ctx, { unitId, text }) => {
      if (text) return readTyped(ctx, unitId, text)
      await ctx.say(sheetShown, { unitId, ...(await standing(ctx, unitId)) })
      await ctx.expect('gates.sheet', { unitId })
    },
  ),
  command(
    'gates.sheet-save',
    { args: z.object({ unitId: z.string(), sheet: sheetSchema }), ...scope },
    async (ctx, { unitId, sheet }) => {
      const unit = await lockCell(ctx.tx, unitId)
      const day = dateIn(ctx.now, unit.zone)
      const now = await sheetFor(ctx.tx, unitId, day)
      if (JSON.stringify(now) !== JSON.stringify(sheet))
        await recordSheet(ctx.tx, ctx.now, { unitId, sheet, byId: ctx.actor.personId, day })
      await ctx.note('gates.sheet.saved', { unit: unit.name })
    },
  ),
  command('gates.sheet-keep', { args: z.object({ unitId: z.string() }), ...scope }, (ctx) =>
    ctx.note('gates.sheet.kept'),
  ),
]

export const sheetMenu: MenuEntry[] = [
  {
    command: 'gates.sheet',
    label: 'gates.menu.sheet',
    rank: async ({ actor }) => (unitsOf(actor.roles, 'sheet.set').length > 0 ? 12 : null),
  },
]

export const sheetHints: CommandHint[] = [
  { slash: { vi: 'mochop', en: 'gates' }, description: 'gates.hint.sheet', for: ['office'] },
]
