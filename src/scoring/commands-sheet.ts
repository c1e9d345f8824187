import { z } from 'zod'
import { type Command, type CommandHint, type Context, command } from '../conversation/types.js'
import { dateIn } from '../core/dates.js'
import { getCell } from '../meetings/cell.js'
import { ownSheet, sheetPreview, sheetProblems } from './messages-sheet.js'
import { readSheet } from './read-sheet.js'
import { DEFAULT_SHEETS, DEFAULT_VERSION, type SheetData, sheetSchema } from './sheets.js'
import { findSheet, recordSheet } from './store.js'

const sets = { scope: 'unit', permission: 'sheet.set' } as const
const where = z.object({ unitId: z.uuid() })

const isSame = (a: SheetData, b: SheetData): boolean =>
  JSON.stringify(sheetSchema.parse(a)) === JSON.stringify(sheetSchema.parse(b))

async function readCurrent(ctx: Context, unitId: string) {
  const unit = await getCell(ctx.tx, unitId)
  const { id, version, ...sheet } = await findSheet(ctx.tx, unitId, dateIn(ctx.now, unit.zone))
  const row = id ? await ctx.tx.scoreSheet.findUnique({ where: { id }, select: { unitId: true } }) : null
  const by = row ? await getCell(ctx.tx, row.unitId) : null
  const isDefault = by === null || isSame(sheet, DEFAULT_SHEETS[DEFAULT_VERSION] as SheetData)
  const of = isDefault ? ('default' as const) : by.id === unitId ? ('own' as const) : ('above' as const)
  return { unit: unit.name, of, by: by?.name ?? '', version, sheet }
}

async function saySheet(ctx: Context, unitId: string, lead: 'none' | 'set' | 'same' = 'none'): Promise<void> {
  await ctx.say(ownSheet, { unitId, lead, ...(await readCurrent(ctx, unitId)) })
  await ctx.expect('scoring.own-sheet', { unitId })
}

/** The sheet that holds for a unit; lines that are typed are read and repeated back. */
const own = command(
  'scoring.own-sheet',
  {
    args: where.extend({ text: z.string().optional() }),
    ...sets,
    slash: ['phieudiem', 'scoresheet'],
    words: ['phiếu điểm', 'mẫu chấm điểm'],
    takesText: true,
  },
  async (ctx, { unitId, text }) => {
    if (!text) return saySheet(ctx, unitId)
    const read = readSheet(text)
    if (read.kind === 'sheet') {
      const unit = await getCell(ctx.tx, unitId)
      return ctx.say(sheetPreview, { unitId, unit: unit.name, sheet: read.data })
    }
    await ctx.say(sheetProblems, { problems: [...read.problems] })
    await ctx.expect('scoring.own-sheet', { unitId })
  },
)

async function set(ctx: Context, unitId: string, sheet: SheetData): Promise<void> {
  const current = await readCurrent(ctx, unitId)
  const same = current.of !== 'above' && isSame(current.sheet, sheet)
  if (!same) await recordSheet(ctx.tx, unitId, sheet, { byId: ctx.actor.personId, now: ctx.now })
  await saySheet(ctx, unitId, same ? 'same' : 'set')
}

const confirm = command('scoring.sheet-set', { args: where.extend({ sheet: sheetSchema }), ...sets }, (ctx, args) =>
  set(ctx, args.unitId, args.sheet),
)

const usual = command('scoring.sheet-default', { args: where, ...sets }, (ctx, { unitId }) =>
  set(ctx, unitId, DEFAULT_SHEETS[DEFAULT_VERSION] as SheetData),
)

export const sheetCommands: Command[] = [own, confirm, usual]

export const sheetHints: readonly CommandHint[] = [
  { slash: { vi: 'phieudiem', en: 'scoresheet' }, description: 'scoring.own.hint', for: ['office'] },
]
