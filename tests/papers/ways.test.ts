import { expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'
import { openSiteOf, PUBLIC_URL } from '../support/site.js'

async function held(house: House): Promise<Cell> {
  const cell = await aCell(house, 1)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.to('2026-12-03 20:00')
  return cell
}

const confirms = async (cell: Cell): Promise<void> => {
  await cell.secretary.says('/diemdanh')
  await cell.secretary.picks('Còn lại có mặt')
  await cell.secretary.picks('Xác nhận điểm danh')
}

test('where no file arrives, the numbers do, to be copied by hand; the list is asked for by its number', async () => {
  const house = await openHouse({ now: '2026-12-03 19:20', plain: true })
  const cell = await held(house)
  await confirms(cell)
  const { content } = await cell.secretary.sees(
    '*Giấy tờ buổi',
    'Số liệu để chép vào sổ: Tổng số đảng viên: 2 đồng chí',
  )
  expect(content.text.length).toBeLessThan(2_000)
  await cell.secretary.reads()
  await cell.secretary.says('/giayto')
  await cell.secretary.picks('Báo cáo kết quả')
  await cell.secretary.sees('Tôi đang soạn')
  await cell.secretary.sees('Báo cáo kết quả buổi', 'lấy tệp bằng Telegram')
  await house.close()
})

test('where pages can be reached all of them are one message, with a link of the secretary’s own to each', async () => {
  const house = await openHouse({ now: '2026-12-03 19:20', plain: true, publicUrl: PUBLIC_URL })
  const site = await openSiteOf(house)
  const cell = await held(house)
  await cell.secretary.says('/diemdanh')
  await cell.secretary.picks('Còn lại có mặt')
  await cell.secretary.reads()
  await cell.secretary.picks('Xác nhận điểm danh')
  await cell.secretary.sees('Đã xác nhận điểm danh')
  const { content } = await cell.secretary.sees('*Giấy tờ buổi', 'dùng trong 7 ngày', '11. Chấm điểm buổi họp')
  await cell.secretary.seesNothingMore()
  expect(content.text.length).toBeLessThan(1_000)
  const links = content.text.split('\n').flatMap((line) => /^(.+): (https:\S+)$/.exec(line)?.slice(1) ?? [])
  expect(links.filter((_, n) => n % 2 === 0)).toEqual([
    'Biên bản',
    'Dự thảo nghị quyết',
    'Báo cáo kết quả',
    'Phiếu chấm điểm',
  ])
  for (const [n, file] of ['bien-ban', 'du-thao-nghi-quyet', 'bao-cao', 'phieu-cham-diem'].entries()) {
    const { status, headers } = await site.get(site.at(links[n * 2 + 1] ?? ''))
    expect([status, headers.get('content-disposition')]).toEqual([
      200,
      expect.stringContaining(`${file}-2026-12-03.docx`),
    ])
  }
  // A link opens its own file and no other.
  expect((await site.get(site.at(`${(links[1] ?? '').slice(0, -4)}AAAA`))).status).toBe(404)
  await site.close()
  await house.close()
})

test('after a night without the service they come once; the secretary of today gets them, in English if they read that', async () => {
  const house = await openHouse({ now: '2026-12-03 19:20' })
  const cell = await held(house)
  await cell.secretary.says('/diemdanh')
  await cell.secretary.taps('Còn lại có mặt')
  // Confirmed by another instance, which died before its sweep; meanwhile somebody else became secretary.
  await house.db.rollCall.updateMany({ data: { confirmedAt: house.now, confirmedById: cell.secretaryId, dueAt: null } })
  const heir = await aPerson(house, 'Vừ Thị Kế Nhiệm', cell.unitId)
  await house.db.appointment.deleteMany({})
  await appoint(house, heir, 'secretary', cell.unitId)
  await house.db.person.update({ where: { id: heir }, data: { locale: 'en' } })
  const phone = await house.phoneOf('heir', heir)
  await cell.secretary.reads()
  await house.sleepsUntil('2026-12-04 06:00')
  await house.app.settle()
  await phone.sees('Minutes\n(bien-ban-2026-12-03.docx)')
  for (const label of ['Draft resolution', 'Report', 'Score sheet']) await phone.sees(`${label}\n(`)
  await phone.sees('*Papers of the', '[Score the meeting]')
  await phone.says('/papers')
  await phone.sees('Which do you need?', '[Attendance of 2026 (Excel)]')
  await phone.taps('Report')
  await phone.sees('I am writing it')
  await phone.sees('Report: ', 'within 2 days')
  await phone.seesNothingMore()
  await cell.secretary.seesNothingMore()
  await house.close()
})
