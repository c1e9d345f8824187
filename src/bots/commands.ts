import { z } from 'zod'
import { pick } from '../conversation/messages.js'
import type { RoomDeps } from '../conversation/room.js'
import { type Command, type Context, command, type NoteChoice } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import type { Bot } from '../database/generated/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { forgetTyped } from '../organization/linking-store.js'
import { isPermittedEverywhere, unitsOf } from '../organization/permissions.js'
import { createGrant } from '../pages/grants.js'
import { addPage, type BotLine, botList, removal } from './messages.js'
import { retireBot } from './replacing.js'
import { countMoves, findTokens, nameOf, recogniseToken } from './rules.js'
import { type BotRow, listBots } from './store.js'

/** Whose bots the actor manages. Refused and logged where there are none. */
async function getManaged(ctx: Context): Promise<{ everybody: boolean; unitIds: readonly string[] }> {
  const everybody = isPermittedEverywhere(ctx.actor.roles, 'bot.manage')
  const unitIds = unitsOf(ctx.actor.roles, 'bot.manage')
  if (!everybody && unitIds.length === 0) await ctx.require('bot.manage', null)
  return { everybody, unitIds }
}

/** Nothing can be added where a token could neither be entered nor kept. */
function refuseUnready(deps: RoomDeps): void {
  if (!deps.seal.isReady) throw new AppError('bots.error.no-key')
  if (!deps.publicUrl) throw new AppError('bots.error.no-address')
}

async function openPage(ctx: Context, deps: RoomDeps, unitId: string | null): Promise<void> {
  await ctx.require('bot.manage', unitId)
  const unit = unitId ? await ctx.tx.unit.findUniqueOrThrow({ where: { id: unitId } }) : null
  const grant = { personId: ctx.actor.personId, chatId: ctx.chat.id, purpose: 'bot-token' as const, args: { unitId } }
  const grantId = await createGrant(ctx.tx, ctx.now, grant, deps.codeKey)
  await ctx.say(addPage, { grantId, unit: unit?.name ?? null }, { fresh: true })
}

async function add(ctx: Context, deps: RoomDeps, unitId: string | null | undefined): Promise<void> {
  const { everybody, unitIds } = await getManaged(ctx)
  refuseUnready(deps)
  if (unitId !== undefined) return openPage(ctx, deps, unitId)
  const [only, ...more] = unitIds
  if (everybody && !only) return openPage(ctx, deps, null)
  if (!everybody && only && more.length === 0) return openPage(ctx, deps, only)
  const units = await ctx.tx.unit.findMany({ where: { id: { in: [...unitIds] } }, select: { id: true, name: true } })
  const choice = (label: NoteChoice['label'], name: string, id: string | null): NoteChoice[] => [
    { label, params: { name }, command: 'bots.add', args: { unitId: id } },
  ]
  const choices = [
    ...(everybody ? [choice('bots.add.for-everybody', '', null)] : []),
    ...units.map((one) => choice('bots.add.for-unit', one.name, one.id)),
  ]
  await ctx.note('bots.add.for-whom', {}, { choices })
}

const stateOf = (row: BotRow, deps: RoomDeps): string =>
  row.state === 'active' && !deps.isOpen(row.id) ? 'closed' : row.state

/** A bot of the environment comes back with every start: only one that nothing speaks for any more can be given up here. */
const canRetire = (row: BotRow, deps: RoomDeps): boolean =>
  row.state !== 'retired' && (row.added || !deps.isOpen(row.id))

async function listLines(ctx: Context, deps: RoomDeps): Promise<BotLine[]> {
  const { everybody, unitIds } = await getManaged(ctx)
  const rows = await listBots(ctx.tx, ctx.now, everybody ? null : unitIds)
  const manages = (row: BotRow): boolean => everybody || (row.unitId !== null && unitIds.includes(row.unitId))
  return rows.map((row) => ({
    id: row.id,
    name: nameOf(row),
    platform: row.platform,
    unit: row.unit,
    state: stateOf(row, deps),
    sent: row.sent,
    quota: row.monthlyQuota,
    people: row.people,
    peopleQuota: row.peopleQuota,
    mayRetire: manages(row) && canRetire(row, deps),
  }))
}

