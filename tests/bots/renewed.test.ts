import { beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.js'
import { addBot } from '../../src/bots/adding.js'
import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import { parseConfig } from '../../src/config.js'
import { note } from '../../src/conversation/messages.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import { createSeal } from '../../src/core/seal.js'
import { inTransaction } from '../../src/database/client.js'
import { examine } from '../../src/doctor.js'
import type { Channel } from '../../src/messaging/channel.js'
import { enqueue, outgoing, PRIORITY } from '../../src/messaging/outbox.js'
import { deepLink } from '../../src/platforms.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'
import { at, CODE_KEY, createTestApp, ZONE } from '../support/house.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import { startTelegramServer, type TelegramServer } from '../support/telegram/index.js'
import { BOT_KEY, tokenOf } from './scene.js'

const START = at('2026-11-20 08:00').getTime()
const ID = 7000000041
const PERSON = 501

let database: TestDatabase
let server: TelegramServer
let app: App
let minute: number
let personId: string

const clock = { now: () => new Date(START + minute * 60_000) }

const channelBy = (token: string): Channel => {
  const times = { pollSeconds: 1, backoffMs: 20, backoffMaxMs: 50 }
  return createTelegramChannel({ token, apiRoot: server.apiRoot, mode: 'polling', times }, createLog('silent'))
}

/** One more instance. `token`: what stands in `.env`. */
async function anInstance(token: string | null): Promise<App> {
  minute += 1
  const app = createTestApp({
    url: database.url,
    dataDir: '/nonexistent',
    clock,
    channels: token ? [channelBy(token)] : [],
    bots: { seal: createSeal(BOT_KEY), open: (_, added) => channelBy(added) },
    publicUrl: 'https://kyhop.example.vn',
  })
  await app.start()
  await app.lookAtBots()
  return app
}

const start = async (token: string | null): Promise<void> => {
  app = await anInstance(token)
}

/** As the one-time page does, once the platform has said whose token it is. */
async function enters(token: string): Promise<void> {
  minute += 1
  const quota = { messagesPerMonth: null, people: null }
  const account = { externalId: String(ID), username: server.bot.username, quota }
  const wanted = { platform: 'telegram', token, account, unitId: null, by: null, cause: `page:${minute}` }
  const isOpen = (id: string) => app.lines.some((line) => line.botId() === id)
  const deps = { seal: createSeal(BOT_KEY), zone: ZONE, codeKey: CODE_KEY, deepLink, isOpen }
  await inTransaction(app.db, (tx) => addBot(tx, clock.now(), wanted, deps))
  await app.lookAtBots()
}

const theBot = () => database.db.bot.findFirstOrThrow({ where: { platform: 'telegram' } })

/** The platform takes the token no more, and a minute's look has written it down. */
const isRevoked = (): Promise<void> => isRevokedAt(app)

async function isRevokedAt({ lines }: App): Promise<void> {
  server.revokeToken()
  await expect.poll(() => lines.some((line) => line.state().code === 'unauthorized')).toBe(true)
  for (const line of lines) await line.recover()
  expect(await theBot()).toMatchObject({ state: 'refused', stateCode: 'unauthorized' })
}

async function tells(word: string): Promise<void> {
  const data = { key: 'bots.added', params: { name: word }, choices: [] }
  const expiresAt = new Date(clock.now().getTime() + 3_600_000)
  const rest = { causeKey: `test:${word}`, personId, priority: PRIORITY.notice, expiresAt }
  await enqueue(database.db, clock.now(), [outgoing(note, data, rest)])
  await app.settle()
}

const told = () =>
  server
    .callsOf('sendMessage')
    .filter((one) => one.status === 200 && one.payload.chat_id === PERSON)
    .flatMap((one) => /Đã thêm bot (.+?)\. Bot/.exec(String(one.payload.text))?.[1] ?? [])

/** What the bot itself has said of its own end: once it speaks again, nothing. */
const refusals = () =>
  server.callsOf('sendMessage').filter((one) => String(one.payload.text).includes('không còn nhận mã của bot'))

const noticeOf = async () => {
  const [row] = await database.db.outbox.findMany({ where: { subject: { startsWith: 'bot:' } } })
  return row?.data
}

const doctor = async (token: string) => {
  const findings = await examine({
    config: parseConfig({ DATABASE_URL: database.url, TELEGRAM_BOT_TOKEN: token }, '/tmp'),
    database: { url: database.url, directUrl: database.url },
    db: database.db,
    now: clock.now(),
    migrations: 'prisma/migrations',
    channels: [channelBy(token)],
  })
  return findings.filter(({ code }) => code.startsWith('bot-'))
}

beforeEach(async () => {
  minute = 0
  database = await openTestDatabase()
  server = await startTelegramServer({ token: tokenOf(ID), username: 'kyhop_bot', pollSecondMs: 20 })
  await start(server.token)
  const house = { db: database.db, now: clock.now() } as never
  personId = await aPerson(house, 'Vàng A Quản Trị', await aUnit(house, 'Chi bộ Suối Mơ'))
  await appoint(house, personId, 'administrator', null)
  const bot = await theBot()
  const chat = { id: newId(), botId: bot.id, externalId: String(PERSON), kind: 'private' as const }
  await database.db.chat.create({ data: { ...chat, createdAt: clock.now() } })
  await database.db.chatLink.create({ data: { id: newId(), personId, chatId: chat.id, linkedAt: clock.now() } })
  server.person({ id: PERSON, name: 'Vàng' }).chat.refusal = null
  await tells('trước')
  return async () => {
    await app.stop()
    await server.close()
    await database.close()
  }
})
describe('the token of the environment is revoked', () => {
  test('the administrator is told what to change where; a restart with the new one sends what waited, once', async () => {
    await isRevoked()
    const old = tokenOf(ID)
    expect(await doctor(old)).toMatchObject([
      { state: 'wrong', code: 'bot-refused-env', params: { name: 'kyhop_bot', setting: 'TELEGRAM_BOT_TOKEN' } },
    ])
    await tells('trong lúc ngừng')
    expect(told()).toEqual(['trước'])
    expect(await noticeOf()).toMatchObject({
      key: 'bots.refused.from-environment-or-page',
      params: { setting: 'TELEGRAM_BOT_TOKEN' },
    })
    const renewed = server.renewToken()
    expect((await doctor(renewed)).map((one) => one.code)).toEqual(['bot-restart'])
    await app.stop()
    await start(renewed)
    await app.settle()
    await app.settle()
    expect(await theBot()).toMatchObject({ state: 'active' })
    expect(told()).toEqual(['trước', 'trong lúc ngừng'])
    expect(refusals()).toEqual([])
  })

  test('a new one entered on the page is taken at once, without a restart', async () => {
    await isRevoked()
    await tells('trong lúc ngừng')
    await enters(server.renewToken())
    await app.settle()
    await app.settle()
    expect(app.lines.map((line) => line.state())).toMatchObject([{ state: 'running', sending: true }])
    expect(told()).toEqual(['trước', 'trong lúc ngừng'])
    expect(refusals()).toEqual([])
    await app.stop()
    // `.env` still has the old one.
    await start(tokenOf(ID))
    await tells('sau')
    expect(told()).toEqual(['trước', 'trong lúc ngừng', 'sau'])
  })

  test('named twice, by `.env` and on the page, a bot has one line, which asks and sends', async () => {
    await isRevoked()
    const renewed = server.renewToken()
    await enters(renewed)
    await app.stop()
    await start(renewed)
    await app.lookAtBots()
    expect(app.lines.map((line) => line.state().sending)).toEqual([true])
    await tells('sau')
    expect(told()).toEqual(['trước', 'sau'])
  })
})

test('an added bot’s token is revoked and renewed: taken without a restart, and nothing doubled', async () => {
  await app.stop()
  await start(null)
  await enters(server.token)
  await isRevoked()
  await tells('trong lúc ngừng')
  await enters(server.renewToken())
  await app.settle()
  await app.settle()
  expect(told()).toEqual(['trước', 'trong lúc ngừng'])
  expect(app.lines.map((line) => line.state().state)).toEqual(['running'])
})

test('another instance that still has the old token refuses the new one no more, and gives the bot’s lock away', async () => {
  await app.stop()
  await start(null)
  await enters(server.token)
  const other = app
  app = await anInstance(null)
  await isRevokedAt(other)
  await enters(server.renewToken())
  await tells('sau')
  // What a minute does there: its line has not been looked at yet.
  for (const line of [...other.lines]) await line.recover()
  expect(await theBot()).toMatchObject({ state: 'active' })
  await expect.poll(() => app.lines.map((line) => line.state().sending), { timeout: 5_000 }).toEqual([true])
  await app.settle()
  expect(told()).toEqual(['trước', 'sau'])
  await other.stop()
})
