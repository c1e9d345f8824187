import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aPerson, appoint, type Cell } from '../support/people.js'
import { aFreshCell } from './support.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-10 08:00' })
})
beforeEach(async () => {
  cell = await aFreshCell(house, '2026-12-10 08:00')
})
afterAll(() => house.close())

const LINE = '/taohop 25/12/2026 19:30 chuyên đề tại Hội trường tầng 2'
const stored = () => house.db.meeting.findMany({ where: { cellId: cell.unitId } })

describe('one meeting', () => {
  test('is confirmed before it is stored, and told once with the answer buttons', async () => {
    const { secretary, members } = cell
    await secretary.says(LINE)
    await secretary.sees(
      'Sinh hoạt chuyên đề tháng 12/2026',
      '19:30 thứ Sáu 25/12/2026',
      'Hội trường tầng 2',
      '[Đúng, tạo buổi họp] [Sửa lại]',
    )
    expect(await stored()).toEqual([])
    await secretary.taps('Đúng, tạo buổi họp')
    await secretary.sees('Đã tạo sinh hoạt chuyên đề tháng 12/2026', 'Đã báo 2 đồng chí')
    for (const member of members) {
      await member.sees('Sinh hoạt chuyên đề', '19:30 thứ Sáu 25/12/2026', 'dự được không', '[1 Có mặt] [2 Đến muộn]')
      await member.seesNothingMore()
    }
    const [meeting] = await stored()
    expect(meeting).toMatchObject({ kind: 'thematic', time: '19:30', revision: 1, durationMinutes: 120 })
  })

  test('who has no chat is not counted as told', async () => {
    const { secretary } = cell
    await aPerson(house, 'Quàng Văn Vắng', cell.unitId)
    await secretary.says(LINE)
    await secretary.taps('Đúng, tạo buổi họp')
    await secretary.sees('Đã báo 2 đồng chí')
  })

  test('the old button pressed again makes one meeting only', async () => {
    const { secretary } = cell
    await secretary.says(LINE)
    const asked = await secretary.sees('đúng chưa')
    const index = asked.content.choices.flat().findIndex((one) => one.label === 'Đúng, tạo buổi họp')
    await secretary.tapsRaw(asked.deliveryId, index)
    await secretary.tapsRaw(asked.deliveryId, index)
    await secretary.sees('đã được tạo rồi')
    expect(await stored()).toHaveLength(1)
  })

  test('two who lead the cell press at once: the second is told of the first', async () => {
    const { secretary } = cell
    const deputyId = await aPerson(house, 'Hà Thị Phó', cell.unitId)
    await appoint(house, deputyId, 'deputy', cell.unitId)
    const deputy = await house.phoneOf('deputy', deputyId)
    await secretary.says(LINE)
    await deputy.says(LINE)
    await Promise.all([secretary.taps('Đúng, tạo buổi họp'), deputy.taps('Đúng, tạo buổi họp')])
    expect(await stored()).toHaveLength(1)
    const screens = [await secretary.screen(), await deputy.screen()].join('\n')
    expect(screens).toContain('đã có một buổi họp khác đúng vào lúc đó')
  })

  test.each([
    ['31/2/2027 19:30 tại Hội trường', 'không có trong lịch'],
    ['25/12/2026 25:70 tại Hội trường', 'không có trên đồng hồ'],
    ['01/12/2026 19:30 tại Hội trường', 'Ngày 01/12/2026 đã qua'],
    ['10/12/2026 07:00 tại Hội trường', 'Thời điểm này đã qua'],
    ['25/12/2026 tại Hội trường', 'Chưa thấy giờ họp'],
    ['25/12/2026 7 giờ tại Hội trường', '07:00 sáng hay 19:00'],
    ['25/12/2026 19:30', 'Chưa thấy địa điểm'],
    ['25/12/2036 19:30 tại Hội trường', 'xa quá hai năm'],
  ])('"%s" is asked back and nothing is stored', async (line, question) => {
    await cell.secretary.says(`/taohop ${line}`)
    await cell.secretary.sees(question)
    expect(await stored()).toEqual([])
  })

  test('what is missing is asked for, part by part', async () => {
    const { secretary } = cell
    await secretary.says('tạo buổi họp')
    await secretary.sees('vào ngày nào')
    await secretary.says('thứ Sáu tới')
    await secretary.sees('lúc mấy giờ', '[19:00] [19:30]')
    await secretary.taps('19:30')
    await secretary.sees('Họp ở đâu')
    await secretary.says('Nhà văn hoá tổ 3')
    await secretary.sees('19:30 thứ Sáu 11/12/2026', 'Nhà văn hoá tổ 3')
    await secretary.taps('Là họp chi ủy')
    await secretary.sees('Họp chi ủy tháng 12/2026')
    await secretary.taps('Không họp trực tuyến')
    await secretary.taps('Đúng, tạo buổi họp')
    expect(await stored()).toMatchObject([{ kind: 'cell_committee', onlineAllowed: false, place: 'Nhà văn hoá tổ 3' }])
    // Members who do not lead the cell are not invited to its committee.
    await cell.members[0]?.seesNothingMore()
  })

  test('a second one of that kind on that day, and a holiday, are pointed out', async () => {
    const { secretary } = cell
    await secretary.says('/taohop 25/12/2026 19:30 tại Hội trường')
    await secretary.taps('Đúng, tạo buổi họp')
    await secretary.says('/taohop 25/12/2026 20:00 tại Hội trường')
    await secretary.sees('đã có sinh hoạt thường kỳ tháng 12/2026 lúc 19:30', '[Dời buổi 19:30 sang 20:00]')
    await secretary.says('/taohop 25/12/2026 19:30 tại Hội trường')
    await secretary.sees('đã có một buổi họp khác đúng vào lúc đó')
    await secretary.says('/taohop 01/01/2027 19:30 tại Hội trường')
    await secretary.sees('thứ Sáu 01/01 là ngày nghỉ', '[thứ Hai 04/01]')
    expect(await stored()).toHaveLength(1)
  })

  test('a member who tries is told that it is not theirs', async () => {
    const [member] = cell.members
    await member?.says(LINE)
    await member?.sees('không thuộc phần đồng chí phụ trách')
    await member?.says('/doilich')
    await member?.sees('không thuộc phần đồng chí phụ trách')
    expect(await stored()).toEqual([])
  })

  test('exempt members and followers are told without a question', async () => {
    const { secretary } = cell
    const exemptId = await aPerson(house, 'Nông Văn Già', cell.unitId)
    await house.db.exemption.create({
      data: { id: exemptId, personId: exemptId, kind: 'exempt', startsOn: new Date('2024-01-01') },
    })
    const followerId = await aPerson(house, 'Mạc Văn Dõi')
    await appoint(house, followerId, 'follower', cell.unitId)
    const exempt = await house.phoneOf('exempt', exemptId)
    const follower = await house.phoneOf('follower', followerId)
    await secretary.says(LINE)
    await secretary.taps('Đúng, tạo buổi họp')
    for (const one of [exempt, follower]) {
      const seen = await one.sees('19:30 thứ Sáu 25/12/2026')
      expect(seen.content.choices).toEqual([])
      expect(seen.content.text).not.toContain('dự được không')
      await one.says('/lich')
      const list = await one.sees('Lịch họp sắp tới')
      expect(list.content.choices).toEqual([])
    }
  })
})

