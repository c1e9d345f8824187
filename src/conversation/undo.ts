import { z } from 'zod'
import { MINUTE } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { type Command, type Context, command, type Done, type LastDone } from './types.js'

/** A slip is noticed at once; later it is a decision like any other, with its own command. */
export const UNDO_MS = 10 * MINUTE

/** How the last command of a person in a chat is taken back: one row each, the newest command's. */
export async function recordUndo(
  tx: Tx,
  now: Date,
  key: Readonly<{ chatId: string; personId: string }>,
  call: Readonly<{ command: string; args: JsonObject }>,
): Promise<void> {
  const row = { ...call, expiresAt: new Date(now.getTime() + UNDO_MS) }
  await tx.undo.upsert({ where: { chatId_personId: key }, create: { ...key, ...row }, update: row })
}

async function findRecorded({ tx, now, chat, actor }: Context): Promise<Done | null> {
  const key = { chatId: chat.id, personId: actor.personId }
  const row = await tx.undo.findUnique({ where: { chatId_personId: key } })
  if (!row || row.expiresAt <= now) return null
  return { at: new Date(row.expiresAt.getTime() - UNDO_MS), command: row.command, args: row.args as JsonObject }
}

const newest = (all: readonly (Done | null)[]): Done | null =>
  all.filter((one) => one !== null).sort((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null

/** Runs it as if it had been chosen, so the same checks apply; what it does is not to be taken back once more. */
async function undoLast(ctx: Context, sources: readonly LastDone[]): Promise<void> {
  const found: (Done | null)[] = [await findRecorded(ctx)]
  for (const source of sources) found.push(await source(ctx))
  const last = newest(found)
  if (!last)
    return ctx.note(
      'conversation.undo.nothing',
      {},
      { choices: [[{ label: 'conversation.menu.open', command: 'menu.open', args: {} }]] },
    )
  await ctx.redirect(last.command, last.args)
  await ctx.tx.undo.deleteMany({ where: { chatId: ctx.chat.id, personId: ctx.actor.personId } })
}

/** `sources`: what the rooms read from their own histories. */
export const undoCommands = (sources: readonly LastDone[]): Command[] => [
  command(
    'undo.last',
    {
      args: z.object({}),
      scope: 'self',
      permission: 'self',
      slash: ['hoantac', 'undo'],
      words: ['hoàn tác', 'lấy lại'],
    },
    (ctx) => undoLast(ctx, sources),
  ),
]
