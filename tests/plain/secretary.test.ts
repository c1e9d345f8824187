import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pick } from '../../src/conversation/messages.js'
import { newId } from '../../src/core/ids.js'
import { enqueue, outgoing, PRIORITY } from '../../src/messaging/outbox.js'
import { at, type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, answerRowOf, readMeeting } from '../support/meetings.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let secretary: Player

/** A house of its own for what follows: meetings of one story are no questions in another. */
const inOwnHouse = (): void => {
  beforeAll(async () => {
    house = await openHouse({ now: '2026-11-20 08:00', plain: true })
    cell = await aCell(house, 12)
    secretary = cell.secretary
  })
  afterAll(() => house.close())
}

const member = (n: number) => cell.members[n - 1] as Player

describe('a secretary who can only write', () => {
  inOwnHouse()

  test('turns the pages of the menu', async () => {
    await secretary.says('menu')
    await secretary.sees('11. Đặt lịch định kỳ', '17. Việc khác ›')
    await secretary.says('tiep')
    await secretary.sees('11. Thông tin của tôi', '17. Việc khác ›')
    await secretary.says('tiep')
    await secretary.sees('Việc thường dùng')
    await secretary.says('viec thuong dung')
    await secretary.sees('11. Đặt lịch định kỳ')
  })

  test('makes one meeting, moves it, and postpones it', async () => {
    await secretary.says('/taohop 26/11/2026 19:30 chuyên đề tại Hội trường')
    await secretary.sees('chuyên đề', '11. ')
    await secretary.says('11')
    const made = await house.db.meeting.findFirstOrThrow({ where: { cellId: cell.unitId, kind: 'thematic' } })
    await secretary.reads()
    await secretary.says('/doilich')
    await secretary.sees('ghi ngày giờ mới', '11. thứ Sáu 27/11')
    await secretary.says('27/11 19:00')
    await secretary.sees('Đổi lịch, đúng chưa ạ?', '11. Đúng, đổi lịch')
    await secretary.says('dung, doi lich')
    expect(await readMeeting(house, made.id)).toMatchObject({ day: '2026-11-27', time: '19:00' })
    await secretary.reads()
    await secretary.says('/hoanhop')
    await secretary.sees('11. ')
    await secretary.says('11')
    await secretary.reads()
    expect((await readMeeting(house, made.id)).state).toBe('cancelled')
  })

  test('sets the monthly schedule by numbers and words', async () => {
    await secretary.says('/lichdinhky')
    await secretary.sees('vào ngày nào hằng tháng', '13. thứ Hai đầu tiên hằng tháng')
    await secretary.says('13')
    await secretary.sees('Họp lúc mấy giờ', '12. 19:30')
    await secretary.sendsSticker()
    await secretary.sees('chỉ đọc được chữ', 'Họp lúc mấy giờ', '12. 19:30')
    await secretary.says('19h30')
    await secretary.sees('Họp ở đâu')
    await secretary.says('Nhà văn hóa')
    await secretary.sees('Thứ Hai đầu tiên', '11. Đúng, lưu lịch')
    await secretary.says('11')
    expect(await house.db.schedule.count({ where: { cellId: cell.unitId } })).toBe(1)
    await secretary.reads()
  })

  test('changes the reminders, and asks for codes', async () => {
    await secretary.says('/lichnhac')
    await secretary.sees('ghi các mốc', '11. ')
    await secretary.says('11')
    await secretary.reads()
    await secretary.says('/mamoi')
    await secretary.reads()
    await secretary.says('/canhan')
    await secretary.sees('11. ')
    await secretary.says('/ngonngu')
    await secretary.says('tiếng việt')
    await secretary.sees('dùng tiếng Việt')
  })
})

