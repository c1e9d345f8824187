import { beforeEach, describe, expect, test } from 'vitest'
import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { type House, openHouse } from '../support/house.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

const column = (text: string) => toDateColumn(text as PlainDate)

async function admitted(house: House, cell: Cell, name: string, day: string, fullOn?: string): Promise<string> {
  const id = await aPerson(house, name, cell.unitId)
  const data = { admittedOn: column(day), ...(fullOn ? { fullOn: column(fullOn) } : {}) }
  await house.db.person.update({ where: { id }, data })
  return id
}

let house: House
let cell: Cell
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-15 08:00' })
  cell = await aCell(house, 1)
  return () => house.close()
})

describe('the twelve months', () => {
  test('told 60, 30 and 0 days before; entered with number and date; mended; the history stays', async () => {
    const personId = await admitted(house, cell, 'Hoàng Thị Mới', '2026-01-15')
    await house.to('2026-11-16 07:59')
    await cell.secretary.seesNothingMore()
    await house.to('2026-11-16 09:00')
    await cell.secretary.sees('Còn 60 ngày nữa, ngày 15/01/2027, đồng chí Hoàng Thị Mới đủ 12 tháng dự bị')
    await cell.secretary.says('/chinhthuc')
    const early = await cell.secretary.sees('Hoàng Thị Mới: kết nạp 15/01/2026, đến 15/01/2027 mới đủ 12 tháng')
    expect(early.content.choices).toEqual([])
    await house.to('2027-01-15 09:00')
    await cell.secretary.sees('Còn 30 ngày nữa')
    await cell.secretary.sees('Hôm nay, ngày 15/01/2027', '[Ghi quyết định]')
    await house.to('2027-01-20 09:00')
    await cell.secretary.reads()
    await cell.secretary.taps('Ghi quyết định')
    await cell.secretary.sees('Xin nhắn số và ngày của quyết định')
    await cell.secretary.says('số 12-QĐ/ĐU')
    await cell.secretary.sees('chưa thấy ngày của quyết định')
    await cell.secretary.says('số 12-QĐ/ĐU ngày 18/1/2027')
    await cell.secretary.sees('chính thức từ ngày 15/01/2027, theo quyết định số 12-QĐ/ĐU ngày 18/01/2027. Đúng chứ ạ?')
    expect(await house.db.standingDecision.count()).toBe(0)
    await cell.secretary.taps('Đúng, ghi lại')
    await cell.secretary.sees('Đã ghi: đồng chí Hoàng Thị Mới')
    await cell.secretary.taps('Sửa quyết định')
    await cell.secretary.says('13-QĐ/ĐU ngày 18/1/2027, chính thức từ 16/1/2027')
    await cell.secretary.taps('Đúng, ghi lại')
    await cell.secretary.sees('chính thức từ ngày 16/01/2027, theo quyết định số 13-QĐ/ĐU')
    expect(await house.db.standingDecision.count({ where: { personId } })).toBe(2)
    expect(await house.db.person.findUnique({ where: { id: personId } })).toMatchObject({
      fullOn: column('2027-01-16'),
    })
    expect(await house.db.outbox.count({ where: { kind: 'milestones.told' } })).toBe(3)
  })

  test('nobody but who leads the cell is told, and a member may not', async () => {
    await admitted(house, cell, 'Hoàng Thị Mới', '2026-01-15')
    await house.to('2026-11-16 09:00')
    await cell.members[0]?.seesNothingMore()
    await cell.members[0]?.says('/chinhthuc')
    await cell.members[0]?.sees('không thuộc phần đồng chí phụ trách')
  })

  test('transferred, no linked secretary: the deputy of the new cell; after a downtime the newest alone', async () => {
    const personId = await admitted(house, cell, 'Hoàng Thị Mới', '2026-01-15')
    const other = await aCell(house, 0)
    await house.db.membership.updateMany({ where: { personId }, data: { endsOn: column('2026-11-15') } })
    const membership = { personId, cellId: other.unitId, kind: 'home' as const, startsOn: column('2026-11-15') }
    await house.db.membership.create({ data: { id: newId(), ...membership } })
    await house.db.chatLink.updateMany({ where: { personId: other.secretaryId }, data: { endedAt: house.now } })
    const deputy = await aPerson(house, 'Vàng Văn Phó', other.unitId)
    await appoint(house, deputy, 'deputy', other.unitId)
    const phone = await house.phoneOf('deputy', deputy)
    await house.sleepsUntil('2026-12-20 23:00')
    await phone.seesNothingMore()
    await house.to('2026-12-21 08:01')
    await phone.sees('Còn 25 ngày nữa', 'Hoàng Thị Mới')
    await phone.seesNothingMore()
    await cell.secretary.seesNothingMore()
  })

  test('two phones at once: one decision, and the other is told what stands', async () => {
    const personId = await admitted(house, cell, 'Hoàng Thị Mới', '2025-11-01')
    const second = await house.phoneOf('second', cell.secretaryId)
    for (const [phone, line] of [
      [cell.secretary, 'số 1-QĐ/ĐU ngày 2/11/2026'],
      [second, 'số 2-QĐ/ĐU ngày 2/11/2026'],
    ] as const) {
      await phone.says('/chinhthuc')
      await phone.taps('Hoàng Thị Mới')
      await phone.says(line)
    }
    await cell.secretary.taps('Đúng, ghi lại')
    await second.reads()
    await second.taps('Đúng, ghi lại')
    expect(await house.db.standingDecision.findMany({ where: { personId } })).toMatchObject([{ number: '1-QĐ/ĐU' }])
    await second.sees('Lựa chọn này đã cũ nên tôi chưa làm gì.')
  })
})

test('a badge is told a month ahead, once, and says how it is counted; in English', async () => {
  await admitted(house, cell, 'Giàng Văn Lão', '1996-12-20', '1997-12-20')
  await house.db.person.update({ where: { id: cell.secretaryId }, data: { locale: 'en' } })
  await house.to('2026-11-19 12:00')
  await cell.secretary.seesNothingMore()
  await house.to('2026-12-31 09:00')
  await cell.secretary.sees('Giàng Văn Lão has been in the Party for 30 years, counted from admission on 20/12/1996')
  await cell.secretary.seesNothingMore()
  await cell.secretary.says('/fullmember')
  await cell.secretary.sees('The cell has no probationary members.')
})

test('on a phone that can only write', async () => {
  const plain = await openHouse({ now: '2026-11-15 09:00', plain: true })
  const one = await aCell(plain, 0)
  await admitted(plain, one, 'Hoàng Thị Mới', '2025-11-01')
  await one.secretary.says('chính thức')
  await one.secretary.picks('Hoàng Thị Mới')
  await one.secretary.says('12-QĐ/ĐU ngày 5/11/2026')
  await one.secretary.picks('Đúng, ghi lại')
  await one.secretary.sees('Đã ghi: đồng chí Hoàng Thị Mới là đảng viên chính thức từ ngày 01/11/2026')
  await plain.close()
})
