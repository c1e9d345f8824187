import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../src/app.js'
import { addBot } from '../../src/bots/adding.js'
import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import { createLog, type Log } from '../../src/core/log.js'
import { createSeal } from '../../src/core/seal.js'
import { inTransaction } from '../../src/database/client.js'
import type { Channel } from '../../src/messaging/channel.js'
import { deepLink } from '../../src/platforms.js'
import { openTestDatabase } from '../support/database.js'
import { at, CODE_KEY, createTestApp, ZONE } from '../support/house.js'
import { startTelegramServer, type TelegramServer } from '../support/telegram/index.js'

export const BOT_KEY = new Uint8Array(32).fill(9)
export const tokenOf = (id: number): string => `${id}:AAfictionalTokenForTests_0123456789`

/** A Telegram of its own for each bot, so that nobody's update can come in by another's. */
export const aTelegram = (id: number, username: string): Promise<TelegramServer> =>
  startTelegramServer({ token: tokenOf(id), username, pollSecondMs: 20 })

/** Channels to these servers, each by its bot's token; any other token is asked about at the first one. */
export const opener =
  (servers: readonly TelegramServer[], log: Log = createLog('silent')) =>
  (platform: string, token: string): Channel | null => {
    const server = servers.find((one) => one.token === token) ?? servers[0]
    if (platform !== 'telegram' || !server) return null
    const times = { pollSeconds: 1, backoffMs: 20, backoffMaxMs: 50 }
    return createTelegramChannel({ token, apiRoot: server.apiRoot, mode: 'polling', times }, log)
  }

export const addedBots = (servers: readonly TelegramServer[], key: Uint8Array | null = BOT_KEY) => ({
  seal: createSeal(key),
  open: opener(servers),
})

/** What the one-time page does once the platform has told us who the bot is. */
export async function adds(
  app: App,
  now: Date,
  bot: Readonly<{ server: TelegramServer; unitId: string | null; by: { personId: string; chatId: string } }>,
): Promise<string> {
  const { server, unitId, by } = bot
  const account = {
    externalId: String(server.bot.id),
    username: server.bot.username,
    quota: { messagesPerMonth: null, people: null },
  }
  const wanted = { platform: 'telegram', token: server.token, account, unitId, by, cause: `test:${server.bot.id}` }
  const isOpen = (id: string) => app.lines.some((line) => line.botId() === id)
  const deps = { seal: createSeal(BOT_KEY), zone: ZONE, codeKey: CODE_KEY, deepLink, isOpen }
  await inTransaction(app.db, (tx) => addBot(tx, now, wanted, deps))
  await app.settle()
  const row = await app.db.bot.findFirstOrThrow({ where: { platform: 'telegram', externalId: account.externalId } })
  return row.id
}

/** One instance on a database that outlives it. */
export async function openInstance(
  database: Readonly<{ url: string }>,
  parts: Readonly<{
    now: string
    channels?: readonly Channel[]
    servers: readonly TelegramServer[]
    key?: Uint8Array | null
    log?: Log
  }>,
): Promise<{ app: App; close: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-bots-'))
  const app = createTestApp({
    url: database.url,
    dataDir,
    clock: { now: () => at(parts.now) },
    channels: parts.channels ?? [],
    bots: addedBots(parts.servers, parts.key),
    ...(parts.log ? { log: parts.log } : {}),
  })
  await app.start()
  return {
    app,
    close: async () => {
      await app.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export { openTestDatabase }
