import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/channels/zalo/decode.js'
import { readUpdate, toRaw } from '../../../src/channels/zalo/payload.js'
import type { IncomingContent } from '../../../src/messaging/vocabulary.js'

const from = { id: '6ede9afa66b88fe6d6a9', display_name: 'Lan', is_bot: false }
const chat = { id: '6ede9afa66b88fe6d6a9', chat_type: 'PRIVATE' }
const message = { from, chat, message_id: '2d758cb5e222177a4e35', date: 1_750_316_131_602 }

const said = (text: string, rest: object = {}) => ({
  event_name: 'message.text.received',
  message: { ...message, text, ...rest },
})

const sent = (kind: string, content: object = {}) => ({
  event_name: `message.${kind}.received`,
  message: { ...message, ...content },
})

const contents: readonly (readonly [what: string, payload: unknown, content: IncomingContent])[] = [
  ['a text', said('em bận rồi'), { kind: 'text', text: 'em bận rồi' }],
  ['a text typed in parts is composed', said('va\u0306\u0301ng'), { kind: 'text', text: 'vắng' }],
  ['a digit', said('1'), { kind: 'text', text: '1' }],
  ['a code', said('1234 5678'), { kind: 'text', text: '1234 5678' }],
  ['a command', said('/lich tuần này'), { kind: 'text', text: '/lich tuần này' }],
  ['start alone', said('/start'), { kind: 'start', code: null }],
  ['start with a code', said(' /start  12345678 '), { kind: 'start', code: '12345678' }],
  ['a word that begins like start', said('/started'), { kind: 'text', text: '/started' }],
  ['a photo', sent('image', { photo: 'https://x', caption: 'em ốm' }), { kind: 'unreadable' }],
  ['a sticker', sent('sticker', { sticker: '0e078a2b', url: 'https://x' }), { kind: 'unreadable' }],
  ['a voice', sent('voice', { voice_url: 'https://x' }), { kind: 'unreadable' }],
  ['what the platform keeps to itself', sent('unsupported'), { kind: 'unreadable' }],
]

describe('what a person does on Zalo', () => {
  test.each(contents)('%s', (_, payload, content) => {
    expect(decode(payload)?.content).toEqual(content)
  })

  test('who, and where', () => {
    expect(decode(said('x'))).toMatchObject({
      chat: { externalId: '6ede9afa66b88fe6d6a9', kind: 'private' },
      senderExternalId: '6ede9afa66b88fe6d6a9',
      languageCode: null,
      messageId: '2d758cb5e222177a4e35',
    })
    const group = { id: '777', chat_type: 'GROUP' }
    expect(decode(said('x', { chat: group }))).toMatchObject({
      chat: { externalId: '777', kind: 'group' },
      senderExternalId: '6ede9afa66b88fe6d6a9',
    })
  })

  test.each([
    ['another bot', said('x', { from: { ...from, is_bot: true } })],
    ['an event of a kind to come', sent('reaction')],
    ['a text event without a text', sent('text')],
    ['a message without a sender', said('x', { from: undefined })],
    ['a chat of a kind to come', said('x', { chat: { id: '1', chat_type: 'CHANNEL' } })],
    ['no event at all', 'hello'],
    ['nothing', null],
    ['a list', [said('x')]],
  ])('nothing for us: %s', (_, payload) => {
    expect(decode(payload)).toBeNull()
  })
})

describe('what is stored of an event', () => {
  test('in its envelope and bare it is the same one', () => {
    const bare = readUpdate(said('x'))
    const enveloped = readUpdate({ ok: true, result: said('x') })
    expect(enveloped).toEqual(bare)
    expect(bare && toRaw(bare)).toEqual({
      externalId: '2d758cb5e222177a4e35',
      chatExternalId: '6ede9afa66b88fe6d6a9',
      payload: said('x'),
    })
  })

  test.each([[null], ['x'], [[]], [{}], [{ ok: true, result: {} }], [{ event_name: 7 }]])('%j is none', (body) => {
    expect(readUpdate(body)).toBeNull()
  })

  test('what has no id is known by all that it says', () => {
    const raw = toRaw({ event_name: 'message.unsupported.received', message: { chat: { id: '5' } } })
    expect(raw).toMatchObject({ externalId: expect.stringMatching(/^[\w-]{43}$/), chatExternalId: '5' })
    const other = toRaw({ event_name: 'message.unsupported.received', message: { chat: { id: '6' } } })
    expect(other.externalId).not.toBe(raw.externalId)
    expect(toRaw({ event_name: 'something' }).chatExternalId).toBeNull()
  })

  test('without what PostgreSQL refuses in jsonb', () => {
    const { payload } = toRaw(said('a\0b \ud83d đ 👍') as never)
    expect(payload).toEqual(said('ab \ufffd đ 👍'))
  })
})
