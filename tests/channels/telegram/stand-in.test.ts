import { afterEach, describe, expect, test } from 'vitest'
import { telegramLimits } from '../../../src/channels/telegram/limits.js'
import { startTelegramServer, type TelegramServer, type TelegramServerOptions } from '../../support/telegram/index.js'
import { TOKEN } from './setup.js'

/** The stand-in itself: a test that passes because it let something through would be worth nothing. */
let server: TelegramServer

afterEach(() => server.close())

async function start(options: Partial<TelegramServerOptions> = {}) {
  server = await startTelegramServer({ token: TOKEN, pollSecondMs: 5, ...options })
  const lan = server.person({ id: 501, name: 'Lan' })
  lan.says('/start')
  return lan
}

type Answer = {
  status: number
  description: string
  result: { message_id: number; [key: string]: unknown }
  parameters?: { retry_after?: number }
}

async function call(method: string, payload: object): Promise<Answer> {
  const response = await fetch(`${server.apiRoot}/bot${TOKEN}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  })
  return { status: response.status, ...((await response.json()) as object) } as Answer
}

const button = (text: string, callback_data: string) => ({ text, callback_data })
const keyboard = (...rows: object[][]) => ({ reply_markup: { inline_keyboard: rows } })

describe('the stand-in refuses and records', () => {
  test.each([
    ['an unknown method', 'sendLetter', {}],
    ['an unknown field', 'sendMessage', { chat_id: 501, text: 'x', colour: 'red' }],
    ['a missing field', 'sendMessage', { chat_id: 501 }],
    ['a wrong type', 'editMessageText', { chat_id: 501, message_id: '1', text: 'x' }],
    ['an unknown field deep inside', 'sendMessage', { chat_id: 501, text: 'x', ...keyboard([{ text: 'x', cb: 'y' }]) }],
    ['a foreign scope', 'setMyCommands', { commands: [], scope: { type: 'chat', chat: 501 } }],
  ])('%s', async (_, method, payload) => {
    await start()
    expect((await call(method, payload)).status).toBe(400)
    expect(server.violations).not.toEqual([])
  })

  test.each([
    ['a long text', { text: 'x'.repeat(4097) }, 'message is too long'],
    ['an empty text', { text: ' \n' }, 'message text is empty'],
    ['markup that does not end', { text: '<b>x', parse_mode: 'HTML' }, "can't parse entities"],
    ['an unknown tag', { text: '<h1>x</h1>', parse_mode: 'HTML' }, "can't parse entities"],
    ['a bare sign', { text: '1 < 2', parse_mode: 'HTML' }, "can't parse entities"],
    ['65 bytes', { text: 'x', ...keyboard([button('x', 'x'.repeat(65))]) }, 'BUTTON_DATA_INVALID'],
    ['33 letters of 2 bytes', { text: 'x', ...keyboard([button('x', 'đ'.repeat(33))]) }, 'BUTTON_DATA_INVALID'],
    ['101 buttons', { text: 'x', ...keyboard(...Array(101).fill([button('x', 'x')])) }, 'reply markup is too long'],
    ['9 in a row', { text: 'x', ...keyboard(Array(9).fill(button('x', 'x'))) }, 'reply markup is too long'],
    ['10 kB of markup', { text: 'x', ...keyboard(...Array(90).fill([button('x'.repeat(99), 'x')])) }, 'reply markup'],
    ['a local link', { text: 'x', ...keyboard([{ text: 'x', url: 'http://localhost:3000' }]) }, 'URL'],
  ])('%s', async (_, payload, description) => {
    await start()
    const answer = await call('sendMessage', { chat_id: 501, ...payload })
    expect(answer).toMatchObject({ status: 400, description: expect.stringContaining(description) })
  })

  test('a text counts without its markup', async () => {
    const lan = await start()
    await call('sendMessage', { chat_id: 501, text: `<b>${'&lt;'.repeat(4096)}</b>`, parse_mode: 'HTML' })
    expect(lan.messages()[0]?.text).toBe('<'.repeat(4096))
  })

  test('edits of nothing, of the same, of what people wrote', async () => {
    const lan = await start()
    const { result } = await call('sendMessage', { chat_id: 501, text: 'x' })
    const edit = (message_id: number, text: string) => call('editMessageText', { chat_id: 501, message_id, text })
    expect((await edit(result.message_id, 'x')).description).toContain('message is not modified')
    expect((await edit(result.message_id, 'y')).status).toBe(200)
    expect((await edit(9999, 'y')).description).toContain('message to edit not found')
    const own = [...lan.chat.messages.keys()][0] ?? 0
    expect((await edit(own, 'y')).description).toContain("message can't be edited")
  })

  test('an unknown file id, an old tap', async () => {
    await start()
    expect((await call('sendDocument', { chat_id: 501, document: 'nothing' })).description).toContain('file identifier')
    expect((await call('answerCallbackQuery', { callback_query_id: '1' })).description).toContain('query is too old')
  })
})

describe('the stand-in counts', () => {
  const send = (chat_id: number) => call('sendMessage', { chat_id, text: 'x' })

  test('one a second to a chat, with a short burst', async () => {
    await start()
    const answers = []
    for (let n = 0; n < 6; n++) answers.push(await send(501))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429])
    expect(answers.at(-1)?.parameters?.retry_after).toBe(1)
  })

  test('thirty a second in all', async () => {
    await start()
    const ids = Array.from({ length: 60 }, (_, n) => 600 + n)
    for (const id of ids) server.person({ id, name: `Người ${id}` }).says('/start')
    const began = performance.now()
    const statuses = (await Promise.all(ids.map(send))).map(({ status }) => status)
    const passed = statuses.filter((status) => status === 200).length
    expect(passed).toBeGreaterThanOrEqual(30)
    const refilled = ((performance.now() - began) / 1000) * 33
    expect(passed).toBeLessThanOrEqual(34 + refilled)
  })

  test('twenty a minute to a group', async () => {
    const limits = { ...telegramLimits, sendsPerSecondPerChat: 1000, chatBurst: 1000, sendsPerSecond: 1000 }
    await start({ limits })
    server.group({ id: -40, title: 'Chi bộ thử' })
    const answers = []
    for (let n = 0; n < 21; n++) answers.push(await send(-40))
    expect(answers.slice(0, 20).every(({ status }) => status === 200)).toBe(true)
    expect(answers[20]?.status).toBe(429)
    expect(answers[20]?.parameters?.retry_after).toBeGreaterThan(1)
  })
})

describe('the stand-in keeps updates', () => {
  const ids = ({ result }: Answer) => (result as unknown as { update_id: number }[]).map((one) => one.update_id)

  test('until an offset passes them, a hundred at a time', async () => {
    const lan = await start()
    for (let n = 0; n < 120; n++) lan.says(`${n}`)
    const first = ids(await call('getUpdates', {}))
    expect(first).toHaveLength(100)
    expect(ids(await call('getUpdates', {}))).toEqual(first)
    expect(ids(await call('getUpdates', { offset: (first.at(-1) ?? 0) + 1 }))).toHaveLength(21)
    expect(server.pendingUpdates()).toBe(21)
  })

  test('for one poller at a time, and none beside a webhook', async () => {
    await start({ pollSecondMs: 10_000 })
    const last = ids(await call('getUpdates', {})).at(-1) ?? 0
    const offset = last + 1
    const older = call('getUpdates', { offset, timeout: 1 })
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    const newer = call('getUpdates', { offset, timeout: 1 })
    expect((await older).status).toBe(409)
    server.person({ id: 501, name: 'Lan' }).says('chào')
    expect(ids(await newer)).toEqual([last + 1])
    expect((await call('setWebhook', { url: 'http://kyhop.example' })).status).toBe(400)
    expect((await call('setWebhook', { url: 'https://kyhop.example:3000' })).status).toBe(400)
    expect((await call('setWebhook', { url: 'https://kyhop.example', secret_token: 'x' })).status).toBe(200)
    expect((await call('getUpdates', {})).description).toContain('webhook is active')
  })

  test('of the kinds that were asked for last', async () => {
    const lan = await start()
    await call('getUpdates', { allowed_updates: ['callback_query'] })
    lan.says('chào')
    await call('getUpdates', {})
    expect(server.pendingUpdates()).toBe(1)
  })
})

test('a long text of a person arrives in pieces, as from the real app', async () => {
  const lan = await start()
  lan.says('x'.repeat(10_000))
  expect(server.pendingUpdates()).toBe(4)
  expect(lan.counts.lines).toBe(2)
})

test('seeing and tapping wait for what comes, and tell what was there instead', async () => {
  const lan = await start()
  const seen = lan.sees('Mời họp')
  const tapped = lan.taps('Có mặt')
  await call('sendMessage', { chat_id: 501, text: 'Mời họp', ...keyboard([button('Có mặt', 'x')]) })
  expect((await seen).text).toBe('Mời họp')
  await tapped
  await expect(lan.sees('Giấy mời', { within: 5 })).rejects.toThrow('never saw "Giấy mời", but:')
})
