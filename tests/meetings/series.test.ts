import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aPerson, appoint, type Cell } from '../support/people.js'
import { aFreshCell } from './support.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
})
beforeEach(async () => {
  cell = await aFreshCell(house, '2026-11-20 08:00')
})
afterAll(() => house.close())

const meetingsOf = () => house.db.meeting.findMany({ where: { cellId: cell.unitId }, orderBy: { startsAt: 'asc' } })
const daysOf = async () => (await meetingsOf()).map((one) => one.day.toISOString().slice(0, 10))

describe('a monthly schedule', () => {
  test('in one line: three dates with weekday before anything is stored, told once when it is', async () => {
    const { secretary, members } = cell
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường tầng 2')
    await secretary.sees(
      'Ngày 3 hằng tháng, lúc 19:00',
      'Địa điểm: Hội trường tầng 2',
      'thứ Năm 03/12/2026',
      'Chủ nhật 03/01/2027',
      'thứ Tư 03/02/2027',
      '[Đúng, lưu lịch] [Sửa lại]',
    )
    expect(await house.db.schedule.count({ where: { cellId: cell.unitId } })).toBe(0)
    expect(await daysOf()).toEqual([])

    await secretary.taps('Đúng, lưu lịch')
    await secretary.sees('Đã lưu lịch', 'thứ Năm 03/12/2026', 'Đã báo 2 đồng chí')
    expect(await daysOf()).toEqual(['2026-12-03', '2027-01-03'])
    for (const member of members) {
      await member.sees(
        'có lịch sinh hoạt định kỳ',
        'Ngày 3 hằng tháng, lúc 19:00',
        '19:00 thứ Năm 03/12/2026',
        '1 Có mặt',
      )
      await member.seesNothingMore()
    }
  })

  test('the same button pressed again makes nothing twice', async () => {
    const { secretary } = cell
    await secretary.says('lịch định kỳ mùng 3 hàng tháng 7 giờ tối tại Nhà văn hoá')
    const asked = await secretary.sees('lúc 19:00')
    const index = asked.content.choices.flat().findIndex((one) => one.label === 'Đúng, lưu lịch')
    await secretary.tapsRaw(asked.deliveryId, index)
    await secretary.sees('Đã lưu lịch')
    await secretary.tapsRaw(asked.deliveryId, index)
    await secretary.sees('Lịch họp sắp tới')
    expect(await house.db.schedule.count({ where: { cellId: cell.unitId } })).toBe(1)
    expect(await meetingsOf()).toHaveLength(2)
  })

  test('step by step, with buttons and words; an hour that could be both is asked about', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky')
    await secretary.sees('vào ngày nào hằng tháng', '[ngày 3 hằng tháng]', '[thứ Hai đầu tiên hằng tháng]')
    await secretary.taps('thứ Hai đầu tiên hằng tháng')
    await secretary.sees('lúc mấy giờ', '[19:00] [19:30]')
    await secretary.says('7 giờ')
    await secretary.sees('07:00 sáng hay 19:00', '[07:00] [19:00]')
    await secretary.taps('19:00')
    await secretary.sees('Họp ở đâu')
    await secretary.says('Nhà văn hoá 19/5')
    await secretary.sees('Thứ Hai đầu tiên hằng tháng, lúc 19:00', 'Nhà văn hoá 19/5', 'thứ Hai 07/12/2026')
  })

  test.each([
    ['T2', 'tuần nào trong tháng', '[thứ Hai cuối cùng hằng tháng]'],
    ['ngày 15 âm lịch hằng tháng 19:00 tại Hội trường', 'dương lịch', '[ngày 15 hằng tháng]'],
    ['ngày 3 hằng tháng 25:70 tại Hội trường', 'không có trên đồng hồ', '[19:00]'],
    ['ngày 32 hằng tháng 19:00 tại Hội trường', 'không có trong lịch', '[ngày 3 hằng tháng]'],
    ['ngày 3 hằng tháng 7 giờ tại Hội trường', '07:00 sáng hay 19:00', '[07:00] [19:00]'],
    ['ngày 3 hằng tháng 19g30', 'Chưa thấy địa điểm', '[Thôi]'],
  ])('"%s" is asked back: %s', async (line, question, offered) => {
    await cell.secretary.says(`/lichdinhky ${line}`)
    await cell.secretary.sees(question, offered)
    expect(await house.db.schedule.count({ where: { cellId: cell.unitId } })).toBe(0)
  })

  test('a lunar day becomes the solar one only when that is chosen', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky rằm hằng tháng 19:00 tại Hội trường')
    await secretary.sees('âm lịch', '[ngày 15 hằng tháng]')
    await secretary.taps('ngày 15 hằng tháng')
    await secretary.sees('Ngày 15 hằng tháng, lúc 19:00', 'thứ Ba 15/12/2026')
  })

  test('the 31st clamps to the end of each month', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky ngày 31 hằng tháng 19:30 tại Hội trường')
    await secretary.sees(
      'tháng thiếu thì ngày cuối tháng',
      'thứ Hai 30/11/2026',
      'thứ Năm 31/12/2026',
      'Chủ nhật 31/01/2027',
    )
    await secretary.taps('Đúng, lưu lịch')
    expect(await daysOf()).toEqual(['2026-11-30', '2026-12-31'])
    await house.to('2026-12-30 08:00')
    expect(await daysOf()).toEqual(['2026-11-30', '2026-12-31', '2027-01-31', '2027-02-28'])
  })

  test('a part can be mended before it is stored', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
    await secretary.taps('Sửa lại')
    await secretary.sees('sửa phần nào', '[Sửa ngày]', '[Sửa giờ]', '[Sửa địa điểm]')
    await secretary.taps('Sửa giờ')
    await secretary.says('19h30')
    await secretary.sees('Ngày 3 hằng tháng, lúc 19:30', 'Hội trường')
  })

  test('a date on a public holiday is pointed out with days to take instead', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky ngày 1 hằng tháng 19:00 tại Hội trường')
    await secretary.sees('thứ Sáu 01/01/2027 – trùng ngày nghỉ', '[Buổi 01/01: dời sang thứ Hai 04/01]')
    await secretary.taps('dời sang thứ Hai 04/01')
    await secretary.sees('thứ Hai 04/01/2027 (thay cho thứ Sáu 01/01)')
    await secretary.taps('Đúng, lưu lịch')
    expect(await daysOf()).toEqual(['2026-12-01', '2027-01-04'])
  })

  test('one kept on a holiday is asked about once, ten days before', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky ngày 1 hằng tháng 19:00 tại Hội trường')
    await secretary.taps('Đúng, lưu lịch')
    await secretary.reads()
    await house.to('2026-12-22 07:59')
    await secretary.reads()
    expect(await house.db.outbox.count({ where: { kind: 'meetings.holiday', personId: cell.secretaryId } })).toBe(0)
    await house.to('2026-12-22 09:00')
    await secretary.sees(
      'Buổi họp trùng ngày nghỉ',
      '19:00 thứ Sáu 01/01/2027',
      '[Dời sang thứ Hai 04/01]',
      '[Giữ nguyên]',
    )
    await secretary.taps('Dời sang thứ Hai 04/01')
    await secretary.sees('Đã đổi lịch', '19:00 thứ Hai 04/01/2027')
    await house.to('2026-12-24 09:00')
    const asked = await house.db.outbox.count({ where: { kind: 'meetings.holiday', personId: cell.secretaryId } })
    expect(asked).toBe(1)
  })

  test('a new schedule replaces the old one: nobody meets twice, and it is told once', async () => {
    const { secretary, members } = cell
    const [member] = members
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
    await secretary.taps('Đúng, lưu lịch')
    await member?.reads()
    await secretary.says('/lichdinhky ngày 10 hằng tháng 20:00 tại Hội trường')
    await secretary.sees('đang có lịch ngày 3 hằng tháng lúc 19:00', 'từ buổi thứ Năm 10/12')
    await secretary.taps('Đúng, lưu lịch')
    expect(await daysOf()).toEqual(['2026-12-10', '2027-01-10'])
    expect((await meetingsOf()).every((one) => one.state === 'planned')).toBe(true)
    await member?.sees('đổi lịch sinh hoạt định kỳ', '20:00 thứ Năm 10/12/2026')
    await member?.seesNothingMore()
    expect(await house.db.schedule.count({ where: { cellId: cell.unitId, endsOn: null } })).toBe(1)
  })

  test('after the meeting of this month the new schedule begins next month', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
    await secretary.taps('Đúng, lưu lịch')
    await house.to('2026-12-05 08:00')
    await secretary.says('/lichdinhky ngày 20 hằng tháng 19:00 tại Hội trường')
    await secretary.sees('từ buổi thứ Tư 20/01')
  })

  test('the whole series ends when asked and confirmed', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
    await secretary.taps('Đúng, lưu lịch')
    await secretary.says('/hoanhop')
    await secretary.taps('Dừng cả lịch')
    await secretary.sees('2 buổi sắp tới sẽ bị hoãn')
    await secretary.taps('Đúng, dừng lịch')
    await secretary.sees('Đã dừng lịch định kỳ')
    expect((await meetingsOf()).map((one) => one.state)).toEqual(['cancelled', 'cancelled'])
    await house.to('2027-01-20 08:00')
    expect(await meetingsOf()).toHaveLength(2)
  })

  test('a dissolved cell gets no more meetings', async () => {
    const { secretary } = cell
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
    await secretary.taps('Đúng, lưu lịch')
    await house.db.unit.update({ where: { id: cell.unitId }, data: { dissolvedOn: new Date('2026-12-10') } })
    await secretary.says('/taohop 25/12/2026 19:30 tại Hội trường')
    await secretary.sees('kết thúc hoạt động từ ngày 10/12/2026', 'cấp ủy cấp trên')
    await house.to('2026-12-20 08:00')
    expect((await meetingsOf()).map((one) => one.state)).toEqual(['planned', 'cancelled'])
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
    await secretary.sees('đã giải thể nên tôi chưa làm gì')
    await house.to('2027-02-20 08:00')
    expect(await meetingsOf()).toHaveLength(2)
  })

  test('after a long downtime only meetings to come are made, and nobody is told of each', async () => {
    const { secretary, members } = cell
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
    await secretary.taps('Đúng, lưu lịch')
    for (const one of [secretary, ...members]) await one.reads()
    await house.sleepsUntil('2027-03-05 09:00')
    expect(await daysOf()).toEqual(['2026-12-03', '2027-01-03', '2027-04-03', '2027-05-03'])
    const made = await house.db.outbox.count({ where: { kind: 'meetings.created', createdAt: house.now } })
    expect(made).toBe(0)
  })

  test('two who lead the cell save at once: one series is left, each month met once', async () => {
    const { secretary } = cell
    const deputyId = await aPerson(house, 'Hà Thị Phó', cell.unitId)
    await appoint(house, deputyId, 'deputy', cell.unitId)
    const deputy = await house.phoneOf('deputy', deputyId)
    await secretary.says('/lichdinhky ngày 3 hằng tháng 19:00 tại Hội trường')
    await deputy.says('/lichdinhky ngày 5 hằng tháng 19:00 tại Hội trường')
    await Promise.all([secretary.taps('Đúng, lưu lịch'), deputy.taps('Đúng, lưu lịch')])
    expect(await house.db.schedule.count({ where: { cellId: cell.unitId, endsOn: null } })).toBe(1)
    const planned = (await meetingsOf()).filter((one) => one.state === 'planned')
    expect(new Set(planned.map((one) => one.day.toISOString().slice(0, 7))).size).toBe(planned.length)
    expect(planned).toHaveLength(2)
  })
})
