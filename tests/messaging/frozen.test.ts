import { beforeEach, expect, test } from 'vitest'
import { createLog } from '../../src/core/log.js'
import { createLockKeeper } from '../../src/database/lock-keeper.js'
import { followClock } from '../../src/messaging/clock-step.js'
import { listFrozen } from '../../src/messaging/deliveries.js'
import { SendError } from '../../src/messaging/vocabulary.js'
import { aCable } from '../support/cable.js'
import { type Call, scriptedChannel } from '../support/scripted-channel.js'
import { NOW, openPostOffice, type PostOffice } from './post-office.js'

const HOUR = 3_600
const WITHIN = { timeout: 5_000 }

let office: PostOffice
let bot: Awaited<ReturnType<PostOffice['bot']>>
let one: string
let other: string
let group: string
beforeEach(async () => {
  office = await openPostOffice()
  bot = await office.bot('telegram')
  one = await office.link(await office.person(), bot.id, 'one')
  other = await office.link(await office.person(), bot.id, 'other')
  group = await office.link(await office.person(), bot.id, '-1')
  await office.db.chat.update({ where: { id: group }, data: { kind: 'group' } })
  return office.close
})

/** As Telegram: an hour for the whole bot, or for a group of its own. */
const tooMany = ({ chat }: Pick<Call, 'chat'>): never => {
  throw new SendError({ kind: 'retry-after', seconds: HOUR, scope: chat.startsWith('-') ? 'chat' : 'bot' })
}

const refused = async (text: string): Promise<void> => {
  const frozen = { kind: 'plain', data: { equals: { text } } }
  await expect
    .poll(() => office.db.delivery.count({ where: { failureCode: 'retry-after', outbox: frozen } }), WITHIN)
    .toBe(1)
}

/** The hour is over. */
async function thaws(): Promise<void> {
  const past = new Date(Date.now() - 1_000)
  await office.db.bot.updateMany({ data: { frozenUntil: past } })
  await office.db.chat.updateMany({ data: { frozenUntil: past } })
  await office.db.delivery.updateMany({ where: { state: 'queued' }, data: { retryAt: past } })
}

test('what the platform froze stays so for the instance that takes over, and after a restart', async () => {
  const cable = await aCable(office.url)
  const locks = createLockKeeper(cable.url, createLog('silent'))
  const first = scriptedChannel(tooMany)
  const holder = office.sendBy(bot, first.channel, locks)
  await office.write({ chatId: one }, 'one')
  await refused('one')
  await office.write({ chatId: other }, 'other')
  const second = office.send(bot)
  cable.cut()
  holder.sender.wake()
  await expect.poll(() => second.sender.holdsLock(), WITHIN).toBe(true)
  await second.sender.stop()
  const third = office.send(bot)
  await expect.poll(() => third.sender.holdsLock(), WITHIN).toBe(true)
  await third.sender.stop()
  expect([first.texts(), second.texts(), third.texts()]).toEqual([['one'], [], []])
  await thaws()
  const fourth = office.send(bot)
  await expect.poll(fourth.texts, WITHIN).toEqual(['one', 'other'])
  expect((await office.db.delivery.findMany()).map((row) => row.attempts)).toEqual([1, 1])
  await locks.close()
  await cable.close()
})

test('a group that is frozen holds up nobody else, whoever sends', async () => {
  const first = office.send(bot, (call) => (call.chat === '-1' ? tooMany(call) : undefined))
  await office.write({ chatId: group }, 'group')
  await refused('group')
  await first.sender.stop()
  await office.write({ chatId: group }, 'an answer in it', { priority: 0 })
  await office.write({ chatId: one }, 'one')
  const second = office.send(bot)
  await expect.poll(second.texts, WITHIN).toEqual(['one'])
  await second.sender.stop()
  await thaws()
  const third = office.send(bot)
  await expect.poll(third.texts, WITHIN).toEqual(['an answer in it', 'group'])
})

test('an hour for the bot is an hour for changes of messages too', async () => {
  const { texts, sender } = office.send(bot, (call) => (call.text === 'first' ? tooMany(call) : undefined))
  await office.write({ chatId: other }, 'stands')
  await expect.poll(texts, WITHIN).toEqual(['stands'])
  await office.write({ chatId: one }, 'first')
  await refused('first')
  const changed = await office.db.delivery.findFirstOrThrow({ where: { chatId: other } })
  await office.write({ chatId: other }, 'a change', { operation: 'edit', targetId: changed.id })
  sender.wake()
  // A look that lists it has passed when a word to a presser, which is no message, is done.
  await office.write({ chatId: group }, 'a word', { operation: 'toast', data: { tapId: '1', opens: false } })
  await expect.poll(() => office.db.delivery.count({ where: { operation: 'toast', state: 'sent' } }), WITHIN).toBe(1)
  await sender.stop()
  expect(texts()).toEqual(['stands', 'first'])
})

test('a clock that is put right by an hour does not make the wait an hour longer', async () => {
  const realNow = new Date(NOW.getTime() - HOUR * 1_000)
  const until = new Date(NOW.getTime() + 60_000)
  await office.db.bot.update({ where: { id: bot.id }, data: { frozenUntil: until } })
  await office.db.chat.update({ where: { id: group }, data: { frozenUntil: until } })
  const locks = createLockKeeper(office.url, createLog('silent'))
  const held = await locks.acquire(bot.lockKey)
  if (!held) throw new Error('the lock is not free')
  await followClock(held.query, bot.id, { now: NOW, realNow: NOW }, { now: realNow, realNow })
  expect(await listFrozen(held.query, bot.id, realNow)).toEqual([
    { chatId: null, ms: 60_000 },
    { chatId: group, ms: 60_000 },
  ])
  await locks.close()
})