describe('answers and what follows', () => {
  inOwnHouse()

  let meetingId: string
  beforeAll(async () => {
    meetingId = await aMeeting(house, cell.unitId, '2026-11-24 19:30')
  })

  test('a member’s reason is chosen by number, minutes are still minutes', async () => {
    await member(1).says('4')
    await member(1).sees('Đã ghi: đồng chí vắng mặt', '11. công tác\n12. sức khỏe', '1. Đổi: Có mặt')
    await member(1).says('12')
    await member(1).sees('lý do sức khỏe')
    await member(2).says('2')
    await member(2).sees('11. 10 phút\n12. 15 phút')
    await member(2).says('20')
    await member(2).sees('đến muộn khoảng 20 phút')
    await member(2).says('15 phút')
    await member(2).sees('đến muộn khoảng 15 phút')
    expect(await answerRowOf(house, meetingId, cell.memberIds[0] ?? '')).toMatchObject({ reasonKind: 'health' })
  })

  test('an answer for somebody, by pages', async () => {
    await secretary.reads()
    await secretary.says('/traloithay')
    await secretary.sees('trả lời thay ai', '19. Trang sau ›')
    await secretary.says('tiếp')
    await secretary.sees('Đỗ Văn Thử 9', 'Trang trước')
    await secretary.picks('Đỗ Văn Thử 9')
    await secretary.picks('Vắng')
    await secretary.sees('vắng vì lý do gì', '11. công tác')
    await secretary.says('việc gia đình')
    await secretary.sees('Đã ghi thay đồng chí Đỗ Văn Thử 9', 'việc gia đình')
    expect(await answerRowOf(house, meetingId, cell.memberIds[8] ?? '')).toMatchObject({ reasonKind: 'family' })
  })

  test('who has not answered is nudged', async () => {
    await secretary.says('/nhacnho')
    await secretary.sees('chưa trả lời', '11. Nhắc')
    await secretary.says('11')
    await member(3).sees('1. Có mặt')
    await secretary.reads()
    await secretary.says('/tonghop')
    await secretary.sees('Đã trả lời: 3/13')
  })

  test('two late answers offer the same number: which one is asked', async () => {
    await house.to('2026-11-24 19:40')
    await secretary.reads()
    await member(4).says('1')
    await member(5).says('2')
    await secretary.sees('Đồng chí Đỗ Văn Thử 4 trả lời', '11. Chấp nhận\n12. Không chấp nhận')
    await secretary.sees('Đồng chí Đỗ Văn Thử 5 trả lời')
    await secretary.says('11')
    await secretary.sees(
      'Đồng chí chọn việc nào?',
      '11. Chấp nhận – Đồng chí Đỗ Văn Thử 5',
      '12. Chấp nhận – Đồng chí Đỗ',
    )
    await secretary.says('12')
    await secretary.sees('Đã chấp nhận trả lời muộn của đồng chí Đỗ Văn Thử 4')
    await member(4).sees('đã chấp nhận trả lời muộn')
    await secretary.picks('Đồng chí Đỗ Văn Thử 5')
    await secretary.sees('Đã chấp nhận trả lời muộn của đồng chí Đỗ Văn Thử 5')
  })
})

