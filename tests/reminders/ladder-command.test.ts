import { beforeEach, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 1)
  return () => house.close()
})
const member = () => cell.members[0] as NonNullable<(typeof cell.members)[0]>
const aStandingMeeting = () => aMeeting(house, cell.unitId, '2026-12-03 19:30')

describe('/lichnhac', () => {
  test('shows the ladder with the next meeting’s times', async () => {
    await aStandingMeeting()
    await cell.secretary.says('/lichnhac')
    await cell.secretary.sees(
      '*Lịch nhắc của Chi bộ Tổ dân phố 1*',
      'Nhắc trước giờ họp: 7 ngày, 3 ngày, 1 ngày, 3 giờ (mặc định).',
      'Sinh hoạt thường kỳ 19:30 thứ Năm 03/12/2026 sẽ nhắc:',
      '• 19:30 thứ Năm 26/11: mọi người\n• 19:30 thứ Hai 30/11: người chưa trả lời',
      '• 19:30 thứ Tư 02/12: mọi người, kèm tên tài liệu\n• 16:30 thứ Năm 03/12: người sẽ dự',
      '[7 ngày, 1 ngày, 2 giờ]',
    )
  })

  test.each(['5 ngày, 2 ngày, 30 phút', '5d 2d 30m', 'trước 5 ngày và 2 ngày rồi 30 phút'])(
    'typed as "%s": shown with concrete times, then stored, then kept to',
    async (line) => {
      await aStandingMeeting()
      await house.app.settle()
      await cell.secretary.says('lịch nhắc')
      await cell.secretary.reads()
      await cell.secretary.says(line)
      await cell.secretary.sees(
        'Các mốc nhắc mới: 5 ngày, 2 ngày, 30 phút.',
        '• 19:30 thứ Bảy 28/11: mọi người',
        '• 19:00 thứ Năm 03/12',
      )
      expect(await house.db.ladder.count()).toBe(0)
      await cell.secretary.taps('Đúng, lưu')
      await cell.secretary.sees('Đã lưu. Chi bộ Tổ dân phố 1 sẽ được nhắc trước giờ họp: 5 ngày, 2 ngày, 30 phút.')
      await house.to('2026-11-28 19:29')
      await member().seesNothingMore()
      await house.to('2026-11-28 19:30')
      await member().sees('Còn 5 ngày')
      await member().says('1')
      await member().reads()
      await house.to('2026-12-03 19:00')
      await member().sees('Còn 2 ngày')
      await member().sees('Sắp đến giờ họp: 19:30, tại Hội trường tầng 2')
      await member().seesNothingMore()
    },
  )

  test('a change in the middle repeats no step that went out, and skips what is past', async () => {
    await aStandingMeeting()
    await house.to('2026-11-30 20:00')
    await member().reads()
    await cell.secretary.says('/lichnhac 7 ngày, 4 ngày, 3 ngày, 1 ngày')
    await cell.secretary.sees('thứ Năm 03/12/2026 sẽ nhắc:\n• 19:30 thứ Tư 02/12: mọi người, kèm tên tài liệu\nLưu')
    await cell.secretary.taps('Đúng, lưu')
    await house.to('2026-12-02 19:29')
    await member().seesNothingMore()
    await house.to('2026-12-03 19:29')
    await member().sees('Ngày mai')
    await member().seesNothingMore()
  })

  test('a preset, back to the default, and left as it was', async () => {
    await aStandingMeeting()
    await cell.secretary.says('/lichnhac')
    await cell.secretary.taps('1 ngày, 3 giờ')
    await cell.secretary.taps('Đúng, lưu')
    await cell.secretary.says('/lichnhac')
    await cell.secretary.sees('Nhắc trước giờ họp: ', '[Về mặc định]')
    await cell.secretary.says('về mặc định')
    await cell.secretary.sees('Trở về mặc định: 7 ngày, 3 ngày, 1 ngày, 3 giờ.')
    await cell.secretary.taps('Đúng, lưu')
    await house.to('2026-11-26 19:30')
    await member().sees('Còn 7 ngày')
    await cell.secretary.says('/lichnhac 2 giờ')
    await cell.secretary.taps('Giữ như cũ')
    await cell.secretary.sees('giữ nguyên lịch nhắc')
    await house.to('2026-11-30 19:30')
    await member().sees('Còn 3 ngày')
  })

  test('what cannot be read is asked again, with an example; nothing is stored', async () => {
    await cell.secretary.says('/lichnhac hôm nào cũng được')
    await cell.secretary.sees('chưa đọc được các mốc nhắc', '7 ngày, 3 ngày, 1 ngày, 3 giờ')
    await cell.secretary.says('5 phút')
    await cell.secretary.sees('15 phút trước giờ họp')
    await cell.secretary.says('2 ngày')
    await cell.secretary.sees('Các mốc nhắc mới: 2 ngày.', 'chưa có buổi họp nào sắp tới')
    expect(await house.db.ladder.count()).toBe(0)
  })

  test('a member may not', async () => {
    await member().says('/lichnhac 1 ngày')
    await member().sees('không thuộc phần đồng chí phụ trách')
    expect(await house.db.ladder.count()).toBe(0)
  })
})
