import { describe, expect, test } from 'vitest'
import type { SendError } from '../../../src/messaging/vocabulary.js'
import type { Fault, TelegramServer } from '../../support/telegram/index.js'
import { aChannel, aServer, choices, limits, request, signal } from './setup.js'

const failureOf = (call: Promise<unknown>): Promise<SendError['failure']> =>
  call.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: SendError) => error.failure,
  )

async function lanAndTheBot(server: TelegramServer) {
  const lan = server.person({ id: 501, name: 'Lan' })
  lan.says('/start')
  return { lan, channel: aChannel(server) }
}

const file = (rest: object = {}) => ({
  fileName: 'Tài liệu "tháng 12".pdf',
  mime: 'application/pdf',
  platformFileId: null,
  open: async () => new Uint8Array(2000).fill(7),
  ...rest,
})

describe('a message', () => {
  test('is seen with its heading and buttons, and changes in place', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    const message = { heading: 'Họp <chi bộ>', text: 'Có dự không?', choices: choices('Có mặt', 'Vắng') }
    const { messageId } = await channel.send(request(501, message), signal)
    const seen = await lan.sees('Họp <chi bộ>\nCó dự không?')
    expect(seen.entities).toEqual([{ type: 'bold', offset: 0, length: 12 }])
    expect(seen.keyboard.flat().map(({ text }) => text)).toEqual(['Có mặt', 'Vắng'])

    const edit = { ...request(501, { text: 'Đã ghi: có mặt' }), messageId }
    await channel.edit(edit, signal)
    expect(lan.messages()).toMatchObject([{ text: 'Đã ghi: có mặt', keyboard: [], edits: 1 }])
    await channel.edit(edit, signal)
    expect(server.callsOf('editMessageText').map(({ status }) => status)).toEqual([200, 400])
  })

  test('that is gone cannot be edited, and the sender can tell', async () => {
    const server = await aServer()
    const { channel } = await lanAndTheBot(server)
    const gone = { ...request(501, { text: 'x' }), messageId: '999' }
    expect(await failureOf(channel.edit(gone, signal))).toEqual({ kind: 'rejected', code: 'not-editable' })
    expect(server.callsOf('editMessageCaption')).toEqual([])
    const withFile = { ...gone, file: file() }
    expect(await failureOf(channel.edit(withFile, signal))).toEqual({ kind: 'rejected', code: 'not-editable' })
  })

  test('longer than Telegram takes is our mistake, one that fits is not', async () => {
    const server = await aServer()
    const { channel } = await lanAndTheBot(server)
    const full = { heading: 'x'.repeat(500), text: '<'.repeat(limits.textLength) }
    await channel.send(request(501, full), signal)
    const tooLong = channel.send(request(501, { text: 'x'.repeat(4097) }), signal)
    expect(await failureOf(tooLong)).toEqual({ kind: 'rejected', code: 'too-long' })
  })

  test('sets the command menu of one chat', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    await channel.setMenu('501', [{ command: 'lich', description: 'Lịch họp' }], signal)
    expect(lan.commands()).toEqual([{ command: 'lich', description: 'Lịch họp' }])
  })
})

describe('a file', () => {
  test('is uploaded once and sent again by its id', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    const message = { text: 'Tài liệu', choices: choices('Đã đọc'), confidential: true }
    const { platformFileId = null } = await channel.send(request(501, message, { file: file() }), signal)
    const known = file({ platformFileId, open: () => Promise.reject(new Error('opened again')) })
    await channel.send(request(501, message, { file: known }), signal)
    const [first, second] = lan.messages()
    expect(first?.file).toMatchObject({ fileName: 'Tài liệu _tháng 12_.pdf', bytes: await file().open() })
    expect(second?.file).toBe(first?.file)
    expect(first).toMatchObject({ text: 'Tài liệu', isProtected: true, keyboard: [[{ text: 'Đã đọc' }]] })
  })

  test('whose id is no longer known is uploaded again', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    const stale = file({ platformFileId: 'stale' })
    const { platformFileId } = await channel.send(request(501, { text: 'x' }, { file: stale }), signal)
    expect(lan.messages()[0]?.file?.fileId).toBe(platformFileId)
  })

  test('with more words than a caption holds goes first, the words and buttons after it', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    const message = { text: 'x'.repeat(1025), choices: choices('Đã đọc') }
    const receipt = await channel.send(request(501, message, { file: file() }), signal)
    const [document, words] = lan.messages()
    expect(document).toMatchObject({ text: '', keyboard: [] })
    expect(words).toMatchObject({ text: message.text, keyboard: [[{ text: 'Đã đọc' }]] })
    expect(receipt).toEqual({ messageId: String(words?.id), platformFileId: document?.file?.fileId })
  })

  test('is not sent twice when only its words failed', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    server.faults.next('sendMessage', { kind: 'status', status: 502 })
    const long = request(501, { text: 'x'.repeat(1025) }, { file: file() })
    expect(await failureOf(channel.send(long, signal))).toEqual({ kind: 'transient', code: 'http-502' })
    await channel.send(long, signal)
    expect(lan.messages().filter((message) => message.file)).toHaveLength(1)
  })

  test('keeps its place when its words are edited', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    const { messageId } = await channel.send(request(501, { text: 'Tài liệu' }, { file: file() }), signal)
    const edit = { ...request(501, { text: 'Đã đọc' }), messageId }
    await channel.edit(edit, signal)
    await channel.edit(edit, signal)
    expect(lan.messages()).toMatchObject([{ text: 'Đã đọc', edits: 1 }])
    const tooLong = { ...request(501, { text: 'x'.repeat(1025) }), messageId }
    expect(await failureOf(channel.edit(tooLong, signal))).toEqual({ kind: 'rejected', code: 'not-editable' })
  })

  test('too large is refused before it is sent', async () => {
    const server = await aServer()
    const { channel } = await lanAndTheBot(server)
    const large = file({ open: async () => new Uint8Array(limits.uploadBytes + 1) })
    const failed = await failureOf(channel.send(request(501, { text: 'x' }, { file: large }), signal))
    expect(failed).toEqual({ kind: 'rejected', code: 'file-too-large' })
    expect(server.callsOf('sendDocument')).toEqual([])
  })

  test('that somebody sent is fetched, to the limit', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    const fetched = async (size: number) => {
      lan.sendsFile('a.bin', new Uint8Array(size).fill(3))
      const sent = [...lan.chat.messages.values()].at(-1)
      return channel.download(sent?.file?.fileId ?? '', signal)
    }
    expect(await fetched(5000)).toEqual(new Uint8Array(5000).fill(3))
    await expect(fetched(limits.downloadBytes + 1)).rejects.toMatchObject({ code: 'conversation.error.file-too-large' })
    await expect(channel.download('nothing', signal)).rejects.toMatchObject({ code: 'conversation.error.file-gone' })
    server.faults.next('getFile', { kind: 'status', status: 500 })
    expect(await failureOf(channel.download('nothing', signal))).toMatchObject({ kind: 'transient' })
  })
})

