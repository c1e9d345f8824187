import { z } from 'zod'
import { type Command, command } from '../../conversation/types.js'
import { openSheet } from '../roll-call-sheet.js'
import { getSheetMeeting } from '../roll-call-which.js'
import { tellAbsent } from './tell.js'

/** One tap after the confirmation, in a cell that has switched it on. */
const release = command(
  'rollcall.release',
  { args: z.object({ unitId: z.uuid(), meetingId: z.uuid() }), scope: 'unit', permission: 'attendance.manage' },
  async (ctx, { unitId, meetingId }) => {
    const sheet = await openSheet(ctx.tx, await getSheetMeeting(ctx, unitId, meetingId))
    if (!sheet.confirmed) return ctx.redirect('rollcall.open', { unitId, meetingId })
    if (!sheet.tellsAbsent) return ctx.redirect('rollcall.policy', { unitId })
    if (sheet.releasedAt) return ctx.note('attendance.release.before')
    await ctx.tx.rollCall.update({ where: { meetingId }, data: { releasedAt: ctx.now } })
    await ctx.note('attendance.release.done', { count: await tellAbsent(ctx, sheet) })
  },
)

/** Whether the absent may be told at all: off until secretary or deputy switch it on. */
const policy = command(
  'rollcall.policy',
  {
    args: z.object({ unitId: z.uuid(), tells: z.boolean().optional() }),
    scope: 'unit',
    permission: 'leave.decide',
    slash: ['baoketqua', 'tellabsent'],
    words: ['báo kết quả điểm danh', 'tell the absent'],
  },
  async (ctx, { unitId, tells }) => {
    if (tells !== undefined) {
      const set = { tellsAbsent: tells, setById: ctx.actor.personId, setAt: ctx.now }
      await ctx.tx.attendancePolicy.upsert({
        where: { cellId: unitId },
        create: { cellId: unitId, ...set },
        update: set,
      })
    }
    const row = await ctx.tx.attendancePolicy.findUnique({ where: { cellId: unitId } })
    const on = row?.tellsAbsent ?? false
    await ctx.note(
      on ? 'attendance.policy.on' : 'attendance.policy.off',
      {},
      {
        choices: [
          [
            {
              label: on ? 'attendance.policy.switch-off' : 'attendance.policy.switch-on',
              command: 'rollcall.policy',
              args: { unitId, tells: !on },
            },
          ],
        ],
      },
    )
  },
)

export const releaseCommands: Command[] = [release, policy]