describe('whatever is typed', () => {
  inOwnHouse()

  test('a number that nothing offers any more, two at once or with zeros bring the choices again', async () => {
    const lone = await house.phoneOf('lone', await aPerson(house, 'Cầm Thị Lẻ', cell.unitId))
    await lone.says('menu')
    await lone.reads()
    for (const text of ['99', '011', '11 12', '11,12']) {
      await lone.says(text)
      await lone.sees('chưa rõ số này', 'Đồng chí cần việc gì', '11. ')
    }
    await lone.says('🌻🌻')
    await lone.sees('chưa hiểu', '11. ')
    await lone.says('x'.repeat(10_000))
    await lone.sees('chưa hiểu', '11. ')
    expect(await house.db.answer.count({ where: { person: { fullName: 'Cầm Thị Lẻ' } } })).toBe(0)
  })

  test('more choices than a screen holds come by "tiếp", under the numbers that they have in the whole', async () => {
    const many = await house.phoneOf('many', await aPerson(house, 'Cầm Thị Nhiều', cell.unitId))
    const chat = await house.db.chat.findFirstOrThrow({ where: { externalId: 'many' } })
    const options = Array.from({ length: 23 }, (_, n) => ({
      name: `Mục ${n + 1}`,
      command: 'language.choose',
      args: { locale: n === 21 ? 'en' : 'vi' },
    }))
    const rest = { causeKey: newId(), chatId: chat.id, priority: PRIORITY.reply, expiresAt: at('2026-12-01 08:00') }
    await enqueue(house.db, house.now, [outgoing(pick, { key: 'conversation.whom', options }, rest)])
    await house.app.settle()
    await many.sees('11. Mục 1\n', '19. Mục 9\nCòn 14 mục, nhắn “tiếp” để xem.')
    await many.says('tiếp')
    await many.sees('20. Mục 10\n', '28. Mục 18\nCòn 5 mục')
    await many.says('xem tiep')
    await many.sees('29. Mục 19\n', '33. Mục 23\nTrả lời bằng số, ví dụ 29.')
    await many.says('11')
    await many.sees('dùng tiếng Việt')
    await many.says('muc 22')
    await many.sees('English')
  })

  test('a number typed twice before the reply came chooses once', async () => {
    const other = await aCell(house, 0)
    await other.secretary.says('/lichdinhky')
    await other.secretary.sees('vào ngày nào', '12. ngày 5 hằng tháng')
    const chatExternalId = other.secretary.handle
    const chat = { externalId: chatExternalId, kind: 'private' }
    const content = { kind: 'text', text: '12' }
    const receivedAt = house.now
    for (const id of [newId(), newId()])
      await house.db.inboundUpdate.create({
        data: {
          id,
          botId: house.botId,
          externalId: id,
          chatExternalId,
          payload: { chat, senderExternalId: chatExternalId, languageCode: null, content },
          receivedAt,
        },
      })
    await house.to('2026-11-20 08:05')
    await house.app.lines[0]?.recover()
    await house.app.settle()
    // The hour's 12 came behind both of them.
    await other.secretary.sees('Họp lúc mấy giờ', '12. 19:30')
    expect(await other.secretary.screen()).not.toContain('Họp ở đâu')
  })

  test('two people on one phone are asked who is meant, and the question repeats for the right one', async () => {
    const both = await house.phoneOf(
      'couple',
      await aPerson(house, 'Vi Văn Anh', cell.unitId),
      await aPerson(house, 'Lò Thị Em', cell.unitId),
    )
    await both.says('menu')
    await both.sees('của đồng chí nào', '11. Vi Văn Anh\n12. Lò Thị Em')
    await both.says('lo thi em')
    await both.sees('Gửi đồng chí Lò Thị Em')
    await both.sendsSticker()
    const again = await both.sees('Gửi đồng chí Lò Thị Em', 'chỉ đọc được chữ')
    expect(again.content.text.match(/Gửi đồng chí/g)).toHaveLength(1)
  })
})

test('the same in English, in short', async () => {
  const english = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const there = await aCell(english, 2)
  await english.db.person.updateMany({ data: { locale: 'en' } })
  await there.secretary.says('/meeting 26/11/2026 19:30 tại Hall 1')
  await there.secretary.sees('Reply with a number, for example 11.')
  await there.secretary.says('11')
  await there.secretary.reads()
  await there.secretary.says('/behalf')
  await there.secretary.sees('11. Đỗ Văn Thử 1')
  await there.secretary.says('11')
  await there.secretary.sees('11. Present')
  await there.secretary.says('PRESENT')
  await there.secretary.sees('Đỗ Văn Thử 1')
  await there.secretary.sendsSticker()
  await there.secretary.sees('I can only read text')
  await there.secretary.says('12 13')
  await there.secretary.sees('I do not know that number')
  await english.close()
})
