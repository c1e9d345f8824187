import { beforeEach, describe, expect, test } from 'vitest'
import { recordAnswer } from '../../src/attendance/store.js'
import type { PlainDate } from '../../src/core/dates.js'
import { toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import type { AnswerState, ReasonKind } from '../../src/database/generated/enums.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string
beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01 15:00' })
  cell = await aCell(house, 2)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  return () => house.close()
})

const day = (text: string) => toDateColumn(text as PlainDate)
const member = (n: number) => cell.members[n - 1] as Player
const hasPhone = (personId: string) => house.phoneOf(`phone-${personId}`, personId)

/** An answer as somebody gave it days ago. */
const said = (
  personId: string,
  state: AnswerState,
  reasonKind: ReasonKind | null = null,
  reasonText: string | null = null,
) =>
  recordAnswer(house.db, {
    meetingId,
    personId,
    answer: { state, reasonKind, reasonText, minutesLate: null },
    way: 'button',
    byId: personId,
    updateId: null,
    now: house.now,
  })

const exempt = (personId: string, kind: 'exempt' | 'special_duty') =>
  house.db.exemption.create({ data: { id: newId(), personId, kind, startsOn: day('2026-01-01') } })

/**
 * By hand, for 03/12: the cell's own 3 (secretary, Thử 1, Thử 2); Hai, Ba, Bốn full; Năm probationary; Sáu attached
 * here until January; Bảy exempt; Tám on special duty; Chín transferred away on 02/12; Mười attached elsewhere.
 * Counted: 3 + 3 + Năm + Sáu = 8, of whom 7 full and 1 probationary.
 */
async function aHandMadeTable(): Promise<Record<string, string>> {
  const names = ['Hai', 'Ba', 'Bốn', 'Năm', 'Bảy', 'Tám', 'Chín', 'Mười']
  const ids: Record<string, string> = {}
  for (const name of names) ids[name] = await aPerson(house, `Quàng Văn ${name}`, cell.unitId)
  ids.Sáu = await aPerson(house, 'Quàng Văn Sáu')
  const id = (name: string) => ids[name] as string
  const elsewhere = await aUnit(house, 'Chi bộ Tổ dân phố 2', 'cell', cell.committeeId)
  const attach = (personId: string, cellId: string) =>
    house.db.membership.create({
      data: {
        id: newId(),
        personId,
        cellId,
        kind: 'temporary',
        startsOn: day('2026-11-01'),
        endsOn: day('2027-01-01'),
      },
    })
  await attach(id('Sáu'), cell.unitId)
  await attach(id('Mười'), elsewhere)
  await house.db.person.update({ where: { id: id('Năm') }, data: { admittedOn: day('2026-06-01') } })
  await exempt(id('Bảy'), 'exempt')
  await exempt(id('Tám'), 'special_duty')
  await house.db.membership.updateMany({ where: { personId: id('Chín') }, data: { endsOn: day('2026-12-02') } })
  return ids
}

