import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { dissolveUnit, transferMember } from '../../src/organization/units.js'
import { listOpenTasks, listTasksBefore, listTasksOf } from '../../src/tasks/store.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, readMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string

/** The evening of another cell's meeting, an hour and a half after it began. */
async function anEvening(): Promise<void> {
  await house.to('2026-12-03 08:00')
  cell = await aCell(house, 2)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.to('2026-12-03 21:00')
  await cell.secretary.reads()
  await cell.members[0]?.reads()
}

const phone = (name: string): Promise<[string, Player]> =>
  aPerson(house, name, cell.unitId).then(async (id) => [id, await house.phoneOf(`phone-${id}`, id)])

const states = async () => {
  const rows = await house.db.task.findMany({ where: { cellId: cell.unitId }, orderBy: { id: 'asc' } })
  return rows.map((one) => `${one.what}: ${one.state}`)
}

const listEvents = () =>
  house.db.taskEvent.findMany({ where: { task: { cellId: cell.unitId } }, orderBy: { at: 'asc' } })

describe('over buttons', () => {
  beforeAll(async () => {
    house = await openHouse({ now: '2026-12-03 08:00' })
  })
  afterAll(() => house.close())
  beforeEach(anEvening)

  test('a line is repeated back, recorded by one tap, its owner is reminded three days before and closes it by one tap', async () => {
    const [, lan] = await phone('Quàng Thị Lan')
    const { secretary } = cell
    await secretary.says('/nhiemvu Lan: sửa loa nhà văn hóa, trước 20/12')
    await secretary.sees(
      'đọc được 1 nhiệm vụ',
      'tháng 12/2026',
      '– Quàng Thị Lan: sửa loa nhà văn hóa, hạn Chủ nhật 20/12',
    )
    expect(await states()).toEqual([])
    await secretary.taps('Đúng, ghi 1 nhiệm vụ')
    await secretary.sees('Đã ghi 1 nhiệm vụ', 'Còn 1 nhiệm vụ chưa xong')
    await house.to('2026-12-17 07:59')
    await lan.seesNothingMore()
    await house.to('2026-12-17 08:00')
    await lan.sees('Nhắc đồng chí nhiệm vụ chi bộ giao: sửa loa nhà văn hóa. Hạn: Chủ nhật 20/12.')
    await lan.taps('Đã xong')
    await lan.sees('Đã đánh dấu xong: sửa loa nhà văn hóa', 'không còn nhiệm vụ nào')
    await lan.says('/nhiemvu')
    await lan.sees('không còn nhiệm vụ nào chưa xong')
    expect(await states()).toEqual(['sửa loa nhà văn hóa: done'])
    const events = await listEvents()
    expect(events.map((one) => one.state)).toEqual(['open', 'done'])
  })

  test('done before: not reminded; a slip of the finger is opened again, and then it is', async () => {
    const [, lan] = await phone('Quàng Thị Lan')
    await cell.secretary.says('/tasks Lan: sửa loa trước 20/12')
    await cell.secretary.taps('Đúng, ghi')
    await cell.secretary.taps('✓ Quàng Thị Lan')
    await cell.secretary.sees('Đã đánh dấu xong: sửa loa', 'không còn nhiệm vụ')
    await house.to('2026-12-17 09:00')
    await lan.seesNothingMore()
    await cell.secretary.taps('mở lại')
    await house.to('2026-12-17 10:00')
    await lan.sees('Nhắc đồng chí nhiệm vụ')
    await house.to('2026-12-21 10:00')
    await lan.seesNothingMore()
    await cell.secretary.says('nhiệm vụ')
    await cell.secretary.sees('sửa loa, hạn Chủ nhật 20/12 (quá hạn)')
  })

  test('found in the night it waits for the morning; found after the day nobody is reminded', async () => {
    const [, lan] = await phone('Quàng Thị Lan')
    await cell.secretary.says('/nhiemvu Lan: sửa loa trước 20/12\nLan: quét sân trước 11/12')
    await cell.secretary.taps('ghi 2 nhiệm vụ')
    await house.sleepsUntil('2026-12-17 23:00')
    await lan.seesNothingMore()
    await house.to('2026-12-18 06:30')
    await lan.sees('sửa loa')
    await lan.seesNothingMore()
  })

  test('two of one name are told apart, one after the other; nothing is recorded before', async () => {
    const [older] = await phone('Lò Văn Hùng')
    const [younger] = await phone('Lò Văn Hùng')
    await house.db.person.update({ where: { id: older }, data: { birthYear: 1950 } })
    await house.db.person.update({ where: { id: younger }, data: { birthYear: 1990 } })
    await cell.secretary.says('/nhiemvu Hùng: sửa loa\nHùng: trồng cây')
    await cell.secretary.sees('“sửa loa” giao cho đồng chí nào?', '[Lò Văn Hùng (1950)]')
    await cell.secretary.taps('(1950)')
    await cell.secretary.sees('“trồng cây” giao cho đồng chí nào?')
    await cell.secretary.taps('(1990)')
    await cell.secretary.sees('– Lò Văn Hùng (1950): sửa loa', '– Lò Văn Hùng (1990): trồng cây')
    expect(await states()).toEqual([])
    await cell.secretary.taps('ghi 2')
    expect((await listTasksOf(house.db, meetingId)).map((one) => one.ownerId)).toEqual([older, younger])
  })

  test('what cannot be read is asked for again; what was read is kept, also while a roll-call is open', async () => {
    await phone('Quàng Thị Lan')
    await cell.secretary.says('/nhiemvu Lan: sửa loa trước 20/12\nTuấn: quét sân\nLan: quét sân trước 31/2')
    await cell.secretary.sees(
      'Quàng Thị Lan: sửa loa',
      '“Tuấn: quét sân”: không thấy tên',
      '“Lan: quét sân trước 31/2”: ngày này không có trong lịch',
      'phần đã đọc vẫn giữ',
    )
    await cell.secretary.says('Lan: thăm gia đình chính sách')
    await cell.secretary.sees('đọc được 2 nhiệm vụ', 'thăm gia đình chính sách, không ghi hạn')
    await cell.secretary.taps('ghi 2')
    await cell.secretary.sees('Đã ghi 2 nhiệm vụ')
  })

  test('the same tap twice, and an older message of the same draft, record nothing twice', async () => {
    await phone('Quàng Thị Lan')
    await cell.secretary.says('/nhiemvu Lan: sửa loa')
    const first = await cell.secretary.last()
    await cell.secretary.says('Lan: quét sân')
    await cell.secretary.taps('ghi 2')
    await cell.secretary.reads()
    await cell.secretary.tapsRaw(first.deliveryId, 0)
    await cell.secretary.sees('đã được ghi từ trước')
    expect(await states()).toHaveLength(2)
  })

  test('a task for somebody who has left: a clear sentence, and who left meanwhile is found at the last moment', async () => {
    const other = await aUnit(house, 'Chi bộ 2', 'cell', cell.committeeId)
    const [gone] = await phone('Hà Văn Đi')
    await transferMember(house.db, gone, other, '2026-12-01' as PlainDate)
    const [going] = await phone('Quàng Thị Lan')
    await cell.secretary.says('/nhiemvu Đi: sửa loa')
    await cell.secretary.sees('“Đi: sửa loa”: đồng chí này không còn sinh hoạt tại chi bộ; xin giao người khác.')
    await cell.secretary.says('Lan: sửa loa')
    await transferMember(house.db, going, other, '2026-12-03' as PlainDate)
    await cell.secretary.taps('ghi 1')
    await cell.secretary.sees('“Quàng Thị Lan: sửa loa”: đồng chí này không còn sinh hoạt')
    expect(await states()).toEqual([])
  })

  test('an owner who leaves: the secretary is told once and gives it to somebody else; the history stays', async () => {
    const other = await aUnit(house, 'Chi bộ 2', 'cell', cell.committeeId)
    const [lanId, lan] = await phone('Quàng Thị Lan')
    const [maiId, mai] = await phone('Lường Văn Mai')
    await cell.secretary.says('/nhiemvu Lan: sửa loa trước 20/12')
    await cell.secretary.taps('ghi 1')
    await cell.secretary.reads()
    await transferMember(house.db, lanId, other, '2026-12-10' as PlainDate)
    await house.to('2026-12-09 23:00')
    await cell.secretary.sees('Nghị quyết và báo cáo lên cấp trên')
    await cell.secretary.seesNothingMore()
    await house.to('2026-12-10 06:30')
    await cell.secretary.sees('Đồng chí Quàng Thị Lan không còn sinh hoạt tại chi bộ', 'sửa loa, hạn Chủ nhật 20/12')
    await house.to('2026-12-12 12:00')
    await cell.secretary.seesNothingMore()
    await cell.secretary.says('/nhiemvu')
    await cell.secretary.sees('sửa loa, hạn Chủ nhật 20/12 (đã rời chi bộ)')
    await cell.secretary.taps('Giao người khác')
    await cell.secretary.sees('giao cho ai?')
    await cell.secretary.says('Lan')
    await cell.secretary.sees('không còn sinh hoạt tại chi bộ')
    await cell.secretary.says('mai')
    await cell.secretary.sees('Đã giao đồng chí Lường Văn Mai: sửa loa')
    await house.to('2026-12-17 08:00')
    await mai.sees('Nhắc đồng chí nhiệm vụ')
    await lan.seesNothingMore()
    const events = await listEvents()
    expect(events.map((one) => one.ownerId)).toEqual([lanId, maiId])
  })

  test('an owner without a way stands so in the list; nobody asks for a dissolved cell', async () => {
    await aPerson(house, 'Quàng Thị Già', cell.unitId)
    await cell.secretary.says('/nhiemvu Già: kể chuyện, trước 5/12')
    await cell.secretary.taps('ghi 1')
    await cell.secretary.reads()
    await house.to('2026-12-04 08:00')
    await cell.secretary.says('/nhiemvu')
    await cell.secretary.sees('kể chuyện, hạn thứ Bảy 05/12 (chưa nhắc được)')
    await dissolveUnit(house.db, cell.unitId, '2026-12-06' as PlainDate)
    await house.to('2026-12-07 12:00')
    await cell.secretary.sees('Nghị quyết và báo cáo lên cấp trên')
    await cell.secretary.seesNothingMore()
    expect(await states()).toEqual(['kể chuyện: open'])
  })

  test('dropped from the list; a second phone that does it too is told', async () => {
    await phone('Quàng Thị Lan')
    const [deputyId, deputy] = await phone('Vi Thị Phó')
    await appoint(house, deputyId, 'deputy', cell.unitId)
    await cell.secretary.says('/nhiemvu Lan: sửa loa')
    await cell.secretary.taps('ghi 1')
    await deputy.says('/nhiemvu')
    await deputy.taps('Đổi người')
    await deputy.taps('Quàng Thị Lan: sửa loa')
    await cell.secretary.taps('✓ Quàng Thị Lan')
    await cell.secretary.sees('Đã đánh dấu xong')
    await deputy.taps('Dừng nhiệm vụ này')
    await deputy.sees('đã được đánh dấu xong từ trước')
    expect(await states()).toEqual(['sửa loa: done'])
  })

  test('a member records nothing, and closes nobody else’s task', async () => {
    const [member] = cell.members
    await phone('Quàng Thị Lan')
    await cell.secretary.says('/nhiemvu Lan: sửa loa')
    await cell.secretary.taps('ghi 1')
    await member?.says('/nhiemvu Lan: quét sân')
    await member?.sees('Nhiệm vụ do bí thư, phó bí thư ghi nên tôi chưa ghi gì', 'không còn nhiệm vụ nào')
    expect(await states()).toEqual(['sửa loa: open'])
  })

  test('the next meeting begins with their state: done, dropped, open; older ends are not told again', async () => {
    await phone('Quàng Thị Lan')
    await cell.secretary.says('/nhiemvu Lan: một\nLan: hai\nLan: ba')
    await cell.secretary.taps('ghi 3')
    await cell.secretary.taps('✓ Quàng Thị Lan: hai')
    const next = await readMeeting(house, await aMeeting(house, cell.unitId, '2027-01-03 19:30'))
    const after = await readMeeting(house, await aMeeting(house, cell.unitId, '2027-02-03 19:30'))
    const told = (all: readonly { what: string; state: string }[]) => all.map((one) => `${one.what}: ${one.state}`)
    expect(told(await listTasksBefore(house.db, cell.unitId, next))).toEqual(['hai: done', 'một: open', 'ba: open'])
    expect(told(await listTasksBefore(house.db, cell.unitId, after))).toEqual(['một: open', 'ba: open'])
    expect(told(await listOpenTasks(house.db, cell.unitId, next))).toEqual(['một: open', 'ba: open'])
    expect(await listOpenTasks(house.db, cell.unitId, await readMeeting(house, meetingId))).toEqual([])
  })
})

test('over plain text: the same by numbers, in English', async () => {
  house = await openHouse({ now: '2026-12-03 08:00', plain: true })
  await anEvening()
  const [lanId, lan] = await phone('Quàng Thị Lan')
  await house.db.person.updateMany({ where: { id: { in: [cell.secretaryId, lanId] } }, data: { locale: 'en' } })
  await cell.secretary.says('/tasks')
  await cell.secretary.sees('The cell has no open task.', '11. Add a task')
  await cell.secretary.says('11')
  await cell.secretary.sees('one task a line')
  await cell.secretary.says('Lan: sửa loa, by 20/12')
  await cell.secretary.sees('I read 1 task', 'Quàng Thị Lan: sửa loa, by Sunday 20/12', '11. Right, record 1 task')
  await cell.secretary.says('11')
  await cell.secretary.sees('1 task is recorded', '11. ✓ Quàng Thị Lan: sửa loa')
  await house.to('2026-12-17 08:00')
  await lan.sees('A task that the cell gave you: sửa loa. Due: Sunday 20/12.', '11. Done')
  await lan.says('11')
  await lan.sees('Recorded as done: sửa loa')
  expect(await states()).toEqual(['sửa loa: done'])
  await house.close()
})