describe('what goes wrong on the way', () => {
  const faults: readonly (readonly [what: string, fault: Fault, failure: object])[] = [
    ['a server error', { kind: 'status', status: 500 }, { kind: 'transient', code: 'http-500' }],
    ['too many', { kind: 'too-many', retryAfter: 3 }, { kind: 'retry-after', seconds: 3, scope: 'bot' }],
    ['too many, without a time', { kind: 'too-many' }, { kind: 'transient', code: 'too-many-requests' }],
    ['a broken connection', { kind: 'drop' }, { kind: 'transient', code: 'ECONNRESET' }],
    ['no answer', { kind: 'hang' }, { kind: 'transient', code: 'timeout' }],
    ['nonsense', { kind: 'malformed' }, { kind: 'transient', code: 'malformed' }],
  ]

  test.each(faults)('%s', async (_, fault, failure) => {
    const server = await aServer()
    const { channel } = await lanAndTheBot(server)
    server.faults.next('sendMessage', fault)
    expect(await failureOf(channel.send(request(501, { text: 'x' }), signal))).toEqual(failure)
    await channel.send(request(501, { text: 'y' }), signal)
  })

  test('an upload that hangs is given up', async () => {
    const server = await aServer()
    const { lan } = await lanAndTheBot(server)
    const channel = aChannel(server, { times: { uploadMs: 100 } })
    server.faults.next('sendDocument', { kind: 'hang' })
    const sent = channel.send(request(lan.id, { text: 'x' }, { file: file() }), signal)
    expect(await failureOf(sent)).toEqual({ kind: 'transient', code: 'timeout' })
  })

  test('a caller who gives up is heard', async () => {
    const server = await aServer()
    const { channel } = await lanAndTheBot(server)
    server.faults.next('sendMessage', { kind: 'hang' })
    const giveUp = new AbortController()
    const sent = failureOf(channel.send(request(501, { text: 'x' }), giveUp.signal))
    giveUp.abort()
    expect(await sent).toEqual({ kind: 'transient', code: 'aborted' })
    expect(await failureOf(channel.send(request(501, { text: 'x' }), giveUp.signal))).toMatchObject({ code: 'aborted' })
  })

  test('a server that is not there', async () => {
    const server = await aServer()
    const channel = aChannel(server, { apiRoot: 'http://127.0.0.1:9' })
    expect(await failureOf(channel.send(request(501, { text: 'x' }), signal))).toEqual({
      kind: 'transient',
      code: 'ECONNREFUSED',
    })
    await expect(channel.identify()).rejects.toMatchObject({ code: 'common.error.telegram-unreachable' })
    expect(channel.state()).toEqual({ state: 'failing', code: 'unreachable' })
  })

  test('people who cannot be reached', async () => {
    const server = await aServer()
    const { lan, channel } = await lanAndTheBot(server)
    const failed = () => failureOf(channel.send(request(501, { text: 'x' }), signal))
    lan.blocks()
    expect(await failed()).toEqual({ kind: 'unreachable', code: 'blocked' })
    lan.leavesTelegram()
    expect(await failed()).toEqual({ kind: 'unreachable', code: 'deactivated' })
    server.person({ id: 502, name: 'Mai' })
    expect(await failureOf(channel.send(request(502, { text: 'x' }), signal))).toMatchObject({ code: 'never-started' })
    expect(await failureOf(channel.send(request(503, { text: 'x' }), signal))).toMatchObject({ code: 'chat-not-found' })
  })

  test('a group that moved', async () => {
    const server = await aServer()
    const { channel } = await lanAndTheBot(server)
    const group = server.group({ id: -40, title: 'Chi bộ thử' })
    server.upgradeGroup(group, -10040)
    const failure = await failureOf(channel.send(request(-40, { text: 'x' }), signal))
    expect(failure).toEqual({ kind: 'moved', externalId: '-10040' })
    await channel.send(request(-10040, { text: 'x' }), signal)
  })
})
