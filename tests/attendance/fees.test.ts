import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../support/site.js'
import { fieldsOf, Visitor } from '../web/pages/visitor.js'

let house: House
let cell: Cell
let meetingId: string

/** Names of those who are ticked, by the sheet's numbers: "1" … are the members, the secretary is last. */
const paid = async (): Promise<string[]> => {
  const rows = await house.db.rollCallMark.findMany({ where: { meetingId, feePaid: true } })
  const all = [...cell.memberIds, cell.secretaryId]
  return rows.map((one) => String(all.indexOf(one.personId) + 1)).sort()
}
const open = async (how: { plain?: true; publicUrl?: string }) => {
  house = await openHouse({ now: '2026-12-03 19:00', ...how })
  cell = await aCell(house, 4)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30', { meetingSecretaryId: cell.memberIds[3] ?? null })
  await house.to('2026-12-03 19:31')
}

describe('who has paid the fee, as a line', () => {
  beforeAll(() => open({ plain: true }))
  afterAll(() => house.close())

  test('is repeated back, and ticked by a choice; the marks stay as they are proposed', async () => {
    const { secretary } = cell
    await secretary.sees('đã nộp đảng phí: tất cả trừ 3, 7')
    await secretary.says('đã nộp đảng phí: tất cả trừ 1, 3')
    const { content } = await secretary.sees(
      'chưa ghi gì',
      'Đã nộp đảng phí: 3/5.',
      'Chưa nộp đảng phí (2): Đỗ Văn Thử 1, Đỗ Văn Thử 3.',
    )
    expect(content.text).not.toContain('Chưa rõ')
    expect(await paid()).toEqual([])
    await secretary.picks('chưa xác nhận')
    await secretary.sees('Đã nộp đảng phí: 3/5.', 'chưa rõ 5', 'Sửa gần nhất')
    expect(await paid()).toEqual(['2', '4', '5'])
    expect(await house.db.rollCallMark.count({ where: { proposed: false } })).toBe(0)
    expect(await house.db.rollCallEvent.count({ where: { meetingId, feePaid: true, state: null } })).toBe(3)
  })

  test('the meeting’s secretary ticks too, in one line with the roll-call; what is not certain ticks nobody', async () => {
    const [, , , writer] = cell.members
    await writer?.says('đã nộp đảng phí 4/5')
    await writer?.sees('chưa ghi gì', '“4/5” mới cho biết bao nhiêu')
    await writer?.says('vắng 3, đảng phí 1 đã nộp')
    await writer?.sees('Phần đảng phí xin ghi riêng sau dấu chấm phẩy')
    await writer?.says('vắng 3 ốm; còn lại có mặt; đảng phí 1 đã nộp')
    await writer?.sees(
      'Vắng có lý do (1): Đỗ Văn Thử 3.',
      'Đã nộp đảng phí: 4/5.',
      'Chưa nộp đảng phí (1): Đỗ Văn Thử 3.',
    )
    expect(await paid()).toEqual(['2', '4', '5'])
    await writer?.picks('xác nhận điểm danh')
    await writer?.sees('Đã xác nhận điểm danh', 'Đã nộp đảng phí: 4/5.')
    expect(await paid()).toEqual(['1', '2', '4', '5'])
  })

  test('a correction of a mark leaves the ticks', async () => {
    const { secretary } = cell
    await secretary.says('đảng phí 3 đã nộp')
    await secretary.sees('Điểm danh đã được đồng chí', 'Sửa điểm danh')
    await secretary.picks('Sửa điểm danh')
    await secretary.sees('Đang sửa điểm danh', 'Đã nộp đảng phí: 4/5.')
    await secretary.says('3 có mặt')
    await secretary.picks('xác nhận điểm danh')
    await secretary.sees('Đã xác nhận điểm danh', 'Đã nộp đảng phí: 4/5.')
    expect(await paid()).toEqual(['1', '2', '4', '5'])
  })

  test('a member ticks nobody', async () => {
    await cell.members[0]?.says('đảng phí 3 đã nộp')
    expect(await paid()).toEqual(['1', '2', '4', '5'])
  })
})

test('in English', async () => {
  await open({ plain: true })
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await cell.secretary.says('fee paid: all except 3')
  await cell.secretary.sees('Fee paid: 4/5.', 'Fee not paid (1): Đỗ Văn Thử 3.')
  await house.close()
})

describe('who has paid the fee, on the page', () => {
  let site: Site
  let page: Visitor
  beforeAll(async () => {
    await open({ publicUrl: PUBLIC_URL })
    site = await openSiteOf(house)
    await cell.secretary.says('điểm danh')
    await cell.secretary.taps('Mở trang điểm danh')
    page = new Visitor(site, (await cell.secretary.sees('Trang điểm danh')).content.url ?? '')
    await page.looks()
  })
  afterAll(async () => {
    await site.close()
    await house.close()
  })
  const ticked = (n: number) => ({ [`f-${[...cell.memberIds, cell.secretaryId][n - 1]}`]: 'yes' })

  test('everybody with one button, then those who have not are unticked; a second phone’s ticks stay', async () => {
    const [, , , writer] = cell.members
    await writer?.says('điểm danh')
    await writer?.taps('Mở trang điểm danh')
    const other = new Visitor(site, (await writer?.sees('Trang điểm danh'))?.content.url ?? '')
    await other.looks()
    await page.presses('tất cả đã nộp đảng phí')
    expect(page.words).toContain('Đã nộp đảng phí: 5/5.')
    await page.sends({ ...fieldsOf(page.html, 'Lưu'), ...ticked(1), ...ticked(3), ...ticked(4), ...ticked(5) })
    expect(await paid()).toEqual(['1', '3', '4', '5'])
    // Opened before any tick, it changes only what its own hand ticked.
    await other.sends({ ...fieldsOf(other.html, 'Lưu'), ...ticked(2) })
    expect(await paid()).toEqual(['1', '2', '3', '4', '5'])
    expect(await house.db.rollCallMark.count({ where: { proposed: false } })).toBe(0)
  })
})
