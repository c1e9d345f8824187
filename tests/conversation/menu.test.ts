import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { dissolveUnit } from '../../src/organization/units.js'
import { type House, openHouse } from '../support/house.js'
import { aCell, aPerson, aUnit } from '../support/people.js'

let house: House
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
})
afterAll(() => house.close())

describe('whoever writes gets an answer', () => {
  test('somebody unknown is told how to begin', async () => {
    const stranger = house.stranger('nobody')
    await stranger.says('chào bạn')
    await stranger.sees('mã mời gồm 8 chữ số')
    await stranger.seesNothingMore()
  })

  test('what is not understood, and what cannot be read, brings the menu', async () => {
    const { members } = await aCell(house, 1)
    const [member] = members
    await member?.says('abc xyz')
    await member?.sees('chưa hiểu')
    await member?.sendsSticker()
    await member?.sees('chỉ đọc được chữ')
    await member?.says('x'.repeat(10_000))
    await member?.sees('chưa hiểu')
  })

  test('two people on one phone are asked who is meant', async () => {
    const cell = await aUnit(house, 'Chi bộ Đôi')
    const both = await house.phoneOf(
      'couple',
      await aPerson(house, 'Vi Văn Anh', cell),
      await aPerson(house, 'Lò Thị Em', cell),
    )
    await both.says('menu')
    await both.sees('của đồng chí nào', '[Vi Văn Anh]', '[Lò Thị Em]')
    await both.taps('Lò Thị Em')
    await both.sees('Gửi đồng chí Lò Thị Em')
  })

  test("somebody else's button does nothing", async () => {
    const a = await house.phoneOf('a', await aPerson(house, 'Cầm Thị A'))
    const b = await house.phoneOf('b', await aPerson(house, 'Cầm Thị B'))
    await a.says('menu')
    const { deliveryId } = await a.last()
    await b.tapsRaw(deliveryId, 0)
    await b.sees('dành cho đồng chí khác')
    await a.reads()
    await a.seesNothingMore()
  })

  test('an invitation code is read as one even while another question waits for words', async () => {
    const { secretary } = await aCell(house, 0)
    await secretary.says('/taohop')
    await secretary.reads()
    await secretary.says('0000 0001')
    await secretary.sees('Mã này không đúng')
  })
})

describe('a menu of seven entries hides nothing', () => {
  test('a secretary reaches every other entry by its last button, and comes back', async () => {
    const { secretary } = await aCell(house, 1)
    await secretary.says('menu')
    const seen = new Set<string>()
    for (let pages = 0; pages < 3; pages += 1) {
      const labels = (await secretary.last()).content.choices.flat().map(({ label }) => label)
      expect(labels.length).toBeLessThanOrEqual(7)
      for (const label of labels) seen.add(label)
      if (!labels.includes('Việc khác ›')) break
      await secretary.taps('Việc khác ›')
    }
    for (const label of ['Mời đảng viên', 'Lịch nhắc họp', 'Hướng dẫn', 'Ngôn ngữ / Language'])
      expect([...seen].join('\n')).toContain(label)
    await secretary.taps('Việc thường dùng')
    expect((await secretary.last()).content.choices.flat()[0]?.label).toBe('Đặt lịch định kỳ')
  })

  test('a member has them all at once', async () => {
    const { members } = await aCell(house, 1)
    await members[0]?.says('menu')
    await members[0]?.sees('[Lịch họp]', '[Hướng dẫn]')
  })
})

describe('courtesy is answered with courtesy', () => {
  test.each(['cảm ơn đồng chí', 'cam on', 'Dạ em cảm ơn ạ!', 'thanks'])('%s', async (text) => {
    const { members } = await aCell(house, 1)
    await members[0]?.says(text)
    await members[0]?.sees('không có gì ạ', '[Xem các việc]')
    await members[0]?.seesNothingMore()
  })

  test.each(['xin chào', 'chao dong chi', 'Em chào bác ạ'])('%s', async (text) => {
    const { members } = await aCell(house, 1)
    await members[0]?.says(text)
    const greeting = await members[0]?.sees('Chào đồng chí.', 'cần việc gì')
    expect(greeting?.content.text).not.toContain('chưa hiểu')
  })
})

test('who led a cell that was dissolved is told so, and nothing is done', async () => {
  const { unitId, secretary, members } = await aCell(house, 1)
  await dissolveUnit(house.db, unitId, '2026-11-20' as PlainDate)
  await secretary.says('/taohop 25/12/2026 19:00 tại Hội trường')
  await secretary.sees('đã giải thể nên tôi chưa làm gì', 'cấp ủy cấp trên')
  expect(await house.db.meeting.count({ where: { cellId: unitId } })).toBe(0)
  await members[0]?.says('/taohop')
  await members[0]?.sees('không thuộc phần đồng chí phụ trách')
})
