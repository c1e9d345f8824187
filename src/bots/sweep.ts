import { note } from '../conversation/messages.js'
import type { RoomDeps } from '../conversation/room.js'
import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn, toDateColumn } from '../core/dates.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import type { Bot } from '../database/generated/client.js'
import { enqueue, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { retireBot } from './replacing.js'
import { FAREWELL_DAYS, nameOf, PERSONAL_ZALO } from './rules.js'
import { listStewards } from './store.js'

const FAREWELL_MS = FAREWELL_DAYS * DAY

/** A notice that nobody could act on a week later. */
const TELL_MS = 7 * DAY

/** What the notices of a bot speak of. */
const subjectOf = (botId: string): string => `bot:${botId}`

/** Refused, nobody was told since, and there is somebody to tell. */
const UNTOLD = Prisma.sql`b.state = 'refused' AND NOT EXISTS (SELECT FROM outbox o
  WHERE o.subject = 'bot:' || b.id AND o.created_at >= b.state_since)
  AND (b.added_by IS NOT NULL OR EXISTS (SELECT FROM appointment a WHERE a.role = 'administrator'))`

/** No longer refused, and what says that it is has not been said. */
const RENEWED = Prisma.sql`bot b JOIN outbox o ON o.subject = 'bot:' || b.id AND o.kind = ${note.kind}
  AND o.state IN ('queued', 'unreachable') WHERE b.state <> 'refused'`

/** Retired so long ago that no code leads away from it any more, but with its token or its links still here. */
const ENDING = Prisma.sql`b.state = 'retired' AND (b.credentials IS NOT NULL OR EXISTS (
  SELECT FROM chat_link l JOIN chat c ON c.id = l.chat_id WHERE c.bot_id = b.id AND l.ended_at IS NULL))`

async function lockBot(tx: Tx, id: string): Promise<Bot | null> {
  const locked = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM bot WHERE id = ${id}::uuid FOR UPDATE SKIP LOCKED`,
  )
  return locked.length > 0 ? tx.bot.findUnique({ where: { id } }) : null
}

/** The environment's token needs a restart, unless a new one can be entered and kept. */
const whyRefused = ({ platform, stateCode, credentials }: Bot, { seal, publicUrl }: RoomDeps) => {
  if (platform === PERSONAL_ZALO) return stateCode === 'taken-over' ? 'taken-over' : 'personal'
  if (credentials !== null) return 'added'
  return seal.isReady && publicUrl ? 'from-environment-or-page' : 'from-environment'
}

/** Whoever added it, who leads its unit, the administrators: the platform takes its token no more. */
async function tellRefused(tx: Tx, now: Date, bot: Bot, deps: RoomDeps): Promise<void> {
  const day = toDateColumn(dateIn(now, deps.zone))
  const stewards = [...(await listStewards(tx, bot.unitId, day)), ...(await listStewards(tx, null, day))]
  const key = `bots.refused.${whyRefused(bot, deps)}` as const
  const setting = `${bot.platform.toUpperCase()}_BOT_TOKEN`
  const params = { name: nameOf(bot), platform: { key: `common.platform.${bot.platform}` }, setting }
  await enqueue(
    tx,
    now,
    [...new Set([...stewards, ...(bot.addedBy ? [bot.addedBy] : [])])].map((personId) =>
      outgoing(
        note,
        { key, params, choices: [] },
        {
          causeKey: `bot-refused:${bot.id}:${bot.stateSince?.getTime() ?? 0}:${personId}`,
          subject: subjectOf(bot.id),
          personId,
          priority: PRIORITY.notice,
          expiresAt: new Date(now.getTime() + TELL_MS),
        },
      ),
    ),
  )
}

/** The last of a retired bot: its token is erased, so that every instance closes its line, and its links end. */
async function silence(tx: Tx, now: Date, bot: Bot): Promise<void> {
  await tx.bot.update({ where: { id: bot.id }, data: { credentials: null } })
  await tx.chatLink.updateMany({ where: { chat: { botId: bot.id }, endedAt: null }, data: { endedAt: now } })
}

const findRefused = (db: Db | Tx): Promise<{ id: string; at: Date }[]> =>
  db.$queryRaw(Prisma.sql`SELECT b.id, b.state_since AS at FROM bot b WHERE ${UNTOLD} ORDER BY at LIMIT 50`)

const findRenewed = (db: Db | Tx): Promise<{ id: string }[]> =>
  db.$queryRaw(Prisma.sql`SELECT DISTINCT b.id FROM ${RENEWED} LIMIT 50`)

const findEnding = (db: Db | Tx): Promise<{ id: string; at: Date }[]> =>
  db.$queryRaw(Prisma.sql`SELECT b.id, b.state_since AS at FROM bot b WHERE ${ENDING} ORDER BY at LIMIT 50`)

/**
 * Bots of the environment that it does not name any more, while it names another of their platform: replaced by it.
 * A token that was only left out (a test, a mistake) retires nobody: `/bot` shows such a bot as not running.
 */
async function findReplaced(db: Db | Tx, deps: RoomDeps): Promise<Bot[]> {
  const bots = await db.bot.findMany({ where: { state: 'active', credentials: null } })
  const open = bots.filter((one) => deps.isOpen(one.id))
  return bots.filter((one) => !deps.isOpen(one.id) && open.some((other) => other.platform === one.platform))
}

const each = async (
  db: Db,
  ids: readonly string[],
  still: (bot: Bot) => boolean,
  work: (tx: Tx, bot: Bot) => Promise<unknown>,
): Promise<void> => {
  for (const id of ids)
    await inTransaction(db, async (tx) => {
      const bot = await lockBot(tx, id)
      if (bot && still(bot)) await work(tx, bot)
    })
}

export const botSweeps = (deps: RoomDeps): Sweep[] => [
  {
    name: 'bots-refused',
    nextDue: async (db) => (await findRefused(db))[0]?.at ?? null,
    run: async (db, now) => {
      const ids = (await findRefused(db)).map((one) => one.id)
      await each(
        db,
        ids,
        ({ state }) => state === 'refused',
        (tx, bot) => tellRefused(tx, now, bot, deps),
      )
      return false
    },
  },
  {
    // Before anything is sent by the bot that is back: the first that it said would be that it is not.
    name: 'bots-renewed',
    nextDue: async (db, now) => ((await findRenewed(db)).length > 0 ? now : null),
    run: (db, now) =>
      inTransaction(db, async (tx) => {
        for (const { id } of await findRenewed(tx))
          await withdraw(tx, now, { subject: subjectOf(id), kinds: [note.kind] })
        return false
      }),
  },
  {
    name: 'bots-silent',
    nextDue: async (db) => {
      const [first] = await findEnding(db)
      return first ? new Date(first.at.getTime() + FAREWELL_MS) : null
    },
    run: async (db, now) => {
      const due = (await findEnding(db)).filter((one) => one.at.getTime() + FAREWELL_MS <= now.getTime())
      const ids = due.map((one) => one.id)
      await each(
        db,
        ids,
        ({ state }) => state === 'retired',
        (tx, bot) => silence(tx, now, bot),
      )
      return false
    },
  },
  {
    name: 'bots-replaced',
    nextDue: async (db) => (await findReplaced(db, deps))[0]?.createdAt ?? null,
    run: async (db, now) => {
      const ids = (await findReplaced(db, deps)).map((one) => one.id)
      await each(
        db,
        ids,
        ({ state, credentials }) => state === 'active' && credentials === null,
        (tx, bot) => retireBot(tx, now, bot, { by: null, cause: `replaced:${bot.id}:${now.getTime()}` }, deps),
      )
      return false
    },
  },
]
