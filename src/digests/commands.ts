import { z } from 'zod'
import { type Command, type Context, command } from '../conversation/types.js'
import { dateIn, type PlainDate, parsePlainDate, startOfMonth, startOfWeek } from '../core/dates.js'
import { cellsPage, exceptionsPage, monthPage, overview, SECTIONS, type Section, weekPage } from './messages-report.js'
import { screen, stored, toScreen } from './messages-weekly.js'
import { decideLastMonth, listCellLines, pageOf } from './report.js'
import { type DigestContent, decideDigest, listExceptions, monthSoFar } from './rules.js'
import { getUnit, listCellIds, listCellRows, type Unit } from './store.js'
import { findKept } from './store-readers.js'

/** Lines of a page: with heading and buttons one screen of a phone. */
const A_PAGE = 12
const MEETINGS_A_PAGE = 10

type Asked = Readonly<{ ctx: Context; unit: Unit; today: PlainDate; page: number }>

/** The cells are those of today, also where an earlier month is looked at: a fact goes with its cell. */
const rowsAsOf = async ({ ctx, unit, today }: Asked, day: PlainDate) =>
  listCellRows(ctx.tx, await listCellIds(ctx.tx, unit.id, today), { week: startOfWeek(day), today: day, at: ctx.now })

const head = ({ unit }: Asked, { page, last }: { page: number; last: number }) => ({
  unitId: unit.id,
  unit: unit.name,
  page,
  last,
})

/** The meetings of one page under their days. */
function daysOfPage(days: DigestContent['days'], page: number) {
  const all = days.flatMap(({ day, meetings }) => meetings.map((meeting) => ({ day, meeting })))
  const { items, ...at } = pageOf(all, page, MEETINGS_A_PAGE)
  const shown = [...new Set(items.map(({ day }) => day))].map((day) => ({
    day,
    meetings: items.filter((one) => one.day === day).map(({ meeting }) => meeting),
  }))
  return { at, days: shown }
}

const say: Readonly<Record<Section, (asked: Asked) => Promise<void>>> = {
  overview: async (asked) => {
    const { ctx, unit, today } = asked
    const content = decideDigest(await rowsAsOf(asked, today), startOfWeek(today), today)
    await ctx.say(overview, toScreen(unit, content, today))
  },
  week: async (asked) => {
    const { ctx, today, page } = asked
    const { days, at } = daysOfPage(decideDigest(await rowsAsOf(asked, today), startOfWeek(today), today).days, page)
    await ctx.say(weekPage, { ...head(asked, at), days })
  },
  exceptions: async (asked) => {
    const { ctx, today, page } = asked
    const all = listExceptions(await rowsAsOf(asked, today), startOfWeek(today), today)
    const { items, ...at } = pageOf(all, page, A_PAGE)
    const lines = items.map(({ cellId: _, ...line }) => line)
    await ctx.say(exceptionsPage, { ...head(asked, at), lines })
  },
  cells: async (asked) => {
    const { ctx, today, page } = asked
    const { items: lines, ...at } = pageOf(listCellLines(await rowsAsOf(asked, today), today), page, A_PAGE)
    await ctx.say(cellsPage, { ...head(asked, at), month: monthSoFar(today).from, lines })
  },
  last_month: async (asked) => {
    const { ctx, unit, today, page } = asked
    const rows = await rowsAsOf(asked, startOfMonth(today))
    const { notYet, counts, ...report } = decideLastMonth(rows, today)
    const { notYet: _, ...plain } = counts
    const { items: names, ...at } = pageOf(notYet, page, A_PAGE)
    await ctx.say(monthPage, {
      ...head(asked, at),
      ...report,
      target: unit.target,
      counts: plain,
      notYet: notYet.length,
      names,
    })
  },
}

/** The unit as it stands on its own today. */
async function openUnit(ctx: Context, unitId: string): Promise<{ unit: Unit; today: PlainDate }> {
  const { zone } = await ctx.tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: { zone: true } })
  const today = dateIn(ctx.now, zone)
  return { unit: await getUnit(ctx.tx, unitId, today), today }
}

const report = command(
  'digests.report',
  {
    args: z.object({
      unitId: z.uuid(),
      section: z.enum(SECTIONS).optional(),
      page: z.number().int().min(0).optional(),
    }),
    scope: 'unit',
    permission: 'report.see',
    slash: ['baocao', 'report'],
    words: ['báo cáo', 'báo cáo tuần', 'xem báo cáo', 'weekly report'],
  },
  async (ctx, { unitId, section = 'overview', page = 0 }) =>
    say[section]({ ctx, ...(await openUnit(ctx, unitId)), page }),
)

const past = command(
  'digests.stored',
  {
    args: z.object({ unitId: z.uuid(), week: z.iso.date().optional() }),
    scope: 'unit',
    permission: 'report.see',
  },
  async (ctx, { unitId, week }) => {
    const kept = await findKept(ctx.tx, unitId, week ? parsePlainDate(week) : null)
    const data = kept ? screen.safeParse(kept.data) : null
    if (kept && data?.success) return ctx.say(stored, { screen: data.data, before: kept.before, after: kept.after })
    await ctx.note(
      'digests.stored-none',
      {},
      { choices: [[{ label: 'digests.button.overview', command: 'digests.report', args: { unitId } }]] },
    )
  },
)

export const commands: Command[] = [report, past]
