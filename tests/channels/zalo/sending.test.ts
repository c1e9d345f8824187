import { describe, expect, test } from 'vitest'
import { encodeMessage } from '../../../src/channels/zalo/encode.js'
import { BOT_PLATFORM, zaloLimits } from '../../../src/channels/zalo/limits.js'
import { splitMessage } from '../../../src/messaging/split.js'
import type { OutgoingMessage } from '../../../src/messaging/vocabulary.js'
import { aChannel, aServer, request, signal } from './setup.js'

const textOf = (message: OutgoingMessage): string => encodeMessage(request('5', message)).payload.text

describe('a message', () => {
  test.each<readonly [string, OutgoingMessage, string]>([
    ['is plain text', { text: 'Có <b>dự</b> *không*?' }, 'Có <b>dự</b> *không*?'],
    ['has its heading above it', { heading: 'Họp chi bộ', text: '19:30' }, 'Họp chi bộ\n19:30'],
  ])('%s', (_, message, text) => {
    expect(textOf(message)).toBe(text)
  })

  test('names its chat and nothing else', () => {
    expect(encodeMessage(request('6ede', { text: 'x', confidential: true }))).toEqual({
      method: 'sendMessage',
      payload: { chat_id: '6ede', text: 'x' },
    })
  })

  test('however long, every part of it fits', () => {
    const long = { heading: 'Họp chi bộ', text: 'Đồng chí xem kỹ tài liệu này. '.repeat(200) }
    const parts = splitMessage(long, zaloLimits.textLength).map(textOf)
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(BOT_PLATFORM.textLength)
    expect(parts.join(' ').match(/Đồng chí xem kỹ tài liệu này\./g)).toHaveLength(200)
  })
})

describe('over the socket', () => {
  test('it arrives and brings its id', async () => {
    const server = await aServer()
    const lan = server.person({ id: 1, name: 'Lan' })
    lan.says('chào')
    const channel = aChannel(server)
    const { messageId } = await channel.send(request(lan.id, { heading: 'Họp', text: 'Có dự không?' }), signal)
    expect(await lan.sees('Có dự không?')).toMatchObject({ id: messageId, text: 'Họp\nCó dự không?' })
  })

  test('what the platform has not is not promised, and refused when asked for', async () => {
    const channel = aChannel(await aServer())
    expect(channel.can).toEqual({
      buttons: false,
      edits: false,
      files: false,
      menus: false,
      push: true,
      deletes: false,
      toasts: false,
    })
    const rejected = { failure: { kind: 'rejected', code: 'not-possible' } }
    await expect(channel.edit({ ...request('5', { text: 'x' }), messageId: '1' }, signal)).rejects.toMatchObject(
      rejected,
    )
    await expect(channel.setMenu('5', [], signal)).rejects.toMatchObject(rejected)
    await expect(channel.delete('5', '1', signal)).rejects.toMatchObject(rejected)
    await expect(channel.toast('5', { text: 'x', url: null }, signal)).rejects.toMatchObject(rejected)
    await expect(channel.download('5', signal)).rejects.toMatchObject({ code: 'conversation.error.file-gone' })
    expect(channel.deepLink('12345678')).toBeNull()
  })

  test('the quota of the account is the settings’', async () => {
    const quota = { messagesPerMonth: 12, people: 3 }
    expect(aChannel(await aServer(), { quota }).quota).toEqual(quota)
  })

  test('a long poll holds up no send', async () => {
    const server = await aServer({ pollSecondMs: 60_000 })
    const lan = server.person({ id: 1, name: 'Lan' })
    const channel = aChannel(server)
    await channel.start(async () => {})
    lan.says('chào')
    await Promise.all(Array.from({ length: 20 }, (_, n) => channel.send(request(lan.id, { text: `tin ${n}` }), signal)))
    expect(lan.messages()).toHaveLength(20)
  })
})
