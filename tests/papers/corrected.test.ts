import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { wordsOf } from '../support/office-files.js'
import { aCell, type Cell } from '../support/people.js'
import { fileOf } from './setup.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-03 19:20' })
  cell = await aCell(house, 3)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.to('2026-12-03 20:00')
  await cell.secretary.reads()
})
afterAll(() => house.close())

/** Whom the minutes have as absent, and what the report says of the reasons. */
const papers = async (): Promise<string[]> => {
  const minutes = wordsOf(await fileOf(house, cell.secretary, 'bien-ban'))
  const report = wordsOf(await fileOf(house, cell.secretary, 'bao-cao'))
  const at = minutes.indexOf('Lý do') + 2
  return [...minutes.slice(at, at + 3), ...report.filter((one) => one.startsWith('Lý do vắng'))]
}

test('the papers print the kind of absence that the secretary noted, whatever the member’s own words were', async () => {
  const { secretary, members } = cell
  await members[0]?.says('em vắng, sốt xuất huyết nằm viện')
  await secretary.says('vắng 1 ốm; còn lại có mặt; đã nộp đảng phí: tất cả trừ 1')
  await secretary.taps('Đúng, xác nhận')
  await secretary.sees('*Giấy tờ buổi', '“Sửa điểm danh”')
  expect(await papers()).toEqual(['Đỗ Văn Thử 1', 'có lý do', 'sức khỏe', 'Lý do vắng: sức khỏe 1.'])
  const minutes = wordsOf(await fileOf(house, secretary, 'bien-ban'))
  expect(minutes).toContain('Đã nộp đảng phí: 3/4 đồng chí.')
})

test('the secretary edits only the kind, and the next pack prints that one', async () => {
  const { secretary } = cell
  await house.to('2026-12-03 20:30')
  await secretary.reads()
  await secretary.taps('Sửa điểm danh')
  await secretary.taps('➖ Đỗ Văn Thử 1')
  await secretary.sees('Đang ghi: vắng có lý do (sức khỏe)')
  await secretary.taps('Vắng: công tác')
  await secretary.taps('Xác nhận điểm danh')
  await secretary.sees('Đã xác nhận điểm danh', 'Đỗ Văn Thử 1 (công tác)', 'Đã nộp đảng phí: 3/4.')
  await secretary.sees('*Giấy tờ buổi', 'Bản sửa theo điểm danh mới')
  expect(await papers()).toEqual(['Đỗ Văn Thử 1', 'có lý do', 'công tác', 'Lý do vắng: công tác 1.'])
  const minutes = wordsOf(await fileOf(house, secretary, 'bien-ban')).join(' ')
  expect(minutes).toContain('Đã nộp đảng phí: 3/4 đồng chí.')
  expect(minutes).not.toMatch(/sức khỏe|xuất huyết/)
})
