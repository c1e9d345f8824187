import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aChannel, aServer } from '../channels/telegram/setup.js'
import type { Fault, Person, TelegramServer } from '../support/telegram/index.js'
import { NOW, openPostOffice, type PostOffice } from './post-office.js'

type Bot = Awaited<ReturnType<PostOffice['bot']>>
type Case = Readonly<{
  name: string
  fault: (here: { server: TelegramServer; person: Person }) => void
  /** How often the platform was called, how often the person sees it, what became of it there, and by which other way. */
  expected: Readonly<{ calls: number; seen: number; fate: string; attempts: number; otherwise: number }>
}>

const HOUR = 3_600_000
let office: PostOffice
let server: TelegramServer
let telegram: Bot
let other: ReturnType<PostOffice['send']>
let otherBot: Bot
const table: string[][] = []

beforeEach(async () => {
  office = await openPostOffice()
  server = await aServer()
  telegram = await office.bot('telegram')
  otherBot = await office.bot('zalo')
  other = office.send(otherBot)
  office.sendBy(telegram, aChannel(server))
})
afterEach(async () => {
  vi.useRealTimers()
  await office.close()
})

const next =
  (fault: Fault, times = 1): Case['fault'] =>
  (here) =>
    here.server.faults.next('sendMessage', fault, times)
const sent = { seen: 1, fate: 'sent', otherwise: 0 }

/** Sets the machine's clock and the house's by so much, while something waits. */
const setClocks = (ms: number): void => {
  const real = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: real + ms })
  office.clock.now = new Date(NOW.getTime() + ms)
}
const setLater = (ms: number): Case['fault'] => {
  const failOnce = next({ kind: 'status', status: 500 })
  return (here) => {
    failOnce(here)
    void here.server.until(() => here.server.callsOf('sendMessage')[0]).then(() => setClocks(ms))
  }
}

const CASES: readonly Case[] = [
  { name: 'nothing goes wrong', fault: () => {}, expected: { ...sent, calls: 1, attempts: 1 } },
  {
    name: '429, retry_after 1',
    fault: next({ kind: 'too-many', retryAfter: 1 }),
    expected: { ...sent, calls: 2, attempts: 1 },
  },
  { name: '429 without retry_after', fault: next({ kind: 'too-many' }), expected: { ...sent, calls: 2, attempts: 2 } },
  { name: '500', fault: next({ kind: 'status', status: 500 }), expected: { ...sent, calls: 2, attempts: 2 } },
  {
    name: '403 blocked',
    fault: ({ person }) => person.blocks(),
    expected: { calls: 1, seen: 0, fate: 'failed:blocked', attempts: 1, otherwise: 1 },
  },
  {
    name: '400, our mistake',
    fault: next({ kind: 'status', status: 400 }),
    expected: { calls: 1, seen: 0, fate: 'failed:bad-request', attempts: 1, otherwise: 1 },
  },
  {
    name: '401, token revoked',
    fault: () => server.revokeToken(),
    expected: { calls: 0, seen: 0, fate: 'failed:unauthorized', attempts: 0, otherwise: 1 },
  },
  // It may have arrived and did: said in the promise, one a chat at most.
  {
    name: 'dropped after accept',
    fault: next({ kind: 'drop' }),
    expected: { calls: 2, seen: 2, fate: 'sent', attempts: 2, otherwise: 0 },
  },
  {
    name: 'malformed JSON',
    fault: next({ kind: 'malformed' }),
    expected: { calls: 2, seen: 2, fate: 'sent', attempts: 2, otherwise: 0 },
  },
  { name: 'hangs', fault: next({ kind: 'hang' }), expected: { ...sent, calls: 2, attempts: 2 } },
  { name: '500, clock set back 1 h', fault: setLater(-HOUR), expected: { ...sent, calls: 2, attempts: 2 } },
  { name: '500, clock set forward 1 h', fault: setLater(HOUR), expected: { ...sent, calls: 2, attempts: 2 } },
]

test.each(CASES)('$name', async ({ name, fault, expected }) => {
  const someone = await office.person()
  const person = server.person({ id: 501, name: 'Lan' })
  person.says('/start')
  await office.link(someone, telegram.id, '501', 1)
  await office.link(someone, otherBot.id, 'zalo', 2)
  fault({ server, person })
  await office.write({ personId: someone }, 'Nhắc họp')
  await expect.poll(office.outbox, { timeout: 10_000 }).toEqual(['sent'])
  const row = await office.db.delivery.findFirstOrThrow({ where: { botId: telegram.id } })
  const calls = server.callsOf('sendMessage')
  const happened = {
    calls: calls.length,
    seen: person.messages().filter((one) => one.text === 'Nhắc họp').length,
    fate: `${row.state}${row.failureCode ? `:${row.failureCode}` : ''}`,
    attempts: row.attempts,
    otherwise: other.calls.length,
  }
  table.push([name, ...Object.values(happened).map(String)])
  expect(happened).toEqual(expected)
  if (name.startsWith('429, retry')) expect((calls[1]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_000)
})

test('blocked, and no other way: unreachable; the table', async () => {
  const someone = await office.person()
  const person = server.person({ id: 501, name: 'Lan' })
  await office.link(someone, telegram.id, '501')
  person.blocks()
  await office.write({ personId: someone }, 'Nhắc họp')
  await expect.poll(office.outbox).toEqual(['unreachable'])
  table.push(['403, no other way', '1', '0', (await office.fates())[0]?.slice(4) ?? '', '1', '0'])
  expect(table.at(-1)?.[3]).toBe('failed:blocked')
  const heads = ['fault', 'calls', 'seen', 'fate there', 'attempts', 'otherwise']
  const widths = heads.map((_, n) => Math.max(...[heads, ...table].map((row) => row[n]?.length ?? 0)))
  const line = (row: readonly string[]): string => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ')
  process.stdout.write(`${[heads, ...table].map(line).join('\n')}\n`)
})
