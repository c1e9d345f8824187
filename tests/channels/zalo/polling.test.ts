import { describe, expect, test } from 'vitest'
import { aChannel, aGate, aLog, anInbox, aServer, TOKEN } from './setup.js'

type Server = Awaited<ReturnType<typeof aServer>>

const allStored = (server: Server) => server.until(() => server.pendingUpdates() === 0 || undefined)

describe('polling', () => {
  test('receives what people say and send, one a call', async () => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    const channel = aChannel(server)
    const inbox = anInbox()
    expect(await channel.identify()).toEqual({ externalId: '4000000001', username: 'bot.KyHopThu' })
    await channel.start(inbox.receive)
    expect(channel.state()).toEqual({ state: 'running' })
    lan.says('/start 12345678')
    lan.says('em vắng ạ')
    lan.sendsSticker()
    lan.sendsVoice()
    lan.sendsPhoto('em ốm')
    lan.sendsSomethingElse()
    await allStored(server)
    expect([...inbox.stored.values()].map((payload) => channel.decode(payload)?.content)).toEqual([
      { kind: 'start', code: '12345678' },
      { kind: 'text', text: 'em vắng ạ' },
      ...Array(4).fill({ kind: 'unreadable' }),
    ])
    expect(server.callsOf('getUpdates').filter(({ code }) => code === 200)).toHaveLength(6)
    expect(server.callsOf('getUpdates')[0]?.payload).toEqual({ timeout: '2' })
    expect(lan.counts).toEqual({ taps: 0, lines: 6 })
  })

  test('an empty poll is nothing to speak of', async () => {
    const server = await aServer({ pollSecondMs: 5 })
    const { lines, log } = aLog()
    const channel = aChannel(server, { times: { backoffMs: 1 } }, { lines, log })
    await channel.start(anInbox().receive)
    await server.until(() => server.callsOf('getUpdates').filter(({ code }) => code === 408)[2])
    expect(channel.state()).toEqual({ state: 'running' })
    expect(lines).toEqual([])
  })

  test('a server that does not wait is not asked without end', async () => {
    const server = await aServer({ pollSecondMs: 0 })
    const channel = aChannel(server, { times: { backoffMs: 60_000 } })
    await channel.start(anInbox().receive)
    await server.until(() => server.callsOf('getUpdates')[0])
    await channel.stop()
    expect(server.callsOf('getUpdates')).toHaveLength(1)
  })

  test('what could not be stored is kept until it is, because the platform does not give it again', async () => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    const channel = aChannel(server)
    const inbox = anInbox()
    const seen: string[] = []
    let failures = 3
    await channel.start(async (updates) => {
      seen.push(...updates.map(({ externalId }) => externalId))
      if (failures-- > 0) throw new Error('database away')
      expect(channel.state()).toEqual({ state: 'failing', code: 'not-stored' })
      await inbox.receive(updates)
    })
    lan.says('em vắng')
    await server.until(() => (server.pendingUpdates() === 0 && inbox.stored.size === 1) || undefined)
    expect(new Set(seen).size).toBe(1)
    expect(seen).toHaveLength(4)
    await expect.poll(channel.state, { interval: 5 }).toEqual({ state: 'running' })
  })

  test('a stop waits for what is being stored, and tries what was not stored once more', async () => {
    const server = await aServer()
    const channel = aChannel(server, { times: { backoffMs: 60_000, backoffMaxMs: 60_000 } })
    const inbox = anInbox()
    const reached = aGate()
    let failures = 1
    await channel.start(async (updates) => {
      reached.open()
      if (failures-- > 0) throw new Error('database away')
      await inbox.receive(updates)
    })
    server.person({ id: 1, name: 'Lan' }).says('em vắng')
    await reached.passed
    await channel.stop()
    expect(inbox.stored.size).toBe(1)
    expect(channel.state()).toEqual({ state: 'stopped' })
  })

  test('what is lost for good is said in the log, without its words', async () => {
    const server = await aServer()
    const { lines, log } = aLog()
    const channel = aChannel(server, { times: { backoffMs: 60_000, backoffMaxMs: 60_000 } }, { lines, log })
    const reached = aGate()
    await channel.start(async () => {
      reached.open()
      throw new Error('database away: em vắng')
    })
    server.person({ id: 1, name: 'Lan' }).says('em vắng')
    await reached.passed
    await channel.stop()
    expect(lines.at(-1)).toContain('is lost')
    expect(lines.join('')).not.toMatch(/em vắng|Lan/)
  })

  test('takes away a webhook first, whoever set it and whenever', async () => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    server.webhooksTo('http://127.0.0.1:9')
    const hooked = aChannel(server, { mode: 'webhook', publicUrl: 'https://kyhop.example' })
    await hooked.start(anInbox().receive)
    await hooked.stop()
    const inbox = anInbox()
    const channel = aChannel(server)
    await channel.start(inbox.receive)
    lan.says('chào')
    await server.until(() => (inbox.stored.size === 1 && server.pendingUpdates() === 0) || undefined)
    await aChannel(server, { mode: 'webhook', publicUrl: 'https://kyhop.example' }).start(anInbox().receive)
    await server.until(() => server.callsOf('deleteWebhook')[1])
    lan.says('còn đó không')
    await server.until(() => (inbox.stored.size === 2 && server.pendingUpdates() === 0) || undefined)
    await expect.poll(channel.state, { interval: 5 }).toEqual({ state: 'running' })
  })

  test('two instances never lose an update between them', async () => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    const inbox = anInbox()
    await Promise.all([aChannel(server).start(inbox.receive), aChannel(server).start(inbox.receive)])
    for (let n = 0; n < 20; n++) lan.says(`${n}`)
    await expect.poll(() => inbox.stored.size, { interval: 5 }).toBe(20)
  })

  test('stopped, it may be started again', async () => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    const inbox = anInbox()
    const channel = aChannel(server)
    await channel.start(inbox.receive)
    await channel.stop()
    lan.says('còn đó không')
    await channel.start(inbox.receive)
    await expect.poll(() => inbox.stored.size, { interval: 5 }).toBe(1)
    expect(channel.state()).toEqual({ state: 'running' })
  })

  test('stop ends the long poll at once; behind a proxy with a path', async () => {
    const server = await aServer({ prefix: '/zalo/api', pollSecondMs: 60_000 })
    const channel = aChannel(server)
    await channel.start(anInbox().receive)
    server.person({ id: 1, name: 'Lan' }).says('chào')
    await allStored(server)
    await channel.stop()
    expect(channel.state()).toEqual({ state: 'stopped' })
  })
})