describe('/tonghop', () => {
  test('agrees with a table made by hand: exempt, special duty, attached, probationary, transferred', async () => {
    const ids = await aHandMadeTable()
    const id = (name: string) => ids[name] as string
    for (const name of ['Hai', 'Ba', 'Bốn']) await hasPhone(id(name))
    await said(id('Hai'), 'present')
    await said(id('Ba'), 'late')
    await said(id('Bốn'), 'absent', 'health', 'mổ mắt')
    await said(id('Năm'), 'online')
    await said(id('Bảy'), 'present')
    await said(id('Chín'), 'present')
    await said(cell.memberIds[0] as string, 'present')
    await cell.secretary.says('/tonghop')
    const { content } = await cell.secretary.sees(
      'Đã trả lời: 5/8 (62,5%)',
      'Có mặt 2 · muộn 1 · trực tuyến 1 · vắng 1 · chưa trả lời 3',
      'Chính thức 7 · dự bị 1',
      'Trong đó sinh hoạt tạm thời: 1',
      'Miễn sinh hoạt (không tính): 1',
      'Vắng vì nhiệm vụ (không tính): 1',
      'Dự kiến dự họp: 4/8 (50%)',
      'Vắng (1):\n– Quàng Văn Bốn: sức khỏe, “mổ mắt”',
      'Chưa trả lời (2):\nĐỗ Văn Thử 2, Lò Thị Bí Thư',
      'Chưa nhận được tin (1):\n– Quàng Văn Sáu',
      'Có mặt (2):\nĐỗ Văn Thử 1, Quàng Văn Hai',
      'Được miễn, vẫn trả lời (1):\n– Quàng Văn Bảy: có mặt',
    )
    for (const name of ['Chín', 'Mười', 'Tám']) expect(content.text).not.toContain(`Quàng Văn ${name}`)
  })

  test('the forecast says how many are missing for the cell’s target, until it is reached', async () => {
    await member(1).says('1')
    await cell.secretary.says('tổng hợp')
    await cell.secretary.sees('Dự kiến dự họp: 1/3 (33,3%). Cần thêm 2 đồng chí để đạt 90%.')
    await member(2).says('vắng vì bận')
    await cell.secretary.says('tổng hợp')
    await cell.secretary.sees('Cần thêm 2 đồng chí để đạt 90%, nhiều hơn số chưa trả lời.')
    await house.db.unit.update({ where: { id: cell.committeeId }, data: { attendanceTarget: 30 } })
    await cell.secretary.says('tổng hợp')
    await cell.secretary.sees('Dự kiến dự họp: 1/3 (33,3%). Đạt mức 30%.')
  })

  test('who declined the chat is "liên hệ trực tiếp", listed as not reached and never as a refusal', async () => {
    const [direct, blocked] = [
      await aPerson(house, 'Lò Thị Trực', cell.unitId),
      await aPerson(house, 'Lò Thị Chặn', cell.unitId),
    ]
    await house.db.person.update({ where: { id: direct }, data: { contact: 'direct' } })
    const phone = await hasPhone(blocked)
    await house.db.chat.updateMany({ where: { externalId: phone.handle }, data: { unreachableSince: house.now } })
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees(
      'Chưa nhận được tin (2):\n– Lò Thị Chặn\n– Lò Thị Trực (liên hệ trực tiếp)',
      '[Nhắc 3 đồng chí]',
      '[Trả lời thay]',
    )
    await said(direct, 'present')
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('Chưa nhận được tin (1):', 'Có mặt (1):\nLò Thị Trực')
  })

  test('the words of a reason are for secretary and deputy; a member is refused and told', async () => {
    await said(cell.memberIds[0] as string, 'absent', 'family', 'việc riêng kín')
    await member(2).says('/tonghop')
    await member(2).sees('không thuộc phần đồng chí phụ trách')
    const deputyId = await aPerson(house, 'Lù Văn Phó', cell.unitId)
    await appoint(house, deputyId, 'deputy', cell.unitId)
    const deputy = await house.phoneOf('deputy', deputyId)
    await deputy.says('/summary')
    await deputy.sees('“việc riêng kín”')
    await house.to('2026-12-03 19:30')
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    const everywhere = await Promise.all([cell.secretary, ...cell.members].map((one) => one.screen()))
    expect(everywhere.join('\n')).not.toContain('việc riêng kín')
  })

  test('late answers that wait are put first', async () => {
    await house.to('2026-12-03 19:35')
    await member(2).says('vắng vì ốm')
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('Trả lời muộn chờ đồng chí xem (1):\n– Đỗ Văn Thử 2: vắng mặt', '[Điểm danh]')
    await cell.secretary.taps('Chấp nhận')
    await cell.secretary.says('/tonghop')
    const { content } = await cell.secretary.sees('Vắng (1):\n– Đỗ Văn Thử 2: sức khỏe')
    expect(content.text).not.toContain('chờ đồng chí xem')
  })

  test('after the roll-call it shows what happened beside what was said', async () => {
    await said(cell.memberIds[0] as string, 'present')
    await said(cell.memberIds[1] as string, 'absent', 'work')
    await house.to('2026-12-03 19:30')
    await cell.secretary.reads()
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('Chưa có kết quả điểm danh', '[Điểm danh]')
    await cell.secretary.taps('Điểm danh')
    await cell.secretary.taps('Đỗ Văn Thử 1')
    await cell.secretary.taps('vắng không lý do')
    await cell.secretary.taps('Đỗ Văn Thử 2')
    await cell.secretary.taps('✅ có mặt')
    await cell.secretary.taps('Còn lại')
    await cell.secretary.taps('Xác nhận điểm danh')
    await cell.secretary.taps('Xem tổng hợp')
    await cell.secretary.sees(
      'Có mặt 1 · muộn 0 · trực tuyến 0 · vắng 1 · chưa trả lời 1',
      'Thực tế theo điểm danh:\nTổng số 3: có mặt 2 · muộn 0',
      'Báo dự nhưng vắng (1):\nĐỗ Văn Thử 1',
      'Báo vắng nhưng đến dự (1):\nĐỗ Văn Thử 2',
      'Không trả lời nhưng đến dự (1):\nLò Thị Bí Thư',
    )
    expect(await house.db.answer.findFirst({ where: { personId: cell.memberIds[0] } })).toMatchObject({
      state: 'present',
    })
  })

  test('materials with how many have read them; one can leaf to the meeting before and after', async () => {
    const materialId = newId()
    await house.db.material.create({
      data: {
        id: materialId,
        cellId: cell.unitId,
        meetingId,
        title: 'Chuyên đề quý IV',
        url: 'https://example.org/a',
        push: 'next_step',
        addedById: cell.secretaryId,
        addedAt: house.now,
      },
    })
    await house.db.reading.create({ data: { materialId, personId: cell.memberIds[0] as string, at: house.now } })
    await aMeeting(house, cell.unitId, '2026-12-10 19:30', { kind: 'thematic' })
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('19:30 thứ Năm 03/12', '– Chuyên đề quý IV: 1/3 đã đọc', '[Buổi sau ›]')
    await cell.secretary.taps('Buổi sau')
    await cell.secretary.sees('Sinh hoạt chuyên đề 19:30 thứ Năm 10/12', '[‹ Buổi trước]')
  })

  test('120 names are cut between names, and no name is lost', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `Nguyễn Thị Phương Thảo Nguyên ${String(n).padStart(3, '0')}`)
    for (const name of names) await aPerson(house, name, cell.unitId)
    await cell.secretary.says('/tonghop')
    const parts = (await cell.secretary.screen()).split('\n---\n')
    expect(parts.length).toBeGreaterThan(1)
    for (const name of names) expect(parts.filter((part) => part.includes(name))).toHaveLength(1)
    expect(parts.at(-1)).toContain('[Trả lời thay]')
  })

  test('a cell without a meeting is told how to plan one', async () => {
    await house.db.meeting.update({ where: { id: meetingId }, data: { state: 'cancelled' } })
    await cell.secretary.says('/tonghop')
    await cell.secretary.sees('chưa có buổi họp nào để tổng hợp', '[Tạo buổi họp]')
    await cell.secretary.taps('Tạo buổi họp')
    await cell.secretary.sees('vào ngày nào')
  })
})
