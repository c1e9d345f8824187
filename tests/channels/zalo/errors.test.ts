import { describe, expect, test } from 'vitest'
import { ApiFailure, isEmptyPoll, judge, toSendError } from '../../../src/channels/zalo/errors.js'
import { zaloTimes } from '../../../src/channels/zalo/limits.js'
import type { SendError } from '../../../src/messaging/vocabulary.js'
import { aChannel, aServer, request, signal } from './setup.js'

const bad = (what: string) => new ApiFailure(400, what)
const transient = (code: string) => ({ kind: 'transient', code })

const table: readonly (readonly [what: string, error: unknown, failure: SendError['failure'] | object])[] = [
  [
    'a text that is too long',
    bad('Parameter text must have 1-2000 characters'),
    { kind: 'rejected', code: 'bad-request' },
  ],
  ['a parameter', bad('Invalid parameter'), { kind: 'rejected', code: 'bad-request' }],
  ['no chat named', bad('chat_id is required'), { kind: 'rejected', code: 'bad-request' }],
  ['somebody who never wrote', bad('Chat not found'), { kind: 'unreachable', code: 'chat-refused' }],
  ['somebody who blocked the bot', bad('User has blocked the bot'), { kind: 'unreachable', code: 'chat-refused' }],
  ['a 400 without a word', bad('Bad request'), { kind: 'unreachable', code: 'chat-refused' }],
  ['a revoked token', new ApiFailure(401, 'Unauthorized'), { kind: 'unauthorized', code: 'unauthorized' }],
  ['403, which is their server’s error', new ApiFailure(403, 'Internal server error'), transient('http-403')],
  ['404 of a chat', new ApiFailure(404, 'chat_id not found'), { kind: 'unreachable', code: 'chat-not-found' }],
  ['404 of a wrong address', new ApiFailure(404, 'malformed'), transient('http-404')],
  ['408', new ApiFailure(408, 'Request timeout'), transient('http-408')],
  ['429, which is the quota', new ApiFailure(429, 'Quota exceeded'), { kind: 'quota', code: 'quota' }],
  ['500', new ApiFailure(500, 'x'), transient('http-500')],
  ['502', new ApiFailure(502, 'malformed'), transient('http-502')],
  ['time-out', new ApiFailure(0, 'timeout'), transient('timeout')],
  ['network', new ApiFailure(0, 'ECONNRESET'), transient('ECONNRESET')],
  ['malformed', new ApiFailure(0, 'malformed'), transient('malformed')],
  ['a refusal without a number', new ApiFailure(0, 'unexplained'), transient('unexplained')],
  ['a bug before the call', new TypeError('x'), { kind: 'rejected', code: 'not-encodable' }],
]

describe('what Zalo answers means', () => {
  test.each(table)('%s', (_, error, failure) => {
    expect(toSendError(error).failure).toEqual(failure)
  })

  test('for whoever receives', () => {
    expect(judge(new ApiFailure(401, ''))).toEqual({ code: 'unauthorized' })
    expect(judge(new ApiFailure(403, ''))).toEqual({ code: 'unreachable' })
    expect(judge(new Error('x'))).toEqual({ code: 'unreachable' })
    expect(isEmptyPoll(new ApiFailure(408, ''))).toBe(true)
  })

  test('a dead link is noticed within 75 seconds', () => {
    expect(zaloTimes.pollGiveUpMs).toBeGreaterThan(zaloTimes.pollSeconds * 1000)
    expect(zaloTimes.pollGiveUpMs).toBeLessThan(75_000)
  })
})

/** The same over a socket: what the server does, and what the sender is told. */
describe('a send, when', () => {
  test.each([
    ['it is refused under HTTP 200', 'never-wrote', { kind: 'unreachable', code: 'chat-refused' }],
    ['the person blocked the bot', 'blocked', { kind: 'unreachable', code: 'chat-refused' }],
    ['403', { kind: 'status', status: 403 }, transient('http-403')],
    ['500', { kind: 'status', status: 500 }, transient('http-500')],
    ['429', { kind: 'too-many' }, { kind: 'quota', code: 'quota' }],
    ['the answer is no JSON', { kind: 'malformed' }, transient('malformed')],
    ['the connection breaks after it was accepted', { kind: 'drop' }, transient('UND_ERR_SOCKET')],
    ['nobody answers', { kind: 'hang' }, transient('timeout')],
  ] as const)('%s', async (_, what, failure) => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    if (what !== 'never-wrote') lan.says('chào')
    if (what === 'blocked') lan.blocks()
    if (typeof what === 'object') server.faults.next('sendMessage', what)
    const { limits } = aChannel(server)
    const hangs = typeof what === 'object' && what.kind === 'hang'
    const channel = aChannel(server, { limits: { ...limits, callTimeoutMs: hangs ? 200 : 15_000 } })
    await expect(channel.send(request(lan.id, { text: 'x' }), signal)).rejects.toMatchObject({ failure })
  })

  test('nobody is there, or the token is refused', async () => {
    const server = await aServer()
    const away = aChannel(server, { apiRoot: 'http://127.0.0.1:9' })
    await expect(away.send(request('1', { text: 'x' }), signal)).rejects.toMatchObject({
      failure: { kind: 'transient' },
    })
    const wrong = aChannel(server, { token: '4000000001:someOtherToken' })
    await expect(wrong.send(request('1', { text: 'x' }), signal)).rejects.toMatchObject({
      failure: { kind: 'unauthorized' },
    })
    const elsewhere = aChannel(server, { apiRoot: `${server.apiRoot}/elsewhere` })
    await expect(elsewhere.send(request('1', { text: 'x' }), signal)).rejects.toMatchObject({
      failure: transient('http-404'),
    })
  })

  test('the sender gives up', async () => {
    const server = await aServer()
    server.faults.next('sendMessage', { kind: 'hang' })
    const channel = aChannel(server)
    const giveUp = new AbortController()
    const sending = channel.send(request('1', { text: 'x' }), giveUp.signal)
    await server.until(() => server.callsOf('sendMessage')[0])
    giveUp.abort()
    await expect(sending).rejects.toMatchObject({ failure: transient('aborted') })
  })
})
