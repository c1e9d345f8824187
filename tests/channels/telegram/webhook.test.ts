import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Channel } from '../../../src/messaging/channel.js'
import { aChannel, anInbox, aServer, choices, request, signal } from './setup.js'

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text)
}

/** What the web server does with the channel's webhook. */
async function aWebServer(channel: Channel): Promise<string> {
  const server = createServer(async (request, response) => {
    const secret = request.headers['x-telegram-bot-api-secret-token'] as string | undefined
    const known = request.url === channel.webhook?.path
    response.writeHead((known && (await channel.webhook?.handle(await bodyOf(request), secret))) || 404).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  opened.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function aHookedChannel(publicUrl = 'https://kyhop.example/') {
  const server = await aServer()
  const channel = aChannel(server, { mode: 'webhook', publicUrl })
  server.webhooksTo(await aWebServer(channel))
  return { server, channel, lan: server.person({ id: 501, name: 'Lan' }) }
}

describe('by webhook', () => {
  test('the address and the secret are derived, not to be guessed, and the same after a start', async () => {
    const { server, channel } = await aHookedChannel('https://kyhop.example/bot/')
    await channel.start(anInbox().receive)
    const payload = server.callsOf('setWebhook')[0]?.payload
    expect(payload).toEqual({
      url: `https://kyhop.example/bot${channel.webhook?.path}`,
      secret_token: expect.stringMatching(/^[\w-]{43}$/),
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
      max_connections: 20,
    })
    expect(channel.webhook?.path).toMatch(/^\/hook\/telegram\/[\w-]{43}$/)
    expect(channel.webhook?.path).not.toContain(payload?.secret_token)
    const again = aChannel(server, { mode: 'webhook', publicUrl: 'https://kyhop.example' })
    expect(again.webhook?.path).toBe(channel.webhook?.path)
    expect(aChannel(server).webhook).toBeUndefined()
  })

  test('updates arrive and taps are acknowledged', async () => {
    const { server, channel, lan } = await aHookedChannel()
    const inbox = anInbox()
    await channel.start(inbox.receive)
    expect(channel.state()).toEqual({ state: 'running' })
    lan.says('/start')
    await channel.send(request(501, { text: 'x', choices: choices('Có mặt') }), signal)
    await (await lan.taps('Có mặt')).acknowledged()
    expect([...inbox.stored.values()].map((payload) => channel.decode(payload)?.content.kind)).toEqual([
      'start',
      'choice',
    ])
    expect(server.openTaps()).toBe(0)
    expect(server.callsOf('getUpdates')).toEqual([])
  })

  test('only whoever knows the secret is heard', async () => {
    const { server, channel } = await aHookedChannel()
    const inbox = anInbox()
    await channel.start(inbox.receive)
    const secret = String(server.callsOf('setWebhook')[0]?.payload.secret_token)
    const update = { update_id: 5, message: { chat: { id: 501 }, text: 'x' } }
    expect(await channel.webhook?.handle(update, undefined)).toBe(401)
    expect(await channel.webhook?.handle(update, `${secret}x`)).toBe(401)
    expect(inbox.stored.size).toBe(0)
    expect(await channel.webhook?.handle(update, secret)).toBe(200)
    expect(inbox.stored.size).toBe(1)
    expect(await channel.webhook?.handle('nonsense', secret)).toBe(200)
    expect(inbox.stored.size).toBe(1)
  })

  test('an update that was not stored is not taken: Telegram posts it again', async () => {
    const { server, channel, lan } = await aHookedChannel()
    const inbox = anInbox()
    let failures = 1
    await channel.start(async (updates) => {
      if (failures-- > 0) throw new Error('database away')
      await inbox.receive(updates)
    })
    lan.says('chào')
    await expect.poll(() => inbox.stored.size, { interval: 5 }).toBe(1)
    await expect.poll(server.pendingUpdates, { interval: 5 }).toBe(0)
  })

  test('before the start and after the stop, updates wait at the server', async () => {
    const { server, channel } = await aHookedChannel()
    const inbox = anInbox()
    const { webhook } = channel
    await channel.start(inbox.receive)
    const secret = String(server.callsOf('setWebhook')[0]?.payload.secret_token)
    await channel.stop()
    expect(await webhook?.handle({ update_id: 5 }, secret)).toBe(503)
    const early = aChannel(server, { mode: 'webhook', publicUrl: 'https://kyhop.example' })
    expect(await early.webhook?.handle({ update_id: 5 }, secret)).toBe(503)
    expect(inbox.stored.size).toBe(0)
  })

  test('an address that Telegram refuses shows in the state', async () => {
    const server = await aServer()
    const channel = aChannel(server, { mode: 'webhook', publicUrl: 'http://kyhop.example' })
    await channel.start(anInbox().receive)
    expect(channel.state()).toEqual({ state: 'failing', code: 'unreachable' })
  })
})
