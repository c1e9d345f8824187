import { expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { openOverTelegram } from '../month/over-telegram.js'
import type { House } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aPerson, appoint, aUnit } from '../support/people.js'

test('over the Telegram protocol the pack is four documents with a word each, and below them one message with its button', async () => {
  const stage = await openOverTelegram('polling', '2026-12-03 19:20')
  const house = { db: stage.db, now: stage.clock.moment } as unknown as House
  const cellId = await aUnit(house, 'Chi bộ Suối Mơ')
  const personId = await aPerson(house, 'Lục Văn Đầu Nguồn', cellId)
  await appoint(house, personId, 'secretary', cellId)
  const chat = { id: newId(), botId: stage.app.lines[0]?.botId() ?? '', externalId: '501', kind: 'private' as const }
  await stage.db.chat.create({ data: { ...chat, createdAt: house.now } })
  await stage.db.chatLink.create({ data: { id: newId(), personId, chatId: chat.id, linkedAt: house.now } })
  const secretary = stage.server.person({ id: 501, name: 'Lục Văn Đầu Nguồn' })
  secretary.chat.refusal = null
  await aMeeting(house, cellId, '2026-12-03 19:10')
  const says = async (text: string): Promise<void> => {
    await secretary.says(text)
    await stage.server.until(() => stage.server.pendingUpdates() === 0 || undefined)
    await stage.app.settle()
  }
  await says('còn lại có mặt')
  const taps = await secretary.taps('Đúng, xác nhận')
  await stage.server.until(() => stage.server.pendingUpdates() === 0 || undefined)
  await stage.app.settle()
  await taps.answer()

  const sent = secretary.messages().slice(-5)
  expect(sent.map(({ text, file }) => [text.split('\n')[0], file?.fileName ?? null])).toEqual([
    ['Biên bản', 'bien-ban-2026-12-03.docx'],
    ['Dự thảo nghị quyết', 'du-thao-nghi-quyet-2026-12-03.docx'],
    ['Báo cáo kết quả', 'bao-cao-2026-12-03.docx'],
    ['Phiếu chấm điểm', 'phieu-cham-diem-2026-12-03.docx'],
    [expect.stringContaining('Giấy tờ buổi sinh hoạt thường kỳ tháng 12/2026'), null],
  ])
  expect(sent.map(({ keyboard }) => keyboard.flat().map((one) => one.text))).toEqual([
    [],
    [],
    [],
    [],
    ['Chấm điểm buổi họp'],
  ])
  expect(stage.server.violations).toEqual([])
  await stage.close()
})
