import { beforeEach, describe, expect, test } from 'vitest'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string
beforeEach(async () => {
  house = await openHouse({ now: '2026-12-03 15:00' })
  cell = await aCell(house, 4)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  return () => house.close()
})

const memberId = (n: number) => cell.memberIds[n - 1] as string
const member = (n: number) => cell.members[n - 1] as Player
const markOf = (personId: string) =>
  house.db.rollCallMark.findUnique({ where: { meetingId_personId: { meetingId, personId } } })
const statesOf = async () => {
  const marks = await house.db.rollCallMark.findMany({ where: { meetingId } })
  return new Map(marks.map((one) => [one.personId, one.state]))
}
const eventsOf = () =>
  house.db.rollCallEvent.findMany({ where: { meetingId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
const rollCall = () => house.db.rollCall.findUniqueOrThrow({ where: { meetingId } })
const startSilent = async (...phones: Player[]) => {
  await house.to('2026-12-03 19:30')
  for (const phone of phones) await phone.reads()
}

async function aDeputy(): Promise<Player> {
  const id = await aPerson(house, 'Lù Văn Phó', cell.unitId)
  await appoint(house, id, 'deputy', cell.unitId)
  return house.phoneOf('deputy', id)
}

describe('the sheet', () => {
  test('is pre-filled from the answers as a proposal; the silent stay unknown, nobody is unexcused by default', async () => {
    await member(1).says('1')
    await member(2).says('vắng vì ốm')
    await member(3).says('2')
    await house.to('2026-12-03 19:30')
    await cell.secretary.sees(
      'Đến giờ họp',
      'Tổng số 5: có mặt 1 · muộn 1 · trực tuyến 0 · vắng có lý do 1 · không lý do 0 · chưa rõ 2',
      'điền sẵn 3 đồng chí',
      '[✅ Đỗ Văn Thử 1]',
      '[➖ Đỗ Văn Thử 2]',
      '[🕒 Đỗ Văn Thử 3]',
      '[❔ Đỗ Văn Thử 4]',
    )
    expect(await markOf(memberId(2))).toMatchObject({ state: 'excused', reasonKind: 'health', proposed: true })
    expect([...(await statesOf()).values()]).not.toContain('unexcused')
    expect(await eventsOf()).toEqual([])
  })

  test('two taps a member, "còn lại có mặt" for all others, one to confirm; the result is told to the deputy', async () => {
    const deputy = await aDeputy()
    await startSilent(cell.secretary, deputy)
    await cell.secretary.taps('Đỗ Văn Thử 2')
    await cell.secretary.sees('Đỗ Văn Thử 2 dự họp thế nào', 'Đang ghi: chưa rõ', '[➖ Vắng: công tác]')
    await cell.secretary.taps('Vắng: công tác')
    await cell.secretary.sees(
      'vắng có lý do 1',
      'Tổng số 6: ',
      'chưa rõ 5.',
      'Sửa gần nhất: đồng chí Lò Thị Bí Thư, 19:30',
    )
    await cell.secretary.taps('Còn lại có mặt (5)')
    await cell.secretary.sees('có mặt 5', 'Tổng số 6: ', 'chưa rõ 0.', 'Tỷ lệ dự họp 83,3%')
    await deputy.reads()
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.sees('Đã xác nhận', 'có mặt 5', '3/4 (từ 75% đến dưới 90%)', '– Đỗ Văn Thử 2 (công tác)')
    await deputy.sees('Kết quả điểm danh', 'có mặt 5', 'Người xác nhận: đồng chí Lò Thị Bí Thư')
    expect(await rollCall()).toMatchObject({ confirmedById: cell.secretaryId, confirmedAt: house.now, dueAt: null })
    expect(await house.db.answer.count()).toBe(0)
  })

  test('confirming asks about each one left, one by one, and confirms after the last', async () => {
    await member(1).says('1')
    await member(2).says('1')
    await startSilent(cell.secretary)
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.sees('Còn 3 đồng chí chưa rõ', 'Đỗ Văn Thử 3 có dự họp không', '[Còn lại có mặt (3)]')
    expect((await rollCall()).confirmedAt).toBeNull()
    await cell.secretary.taps('vắng không lý do')
    await cell.secretary.sees('Còn 2 đồng chí', 'Đỗ Văn Thử 4 có dự')
    await cell.secretary.taps('✅ có mặt')
    const last = await cell.secretary.sees('Còn 1 đồng chí', 'Lò Thị Bí Thư có dự')
    expect(last.content.choices.flat().map((one) => one.label)).not.toContain('❔ chưa rõ')
    await cell.secretary.taps('Vắng: việc gia đình')
    await cell.secretary.sees('Đã xác nhận', '1/4 (có đồng chí vắng không lý do)', 'Vắng không lý do:\n– Đỗ Văn Thử 3')
    expect(await markOf(memberId(3))).toMatchObject({ state: 'unexcused' })
  })

  test('full and probationary are shown apart', async () => {
    await house.db.person.update({ where: { id: memberId(1) }, data: { admittedOn: new Date('2026-05-01') } })
    await startSilent(cell.secretary)
    await cell.secretary.taps('Đỗ Văn Thử 1')
    await cell.secretary.taps('Vắng: khác')
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận')
    await cell.secretary.sees('Chính thức 4/4 (100%) · dự bị 0/1 (0%)')
  })

  test('60 members: eight a page by given name, each page within reach, every tap returns to its page', async () => {
    for (let n = 1; n <= 55; n += 1) await aPerson(house, `Lường Thị Hoa ${String(n).padStart(2, '0')}`, cell.unitId)
    await house.to('2026-12-03 19:30')
    const first = await cell.secretary.sees('Tổng số 60: ', 'chưa rõ 60.', 'Trang 1/8', '[Trang sau ›]')
    expect(first.content.choices.flat().filter((one) => one.command === 'rollcall.ask')).toHaveLength(8)
    // The first page of so large a cell offers a code to check in with, too.
    expect(first.content.choices.length).toBeLessThanOrEqual(9)
    const seen = new Set<string>()
    for (let page = 1; page <= 8; page += 1) {
      const shown = (await cell.secretary.last()).content.choices.flat()
      for (const one of shown) if (one.command === 'rollcall.ask') seen.add(String(one.args.personId))
      if (page < 8) await cell.secretary.taps('Trang sau')
    }
    expect(seen.size).toBe(60)
    await cell.secretary.taps('❔')
    await cell.secretary.taps('✅ có mặt')
    await cell.secretary.sees('có mặt 1', 'Trang 8/8', '[‹ Trang trước]')
  })
})

describe('two phones', () => {
  test('each sees the other’s changes, and no mark is lost when both press at once', async () => {
    const deputy = await aDeputy()
    await startSilent(cell.secretary, deputy)
    await cell.secretary.taps('Đỗ Văn Thử 1')
    await cell.secretary.taps('Vắng: công tác')
    await deputy.sees('vắng có lý do 1', '[➖ Đỗ Văn Thử 1]', 'Sửa gần nhất: đồng chí Lò Thị Bí Thư')
    await Promise.all([cell.secretary.taps('Đỗ Văn Thử 2'), deputy.taps('Đỗ Văn Thử 3')])
    await Promise.all([cell.secretary.taps('đến muộn'), deputy.taps('trực tuyến')])
    const states = await statesOf()
    expect([1, 2, 3].map((n) => states.get(memberId(n)))).toEqual(['excused', 'late', 'online'])
    expect((await rollCall()).version).toBe(3)
    expect(await eventsOf()).toHaveLength(3)
  })

  test('sixteen marks from two phones at the same moments: all of them stand, each with its history', async () => {
    for (let n = 1; n <= 12; n += 1) await aPerson(house, `Lường Thị Hoa ${n}`, cell.unitId)
    const deputy = await aDeputy()
    await startSilent(cell.secretary, deputy)
    const { content, deliveryId } = await cell.secretary.last()
    const people = content.choices.flat().filter((one) => one.command === 'rollcall.ask')
    await deputy.taps('Trang sau')
    const others = await deputy.last()
    for (let n = 0; n < people.length; n += 1) {
      const second = others.content.choices.flat().filter((one) => one.command === 'rollcall.ask')
      await Promise.all([
        cell.secretary.tapsRaw(deliveryId, n),
        n < second.length ? deputy.tapsRaw(others.deliveryId, n) : Promise.resolve(),
      ])
      await Promise.all([cell.secretary.taps('đến muộn'), n < second.length ? deputy.taps('trực tuyến') : null])
    }
    const states = [...(await statesOf()).values()]
    expect(states.filter((state) => state === 'late')).toHaveLength(8)
    expect(states.filter((state) => state === 'online')).toHaveLength(8)
    expect(await eventsOf()).toHaveLength(16)
    await cell.secretary.sees('muộn 8 · trực tuyến 8')
    await deputy.sees('muộn 8 · trực tuyến 8')
  })

  test('a phone that is choosing a mark is not disturbed', async () => {
    const deputy = await aDeputy()
    await startSilent(cell.secretary, deputy)
    await deputy.taps('Đỗ Văn Thử 3')
    await deputy.sees('Đỗ Văn Thử 3 dự họp thế nào')
    await cell.secretary.taps('Đỗ Văn Thử 1')
    await cell.secretary.taps('✅ có mặt')
    await deputy.seesNothingMore()
    await deputy.taps('✅ có mặt')
    await deputy.sees('có mặt 2', '[✅ Đỗ Văn Thử 1]')
  })

  test('"còn lại có mặt" on an old sheet leaves what the other has marked', async () => {
    const deputy = await aDeputy()
    await startSilent(cell.secretary, deputy)
    const { deliveryId, content } = await cell.secretary.last()
    await deputy.taps('Đỗ Văn Thử 4')
    await deputy.taps('vắng không lý do')
    const rest = content.choices.flat().findIndex((one) => one.command === 'rollcall.rest')
    await cell.secretary.tapsRaw(deliveryId, rest)
    await cell.secretary.sees('có mặt 5', 'không lý do 1')
    expect((await statesOf()).get(memberId(4))).toBe('unexcused')
  })

  test('confirmed twice at once is once; the second is told by whom', async () => {
    const deputy = await aDeputy()
    await startSilent(cell.secretary, deputy)
    await cell.secretary.taps('Còn lại')
    await Promise.all([cell.secretary.taps('Xác nhận điểm danh'), deputy.taps('Xác nhận điểm danh')])
    const whole = (await eventsOf()).filter((one) => one.personId === null)
    expect(whole).toHaveLength(1)
    const second = whole[0]?.byId === cell.secretaryId ? deputy : cell.secretary
    await second.sees('Điểm danh đã được đồng chí', 'không ghi thêm gì')
    expect(await statesOf()).toEqual(await statesOf())
  })

  test('a tap on a sheet that was confirmed meanwhile changes nothing', async () => {
    const deputy = await aDeputy()
    await startSilent(cell.secretary, deputy)
    await deputy.taps('Đỗ Văn Thử 1')
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    await deputy.taps('vắng không lý do')
    await deputy.sees('đã được đồng chí Lò Thị Bí Thư xác nhận')
    expect((await statesOf()).get(memberId(1))).toBe('present')
  })
})

describe('two facts', () => {
  test('a late answer that is accepted touches no mark, and no mark touches an answer', async () => {
    await member(1).says('1')
    await startSilent(cell.secretary)
    await member(1).says('vắng vì ốm')
    await cell.secretary.taps('Chấp nhận')
    await cell.secretary.sees('Đã chấp nhận', 'Điểm danh không thay đổi')
    expect(await markOf(memberId(1))).toMatchObject({ state: 'present', proposed: true })
    await cell.secretary.says('điểm danh')
    await cell.secretary.taps('Đỗ Văn Thử 1')
    await cell.secretary.taps('vắng không lý do')
    expect(await house.db.answer.findFirst({ where: { personId: memberId(1) } })).toMatchObject({
      state: 'absent',
      reasonKind: 'health',
    })
  })

  test('correctable later with history; the result is counted anew and told again', async () => {
    const deputy = await aDeputy()
    await startSilent(cell.secretary, deputy)
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.sees('có mặt 6')
    await deputy.reads()
    await house.to('2026-12-04 09:00')
    await cell.secretary.taps('Sửa điểm danh')
    await cell.secretary.taps('Đỗ Văn Thử 1')
    await cell.secretary.taps('Vắng: sức khỏe')
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.sees('có mặt 5', 'vắng có lý do 1', 'Đã sửa 1 lần')
    await deputy.sees('Kết quả điểm danh', 'có mặt 5')
    const history = (await eventsOf()).filter((one) => one.personId === memberId(1))
    expect(history.map((one) => one.state)).toEqual(['present', 'excused'])
    expect((await eventsOf()).filter((one) => one.personId === null)).toHaveLength(3)
  })

  test('a correction that is left unfinished is offered again', async () => {
    await startSilent(cell.secretary)
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    await house.to('2026-12-04 09:00')
    await cell.secretary.taps('Sửa điểm danh')
    await cell.secretary.sees('Đang sửa điểm danh', 'chưa xác nhận thì buổi này tính là chưa điểm danh')
    await house.to('2026-12-04 11:00')
    await cell.secretary.sees('Điểm danh chưa xong', 'có mặt 5')
  })
})

describe('who is on the list', () => {
  const transfer = async (personId: string, day: string) => {
    await house.db.membership.updateMany({ where: { personId }, data: { endsOn: new Date(day) } })
  }

  test('the list is of the meeting’s day: transferred yesterday is off it, attached today is on it', async () => {
    await transfer(memberId(1), '2026-12-02')
    const attached = await aPerson(house, 'Tòng Thị Tạm')
    await house.db.membership.create({
      data: {
        id: crypto.randomUUID(),
        personId: attached,
        cellId: cell.unitId,
        kind: 'temporary',
        startsOn: new Date('2026-12-01'),
      },
    })
    const exempt = await aPerson(house, 'Quàng Văn Miễn', cell.unitId)
    await house.db.exemption.create({
      data: { id: crypto.randomUUID(), personId: exempt, kind: 'exempt', startsOn: new Date('2026-01-01') },
    })
    await house.to('2026-12-03 19:30')
    const sheet = await cell.secretary.sees('Tổng số 5', '[❔ Tòng Thị Tạm]')
    const labels = sheet.content.choices.flat().map((one) => one.label)
    expect(labels).not.toContain('❔ Đỗ Văn Thử 1')
    expect(labels).not.toContain('❔ Quàng Văn Miễn')
  })

  test('who joins the list during the meeting appears; who leaves it is not counted', async () => {
    await startSilent(cell.secretary)
    await cell.secretary.taps('Còn lại có mặt (5)')
    await aPerson(house, 'Lò Văn Mới', cell.unitId)
    await transfer(memberId(1), '2026-12-01')
    await cell.secretary.says('/diemdanh')
    await cell.secretary.sees('có mặt 4', 'Tổng số 5: ', 'chưa rõ 1.', '[❔ Lò Văn Mới]')
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.sees('có mặt 5', 'Tổng số 5')
    expect(await house.db.rollCallMark.count({ where: { meetingId } })).toBe(5)
  })
})
