import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listed, readOpinion, readSpeakers } from '../../src/opinions/rules.js'
import { countSpeakers } from '../../src/opinions/store.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, cancelMeeting } from '../support/meetings.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

describe('what a member sends', () => {
  test.each([
    ['Đề nghị sửa đường', 'opinion', 'Đề nghị sửa đường'],
    ['Em xin phát biểu ạ', 'speak', null],
    ['muon phat bieu ve nuoc sach', 'speak', 've nuoc sach'],
    ['Tôi muốn được phát biểu về đường làng.', 'speak', 'về đường làng'],
    ['I would like to speak', 'speak', null],
    ['Bài phát biểu của chi bộ hơi dài', 'opinion', 'Bài phát biểu của chi bộ hơi dài'],
  ])('%s', (text, kind, words) => expect(readOpinion(text)).toEqual({ kind, text: words }))
})

describe('who spoke, as a line', () => {
  const names = ['Lò Văn An', 'Cầm Thị Bình', 'Lò Văn Hùng', 'Vi Văn Hùng', 'Quàng Thị Lan']
  const all = names.map(
    (fullName, at): Listed => ({
      personId: fullName,
      fullName,
      label: fullName,
      state: at === 1 ? 'excused' : 'present',
    }),
  )
  const read = (text: string) => {
    const { spoke, people, problems } = readSpeakers(text, all)
    return [spoke, people.map((one) => one.fullName), problems]
  }
  test.each([
    ['1, 5', [true, ['Lò Văn An', 'Quàng Thị Lan'], []]],
    ['3-5', [true, ['Lò Văn Hùng', 'Vi Văn Hùng', 'Quàng Thị Lan'], []]],
    ['đồng chí số 1 và Lan', [true, ['Lò Văn An', 'Quàng Thị Lan'], []]],
    ['1 3 5', [true, ['Lò Văn An', 'Lò Văn Hùng', 'Quàng Thị Lan'], []]],
    ['tất cả', [true, ['Lò Văn An', 'Lò Văn Hùng', 'Vi Văn Hùng', 'Quàng Thị Lan'], []]],
    ['bỏ 1', [false, ['Lò Văn An'], []]],
    ['1, 9', [true, ['Lò Văn An'], [{ kind: 'out-of-range', words: '9' }]]],
    ['Hùng', [true, [], [{ kind: 'several', words: 'Lò Văn Hùng, Vi Văn Hùng' }]]],
    ['2', [true, [], [{ kind: 'absent', words: 'Cầm Thị Bình' }]]],
    ['5, xyz', [true, ['Quàng Thị Lan'], [{ kind: 'unread', words: 'xyz' }]]],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected))
})

