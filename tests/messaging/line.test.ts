import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadTranslations } from '../../src/core/i18n.js'
import { createLog } from '../../src/core/log.js'
import type { Db } from '../../src/database/client.js'
import { createLockKeeper } from '../../src/database/lock-keeper.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import type { Channel } from '../../src/messaging/channel.js'
import { createComposer } from '../../src/messaging/compose.js'
import { createLine } from '../../src/messaging/line.js'
import { joinRenderers } from '../../src/messaging/renderer.js'
import { aCable } from '../support/cable.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'
import { scriptedChannel } from '../support/scripted-channel.js'

const log = createLog('silent')
let database: TestDatabase
beforeEach(async () => {
  database = await openTestDatabase()
})
afterEach(() => database.close())

function aLine(change: Partial<Channel>, db: Db = database.db, keeper = createLockKeeper(database.url, log)) {
  const { channel } = scriptedChannel(() => {})
  let acquired = 0
  const locks = {
    ...keeper,
    acquire: (key: number) => {
      acquired += 1
      return keeper.acquire(key)
    },
  }
  const line = createLine({
    channel: { ...channel, ...change },
    db,
    locks,
    handler: { handle: async () => {}, refuse: async () => {} },
    composer: createComposer({
      now: () => new Date(),
      db,
      renderers: joinRenderers([]),
      translations: loadTranslations(`${import.meta.dirname}/../../locales`),
      blobs: openBlobs('/nonexistent'),
      channel,
      defaultLocale: 'vi',
    }),
    now: () => new Date(),
    log,
    concurrency: 2,
    onHandled: () => {},
  })
  return { line, acquired: () => acquired, close: () => keeper.close() }
}

describe('a line', () => {
  test('stops at once while the platform does not say who we are, and opens nothing afterwards', async () => {
    let answer: (account: { externalId: string; username: null }) => void = () => {}
    let started = false
    const { line, close } = aLine({
      identify: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
      start: async () => {
        started = true
      },
    })
    const starting = line.start()
    await wait(50)
    const began = performance.now()
    await line.stop()
    expect(performance.now() - began).toBeLessThan(1_000)
    answer({ externalId: '1', username: null })
    await starting
    await wait(300)
    expect([started, line.botId(), line.state().sending]).toEqual([false, null, false])
    await close()
  })

  test('a token that is refused while receiving is written down; an account that answers again is active', async () => {
    let code = 'unauthorized'
    const refused = aLine({ state: () => ({ state: 'failing', code }) })
    await refused.line.start()
    await refused.line.recover()
    const stateOf = async () => (await database.db.bot.findFirstOrThrow()).state
    expect(await stateOf()).toBe('refused')
    await refused.line.stop()
    await refused.close()
    code = 'conflict'
    const renewed = aLine({ state: () => ({ state: 'failing', code }) })
    await renewed.line.start()
    await renewed.line.recover()
    expect(await stateOf()).toBe('active')
    await renewed.line.stop()
    await renewed.close()
  })

  test('where a platform tells one asker, only the instance with the bot’s lock asks, and the next one after it', async () => {
    const asking = new Set<string>()
    const asks = (name: string) => ({
      polls: true,
      start: async () => void asking.add(name),
      stop: async () => void asking.delete(name),
    })
    const first = aLine(asks('first'))
    const second = aLine(asks('second'))
    await first.line.start()
    await second.line.start()
    expect([...asking]).toEqual(['first'])
    await first.line.stop()
    await expect.poll(() => [...asking], { timeout: 5_000 }).toEqual(['second'])
    await second.line.stop()
    expect([...asking]).toEqual([])
    await Promise.all([first.close(), second.close()])
  })

  test('while the database is away nobody knows whose the bot is: what was asked for is still taken', async () => {
    const asking: string[] = []
    const cable = await aCable(database.url)
    const keeper = createLockKeeper(cable.url, log)
    const { line, close } = aLine(
      { polls: true, start: async () => void asking.push('start'), stop: async () => void asking.push('stop') },
      database.db,
      keeper,
    )
    await line.start()
    cable.cut()
    await expect.poll(() => line.state().sending, { timeout: 5_000 }).toBe(false)
    cable.mend()
    await expect.poll(() => line.state().sending, { timeout: 5_000 }).toBe(true)
    expect(asking).toEqual(['start'])
    await line.stop()
    await close()
    cable.close()
  })

  test('what could not be opened whole leaves no sender behind', async () => {
    const db = new Proxy(database.db, {
      get: (target, key) => {
        if (key === '$queryRaw') return () => Promise.reject(new Error('the database is away'))
        return target[key as keyof Db]
      },
    })
    const { line, acquired, close } = aLine({}, db)
    await line.start()
    await wait(300)
    expect(acquired()).toBe(0)
    await line.stop()
    await close()
  })
})