describe('a pasted notice', () => {
  const NOTICE = 'Kính mời các đồng chí dự sinh hoạt chi bộ thường kỳ, 19h ngày 23/12 tại Nhà văn hoá tổ 3. Trân trọng!'

  test('is offered as a meeting to who may plan', async () => {
    const { secretary, members } = cell
    await secretary.says(NOTICE)
    await secretary.sees('thông báo họp', '19:00 thứ Tư 23/12/2026', 'Nhà văn hoá tổ 3', '[Tạo buổi họp] [Không]')
    expect(await stored()).toEqual([])
    await secretary.taps('Tạo buổi họp')
    await secretary.sees('Đã tạo sinh hoạt thường kỳ')
    await members[0]?.sees('19:00 thứ Tư 23/12/2026')
  })

  test('"Không" stores nothing', async () => {
    const { secretary } = cell
    await secretary.says(NOTICE)
    await secretary.taps('Không')
    await secretary.sees('không ghi gì')
    expect(await stored()).toEqual([])
  })

  test('one without a place is offered too, and the place asked for', async () => {
    const { secretary } = cell
    await secretary.says('Kính mời các đồng chí dự sinh hoạt chi bộ lúc 19h ngày 23/12.')
    await secretary.sees('còn thiếu', '[Tạo buổi họp] [Không]')
    await secretary.taps('Tạo buổi họp')
    await secretary.sees('Họp ở đâu')
    await secretary.says('Nhà văn hoá')
    await secretary.sees('19:00 thứ Tư 23/12/2026')
  })

  test("a member's is text like any other", async () => {
    const [member] = cell.members
    await member?.says(NOTICE)
    expect(await member?.screen()).not.toContain('[Tạo buổi họp]')
    expect(await stored()).toEqual([])
  })
})
