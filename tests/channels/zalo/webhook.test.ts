import { describe, expect, test } from 'vitest'
import type { Channel } from '../../../src/messaging/channel.js'
import { startWebServer } from '../../../src/web/server.js'
import { webhookPages } from '../../../src/web/webhooks.js'
import { aChannel, anInbox, aServer, whenDone } from './setup.js'

/** The real route on a real port, in the place of the public address. */
async function aWebServer(channel: Channel): Promise<string> {
  const find = (path: string) => (path === channel.webhook?.path ? channel.webhook : null)
  const web = await startWebServer(webhookPages(find), { host: '127.0.0.1', port: 0 })
  whenDone(web.close)
  return web.url
}

async function aHookedChannel(publicUrl = 'https://kyhop.example') {
  const server = await aServer()
  const channel = aChannel(server, { mode: 'webhook', publicUrl })
  const url = await aWebServer(channel)
  server.webhooksTo(url)
  return { server, channel, url, lan: server.person({ id: 1, name: 'Lan' }) }
}

const event = (text: string) => ({
  event_name: 'message.text.received',
  message: { message_id: 'm1', from: { id: '5' }, chat: { id: '5', chat_type: 'PRIVATE' }, text },
})

describe('by webhook', () => {
  test('the address and the secret are derived, not to be guessed, and the same after a start', async () => {
    const { server, channel } = await aHookedChannel('https://kyhop.example/bot/')
    await channel.start(anInbox().receive)
    const payload = server.callsOf('setWebhook')[0]?.payload
    expect(payload).toEqual({
      url: `https://kyhop.example/bot${channel.webhook?.path}`,
      secret_token: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(channel.webhook?.path).toMatch(/^\/hook\/zalo\/[\w-]{43}$/)
    expect(channel.webhook?.path).not.toContain(payload?.secret_token)
    const again = aChannel(server, { mode: 'webhook', publicUrl: 'https://kyhop.example' })
    expect(again.webhook?.path).toBe(channel.webhook?.path)
    expect(aChannel(server).webhook).toBeUndefined()
  })

  test('events arrive and are stored before they are acknowledged', async () => {
    const { server, channel, lan } = await aHookedChannel()
    const inbox = anInbox()
    await channel.start(async (updates) => {
      expect(server.pendingUpdates()).toBeGreaterThan(0)
      await inbox.receive(updates)
    })
    expect(channel.state()).toEqual({ state: 'running' })
    lan.says('em vắng')
    lan.sendsSticker()
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect([...inbox.stored.values()].map((payload) => channel.decode(payload)?.content.kind)).toEqual([
      'text',
      'unreadable',
    ])
    expect(server.callsOf('getUpdates')).toEqual([])
  })

  test('only whoever knows the secret is heard, in the envelope or bare', async () => {
    const { server, channel, url } = await aHookedChannel()
    const inbox = anInbox()
    await channel.start(inbox.receive)
    const secret = String(server.callsOf('setWebhook')[0]?.payload.secret_token)
    const post = async (body: unknown, header?: string, path = channel.webhook?.path): Promise<number> => {
      const headers = new Headers(header === undefined ? [] : [['X-Bot-Api-Secret-Token', header]])
      return (await fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers })).status
    }
    expect(await post(event('x'))).toBe(401)
    expect(await post(event('x'), `${secret}x`)).toBe(401)
    expect(await post(event('x'), secret, '/hook/zalo/guessed')).toBe(404)
    expect(inbox.stored.size).toBe(0)
    expect(await post(event('x'), secret)).toBe(200)
    expect(await post({ ok: true, result: event('x') }, secret)).toBe(200)
    expect(inbox.stored.size).toBe(1)
    expect(await post({ ok: true, result: {} }, secret)).toBe(200)
    expect(await post('nonsense', secret)).toBe(200)
    expect(inbox.stored.size).toBe(1)
  })

  test('an event that was not stored is not taken', async () => {
    const { server, channel, lan } = await aHookedChannel()
    const inbox = anInbox()
    let failures = 1
    await channel.start(async (updates) => {
      if (failures-- > 0) throw new Error('database away')
      await inbox.receive(updates)
    })
    lan.says('chào')
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect(inbox.stored.size).toBe(1)
  })

  test('before the start and after the stop nothing is taken', async () => {
    const { server, channel } = await aHookedChannel()
    const { webhook } = channel
    await channel.start(anInbox().receive)
    const secret = String(server.callsOf('setWebhook')[0]?.payload.secret_token)
    await channel.stop()
    expect(await webhook?.handle(event('x'), secret)).toBe(503)
    const early = aChannel(server, { mode: 'webhook', publicUrl: 'https://kyhop.example' })
    expect(await early.webhook?.handle(event('x'), secret)).toBe(503)
  })

  test('an address that Zalo could not reach shows in the state until something arrives', async () => {
    const { server, channel, url, lan } = await aHookedChannel()
    server.webhooksTo('http://127.0.0.1:9')
    const inbox = anInbox()
    await channel.start(inbox.receive)
    expect(channel.state()).toEqual({ state: 'failing', code: 'not-reached' })
    server.webhooksTo(url)
    lan.says('chào')
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    expect(channel.state()).toEqual({ state: 'running' })
    expect(inbox.stored.size).toBe(1)
  })

  test.each(['http://kyhop.example', 'https://localhost', 'https://192.168.1.5'])(
    'Zalo refuses %s',
    async (publicUrl) => {
      const channel = aChannel(await aServer(), { mode: 'webhook', publicUrl })
      await channel.start(anInbox().receive)
      expect(channel.state()).toEqual({ state: 'failing', code: 'unreachable' })
    },
  )
})
