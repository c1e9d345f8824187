import { describe, expect, test } from 'vitest'
import { encodeCallback } from '../../../src/channels/telegram/callback-data.js'
import { decode } from '../../../src/channels/telegram/decode.js'
import { toRaw } from '../../../src/channels/telegram/raw.js'
import type { IncomingContent } from '../../../src/messaging/vocabulary.js'

const from = { id: 501, is_bot: false, first_name: 'Lan', language_code: 'vi' }
const chat = { id: 501, type: 'private', first_name: 'Lan' }
const group = { id: -77, type: 'supergroup', title: 'Chi bộ thử' }
const DELIVERY = '01920f3a-7b1c-7def-8123-456789abcdef'

const said = (content: object, where: { id: number; type: string; title?: string } = chat) => ({
  update_id: 1,
  message: { message_id: 9, from, chat: where, date: 1_790_000_000, ...content },
})

const tapped = (data?: string) => ({
  update_id: 1,
  callback_query: { id: '4', from, message: { message_id: 3, date: 0, chat }, chat_instance: 'x', data },
})

const became = (status: string, where: object = chat) => ({
  update_id: 1,
  my_chat_member: { chat: where, from, date: 1, old_chat_member: { status: 'x' }, new_chat_member: { status } },
})

const file = (rest: object): IncomingContent =>
  ({ kind: 'file', fileRef: 'F', fileName: '', size: null, caption: null, ...rest }) as IncomingContent

const contents: readonly (readonly [what: string, payload: unknown, content: IncomingContent])[] = [
  ['a text', said({ text: 'em bận rồi' }), { kind: 'text', text: 'em bận rồi' }],
  ['a text typed in parts is composed', said({ text: 'va\u0306\u0301ng' }), { kind: 'text', text: 'vắng' }],
  ['a command', said({ text: '/lich' }), { kind: 'text', text: '/lich' }],
  ['a command of a group', said({ text: '/lich@Kyhop_Bot tuần này' }), { kind: 'text', text: '/lich tuần này' }],
  ['a slash in words', said({ text: '1/2 chi bộ' }), { kind: 'text', text: '1/2 chi bộ' }],
  ['start alone', said({ text: '/start' }), { kind: 'start', code: null }],
  ['start with a code', said({ text: '/start 12345678' }), { kind: 'start', code: '12345678' }],
  ['start by name with a code', said({ text: '/start@kyhop_bot 1234-5678 ' }), { kind: 'start', code: '1234-5678' }],
  ['a word that begins like start', said({ text: '/started' }), { kind: 'text', text: '/started' }],
  [
    'a document',
    said({ document: { file_id: 'F', file_name: 'Tài liệu.pdf', file_size: 5 }, caption: 'Nghị quyết' }),
    file({ fileName: 'Tài liệu.pdf', size: 5, caption: 'Nghị quyết' }),
  ],
  [
    'a document without a name',
    said({ document: { file_id: 'F', mime_type: 'application/pdf' } }),
    file({ fileName: 'tep-9.pdf' }),
  ],
  [
    'a name that is a path',
    said({ document: { file_id: 'F', file_name: '../../etc/a"b\n.doc' } }),
    file({ fileName: '.._.._etc_a_b_.doc' }),
  ],
  [
    'the largest size of a photo',
    said({
      photo: [
        { file_id: 'S', width: 90, height: 90 },
        { file_id: 'F', width: 800, height: 600, file_size: 7 },
        { file_id: 'M', width: 320, height: 240 },
      ],
    }),
    file({ fileName: 'anh-9.jpg', size: 7 }),
  ],
  ['a sticker', said({ sticker: { file_id: 'x' } }), { kind: 'unreadable' }],
  ['a voice', said({ voice: { file_id: 'x' } }), { kind: 'unreadable' }],
  ['a video', said({ video: { file_id: 'x' } }), { kind: 'unreadable' }],
  ['a location', said({ location: { latitude: 1, longitude: 2 } }), { kind: 'unreadable' }],
  ['a contact', said({ contact: { phone_number: '1' } }), { kind: 'unreadable' }],
  ['a poll', said({ poll: { id: '1' } }), { kind: 'unreadable' }],
  ['a GIF', said({ animation: { file_id: 'x' }, document: { file_id: 'F' } }), { kind: 'unreadable' }],
  [
    'a button',
    tapped(encodeCallback({ deliveryId: DELIVERY, index: 12 })),
    { kind: 'choice', deliveryId: DELIVERY, index: 12 },
  ],
  ['a button that is not ours', tapped('meeting:1:yes'), { kind: 'unreadable' }],
  ['a button without data', tapped(), { kind: 'unreadable' }],
  ['being blocked', became('kicked'), { kind: 'reachability', reachable: false }],
  ['being unblocked', became('member'), { kind: 'reachability', reachable: true }],
  ['being removed from a group', became('left', group), { kind: 'reachability', reachable: false }],
]

describe('what a person does on Telegram', () => {
  test.each(contents)('%s', (_, payload, content) => {
    expect(decode(payload, 'kyhop_bot')?.content).toEqual(content)
  })

  test('who, where and in which language', () => {
    expect(decode(said({ text: 'x' }))).toMatchObject({
      chat: { externalId: '501', kind: 'private' },
      senderExternalId: '501',
      languageCode: 'vi',
    })
    const bare = { ...from, language_code: undefined }
    expect(decode(said({ text: 'x', from: bare }, group))).toMatchObject({
      chat: { externalId: '-77', kind: 'group' },
      senderExternalId: '501',
      languageCode: null,
    })
  })

  test.each([
    ['another bot', said({ text: 'x', from: { ...from, is_bot: true } })],
    ['an edit of an own message', { update_id: 1, edited_message: said({ text: 'x' }).message }],
    ['a channel post', said({ text: 'x' }, { id: -1, type: 'channel' })],
    ['a service message', said({ new_chat_members: [from] }, group)],
    ['a pinned message', said({ pinned_message: {} }, group)],
    ['a command for another bot', said({ text: '/lich@other_bot' }, group)],
    ['a button of an inline message', { update_id: 1, callback_query: { id: '4', from, data: 'x' } }],
    ['no update at all', 'hello'],
    ['nothing', null],
    ['a message of wrong shape', { update_id: 1, message: { message_id: 'nine' } }],
  ])('nothing for us: %s', (_, payload) => {
    expect(decode(payload, 'kyhop_bot')).toBeNull()
  })
})

describe('what is stored of an update', () => {
  test('its id, its chat and its payload', () => {
    const update = { ...said({ text: 'x' }), update_id: 17 }
    expect(toRaw(update)).toEqual({ externalId: '17', chatExternalId: '501', payload: update })
    expect(toRaw({ ...tapped('x'), update_id: 18 })).toMatchObject({ chatExternalId: '501' })
    expect(toRaw({ update_id: 19 })).toMatchObject({ chatExternalId: null })
  })

  test('without what PostgreSQL refuses in jsonb', () => {
    const { payload } = toRaw({ update_id: 1, message: { chat: { id: 1 }, text: 'a\0b \ud83d đ 👍' } } as never)
    expect(payload).toEqual({ update_id: 1, message: { chat: { id: 1 }, text: 'ab \ufffd đ 👍' } })
  })
})
