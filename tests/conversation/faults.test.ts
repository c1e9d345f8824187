import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uploadSweep } from '../../src/conversation/uploads.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import { firstOf, shorten } from '../../src/core/text.js'
import type { Channel } from '../../src/messaging/channel.js'
import { createInbox } from '../../src/messaging/inbox.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting, answerRowOf } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

const log = createLog('silent')
let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 08:00' })
  cell = await aCell(house, 4)
})
afterAll(() => house.close())

describe('what must not go wrong in a conversation', () => {
  test('an emoji where a long text is cut leaves no half behind, which no database stores', () => {
    expect(firstOf('ab😀', 3)).toBe('ab')
    expect(firstOf('ab😀', 4)).toBe('ab😀')
    expect(shorten(`${'a'.repeat(8)}😀b`, 10)).toBe(`${'a'.repeat(8)}…`)
  })

  test('a button that was for somebody who left this phone does not act for whoever has it now', async () => {
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-05 19:30')
    const [, , gone = '', stays = ''] = cell.memberIds
    const phone = await house.phoneOf('shared', gone)
    await phone.says('vắng')
    const { deliveryId } = (await phone.last()) ?? { deliveryId: '' }
    const chat = await house.db.chat.findFirstOrThrow({ where: { externalId: 'shared' } })
    await house.db.chatLink.updateMany({ where: { chatId: chat.id }, data: { endedAt: house.now } })
    await house.phoneOf('shared', stays)
    const before = await house.db.answerEvent.count()
    for (const index of [0, 1, 2, 3]) await phone.tapsRaw(deliveryId, index)
    expect(await house.db.answerEvent.count()).toBe(before)
    expect(await answerRowOf(house, meetingId, stays)).toBeNull()
    await phone.sees('Lựa chọn này dành cho đồng chí khác')
  })

  const fail = (): never => {
    throw new Error('a fault of ours')
  }

  test.each([
    ['be neither handled nor refused', null],
    ['not even be read', { decode: fail }],
  ])('an update that can %s is set aside all the same', async (name, unreadable) => {
    const [bot] = await house.db.bot.findMany()
    const inbox = createInbox({
      db: house.db,
      botId: bot?.id ?? '',
      channel: unreadable ?? house.channel,
      handler: { handle: async () => fail(), refuse: async () => fail() },
      now: () => house.now,
      log,
      concurrency: 1,
      onHandled: () => {},
    })
    const payload = {
      chat: { externalId: 'poison', kind: 'private' },
      senderExternalId: 'poison',
      languageCode: null,
      content: { kind: 'text', text: 'x' },
    }
    await inbox.receive([{ externalId: name, chatExternalId: 'poison', payload }])
    await inbox.idle()
    const row = await house.db.inboundUpdate.findFirstOrThrow({ where: { externalId: name } })
    expect([row.attempts, row.handledAt, row.setAsideAt]).toEqual([3, null, house.now])
  })
})

describe('fetching files', () => {
  const anUpload = async (): Promise<string> => {
    const chat = await house.db.chat.findFirstOrThrow()
    const id = newId()
    const { botId } = chat
    const rest = {
      personId: cell.secretaryId,
      updateId: newId(),
      fileRef: id,
      fileName: 'a.pdf',
      state: 'waiting' as const,
    }
    await house.db.upload.create({
      data: { id, botId, chatId: chat.id, ...rest, dueAt: house.now, receivedAt: house.now },
    })
    return id
  }
  const sweepWith = (download: Channel['download']) =>
    uploadSweep({
      channelOf: () => ({ ...house.channel, download }),
      blobs: { put: async () => '0'.repeat(64), get: async () => new Uint8Array() },
      takers: [],
      conversation: { handle: async () => {}, refuse: async () => {}, run: async () => {} },
      identify: async () => [],
      log,
    })

  test('a file is counted before it is touched: one that kills us is not fetched for ever, nor by two at once', async () => {
    const id = await anUpload()
    const attempts: number[] = []
    const sweep = sweepWith(async () => {
      attempts.push((await house.db.upload.findUniqueOrThrow({ where: { id } })).attempts)
      return new Uint8Array([1])
    })
    await Promise.all([sweep.run(house.db, house.now), sweep.run(house.db, house.now)])
    expect(attempts).toEqual([1])
  })

  test('files that hang do not add up', async () => {
    await Promise.all([anUpload(), anUpload(), anUpload()])
    const waiting: (() => void)[] = []
    // Each hangs until the last of them has begun: one after the other this never ends.
    const sweep = sweepWith(async () => {
      await new Promise<void>((release) => {
        waiting.push(release)
        if (waiting.length === 3) for (const one of waiting) one()
      })
      throw new Error('timeout')
    })
    await sweep.run(house.db, house.now)
    expect(waiting).toHaveLength(3)
  })
})
