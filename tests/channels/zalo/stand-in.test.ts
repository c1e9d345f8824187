import { describe, expect, test } from 'vitest'
import { startZaloServer } from '../../support/zalo/index.js'
import { aServer, TOKEN } from './setup.js'

type Server = Awaited<ReturnType<typeof startZaloServer>>

async function call(server: Server, method: string, payload: object = {}, token = TOKEN) {
  const answer = await fetch(`${server.apiRoot}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  })
  return { http: answer.status, ...((await answer.json()) as { ok: boolean; error_code?: number; result?: unknown }) }
}

describe('the stand-in refuses what the platform refuses', () => {
  test('a wrong token, and anything that is no method', async () => {
    const server = await startZaloServer({ token: TOKEN })
    expect(await call(server, 'getMe', {}, '4000000001:wrong')).toMatchObject({ http: 401, ok: false, error_code: 401 })
    expect(await call(server, 'editMessage')).toMatchObject({ http: 200, ok: false, error_code: 404 })
    expect((await fetch(`${server.apiRoot}/bot${TOKEN}/getMe`)).status).toBe(404)
    expect(server.violations).toEqual(['unknown method editMessage'])
    await server.close()
  })

  test.each([
    ['a field that is not there', { chat_id: '1' }],
    ['a field that nobody knows', { chat_id: '1', text: 'x', reply_markup: '{}' }],
    ['a field of another type', { chat_id: 1, text: 'x' }],
    ['a mode of parsing that it has not', { chat_id: '1', text: 'x', parse_mode: 'HTML' }],
  ])('%s', async (_, payload) => {
    const server = await startZaloServer({ token: TOKEN })
    expect(await call(server, 'sendMessage', payload)).toMatchObject({ http: 200, ok: false, error_code: 400 })
    expect(server.violations).toHaveLength(1)
    await server.close()
  })

  test('a text of nothing or of more than 2,000 characters', async () => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    lan.says('chào')
    for (const text of ['', ' ', 'x'.repeat(2001)])
      expect(await call(server, 'sendMessage', { chat_id: lan.id, text })).toMatchObject({ error_code: 400 })
    expect(await call(server, 'sendMessage', { chat_id: lan.id, text: 'x'.repeat(2000) })).toMatchObject({
      ok: true,
      result: { message_id: expect.any(String), date: expect.any(Number) },
    })
  })

  test('whoever did not write first, or has blocked the bot', async () => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    const send = () => call(server, 'sendMessage', { chat_id: lan.id, text: 'x' })
    expect(await send()).toMatchObject({ http: 200, ok: false, error_code: 400 })
    lan.says('chào')
    expect(await send()).toMatchObject({ ok: true })
    lan.blocks()
    expect(await send()).toMatchObject({ error_code: 400 })
    lan.unblocks()
    expect(await send()).toMatchObject({ ok: true })
  })

  test('more messages a month, or more people, than the plan allows', async () => {
    const server = await aServer({ plan: { messagesPerMonth: 3, people: 2 } })
    const people = [1, 2, 3].map((id) => server.person({ id, name: `P${id}` }))
    for (const one of people) one.says('chào')
    const send = async (n: number) =>
      (await call(server, 'sendMessage', { chat_id: people[n]?.id, text: 'x' })).error_code ?? 200
    expect([await send(0), await send(1), await send(2), await send(0), await send(0)]).toEqual([
      200, 200, 429, 200, 429,
    ])
    server.newMonth()
    expect(await send(1)).toBe(200)
  })

  test('a webhook that is not https and public, a secret that is too short', async () => {
    const server = await aServer()
    const set = (url: string, secret_token = 'a-secret-of-8') => call(server, 'setWebhook', { url, secret_token })
    for (const url of ['http://kyhop.example', 'https://127.0.0.1', 'kyhop'])
      expect(await set(url)).toMatchObject({ error_code: 400 })
    expect(await set('https://kyhop.example', 'short')).toMatchObject({ error_code: 400 })
    expect(await call(server, 'getWebhookInfo')).toMatchObject({ result: { url: '' } })
  })
})

describe('the stand-in gives what the platform gives', () => {
  test('one update a call, once, and 408 when there is none', async () => {
    const server = await aServer({ pollSecondMs: 1 })
    const lan = server.person({ id: 1, name: 'Lan' })
    lan.says('một')
    lan.says('hai')
    expect(server.pendingUpdates()).toBe(2)
    const texts = []
    for (let n = 0; n < 2; n += 1) texts.push((await call(server, 'getUpdates', { timeout: '30' })).result)
    expect(texts).toMatchObject([
      { event_name: 'message.text.received', message: { text: 'một', from: { id: lan.id, is_bot: false } } },
      { event_name: 'message.text.received', message: { text: 'hai', chat: { id: lan.id, chat_type: 'PRIVATE' } } },
    ])
    expect(server.pendingUpdates()).toBe(1)
    expect(await call(server, 'getUpdates', { timeout: '30' })).toMatchObject({ http: 200, ok: false, error_code: 408 })
    expect(server.pendingUpdates()).toBe(0)
  })

  test('no poll while a webhook is set', async () => {
    const server = await aServer()
    server.webhooksTo('http://127.0.0.1:9')
    await call(server, 'setWebhook', { url: 'https://kyhop.example/x', secret_token: 'a-secret-of-8' })
    expect(await call(server, 'getUpdates', { timeout: '1' })).toMatchObject({ ok: false, error_code: 400 })
    expect(await call(server, 'deleteWebhook')).toMatchObject({ ok: true, result: { url: '' } })
    expect(await call(server, 'getUpdates', { timeout: '0' })).toMatchObject({ error_code: 408 })
  })

  test('an update that was given to a broken connection is gone', async () => {
    const server = await aServer({ pollSecondMs: 1 })
    server.person({ id: 1, name: 'Lan' }).says('một')
    server.faults.next('getUpdates', { kind: 'drop' })
    await expect(call(server, 'getUpdates', { timeout: '1' })).rejects.toThrow()
    expect(await call(server, 'getUpdates', { timeout: '1' })).toMatchObject({ error_code: 408 })
  })
})
