import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aCell, aPerson, appoint, aUnit } from '../support/people.js'
import { rosterBook } from '../support/roster-files.js'

let house: House
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
})
afterAll(() => house.close())

const HEADER = ['STT', 'Họ và tên', 'Ngày sinh', 'Chức vụ', 'Điện thoại']
const sheet = (...rows: (string | number)[][]): Uint8Array =>
  rosterBook({ 'Danh sách': [['DANH SÁCH ĐẢNG VIÊN'], HEADER, ...rows.map((row, n) => [n + 1, ...row])] })

const countMembers = (cellId: string): Promise<number> => house.db.membership.count({ where: { cellId, endsOn: null } })

describe('a roster that is sent to the bot', () => {
  test('is shown before it is imported, imports into the own cell, and twice changes nothing', async () => {
    const { secretary, unitId } = await aCell(house, 0)
    const file = sheet(['Vừ A Thử', '03/02/1975', 'Phó bí thư', '0912 345 678'], ['Sùng Thị Mẫu', '31/02/1980', '', ''])
    await secretary.sendsFile('danh sach.xlsx', file)
    await secretary.taps('Nhập danh sách đảng viên')
    await secretary.sees('danh sach.xlsx', 'Thêm 2 đồng chí', 'không có trong lịch', '[Nhập 2 đồng chí]')
    expect(await countMembers(unitId)).toBe(1)
    await secretary.taps('Nhập 2 đồng chí')
    await secretary.sees('Đã nhập danh sách')
    expect(await countMembers(unitId)).toBe(3)
    const deputy = await house.db.appointment.findFirstOrThrow({
      where: { unitId, role: 'deputy' },
      include: { person: true },
    })
    expect(deputy.person.fullName).toBe('Vừ A Thử')
    expect(deputy.person.phone).toBe('0912345678')

    await secretary.sendsFile('danh sach.xlsx', file)
    await secretary.taps('Nhập danh sách đảng viên')
    await secretary.sees('Thêm 0 đồng chí, cập nhật 0, giữ nguyên 2')
    expect(await countMembers(unitId)).toBe(3)
  })

  test('an old button pressed again imports nothing twice', async () => {
    const { secretary, unitId } = await aCell(house, 0)
    await secretary.sendsFile('moi.xlsx', sheet(['Giàng Văn Mới', '1990', '', '']))
    await secretary.taps('Nhập danh sách đảng viên')
    const preview = await secretary.sees('[Nhập 1 đồng chí]')
    await secretary.tapsRaw(preview.deliveryId, 0)
    await secretary.tapsRaw(preview.deliveryId, 0)
    expect(await countMembers(unitId)).toBe(2)
  })

  test('a roster without anybody is told so, not taken for an unknown file', async () => {
    const { secretary, unitId } = await aCell(house, 0)
    await secretary.sendsFile('trong.csv', new TextEncoder().encode('STT,Họ và tên,Ngày sinh\n'))
    await secretary.sees('chưa có đảng viên nào bên dưới')
    expect(await countMembers(unitId)).toBe(1)
  })

  test('a member cannot send one, and is told who can', async () => {
    const { members, unitId } = await aCell(house, 1)
    await members[0]?.sendsFile('x.xlsx', sheet(['Ai Đó Khác', '1990', '', '']))
    await members[0]?.sees('Tôi chỉ nhận tệp từ')
    expect(await countMembers(unitId)).toBe(2)
  })

  test("a committee's office imports into the cells below, and no further", async () => {
    const { committeeId, unitId } = await aCell(house, 0)
    const elsewhere = await aUnit(house, 'Chi bộ Xa Lạ')
    const officeId = await aPerson(house, 'Quàng Thị Văn Phòng')
    await appoint(house, officeId, 'office', committeeId)
    const office = await house.phoneOf('office', officeId)
    const file = rosterBook({
      'Danh sách': [
        ['Họ và tên', 'Ngày sinh', 'Chi bộ'],
        ['Tòng Văn Một', '1970', 'Chi bộ Tổ dân phố 1'],
        ['Tòng Văn Hai', '1971', 'Chi bộ Xa Lạ'],
      ],
    })
    await office.sendsFile('ca xa.xlsx', file)
    await office.sees('Thêm 1 đồng chí', 'Không có đơn vị nào tên là')
    await office.taps('Nhập 1 đồng chí')
    expect([await countMembers(unitId), await countMembers(elsewhere)]).toEqual([2, 0])
  })

  test('what is no roster and no document is refused with a sentence', async () => {
    const { secretary } = await aCell(house, 0)
    await secretary.sendsFile('ghi am.mp3', new TextEncoder().encode('ID3 not really'))
    await secretary.sees('không đọc được loại tệp này')
  })
})