async function chooseRetired(ctx: Context, deps: RoomDeps): Promise<void> {
  const rows = (await listLines(ctx, deps)).filter((one) => one.mayRetire)
  if (rows.length === 0) return ctx.note('bots.retire.none')
  const options = rows.map(({ id, name }) => ({ name, command: 'bots.retire', args: { botId: id } }))
  await ctx.say(pick, { key: 'bots.retire.which', options })
}

async function retire(ctx: Context, deps: RoomDeps, bot: Bot, sure: boolean): Promise<void> {
  await ctx.require('bot.manage', bot.unitId)
  const row = (await listBots(ctx.tx, ctx.now, null)).find((one) => one.id === bot.id)
  if (bot.state === 'retired') return ctx.note('bots.retire.already', { name: nameOf(bot) })
  if (!row || !canRetire(row, deps)) throw new AppError('bots.error.from-environment')
  if (sure) {
    const how = { by: ctx.actor.personId, cause: `retire:${ctx.updateId}` }
    const moves = await retireBot(ctx.tx, ctx.now, bot, how, deps)
    return ctx.note('bots.retire.done', { name: nameOf(bot), ...countMoves(moves) })
  }
  const here = bot.id === ctx.chat.botId ? 'ask-here' : 'ask'
  await ctx.note(
    `bots.retire.${here}`,
    { name: nameOf(bot), count: row.people },
    {
      choices: [
        [
          { label: 'bots.retire.yes', command: 'bots.retire', args: { botId: bot.id, sure: true } },
          { label: 'bots.retire.no', command: 'bots.list', args: {} },
        ],
      ],
    },
  )
}

/** A token in a chat is known to whoever reads it: it is taken away, not kept, and must be renewed. */
async function refusePasted(ctx: Context, text: string): Promise<void> {
  const tokens = findTokens(text)
  for (const token of tokens) await forgetTyped(ctx.tx, ctx.updateId, token)
  const { written } = ctx
  if (written)
    await enqueue(ctx.tx, ctx.now, [
      outgoing(
        removal,
        { messageId: written.messageId },
        {
          causeKey: `removal:${ctx.updateId}`,
          chatId: written.chatId,
          operation: 'delete',
          priority: PRIORITY.reply,
          expiresAt: new Date(ctx.now.getTime() + DAY),
        },
      ),
    ])
  await ctx.note(`bots.pasted.${recogniseToken(tokens[0] ?? '') ?? 'zalo'}`, {}, { fresh: true })
}

export const botCommands = (deps: RoomDeps): Command[] => [
  command(
    'bots.add',
    {
      args: z.object({ unitId: z.uuid().nullish() }),
      scope: 'self',
      permission: 'self',
      slash: ['thembot', 'addbot'],
      words: ['thêm bot', 'add a bot'],
    },
    (ctx, { unitId }) => add(ctx, deps, unitId),
  ),
  command(
    'bots.list',
    {
      args: z.object({}),
      scope: 'self',
      permission: 'self',
      slash: ['bot', 'cacbot', 'bots'],
      words: ['các bot', 'danh sách bot'],
    },
    async (ctx) => ctx.say(botList, { rows: await listLines(ctx, deps), mayAdd: true }),
  ),
  command(
    'bots.retire',
    {
      args: z.object({ botId: z.uuid().optional(), sure: z.boolean().optional() }),
      scope: 'self',
      permission: 'self',
      slash: ['xoabot', 'removebot'],
      words: ['xóa bot', 'ngừng bot'],
    },
    async (ctx, { botId, sure = false }) => {
      if (!botId) return chooseRetired(ctx, deps)
      // Two who retire one bot at once: the second is told that it is done.
      await ctx.tx.$executeRaw`SELECT FROM bot WHERE id = ${botId}::uuid FOR UPDATE`
      return retire(ctx, deps, await ctx.tx.bot.findUniqueOrThrow({ where: { id: botId } }), sure)
    },
  ),
  command(
    'bots.pasted',
    { args: z.object({ text: z.string() }), scope: 'anyone', permission: 'self' },
    (ctx, { text }) => refusePasted(ctx, text),
  ),
]
