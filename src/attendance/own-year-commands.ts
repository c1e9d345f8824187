import { z } from 'zod'
import { type Command, command } from '../conversation/types.js'
import { dateIn, yearOf, type Zone } from '../core/dates.js'
import { listOwnMarks, objectedFrom } from './objections/store.js'
import { listOwnYear, ownYearOf } from './own-year.js'
import { ownYear } from './own-year-messages.js'

const MOST_YEARS = 100

/** `/canhan` leads here. */
export const ownYearCommands = (zone: Zone): Command[] => [
  command(
    'attendance.own-year',
    {
      args: z.object({ year: z.int().optional() }),
      scope: 'self',
      permission: 'self',
      words: ['năm nay của tôi', 'tôi dự họp bao nhiêu buổi', 'my year'],
    },
    async (ctx, args) => {
      const { tx, now, actor } = ctx
      const thisYear = yearOf(dateIn(now, zone))
      const year = Math.min(Math.max(args.year ?? thisYear, thisYear - MOST_YEARS), thisYear)
      const marks = await listOwnYear(tx, actor.personId, year)
      const earlier = await listOwnYear(tx, actor.personId, year - 1)
      const before = earlier.length > 0 ? year - 1 : null
      const other = before ?? (year < thisYear ? year + 1 : null)
      const recent = await listOwnMarks(tx, actor.personId, objectedFrom(now), 1)
      const mayReport = recent.some((one) => yearOf(one.day) === year)
      await ctx.say(ownYear, { name: actor.fullName, year, ...asShape(ownYearOf(marks)), other, mayReport })
    },
  ),
]

const asShape = ({ months, rate, notCounted }: ReturnType<typeof ownYearOf>) => ({
  months: months.map(({ month, marks }) => ({ month, marks: [...marks] })),
  rate,
  notCounted,
})
