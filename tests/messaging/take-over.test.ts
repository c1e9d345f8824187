import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeEach, expect, test } from 'vitest'
import { createLog } from '../../src/core/log.js'
import { createLockKeeper } from '../../src/database/lock-keeper.js'
import { aCable } from '../support/cable.js'
import { scriptedChannel } from '../support/scripted-channel.js'
import { openPostOffice, type PostOffice } from './post-office.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What is promised of a take-over. */
const WITHIN = { timeout: 5_000 }

let office: PostOffice
let bot: Awaited<ReturnType<PostOffice['bot']>>
let chatId: string
const ends: (() => unknown)[] = []
beforeEach(async () => {
  office = await openPostOffice()
  bot = await office.bot('telegram')
  chatId = await office.link(await office.person(), bot.id, 'chat')
  return async () => {
    for (const end of ends.splice(0).reverse()) await end()
    await office.close()
  }
})

/** A process of its own that holds the bot's lock by our own code, and has one message in flight. */
async function startHolder(lockKey: number): Promise<ChildProcess> {
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, '.cache', 'holder-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const source = readFileSync(join(ROOT, 'src/database/locks.ts'), 'utf8')
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
  writeFileSync(join(folder, 'locks.mjs'), ts.transpileModule(source, { compilerOptions }).outputText)
  const program = `import { openLockConnection } from ${JSON.stringify(join(folder, 'locks.mjs'))}
    const held = await openLockConnection(${JSON.stringify(office.url)}, { warn() {} })
    if (!(await held.tryLock(${lockKey}))) process.exit(1)
    await held.query("UPDATE delivery SET state = 'in_flight', in_flight_since = now(), attempts = 1")
    process.stdout.write('ready')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: ROOT })
  ends.push(() => child.kill('SIGKILL'))
  await new Promise<void>((ready, failed) => {
    child.stdout.once('data', () => ready())
    child.once('exit', (code) => failed(new Error(`the holder ended: ${code}`)))
  })
  return child
}

test('the instance that held the bot is killed: another sends within 5 s, what was in flight only after its time', async () => {
  await office.write({ chatId }, 'in doubt')
  const holder = await startHolder(bot.lockKey)
  await office.write({ chatId }, 'next')
  const other = office.send(bot, () => {}, { callTimeoutMs: 1_000 })
  await expect.poll(async () => (await office.fates()).join()).toBe('chat in_flight,chat queued')
  expect([other.sender.holdsLock(), other.texts()]).toEqual([false, []])
  holder.kill('SIGKILL')
  await expect.poll(() => other.sender.holdsLock(), WITHIN).toBe(true)
  await expect.poll(other.texts, WITHIN).toEqual(['in doubt', 'next'])
  const tried = async () => (await office.db.delivery.findMany()).map((one) => `${one.state} ${one.attempts}`).sort()
  // A call that was made is recorded by the look after it.
  await expect.poll(tried, WITHIN).toEqual(['sent 1', 'sent 2'])
})

test('the connection of the instance that held the bot is cut: another takes over, the first sends no more', async () => {
  const cable = await aCable(office.url)
  ends.push(cable.close)
  const locks = createLockKeeper(cable.url, createLog('silent'))
  ends.push(() => locks.close())
  const first = scriptedChannel(() => {})
  const holder = office.sendBy(bot, first.channel, locks)
  await office.write({ chatId }, 'one')
  await expect.poll(first.texts).toEqual(['one'])
  // What was sent and not recorded yet when the connection goes would be sent once more.
  await expect.poll(async () => (await office.fates()).join()).toBe('chat sent')
  const second = office.send(bot)
  cable.cut()
  await office.write({ chatId }, 'two')
  holder.sender.wake()
  await expect.poll(second.texts, WITHIN).toEqual(['two'])
  await expect.poll(() => [holder.sender.holdsLock(), second.sender.holdsLock()]).toEqual([false, true])
  expect(first.texts()).toEqual(['one'])
})
