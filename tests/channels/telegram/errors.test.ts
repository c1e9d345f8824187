import { describe, expect, test } from 'vitest'
import { ApiFailure, isUnauthorized, refusal, toSendError } from '../../../src/channels/telegram/errors.js'
import { telegramTimes } from '../../../src/channels/telegram/limits.js'
import { backoff } from '../../../src/messaging/receiving.js'
import type { SendError } from '../../../src/messaging/vocabulary.js'

const bad = (what: string, parameters = {}) => new ApiFailure(400, `Bad Request: ${what}`, parameters)
const forbidden = (what: string) => new ApiFailure(403, `Forbidden: ${what}`)

const unreachable = (code: string) => ({ kind: 'unreachable', code })
const rejected = (code: string) => ({ kind: 'rejected', code })
const transient = (code: string) => ({ kind: 'transient', code })

const table: readonly (readonly [what: string, error: unknown, failure: SendError['failure'] | object])[] = [
  ['blocked', forbidden('bot was blocked by the user'), unreachable('blocked')],
  ['deactivated', forbidden('user is deactivated'), unreachable('deactivated')],
  ['kicked', forbidden('bot was kicked from the supergroup chat'), unreachable('kicked')],
  ['not a member', forbidden('bot is not a member of the channel chat'), unreachable('not-a-member')],
  ['never started', forbidden("bot can't initiate conversation with a user"), unreachable('never-started')],
  ['another 403', forbidden('something new'), unreachable('forbidden')],
  ['no such chat', bad('chat not found'), unreachable('chat-not-found')],
  ['no rights', bad('not enough rights to send text messages to the chat'), unreachable('no-rights')],
  [
    'upgraded',
    bad('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1001 }),
    { kind: 'moved', externalId: '-1001' },
  ],
  ['too old', bad('query is too old and response timeout expired or query ID is invalid'), rejected('query-too-old')],
  ['too long', bad('message is too long'), rejected('too-long')],
  ['caption too long', bad('message caption is too long'), rejected('too-long')],
  ['our markup', bad("can't parse entities: Unsupported start tag"), rejected('bad-markup')],
  ['our keyboard', bad('reply markup is too long'), rejected('markup-too-long')],
  ['our callback data', bad('BUTTON_DATA_INVALID'), rejected('bad-button')],
  ['empty', bad('message text is empty'), rejected('empty')],
  ['edit of a deleted one', bad('message to edit not found'), rejected('not-editable')],
  ['edit of an old one', bad("message can't be edited"), rejected('not-editable')],
  ['edit of a file', bad('there is no text in the message to edit'), rejected('not-editable')],
  ['file too large', new ApiFailure(413, 'Request Entity Too Large'), rejected('file-too-large')],
  ['an unknown 400', bad('something new'), rejected('bad-request')],
  ['429', new ApiFailure(429, '', { retry_after: 7 }), { kind: 'retry-after', seconds: 7, scope: 'bot' }],
  ['429 bare', new ApiFailure(429, ''), transient('too-many-requests')],
  ['500', new ApiFailure(500, 'Internal Server Error'), transient('http-500')],
  ['502', new ApiFailure(502, 'Bad Gateway'), transient('http-502')],
  ['time-out', new ApiFailure(0, 'timeout'), transient('timeout')],
  ['network', new ApiFailure(0, 'ECONNRESET'), transient('ECONNRESET')],
  ['malformed', new ApiFailure(0, 'malformed'), transient('malformed')],
  ['a revoked token', new ApiFailure(401, 'Unauthorized'), { kind: 'unauthorized', code: 'unauthorized' }],
  ['no token at all', new ApiFailure(404, 'Not Found'), { kind: 'unauthorized', code: 'unauthorized' }],
  ['a bug before the call', new TypeError('a delivery id is a UUID'), rejected('not-encodable')],
]

describe('what Telegram answers means', () => {
  test.each(table)('%s', (_, error, failure) => {
    expect(toSendError(error, '501').failure).toEqual(failure)
  })

  test('too many in a group is about that group', () => {
    const error = new ApiFailure(429, '', { retry_after: 7 })
    expect(toSendError(error, '-501').failure).toEqual({ kind: 'retry-after', seconds: 7, scope: 'chat' })
  })

  test('an error keeps nothing that could tell a text', () => {
    const error = toSendError(bad("can't parse entities: Nguyễn Thị Lan"), '501')
    expect(`${error.message}${(error.cause as Error).message}`).not.toContain('Lan')
  })

  test('names of refusals, for those who act on them', () => {
    expect(refusal(bad('message is not modified: specified new message content'))).toBe('not-modified')
    expect(refusal(bad('wrong file identifier/HTTP URL specified'))).toBe('wrong-file-id')
    expect(refusal(bad("wrong remote file id specified: can't unserialize it"))).toBe('wrong-file-id')
    expect(refusal(forbidden('bot was blocked by the user'))).toBeNull()
    expect(isUnauthorized(new ApiFailure(404, 'Not Found'))).toBe(true)
    expect(isUnauthorized(new ApiFailure(409, 'Conflict'))).toBe(false)
  })
})

test('back-off is never below 3 s, doubles, and ends at a minute and a half', () => {
  expect(backoff(1, telegramTimes, 0)).toBe(3_000)
  expect(backoff(2, telegramTimes, 0)).toBe(6_000)
  expect(backoff(50, telegramTimes, 1)).toBe(90_000)
})

test('a dead link is noticed within 75 seconds', () => {
  expect(telegramTimes.pollGiveUpMs).toBeGreaterThan(telegramTimes.pollSeconds * 1000)
  expect(telegramTimes.pollGiveUpMs).toBeLessThan(75_000)
})
