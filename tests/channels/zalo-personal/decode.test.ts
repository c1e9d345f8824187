import { describe, expect, test } from 'vitest'
import { GroupMessage, type TMessage, UserMessage } from 'zca-js'
import { decode } from '../../../src/channels/zalo-personal/decode.js'
import { download, zaloAddress } from '../../../src/channels/zalo-personal/download.js'
import { toRaw } from '../../../src/channels/zalo-personal/payload.js'
import { OWN } from '../../support/zalo-personal/index.js'

const data = (content: TMessage['content'], msgType = 'webchat') =>
  ({ msgId: '77', msgType, uidFrom: '2001', idTo: '0', ts: '1', content }) as TMessage

const toUs = (content: TMessage['content'], msgType?: string) =>
  toRaw(new UserMessage(OWN, data(content, msgType)), OWN)
const inGroup = (content: string, mentions: { uid: string; pos: number; len: number; type: 0 }[] = []) =>
  toRaw(new GroupMessage(OWN, { ...data(content), idTo: '300', mentions }), OWN)

const href = 'https://f9-zpc.zdn.vn/tep.pdf'
const document = { href, title: 'Nghị quyết.pdf', params: '{"fileSize":"2048"}' }

describe('what people write', () => {
  test.each([
    ['a text', 'em bận rồi', { kind: 'text', text: 'em bận rồi' }],
    ['a text typed in parts is composed', 'va\u0306\u0301ng', { kind: 'text', text: 'vắng' }],
    ['start', '/start 12345678', { kind: 'start', code: '12345678' }],
    ['start alone', '/start', { kind: 'start', code: null }],
  ] as const)('%s', (_, text, content) => {
    expect(decode(toUs(text)?.payload)).toEqual({
      chat: { externalId: '2001', kind: 'private' },
      senderExternalId: '2001',
      languageCode: null,
      messageId: '77',
      content,
    })
  })

  test.each([
    [
      'a document',
      document,
      'share.file',
      { kind: 'file', fileRef: href, fileName: 'Nghị quyết.pdf', size: 2048, caption: null },
    ],
    [
      'without a size',
      { ...document, params: 'x' },
      'share.file',
      { kind: 'file', fileRef: href, fileName: 'Nghị quyết.pdf', size: null, caption: null },
    ],
    [
      'a photo',
      { href },
      'chat.photo',
      { kind: 'file', fileRef: href, fileName: 'anh-77.jpg', size: null, caption: null },
    ],
    ['a voice', { href, params: '' }, 'chat.voice', { kind: 'unreadable' }],
    ['a sticker', { id: 5 }, 'chat.sticker', { kind: 'unreadable' }],
  ])('%s', (_, content, kind, read) => {
    expect(decode(toUs(content, kind)?.payload)?.content).toEqual(read)
  })

  test('our own, from the phone, is nobody’s', () => {
    expect(toRaw(new UserMessage(OWN, { ...data('x'), uidFrom: '0', idTo: '2001' }), OWN)).toBeNull()
  })

  test('NUL and half surrogates, which PostgreSQL refuses, do not block a batch', () => {
    expect(toUs('a\0b\ud83d c')?.payload).toMatchObject({ text: 'ab\ufffd c' })
  })

  test('a payload of no known shape, and one that was forgotten', () => {
    expect([decode({}), decode(null), decode('x')]).toEqual([null, null, null])
  })
})

describe('in a group only what is meant for us is taken in', () => {
  test('a command, and a call by our name, however long that is there', () => {
    const chat = { externalId: 'g300', kind: 'group' }
    expect(decode(inGroup('/ganhom')?.payload)).toMatchObject({ chat, content: { kind: 'text', text: '/ganhom' } })
    const name = '@Trợ lý của Chi bộ Tổ dân phố số 1'
    const called = inGroup(`${name} 1`, [{ uid: OWN, pos: 0, len: name.length, type: 0 }])
    expect(decode(called?.payload)).toMatchObject({ chat, senderExternalId: '2001', content: { text: '@bot 1' } })
  })

  test.each([['tối nay ai đi ăn phở'], ['@Lan đi không']])('%s is none of ours', (text) => {
    expect(inGroup(text, [{ uid: '2002', pos: 0, len: 4, type: 0 }])).toBeNull()
  })
})

describe('a file that somebody sent', () => {
  test.each([
    ['http://f9-zpc.zdn.vn/x'],
    ['https://zdn.vn.example.com/x'],
    ['https://169.254.169.254/x'],
    ['file:///etc/passwd'],
    ['x'],
  ])('%s is not fetched', async (address) => {
    expect(zaloAddress(address)).toBeNull()
    await expect(download(address, 10, AbortSignal.timeout(1_000))).rejects.toThrow('conversation.error.file-gone')
  })

  test('is read no further than its limit', async () => {
    const get = async () => new Response(Buffer.alloc(64))
    expect(await download(href, 64, AbortSignal.timeout(1_000), get)).toHaveLength(64)
    const tooLong = download(href, 63, AbortSignal.timeout(1_000), get)
    await expect(tooLong).rejects.toThrow('conversation.error.file-too-large')
  })

  test('that is gone is gone; a server in trouble is tried again', async () => {
    const answers = (status: number) =>
      download(href, 9, AbortSignal.timeout(1_000), async () => new Response('', { status }))
    await expect(answers(404)).rejects.toThrow('conversation.error.file-gone')
    await expect(answers(503)).rejects.toMatchObject({ failure: { kind: 'transient', code: 'http-503' } })
  })
})
