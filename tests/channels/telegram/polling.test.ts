import { setMaxListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { aChannel, aGate, aLog, anInbox, aServer, choices, limits, request, signal, TOKEN } from './setup.js'

const offsets = (server: Awaited<ReturnType<typeof aServer>>) =>
  server.callsOf('getUpdates').map(({ payload }) => Number(payload.offset))

describe('polling', () => {
  test('receives what people say, tap and send, and acknowledges the tap', async () => {
    const server = await aServer()
    const lan = server.person({ id: 501, name: 'Lan' })
    const channel = aChannel(server)
    const inbox = anInbox()
    expect(await channel.identify()).toEqual({ externalId: '7000000001', username: 'kyhop_test_bot' })
    expect(channel.deepLink('12345678')).toBe('https://t.me/kyhop_test_bot?start=12345678')
    await channel.start(inbox.receive)
    expect(channel.state()).toEqual({ state: 'running' })
    lan.opens('12345678')
    await server.until(() => (inbox.stored.size === 1 && server.pendingUpdates() === 0) || undefined)
    await channel.send(request(501, { text: 'Có dự không?', choices: choices('Có mặt', 'Vắng') }), signal)
    await (await lan.taps('Vắng')).acknowledged()
    lan.sendsSticker()
    lan.blocks()
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect([...inbox.stored.values()].map((payload) => channel.decode(payload)?.content)).toEqual([
      { kind: 'start', code: '12345678' },
      { kind: 'choice', deliveryId: expect.any(String), index: 1 },
      { kind: 'unreadable' },
      { kind: 'reachability', reachable: false },
    ])
    expect(server.callsOf('getUpdates')[0]?.payload.allowed_updates).toEqual([
      'message',
      'callback_query',
      'my_chat_member',
    ])
    expect(lan.counts).toEqual({ taps: 2, lines: 1 })
  })

  test('confirms a batch only after it is stored: a death in between brings it again', async () => {
    const server = await aServer()
    const lan = server.person({ id: 501, name: 'Lan' })
    lan.says('em vắng')
    const dying = aChannel(server)
    const reached = aGate()
    const death = aGate()
    void dying.start(async () => {
      reached.open()
      await death.passed
      throw new Error('killed before the commit')
    })
    await reached.passed
    expect(server.pendingUpdates()).toBe(1)
    death.open()
    await dying.stop()
    expect(server.pendingUpdates()).toBe(1)

    const inbox = anInbox()
    await aChannel(server).start(inbox.receive)
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect(inbox.stored.size).toBe(1)
  })

  test('a batch that could not be stored is asked for again, and its taps stay unacknowledged until then', async () => {
    const server = await aServer()
    const lan = server.person({ id: 501, name: 'Lan' })
    lan.says('/start')
    const channel = aChannel(server)
    await channel.send(request(501, { text: 'x', choices: choices('Có mặt') }), signal)
    const tap = await lan.taps('Có mặt')
    const inbox = anInbox()
    let failures = 2
    await channel.start(async (updates) => {
      expect(server.callsOf('answerCallbackQuery')).toEqual([])
      if (failures-- > 0) throw new Error('database away')
      await inbox.receive(updates)
    })
    expect(channel.state()).toEqual({ state: 'failing', code: 'not-stored' })
    await tap.acknowledged()
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect(inbox.stored.size).toBe(2)
    expect(channel.state()).toEqual({ state: 'running' })
  })

  test('sends that hang hold up neither an acknowledgement, nor an edit, nor the poll', async () => {
    const server = await aServer()
    const lan = server.person({ id: 501, name: 'Lan' })
    lan.says('/start')
    const channel = aChannel(server, { limits: { ...limits, callTimeoutMs: 60_000 } })
    const { messageId } = await channel.send(request(501, { text: 'x', choices: choices('Có mặt') }), signal)
    server.faults.next('sendMessage', { kind: 'hang' }, 40)
    const giveUp = new AbortController()
    setMaxListeners(40, giveUp.signal)
    const hanging = Array.from({ length: 40 }, () => channel.send(request(501, { text: 'y' }), giveUp.signal))
    await channel.start(anInbox().receive)
    await (await lan.taps('Có mặt')).acknowledged()
    await channel.edit({ ...request(501, { text: 'Đã ghi' }), messageId }, signal)
    giveUp.abort()
    await Promise.allSettled(hanging)
  })

  test('an acknowledgement that comes too late harms nothing', async () => {
    const server = await aServer({ tapLifeMs: -1 })
    const lan = server.person({ id: 501, name: 'Lan' })
    lan.says('/start')
    const channel = aChannel(server)
    await channel.send(request(501, { text: 'x', choices: choices('Có mặt') }), signal)
    await lan.taps('Có mặt')
    await channel.start(anInbox().receive)
    await server.until(() => server.callsOf('answerCallbackQuery')[0])
    expect(channel.state()).toEqual({ state: 'running' })
  })

  test.each([{ kind: 'hang' }, { kind: 'status', status: 502 }] as const)(
    'an acknowledgement that is not answered is said once more: $kind',
    async (fault) => {
      const server = await aServer()
      const lan = server.person({ id: 501, name: 'Lan' })
      lan.says('/start')
      const channel = aChannel(server, { times: { ackMs: 200 } })
      await channel.send(request(501, { text: 'x', choices: choices('Có mặt') }), signal)
      server.faults.next('answerCallbackQuery', fault)
      await channel.start(anInbox().receive)
      await (await lan.taps('Có mặt')).acknowledged()
      expect(server.callsOf('answerCallbackQuery')).toHaveLength(2)
    },
  )

  test('takes away a webhook, and keeps what waited behind it', async () => {
    const server = await aServer()
    const hooked = aChannel(server, { mode: 'webhook', publicUrl: 'https://kyhop.example' })
    server.webhooksTo('http://127.0.0.1:9')
    await hooked.start(anInbox().receive)
    server.person({ id: 501, name: 'Lan' }).says('chào')
    await hooked.stop()
    const inbox = anInbox()
    await aChannel(server).start(inbox.receive)
    expect(inbox.stored.size).toBe(1)
    expect(server.callsOf('deleteWebhook').map(({ payload }) => payload)).toEqual([{}])
  })

  test('stopped, it may be started again', async () => {
    const server = await aServer()
    const lan = server.person({ id: 501, name: 'Lan' })
    const inbox = anInbox()
    const channel = aChannel(server)
    await channel.start(inbox.receive)
    await channel.stop()
    lan.says('em vắng')
    await channel.start(inbox.receive)
    await server.until(() => inbox.stored.size === 1 || undefined)
    expect(channel.state()).toEqual({ state: 'running' })
  })

  test('stop ends the long poll at once and waits for what is being stored', async () => {
    const server = await aServer({ pollSecondMs: 60_000 })
    const channel = aChannel(server, { times: { pollGiveUpMs: 60_000 } })
    const reached = aGate()
    const commit = aGate()
    let stored = false
    await channel.start(async () => {
      reached.open()
      await commit.passed
      stored = true
    })
    server.person({ id: 501, name: 'Lan' }).says('chào')
    await reached.passed
    const stopped = channel.stop()
    commit.open()
    await stopped
    expect(stored).toBe(true)
    expect(channel.state()).toEqual({ state: 'stopped' })

    const idle = aChannel(server, { times: { pollGiveUpMs: 60_000 } })
    await idle.start(anInbox().receive)
    const before = performance.now()
    await idle.stop()
    expect(performance.now() - before).toBeLessThan(1000)
  })

  test('behind a proxy with a path', async () => {
    const server = await aServer({ prefix: '/telegram/api' })
    const lan = server.person({ id: 501, name: 'Lan' })
    const channel = aChannel(server)
    await channel.start(anInbox().receive)
    lan.sendsFile('a.txt', new Uint8Array([1, 2, 3]))
    const sent = [...lan.chat.messages.values()].at(-1)
    expect(await channel.download(sent?.file?.fileId ?? '', signal)).toEqual(new Uint8Array([1, 2, 3]))
  })
})

describe('when receiving fails', () => {
  test('a refused token stops it for good', async () => {
    const server = await aServer()
    const channel = aChannel(server, { token: '7000000001:AAsomeOtherToken_0123456789abcdef' })
    await channel.start(anInbox().receive)
    expect(channel.state()).toEqual({ state: 'failing', code: 'unauthorized' })
    await channel.stop()
    expect(channel.state()).toEqual({ state: 'failing', code: 'unauthorized' })
    await expect(channel.identify()).rejects.toMatchObject({ code: 'common.error.telegram-unauthorized' })
    await expect(aChannel(server, { token: 'nonsense' }).identify()).rejects.toMatchObject({
      code: 'common.error.telegram-unauthorized',
    })
  })

  test('a token that is revoked later, too', async () => {
    const server = await aServer()
    const channel = aChannel(server)
    await channel.start(anInbox().receive)
    server.revokeToken()
    server.person({ id: 501, name: 'Lan' }).says('chào')
    await expect.poll(channel.state, { interval: 5 }).toEqual({ state: 'failing', code: 'unauthorized' })
  })

  test('a second poller is a conflict that is tried again', async () => {
    const server = await aServer()
    const channel = aChannel(server)
    server.faults.next('getUpdates', { kind: 'status', status: 409 })
    await channel.start(anInbox().receive)
    expect(channel.state()).toEqual({ state: 'failing', code: 'conflict' })
    await expect.poll(channel.state, { interval: 5 }).toEqual({ state: 'running' })
  })

  test('two instances never lose an update between them', async () => {
    const server = await aServer()
    const lan = server.person({ id: 501, name: 'Lan' })
    const inbox = anInbox()
    await Promise.all([aChannel(server).start(inbox.receive), aChannel(server).start(inbox.receive)])
    for (let n = 0; n < 20; n++) lan.says(`${n}`)
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect(inbox.stored.size).toBe(20)
    await server.until(() => server.callsOf('getUpdates').some(({ status }) => status === 409) || undefined)
  })

  test.each([
    ['a hanging link is noticed by the watchdog', { kind: 'hang' }],
    ['a broken connection', { kind: 'drop' }],
    ['a server error', { kind: 'status', status: 502 }],
    ['nonsense', { kind: 'malformed' }],
  ] as const)('%s, and it goes on', async (_, fault) => {
    const server = await aServer()
    const lan = server.person({ id: 501, name: 'Lan' })
    const channel = aChannel(server)
    const inbox = anInbox()
    server.faults.next('getUpdates', fault)
    await channel.start(inbox.receive)
    expect(channel.state()).toEqual({ state: 'failing', code: 'unreachable' })
    lan.says('chào')
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect(inbox.stored.size).toBe(1)
    expect(channel.state()).toEqual({ state: 'running' })
  })

  test('a 429 is waited out as long as it says', async () => {
    const server = await aServer()
    server.faults.next('getUpdates', { kind: 'too-many', retryAfter: 1 })
    const channel = aChannel(server)
    await channel.start(anInbox().receive)
    await server.until(() => server.callsOf('getUpdates').some(({ status }) => status === 200) || undefined)
    const [first, second] = server.callsOf('getUpdates')
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990)
  })

  test('neither the token nor a text reaches the log', async () => {
    const server = await aServer()
    const { lines, log } = aLog()
    const channel = aChannel(server, {}, { lines, log })
    server.faults.next('getUpdates', { kind: 'malformed' })
    server.faults.next('getUpdates', { kind: 'drop' })
    server.person({ id: 501, name: 'Lan' }).says('bí mật')
    await channel.start(anInbox().receive)
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect(lines).toHaveLength(2)
    expect(lines.join('')).not.toMatch(new RegExp(`${TOKEN.split(':')[1]}|bí mật|Lan`))
  })

  test('offsets only ever follow what was stored', async () => {
    const server = await aServer()
    const lan = server.person({ id: 501, name: 'Lan' })
    const inbox = anInbox()
    for (let n = 0; n < 250; n++) lan.says(`${n}`)
    await aChannel(server).start(inbox.receive)
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect(inbox.stored.size).toBe(250)
    const seen = offsets(server)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })
})
