import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '../../src/config.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import { createSeal } from '../../src/core/seal.js'
import { examine } from '../../src/doctor.js'
import type { TestDatabase } from '../support/database.js'
import { at } from '../support/house.js'
import type { TelegramServer } from '../support/telegram/index.js'
import { aTelegram, BOT_KEY, opener, openInstance, openTestDatabase } from './scene.js'

const NOW = '2026-11-20 08:00'
const servers: TelegramServer[] = []
let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  for (const [id, name] of [
    [7000000011, 'mot_bot'],
    [7000000012, 'hai_bot'],
    [7000000013, 'ba_bot'],
  ] as const)
    servers.push(await aTelegram(id, name))
})
afterAll(async () => {
  for (const server of servers) await server.close()
  await database.close()
})

const serverAt = (n: number): TelegramServer => {
  const server = servers[n]
  if (!server) throw new Error('no such server')
  return server
}

/** A bot as the page keeps it. */
async function kept(server: TelegramServer, key: Uint8Array): Promise<string> {
  const id = newId()
  const account = { platform: 'telegram', externalId: String(server.bot.id), username: server.bot.username }
  const credentials = createSeal(key).seal(server.token, id)
  await database.db.bot.create({ data: { id, ...account, credentials, createdAt: at(NOW) } })
  return id
}

const polls = (server: TelegramServer) => server.callsOf('getUpdates').length

test('every instance opens what was added, at its start and later; a wrong key keeps the others running', async () => {
  await kept(serverAt(0), BOT_KEY)
  await kept(serverAt(1), new Uint8Array(32).fill(1))
  const printed: string[] = []
  const stream = new PassThrough().on('data', (chunk) => printed.push(String(chunk)))
  const log = createLog('info', stream)
  const one = await openInstance(database, { now: NOW, servers, log })
  await one.app.lookAtBots()
  expect(one.app.lines.map((line) => line.channel.state().state)).toEqual(['running'])
  const two = await openInstance(database, { now: NOW, servers, log })
  await two.app.lookAtBots()
  await kept(serverAt(2), BOT_KEY)
  for (const { app } of [one, two]) {
    await app.lookAtBots()
    expect(app.lines).toHaveLength(2)
  }
  expect(polls(serverAt(1))).toBe(0)
  await Promise.all([one.close(), two.close()])
  expect(printed.join('')).toContain('wrong-key')
  for (const server of servers) expect(printed.join('')).not.toContain(server.token)
})

test('without the key nothing added runs; with it everything does again', async () => {
  const without = await openInstance(database, { now: NOW, servers, key: null })
  await without.app.lookAtBots()
  expect(without.app.lines).toHaveLength(0)
  await without.close()
  const again = await openInstance(database, { now: NOW, servers })
  await again.app.lookAtBots()
  expect(again.app.lines).toHaveLength(2)
  await again.close()
})

const doctor = async (env: Record<string, string>) => {
  const config = parseConfig({ DATABASE_URL: database.url, TELEGRAM_API_ROOT: serverAt(0).apiRoot, ...env }, '/tmp')
  const channels = env.TELEGRAM_BOT_TOKEN ? [opener(servers)('telegram', env.TELEGRAM_BOT_TOKEN)] : []
  const findings = await examine({
    config,
    database: { url: database.url, directUrl: database.url },
    db: database.db,
    now: at(NOW),
    migrations: 'prisma/migrations',
    channels: channels.filter((one) => one !== null),
  })
  return findings.flatMap(({ code, params }) =>
    code.startsWith('added.') ? [[code, params?.name ?? params?.count]] : [],
  )
}

test('the doctor says which bot has what, and that a key is missing or another', async () => {
  expect(await doctor({})).toEqual([['added.no-key', 3]])
  const key = Buffer.from(BOT_KEY)
  // The third stands at another address than the one that is asked: there its token is unknown.
  const expected = [
    ['added.answers', 'mot_bot'],
    ['added.wrong-key', 'hai_bot'],
    ['added.refused', 'ba_bot'],
  ]
  expect(await doctor({ BOT_KEY: key.toString('hex') })).toEqual(expected)
  expect(await doctor({ BOT_KEY: key.toString('base64') })).toEqual(expected)
})
