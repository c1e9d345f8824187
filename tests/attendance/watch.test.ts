import { beforeEach, expect, test } from 'vitest'
import type { MarkState } from '../../src/database/generated/enums.js'
import { at, type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let deputy: Player
beforeEach(async () => {
  house = await openHouse({ now: '2026-12-03 19:30' })
  cell = await aCell(house, 2)
  const deputyId = await aPerson(house, 'Cầm Văn Phó', cell.unitId)
  await appoint(house, deputyId, 'deputy', cell.unitId)
  deputy = await house.phoneOf('deputy', deputyId)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  return () => house.close()
})

/** A meeting of the past whose confirmed roll-call says this of the first member. */
const held = async (day: string, state: MarkState) => {
  const meetingId = await aMeeting(house, cell.unitId, `${day} 19:30`)
  const confirmedAt = at(`${day} 21:00`)
  await house.db.rollCall.create({
    data: {
      meetingId,
      openedAt: at(`${day} 19:30`),
      confirmedAt,
      confirmedById: cell.secretaryId,
      heldAt: confirmedAt,
      marks: { create: { personId: cell.memberIds[0] as string, state, proposed: false } },
    },
  })
}

const confirms = async (line: string) => {
  await cell.secretary.says('/diemdanh')
  await cell.secretary.says(line)
  await cell.secretary.taps('Đúng, xác nhận')
  await house.to('2026-12-04 08:00')
}

test('excused three times running: a count, to the secretary alone; counted anew after a correction', async () => {
  await held('2026-10-03', 'excused')
  await held('2026-11-03', 'excused')
  await confirms('vắng 1 có lý do; còn lại có mặt')
  const seen = await cell.secretary.sees('Có 1 đồng chí vắng có lý do từ 3 buổi liên tiếp', 'Chỉ riêng đồng chí bí thư')
  expect(seen.content.text).not.toContain('Thử')
  await expect(deputy.sees('3 buổi liên tiếp')).rejects.toThrow()
  await cell.secretary.says('/diemdanh')
  await cell.secretary.taps('Sửa')
  await cell.secretary.says('có mặt 1')
  await cell.secretary.taps('Đúng, xác nhận')
  await cell.secretary.sees('Tính lại sau khi sửa điểm danh', 'không còn đồng chí nào')
})

test('unexcused in three months of the year', async () => {
  await held('2026-02-03', 'unexcused')
  await held('2026-07-03', 'unexcused')
  await confirms('vắng 1 không lý do; còn lại có mặt')
  await cell.secretary.sees('Có 1 đồng chí vắng không lý do trong ít nhất 3 tháng của năm nay')
})

test('nobody to watch: nothing is said', async () => {
  await held('2025-12-03', 'unexcused')
  await held('2026-07-03', 'unexcused')
  await confirms('vắng 1 không lý do; còn lại có mặt')
  expect(await house.db.outbox.count({ where: { kind: 'rollcall.watch' } })).toBe(0)
})
