import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBlobs } from '../../src/messaging/blobs.js'
import { mayOpen } from '../../src/web/pages/file-guards.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-03 20:00' })
  cell = await aCell(house, 2)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await aMeeting(house, cell.unitId, '2027-01-04 19:30', { kind: 'thematic' })
})
afterAll(() => house.close())

test('a note belongs to the meeting that has just been, or to the next one by a tap', async () => {
  const [member] = cell.members
  await member?.says('/ghichu Đồng chí bí thư nhắc <nộp> báo cáo trước 20/12')
  await member?.sees('Đã ghi vào sổ tay: Sinh hoạt thường kỳ 03/12/2026', 'Chỉ đồng chí đọc được')
  await member?.says('ghi chú')
  await member?.sees('Có 1 ghi chép', '03/12: Đồng chí bí thư nhắc')
  await member?.taps('Ghi thêm')
  await member?.sees('Đồng chí nhắn nội dung cần ghi')
  await member?.says('Hỏi về đường thoát nước')
  await member?.sees('Sinh hoạt thường kỳ 03/12/2026')
  await member?.taps('Chuyển sang: Sinh hoạt chuyên đề 04/01/2027')
  await member?.sees('Đã chuyển ghi chép sang: Sinh hoạt chuyên đề 04/01/2027')
})

test('its writer alone gets it as one file', async () => {
  const [member] = cell.members
  await member?.says('/ghichu')
  await member?.taps('Tải cả sổ tay')
  await member?.sees('Đây là sổ tay của đồng chí', '(so-tay-2026-12-03.html)')
  const [file] = await house.db.file.findMany()
  const html = Buffer.from(await openBlobs(`${house.dataDir}/files`).get(file?.sha256 ?? '')).toString()
  expect(html).toContain('nhắc &lt;nộp&gt; báo cáo')
  expect(html).toContain('<h2>Sinh hoạt chuyên đề 04/01/2027</h2>')

  const [writer = '', other = ''] = cell.memberIds
  const as = (personId: string) => ({
    tx: house.db,
    now: house.now,
    actor: { personId, fullName: '', locale: null, cellIds: [cell.unitId], roles: [] },
    permissions: { may: async () => true, unitsWhere: async () => [], heldInDissolved: async () => false },
  })
  const data = { personId: writer, sha256: 'x', fileName: 'x' }
  expect(await mayOpen(as(writer), 'notes.exported', data)).toBe(true)
  expect(await mayOpen(as(other), 'notes.exported', data)).toBe(false)
  expect(await mayOpen(as(cell.secretaryId), 'notes.exported', data)).toBe(false)
})

test('no role reads the notes of somebody else, and no other room reads the table', async () => {
  await appoint(house, cell.memberIds[1] ?? '', 'administrator', null)
  for (const phone of [cell.secretary, cell.members[1]]) {
    await phone?.says('/ghichu')
    await phone?.sees('Sổ tay chưa có gì')
    await phone?.reads()
  }
  const src = join(import.meta.dirname, '../../src')
  const readers = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('database/generated'))
    .filter((name) =>
      /\b(?:tx|db)\.note\b|\b(?:FROM|JOIN|INTO|UPDATE) note\b/.test(readFileSync(join(src, name), 'utf8')),
    )
  expect(readers).toEqual(['notes/store.ts'])
})

test('what is removed is gone; a note that is too long is asked for in parts', async () => {
  const [member] = cell.members
  await member?.says('/ghichu')
  await member?.taps('03/12: Đồng chí bí thư')
  await member?.sees('nhắc <nộp> báo cáo')
  await member?.taps('Xóa')
  await member?.sees('Xóa hẳn ghi chép này?')
  await member?.taps('Xóa hẳn')
  await member?.sees('Đã xóa ghi chép')
  const left = await house.db.note.findMany()
  expect(left.map((one) => one.text)).toEqual(['Hỏi về đường thoát nước'])
  await member?.says(`/ghichu ${'chữ '.repeat(600)}`)
  await member?.sees('quá 2000 ký tự')
  expect(await house.db.note.count()).toBe(1)
})
