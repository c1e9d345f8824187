import { beforeEach, describe, expect, test } from 'vitest'
import { rollCallSweep } from '../../src/attendance/roll-call-sweep.js'
import { createLog } from '../../src/core/log.js'
import { at, type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, cancelMeeting, moveMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string
beforeEach(async () => {
  house = await openHouse({ now: '2026-12-03 15:00' })
  cell = await aCell(house, 3)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  return () => house.close()
})
const member = (n: number) => cell.members[n - 1] as Player
const guestNames = async () => (await house.db.guest.findMany({ where: { meetingId } })).map((one) => one.name)

describe('when it comes', () => {
  test('at the start, and again at the end if unfinished', async () => {
    await house.to('2026-12-03 19:29')
    await cell.secretary.reads()
    await house.to('2026-12-03 19:30')
    await cell.secretary.sees('Đến giờ họp, mời đồng chí điểm danh')
    await cell.secretary.seesNothingMore()
    await house.to('2026-12-03 20:59')
    await cell.secretary.seesNothingMore()
    await house.to('2026-12-03 21:00')
    await cell.secretary.sees('Điểm danh chưa xong')
    await house.to('2026-12-05 12:00')
    await cell.secretary.sees('Nghị quyết và báo cáo lên cấp trên')
    await cell.secretary.seesNothingMore()
  })

  test('not again at the end once it is confirmed', async () => {
    await house.to('2026-12-03 19:40')
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.reads()
    await house.to('2026-12-04 12:00')
    await cell.secretary.seesNothingMore()
  })

  test('after a downtime past the end it comes once, and not in the night', async () => {
    await house.sleepsUntil('2026-12-03 23:00')
    await cell.secretary.reads()
    await house.to('2026-12-04 06:29')
    await cell.secretary.seesNothingMore()
    await house.to('2026-12-04 06:30')
    await cell.secretary.sees('Điểm danh chưa xong')
    await cell.secretary.seesNothingMore()
  })

  test('a cancelled meeting has none, and its old sheet says so', async () => {
    await house.to('2026-12-03 19:30')
    await cell.secretary.reads()
    await cancelMeeting(house, meetingId)
    await cell.secretary.taps('Đỗ Văn Thử 1')
    await cell.secretary.sees('đã hoãn nên không điểm danh')
    await house.to('2026-12-03 22:00')
    await cell.secretary.seesNothingMore()
  })

  test('moved after its sheet went out: the old one records nothing, the new start brings a fresh one', async () => {
    await house.to('2026-12-03 19:30')
    await cell.secretary.taps('Đỗ Văn Thử 1')
    await cell.secretary.taps('vắng không lý do')
    await moveMeeting(house, meetingId, '2026-12-05 19:30')
    await cell.secretary.taps('Đỗ Văn Thử 2')
    await cell.secretary.sees('đã dời sang lúc khác')
    await cell.secretary.reads()
    await house.to('2026-12-05 19:29')
    expect(await cell.secretary.screen()).not.toContain('chưa xong')
    await house.to('2026-12-05 19:30')
    await cell.secretary.sees('Đến giờ họp', 'không lý do 0 · chưa rõ 4.')
    expect(await house.db.rollCallEvent.count({ where: { meetingId } })).toBe(1)
  })

  test('before the start it can be filled, an answer still changes its own proposal, and it cannot be confirmed', async () => {
    await member(1).says('1')
    await house.to('2026-12-03 19:10')
    await cell.secretary.says('/diemdanh')
    await cell.secretary.sees('[✅ Đỗ Văn Thử 1]', 'Tổng số 4: ', 'chưa rõ 3.')
    await cell.secretary.taps('Đỗ Văn Thử 2')
    await cell.secretary.taps('vắng không lý do')
    await member(1).says('đến muộn 15 phút')
    await member(2).says('1')
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.sees('chưa bắt đầu nên chưa xác nhận được')
    await house.to('2026-12-03 19:30')
    await cell.secretary.sees('Đến giờ họp', '[🕒 Đỗ Văn Thử 1]', '[❌ Đỗ Văn Thử 2]')
  })
})

describe('/diemdanh', () => {
  test('takes the running meeting; several unfinished ones are asked about; none says when the next is', async () => {
    await cell.secretary.says('/diemdanh')
    await cell.secretary.sees('Chưa có buổi họp nào để điểm danh. Buổi tới: 19:30')
    await house.to('2026-12-03 20:00')
    await cell.secretary.reads()
    await cell.secretary.says('diem danh')
    await cell.secretary.sees('Điểm danh', 'Tổng số 4: ', 'chưa rõ 4.')
    const second = await aMeeting(house, cell.unitId, '2026-12-10 19:30', { kind: 'thematic' })
    await house.to('2026-12-10 20:00')
    await cell.secretary.says('/rollcall')
    await cell.secretary.sees('chuyên đề', 'Tổng số 4: ', 'chưa rõ 4.')
    await house.to('2026-12-12 08:00')
    await cell.secretary.says('/diemdanh')
    await cell.secretary.sees('Đồng chí điểm danh buổi nào')
    await cell.secretary.taps('(chuyên đề)')
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    expect(await house.db.rollCall.findMany({ where: { confirmedAt: { not: null } } })).toMatchObject([
      { meetingId: second },
    ])
  })

  test('stands first in the secretary’s menu while the meeting runs, and not in a member’s', async () => {
    await house.to('2026-12-03 19:40')
    await cell.secretary.reads()
    await cell.secretary.says('menu')
    const menu = await cell.secretary.sees('Đồng chí cần việc gì')
    expect(menu.content.choices[0]?.[0]?.label).toBe('Điểm danh buổi họp')
    await member(1).says('menu')
    expect(JSON.stringify((await member(1).last()).content.choices)).not.toContain('rollcall')
  })

  test('a plain member may not, by command or by a button that was passed on, and is told so', async () => {
    await house.to('2026-12-03 19:30')
    await member(1).reads()
    await member(1).says('/diemdanh')
    await member(1).sees('không thuộc phần đồng chí phụ trách')
    const { deliveryId } = await cell.secretary.last()
    await member(1).tapsRaw(deliveryId, 0)
    await member(1).sees('dành cho đồng chí khác')
    expect(await house.db.rollCallEvent.count()).toBe(0)
  })
})

test('the sheet of 19:30 is offered once, however many instances look at once', async () => {
  house.clock.moment = at('2026-12-03 19:30')
  const sweep = rollCallSweep(createLog('silent'), false)
  await Promise.all([1, 2, 3, 4].map(() => sweep.run(house.db, house.now)))
  await house.app.settle()
  await cell.secretary.sees('Đến giờ họp')
  expect(await house.db.outbox.count({ where: { kind: 'rollcall.due' } })).toBe(1)
})

test('an English reader has all of it in English', async () => {
  await house.db.person.update({ where: { id: cell.secretaryId }, data: { locale: 'en' } })
  await member(1).says('1')
  await house.to('2026-12-03 19:30')
  await cell.secretary.sees('The meeting begins', 'Of 4: present 1', 'unknown 3.', '[Guests (0)]')
  await cell.secretary.taps('Đỗ Văn Thử 2')
  await cell.secretary.taps('Absent: health')
  await cell.secretary.taps('Guests')
  await cell.secretary.says('Hà Thị Khách')
  await cell.secretary.taps('Back to the list')
  await cell.secretary.taps('The other 2 are present')
  await cell.secretary.taps('Confirm the roll-call')
  await cell.secretary.sees('confirmed', '– Đỗ Văn Thử 2 (health)', '3/4 (75% to below 90%)', 'Guests:')
  await cell.secretary.taps('Show the summary')
  await cell.secretary.sees('Answered: 1/4 (25%)', 'What the roll-call found', 'Did not answer, was absent (1)')
})

describe('the meeting’s own secretary', () => {
  const name = async () => {
    await house.to('2026-12-03 19:30')
    await cell.secretary.taps('Thư ký cuộc họp')
    await cell.secretary.sees('làm thư ký cuộc họp?', '[Đỗ Văn Thử 2]')
    await cell.secretary.taps('Đỗ Văn Thử 2')
    await cell.secretary.sees('Đã chỉ định đồng chí Đỗ Văn Thử 2', 'Tôi đã báo lại')
  }

  test('is told, may take this roll-call, and may not name another', async () => {
    await name()
    await member(2).sees('Đồng chí được chỉ định làm thư ký cuộc họp', '[Điểm danh]')
    await member(2).taps('Điểm danh')
    const sheet = await member(2).sees('Tổng số 4: ', 'chưa rõ 4.')
    expect(sheet.content.choices.flat().map((one) => one.command)).not.toContain('rollcall.secretary')
    await member(2).taps('Còn lại')
    await member(2).taps('Xác nhận điểm danh')
    await member(2).sees('Đã xác nhận', 'có mặt 4')
    await cell.secretary.sees('Kết quả điểm danh', 'Người xác nhận: đồng chí Đỗ Văn Thử 2')
  })

  test('gets the sheet at the start when named before it; another meeting’s sheet stays closed', async () => {
    const earlier = await aMeeting(house, cell.unitId, '2026-12-01 19:30', { kind: 'thematic' })
    await house.to('2026-12-03 15:05')
    await cell.secretary.says('tổng hợp')
    await cell.secretary.taps('Thư ký cuộc họp')
    await cell.secretary.taps('Đỗ Văn Thử 3')
    await member(3).sees('được chỉ định làm thư ký', 'Đến giờ họp tôi gửi danh sách')
    await house.to('2026-12-03 19:30')
    await member(3).sees('Đến giờ họp, mời đồng chí điểm danh')
    await house.db.delivery.updateMany({
      where: { outbox: { personId: cell.memberIds[2], kind: 'rollcall.due' } },
      data: {
        content: {
          text: 'x',
          choices: [[{ label: 'x', command: 'rollcall.open', args: { unitId: cell.unitId, meetingId: earlier } }]],
        },
      },
    })
    await member(3).taps('x')
    await member(3).sees('không thuộc phần đồng chí phụ trách')
  })

  test('who has no phone is named all the same, and oneself needs no message', async () => {
    await aPerson(house, 'Lò Văn Không Máy', cell.unitId)
    await house.to('2026-12-03 19:30')
    await cell.secretary.taps('Thư ký cuộc họp')
    await cell.secretary.taps('Lò Văn Không Máy')
    await cell.secretary.sees('Đã chỉ định đồng chí Lò Văn Không Máy', 'Tôi không nhắn được')
    await cell.secretary.says('/tonghop')
    await cell.secretary.taps('Thư ký cuộc họp')
    await cell.secretary.sees('Đang là thư ký: đồng chí Lò Văn Không Máy')
    await cell.secretary.taps('Lò Thị Bí Thư')
    const { content } = await cell.secretary.sees('Đã chỉ định đồng chí Lò Thị Bí Thư')
    expect(content.text).not.toContain('nhắn')
    const changes = await house.db.meetingChange.findMany({ where: { meetingId } })
    expect(changes.map((one) => [one.kind, one.revision])).toEqual([
      ['edited', 1],
      ['edited', 1],
    ])
  })

  test('holds it from a day before to a week after, no longer', async () => {
    await name()
    await member(2).reads()
    await house.to('2026-12-10 19:00')
    await member(2).says('/diemdanh')
    await member(2).sees('Tổng số 4: ', 'chưa rõ 4.')
    await house.to('2026-12-11 08:00')
    await member(2).says('/diemdanh')
    await member(2).sees('không thuộc phần đồng chí phụ trách')
  })
})

describe('guests', () => {
  beforeEach(async () => {
    const follower = await aPerson(house, 'Cà Thị Theo Dõi')
    await appoint(house, follower, 'follower', cell.unitId)
    const above = await aPerson(house, 'Lường Văn Ủy')
    await appoint(house, above, 'committee_member', cell.committeeId)
    await house.to('2026-12-03 19:30')
    await cell.secretary.reads()
    await cell.secretary.taps('Khách (0)')
  })

  test('follower and superior committee by a tap, others by name, all outside the denominator', async () => {
    await cell.secretary.sees('Khách dự họp', '[Cà Thị Theo Dõi] [Lường Văn Ủy]')
    await cell.secretary.taps('Lường Văn Ủy')
    await cell.secretary.sees('[✅ Lường Văn Ủy] [Cà Thị Theo Dõi]')
    await cell.secretary.says('Hà Thị Khách')
    await cell.secretary.sees('[✅ Hà Thị Khách]')
    await cell.secretary.says('cà thị theo dõi')
    await cell.secretary.sees('[✅ Cà Thị Theo Dõi]')
    await cell.secretary.taps('Về danh sách')
    await cell.secretary.sees('Tổng số 4: ', 'chưa rõ 4.', 'Khách dự: 3 (không tính vào tỷ lệ)')
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.sees('có mặt 4', 'Tổng số 4', 'Khách dự:\n– Lường Văn Ủy')
    expect((await guestNames()).sort()).toEqual(['Hà Thị Khách', null, null])
  })

  test('a slip is taken back; the same name twice is one; a member or a number is no guest', async () => {
    await cell.secretary.says('Hà Thị Khách')
    await cell.secretary.says('Hà Thị Khách')
    expect(await guestNames()).toEqual(['Hà Thị Khách'])
    await cell.secretary.taps('✅ Hà Thị Khách')
    expect(await guestNames()).toEqual([])
    await cell.secretary.says('đỗ văn thử 1')
    await cell.secretary.sees('không ghi là khách')
    await cell.secretary.taps('Về danh sách')
    await cell.secretary.taps('Khách')
    await cell.secretary.says('0912 345 678')
    await cell.secretary.sees('chưa đọc được họ tên khách')
    await cell.secretary.taps('Khách')
    await cell.secretary.says('tôi đến muộn 10 phút')
    await cell.secretary.sees('chưa đọc được họ tên khách')
    expect(await guestNames()).toEqual([])
  })
})
