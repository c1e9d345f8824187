import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { wordsOf } from '../support/office-files.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'
import { anAttached, aProbationer, exempt, fileOf, fillRollCall } from './setup.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 08:00' })
  cell = await aCell(house, 6)
  await aProbationer(house, 'Hà Văn Dự Bị', cell.unitId)
  await exempt(house, await aPerson(house, 'Cầm Thị Miễn', cell.unitId))
  await exempt(house, await aProbationer(house, 'Vi Văn Nhiệm Vụ', cell.unitId), 'special_duty')
  await anAttached(house, 'Bế Thị Tạm Thời', cell.unitId, await aUnit(house, 'Chi bộ Tổ dân phố 9'))
  await appoint(house, await aPerson(house, 'Mạc Văn Theo Dõi'), 'follower', cell.unitId)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30', {
    agenda: 'Kiểm điểm nghị quyết tháng 11; bàn {{chi_bo}} & việc <tháng 12>',
    meetingSecretaryId: cell.memberIds[0] ?? null,
  })
})
afterAll(() => house.close())

test('within the same tick as the confirmed roll-call the drafts are in the secretary’s chat', async () => {
  await house.to('2026-12-03 20:00')
  const { secretary } = cell
  await fillRollCall(house, cell, {
    [cell.memberIds[1] ?? '']: ['excused', 'health'],
    [cell.memberIds[2] ?? '']: ['unexcused', null],
    [cell.memberIds[3] ?? '']: ['late', null],
  })
  await secretary.reads()
  await secretary.taps('Xác nhận điểm danh')
  await secretary.sees('Biên bản buổi sinh hoạt thường kỳ tháng 12/2026', '(bien-ban-2026-12-03.docx)')
  await secretary.sees('Dự thảo nghị quyết', '(du-thao-nghi-quyet-2026-12-03.docx)')
  await secretary.sees('Báo cáo kết quả', '(bao-cao-2026-12-03.docx)')
  console.log(wordsOf(await fileOf(house, secretary, 'bien-ban')).join('\n'))
  console.log(wordsOf(await fileOf(house, secretary, 'du-thao')).join('\n'))
  console.log(wordsOf(await fileOf(house, secretary, 'bao-cao')).join('\n'))
  expect(1).toBe(1)
})