describe('when receiving fails', () => {
  test('a refused token stops it for good', async () => {
    const server = await aServer()
    const channel = aChannel(server, { token: '4000000001:someOtherToken-abcdef' })
    await channel.start(anInbox().receive)
    expect(channel.state()).toEqual({ state: 'failing', code: 'unauthorized' })
    await channel.stop()
    expect(channel.state()).toEqual({ state: 'failing', code: 'unauthorized' })
    await expect(channel.identify()).rejects.toMatchObject({ code: 'common.error.zalo-unauthorized' })
    const away = aChannel(server, { apiRoot: 'http://127.0.0.1:9' })
    await expect(away.identify()).rejects.toMatchObject({ code: 'common.error.zalo-unreachable' })
  })

  test('a token that is revoked later, too', async () => {
    const server = await aServer()
    const channel = aChannel(server)
    await channel.start(anInbox().receive)
    server.revokeToken()
    server.person({ id: 1, name: 'Lan' }).says('chào')
    await expect.poll(channel.state, { interval: 5 }).toEqual({ state: 'failing', code: 'unauthorized' })
  })

  test.each([
    ['a hanging link is noticed by the watchdog', { kind: 'hang' }],
    ['a broken connection', { kind: 'drop' }],
    ['403, their server error', { kind: 'status', status: 403 }],
    ['a spent quota', { kind: 'too-many' }],
    ['nonsense', { kind: 'malformed' }],
  ] as const)('%s, and it goes on', async (_, fault) => {
    const server = await aServer({ pollSecondMs: 20 })
    const lan = server.person({ id: 1, name: 'Lan' })
    const channel = aChannel(server, { times: { pollGiveUpMs: 1000, backoffMs: 50 } })
    const inbox = anInbox()
    server.faults.next('getUpdates', fault)
    await channel.start(inbox.receive)
    await expect
      .poll(channel.state, { interval: 5, timeout: 10_000 })
      .toEqual({ state: 'failing', code: 'unreachable' })
    await expect.poll(channel.state, { interval: 5, timeout: 10_000 }).toEqual({ state: 'running' })
    lan.says('chào')
    await server.until(() => (inbox.stored.size === 1 && server.pendingUpdates() === 0) || undefined)
  })

  test('neither the token nor a text reaches the log', async () => {
    const server = await aServer()
    const { lines, log } = aLog()
    const channel = aChannel(server, {}, { lines, log })
    server.faults.next('getWebhookInfo', { kind: 'malformed' })
    server.faults.next('getWebhookInfo', { kind: 'drop' })
    server.person({ id: 1, name: 'Lan' }).says('bí mật')
    await channel.start(anInbox().receive)
    await allStored(server)
    expect(lines).toHaveLength(2)
    expect(lines.join('')).not.toMatch(new RegExp(`${TOKEN.split(':')[1]}|bí mật|Lan`))
  })
})
