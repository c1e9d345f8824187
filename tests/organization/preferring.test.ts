import { expect, test } from 'vitest'
import { openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell } from '../support/people.js'

test('a member with two phones chooses where messages come first; the other is tried when that fails', async () => {
  const house = await openHouse({ now: '2026-11-24 15:00' })
  const cell = await aCell(house, 1)
  const [first] = cell.members
  const personId = cell.memberIds[0] ?? ''
  await first?.says('/canhan')
  const alone = await first?.sees('Đã liên kết trên 1 điện thoại')
  expect(alone?.content.choices.flat().map((one) => one.label)).not.toContain('Nhận tin ở đây trước')
  house.clock.moment = new Date(house.now.getTime() + 1000)
  const second = await house.phoneOf('second', personId)
  await second.says('/canhan')
  const newest = await second.sees('Thứ tự nhận tin: hộp thử, hộp thử.')
  expect(newest.content.choices.flat().map((one) => one.label)).not.toContain('Nhận tin ở đây trước')
  await first?.says('/canhan')
  await first?.taps('Nhận tin ở đây trước')
  await first?.sees('sẽ đến đây trước')
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.to('2026-11-26 20:00')
  await first?.sees('Đồng chí dự được không ạ?')
  await second.reads()
  // The first phone blocks the bot: what comes next goes to the second, and after unblocking to the first again.
  await house.channel.block(first?.handle ?? '', true)
  await house.to('2026-12-01 08:00')
  await second.sees('Tôi chưa nhận được trả lời')
  await house.channel.block(first?.handle ?? '', false)
  await house.to('2026-12-02 20:00')
  await first?.sees('Đồng chí chưa trả lời')
  await second.seesNothingMore()
  await house.close()
})
