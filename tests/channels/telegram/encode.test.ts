import { describe, expect, test } from 'vitest'
import { decodeCallback, encodeCallback } from '../../../src/channels/telegram/callback-data.js'
import {
  encodeCaptionEdit,
  encodeDocument,
  encodeEdit,
  encodeMenu,
  encodeText,
  fitsCaption,
  upload,
} from '../../../src/channels/telegram/encode.js'
import type { Choice, OutgoingMessage } from '../../../src/messaging/vocabulary.js'

const DELIVERY = '01920f3a-7b1c-7def-8123-456789abcdef'
const DATA = 'AZIPOnscfe-BI0VniavN7w'

const request = (message: OutgoingMessage, chatExternalId = '501') => ({
  deliveryId: DELIVERY,
  chatExternalId,
  message,
  file: null,
})
const choice = (label: string): Choice => ({ label, command: 'x', args: {} })
const plain = { chat_id: 501, parse_mode: 'HTML', link_preview_options: { is_disabled: true } }

const texts: readonly (readonly [what: string, message: OutgoingMessage, payload: object])[] = [
  ['words alone', { text: 'Chào đồng chí' }, { ...plain, text: 'Chào đồng chí' }],
  ['signs of HTML', { text: 'a < b & c > d' }, { ...plain, text: 'a &lt; b &amp; c &gt; d' }],
  ['a heading', { heading: 'Họp <3>', text: 'x' }, { ...plain, text: '<b>Họp &lt;3&gt;</b>\nx' }],
  ['a confidential one', { text: 'x', confidential: true }, { ...plain, text: 'x', protect_content: true }],
  [
    'choices, numbered over all rows',
    { text: 'x', choices: [[choice('Có mặt'), choice('Vắng')], [], [choice('Để sau')]] },
    {
      ...plain,
      text: 'x',
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Có mặt', callback_data: `${DATA}.0` },
            { text: 'Vắng', callback_data: `${DATA}.1` },
          ],
          [{ text: 'Để sau', callback_data: `${DATA}.2` }],
        ],
      },
    },
  ],
  [
    'a link as the last button',
    { text: 'x', choices: [[choice('A')]], link: { label: 'Mở', url: 'https://vi.example/a?b=1' } },
    {
      ...plain,
      text: 'x',
      reply_markup: {
        inline_keyboard: [
          [{ text: 'A', callback_data: `${DATA}.0` }],
          [{ text: 'Mở', url: 'https://vi.example/a?b=1' }],
        ],
      },
    },
  ],
  [
    'a link that Telegram would refuse as a button',
    { text: 'x', link: { label: 'Mở', url: 'http://localhost:3000/a' } },
    { ...plain, text: 'x\nMở: http://localhost:3000/a' },
  ],
]

const buttonsOf = (call: { payload: Readonly<Record<string, unknown>> }) =>
  (call.payload.reply_markup as { inline_keyboard: { text: string; callback_data: string }[][] }).inline_keyboard

describe('a message becomes exactly this request', () => {
  test.each(texts)('%s', (_, message, payload) => {
    expect(encodeText(request(message))).toEqual({ method: 'sendMessage', payload })
  })

  test('a group', () => {
    expect(encodeText(request({ text: 'x' }, '-1001234567890')).payload.chat_id).toBe(-1001234567890)
  })

  test('labels are shortened to what a phone shows', () => {
    const long = 'Nguyễn Thị Hồng Nhung vắng mặt vì đi công tác dài ngày ở tỉnh khác'
    const rows = buttonsOf(encodeText(request({ text: 'x', choices: [[choice(long)], [choice(long), choice(long)]] })))
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['Nguyễn Thị Hồng Nhung vắng mặt vì đi công tác…'],
      ['Nguyễn Thị Hồng Nhung…', 'Nguyễn Thị Hồng Nhung…'],
    ])
  })

  test('never more than 8 buttons in a row or 100 in all, and their numbers stay', () => {
    const many = Array.from({ length: 120 }, (_, n) => choice(`${n}`))
    const call = encodeText(request({ text: 'x', choices: [many], link: { label: 'Mở', url: 'https://vi.example' } }))
    const rows = buttonsOf(call)
    expect(rows.flat()).toHaveLength(100)
    expect(Math.max(...rows.map((row) => row.length))).toBe(8)
    expect(rows.flat()[98]).toEqual({ text: '98', callback_data: `${DATA}.98` })
    expect(Buffer.byteLength(JSON.stringify(rows))).toBeLessThan(10_240)
  })

  test('a file by its id, its words as caption', () => {
    const message = { heading: 'Tài liệu', text: 'x', choices: [[choice('Đã đọc')]], confidential: true }
    expect(encodeDocument(request(message), 'FILE', false)).toEqual({
      method: 'sendDocument',
      payload: {
        chat_id: 501,
        document: 'FILE',
        caption: '<b>Tài liệu</b>\nx',
        parse_mode: 'HTML',
        protect_content: true,
        reply_markup: { inline_keyboard: [[{ text: 'Đã đọc', callback_data: `${DATA}.0` }]] },
      },
    })
  })

  test('a bare file, whose words follow', () => {
    expect(encodeDocument(request({ text: 'x', choices: [[choice('A')]] }), 'FILE', true).payload).toEqual({
      chat_id: 501,
      document: 'FILE',
    })
  })

  test('bytes to upload, with a name that cannot break the form', () => {
    expect(upload(new Uint8Array([1, 2]), 'a"b\r\nc.pdf')).toEqual({
      source: Buffer.from([1, 2]),
      filename: 'a_b__c.pdf',
    })
  })

  test('a caption is counted without its markup', () => {
    expect(fitsCaption({ heading: 'ab', text: '&'.repeat(1021) })).toBe(true)
    expect(fitsCaption({ heading: 'ab', text: '&'.repeat(1022) })).toBe(false)
  })

  test('an edit without choices takes the keyboard away', () => {
    const edit = { ...request({ text: 'Đã ghi' }), messageId: '42' }
    expect(encodeEdit(edit)).toEqual({
      method: 'editMessageText',
      payload: { ...plain, message_id: 42, text: 'Đã ghi' },
    })
    expect(encodeCaptionEdit(edit)).toEqual({
      method: 'editMessageCaption',
      payload: { chat_id: 501, message_id: 42, caption: 'Đã ghi', parse_mode: 'HTML' },
    })
  })

  test('the menu of one chat', () => {
    expect(encodeMenu('501', [{ command: '/lich', description: 'Lịch họp' }])).toEqual({
      method: 'setMyCommands',
      payload: { commands: [{ command: 'lich', description: 'Lịch họp' }], scope: { type: 'chat', chat_id: 501 } },
    })
  })
})

describe('callback data', () => {
  test('goes there and back in at most 64 bytes', () => {
    const data = encodeCallback({ deliveryId: DELIVERY, index: 99 })
    expect(data).toBe(`${DATA}.99`)
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
    expect(decodeCallback(data)).toEqual({ deliveryId: DELIVERY, index: 99 })
  })

  test.each(['', 'x', `${DATA}`, `${DATA}.`, `${DATA}.-1`, `${DATA}.1000`, `${DATA} .1`])('foreign: %j', (data) => {
    expect(decodeCallback(data)).toBeNull()
  })

  test('is made of UUIDs only', () => {
    expect(() => encodeCallback({ deliveryId: 'seven', index: 0 })).toThrow(TypeError)
  })
})
