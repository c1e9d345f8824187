import { z } from 'zod'
import type { Room } from '../../conversation/room.js'
import { type Context, command, type FileTaker, type May } from '../../conversation/types.js'
import { getUpload } from '../../conversation/uploads.js'
import { dateIn, type Zone } from '../../core/dates.js'
import type { Blobs } from '../../messaging/blobs.js'
import { planImport, type RosterFile, runImport } from './import.js'
import { renderers, reportOf, rosterDone, rosterPreview } from './messages.js'
import { readRoster } from './read-roster.js'

const args = z.object({ uploadId: z.string(), unitId: z.string() })

/** Rosters that a secretary (own cell) or a committee's office (the cells below) sends to the bot. */
export function rosterRoom(deps: { blobs: Blobs; permissions: May; zone: Zone }): Room {
  const fileOf = async (ctx: Context, uploadId: string): Promise<RosterFile> => {
    const upload = await getUpload(ctx.tx, uploadId, ctx.actor.personId)
    return { bytes: await deps.blobs.get(upload.sha256), fileName: upload.fileName }
  }

  const taker: FileTaker = {
    name: 'roster',
    permits: async (tx, actor, now) => (await deps.permissions.unitsWhere(tx, actor, 'roster.import', now)).length > 0,
    recognizes: async (bytes, fileName, now) => {
      const { rows, problems } = readRoster(bytes, fileName, dateIn(now, deps.zone))
      // A header with nobody below it is a roster too: its sender is told what is missing.
      return rows.length > 0 || problems.some(({ code }) => code === 'roster.problem.nobody')
    },
    label: 'roster.use',
    command: 'roster.preview',
  }

  const commands = [
    command(
      'roster.preview',
      { args, scope: 'unit', permission: 'roster.import' },
      async (ctx, { uploadId, unitId }) => {
        const file = await fileOf(ctx, uploadId)
        const plan = await planImport(ctx.tx, ctx.now, unitId, file)
        await ctx.say(rosterPreview, reportOf(plan, { fileName: file.fileName, uploadId, unitId }))
      },
    ),
    command(
      'roster.import',
      { args, scope: 'unit', permission: 'roster.import' },
      async (ctx, { uploadId, unitId }) => {
        const file = await fileOf(ctx, uploadId)
        const plan = await runImport(ctx.tx, ctx.now, unitId, file)
        await ctx.say(rosterDone, reportOf(plan, { fileName: file.fileName, uploadId, unitId }))
      },
    ),
  ]
  return { commands, takers: [taker], renderers }
}