describe('before and after a meeting', () => {
  let house: House
  let cell: Cell
  let meetingId: string
  let deputy: Player
  let lan: Player
  beforeAll(async () => {
    house = await openHouse({ now: '2026-12-01 08:00' })
    cell = await aCell(house, 4)
    const deputyId = await aPerson(house, 'Vi Thị Phó', cell.unitId)
    await appoint(house, deputyId, 'deputy', cell.unitId)
    deputy = await house.phoneOf('deputy', deputyId)
    lan = await house.phoneOf('lan', await aPerson(house, 'Quàng Thị Lan', cell.unitId))
    meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.to('2026-12-01 08:30')
    for (const one of [cell.secretary, deputy, lan]) await one.reads()
  })
  afterAll(() => house.close())

  test('the secretary gets it at once, the deputy and the members never', async () => {
    await lan.says('/gopy')
    await lan.sees('Buổi tới: sinh hoạt thường kỳ tháng 12/2026', 'Chỉ đồng chí bí thư đọc được')
    await lan.says('Đề nghị <b>sửa</b> đường ngõ 3')
    await lan.sees('Đã chuyển ý kiến của đồng chí đến đồng chí bí thư chi bộ')
    const told = await cell.secretary.sees(
      'Đồng chí Quàng Thị Lan: “Đề nghị <b>sửa</b> đường ngõ 3”',
      'Chỉ đồng chí đọc được',
    )
    expect(told.content.text).toContain('Ý kiến cho buổi sinh hoạt thường kỳ tháng 12/2026')
    await deputy.seesNothingMore()
    await deputy.says('/phatbieu')
    const { content } = await deputy.sees('chỉ đồng chí bí thư đọc được')
    expect(content.text).not.toContain('ngõ 3')
  })

  test('asking to speak, once; a member takes back what was sent, and its words are gone', async () => {
    await lan.says('/gopy')
    await lan.taps('Xin phát biểu')
    await lan.sees('đồng chí xin phát biểu tại buổi')
    await cell.secretary.sees('Đồng chí Quàng Thị Lan xin phát biểu.')
    await lan.says('/gopy xin phát biểu')
    await lan.sees('đã xin phát biểu từ trước')
    await cell.secretary.seesNothingMore()
    const [member] = cell.members
    await member?.says('góp ý: họp ngắn hơn')
    await member?.sees('Đã chuyển ý kiến')
    await member?.taps('Ý kiến đã gửi')
    await member?.taps('Rút: họp ngắn hơn')
    await member?.sees('Đã rút lại và xóa lời nhắn', 'không có ý kiến nào')
    const rows = await house.db.opinion.findMany({ where: { withdrawnAt: { not: null } } })
    expect(rows.map((one) => one.text)).toEqual([null])
  })

  test('what is sent at night waits for the morning, and what is taken back meanwhile never comes', async () => {
    await cell.secretary.reads()
    await house.to('2026-12-01 23:00')
    await lan.says('/gopy cần ghế mới')
    await lan.says('/gopy cần quạt mới')
    await lan.taps('Ý kiến đã gửi')
    await lan.taps('Rút: cần quạt')
    await cell.secretary.seesNothingMore()
    await house.to('2026-12-02 06:30')
    await cell.secretary.sees('cần ghế mới')
    await cell.secretary.seesNothingMore()
  })

  test('the list before the meeting: requests first', async () => {
    await cell.secretary.says('/phatbieu')
    const { content } = await cell.secretary.sees('Xin phát biểu: 1. Ý kiến: 2.')
    expect(content.text.indexOf('xin phát biểu.')).toBeLessThan(content.text.indexOf('ngõ 3'))
  })

  test('after it who spoke is noted by taps or by one line; the share counts who attended', async () => {
    await house.to('2026-12-03 19:31')
    await cell.secretary.reads()
    await cell.secretary.says('còn lại có mặt, vắng 4 ốm')
    await cell.secretary.taps('Đúng, xác nhận')
    await cell.secretary.says('phát biểu 1, 2, 4')
    await cell.secretary.sees(
      'Đã ghi 2 đồng chí phát biểu, 6 đồng chí dự họp (33,3%)',
      'Đỗ Văn Thử 4 được điểm danh vắng mặt',
      '[(xin) 5. Quàng Thị Lan]',
    )
    await cell.secretary.taps('Quàng Thị Lan')
    await cell.secretary.sees('Đã ghi 3 đồng chí', '(50%)', '[✓ 5. Quàng Thị Lan]')
    expect(await countSpeakers(house.db, meetingId)).toEqual({ spoke: 3, attended: 6 })
    await deputy.says('/phatbieu bỏ 1')
    const { content } = await deputy.sees('Đã ghi 2 đồng chí')
    expect(JSON.stringify(content)).not.toContain('(xin)')
  })

  test('90 days after the meeting the words and the names end', async () => {
    await house.to('2027-03-03 19:29')
    expect(await house.db.opinion.count({ where: { text: { not: null } } })).toBe(2)
    await house.to('2027-03-03 19:31')
    expect(await house.db.opinion.count({ where: { text: { not: null } } })).toBe(0)
    expect(await countSpeakers(house.db, meetingId)).toBeNull()
  })

  test('for a meeting that is put off it is read at the next one', async () => {
    const off = await aMeeting(house, cell.unitId, '2027-03-10 19:30')
    await lan.says('/gopy đổi giờ họp')
    await cancelMeeting(house, off)
    await lan.says('/gopy')
    await lan.sees('chưa có buổi họp nào sắp tới nên tôi chưa gửi gì')
    await aMeeting(house, cell.unitId, '2027-03-20 19:30')
    await cell.secretary.says('/speakers')
    await cell.secretary.sees('“đổi giờ họp”')
  })
})

test('a cell without a secretary keeps it for the next one; over plain text, in English', async () => {
  const house = await openHouse({ now: '2026-12-01 08:00', plain: true })
  const cell = await aCell(house, 2)
  await house.db.appointment.updateMany({ where: { role: 'secretary' }, data: { endsOn: new Date('2026-11-30') } })
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.db.person.updateMany({ data: { locale: 'en' } })
  const [one, two] = cell.members
  await one?.says('/opinion mend the road')
  await one?.sees('is kept', 'cannot be reached through me now', '11. Ask to speak')
  await one?.says('11')
  await one?.sees('you ask to speak', 'say so again')
  await appoint(house, cell.memberIds[1] ?? '', 'secretary', cell.unitId)
  await two?.reads()
  await two?.says('/speakers')
  await two?.sees('Asking to speak: 1. Opinions: 1.', 'Đỗ Văn Thử 1 asks to speak.', '“mend the road”')
  await house.to('2026-12-03 19:31')
  await two?.reads()
  await two?.says('speakers 1, 9')
  await two?.sees('1 noted as speakers', 'There is no number 9: the list has 3.', 'Đỗ Văn Thử 1 (1): ✓')
  await two?.says('speakers not 1')
  await two?.sees('Nobody is noted as a speaker yet')
  await house.close()
})
