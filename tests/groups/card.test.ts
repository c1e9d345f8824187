import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'
import { Group, tieGroup } from './setup.js'

const NEVER = ['Đỗ Văn Thử', 'Lò Thị Bí Thư', 'ốm', 'cây đa']

describe('a card in a group', () => {
  let house: House
  let cell: Cell
  let group: Group
  beforeAll(async () => {
    house = await openHouse({ now: '2026-11-20 08:00', can: { toasts: true } })
    cell = await aCell(house, 3)
  })
  afterAll(() => house.close())

  const newest = async () => (await group.texts()).at(-1) ?? ''

  test('is posted when the members are told, and says time, place and how many have answered', async () => {
    group = await tieGroup(house, cell.secretary)
    const before = await group.texts()
    expect(before).toEqual([
      'Tôi chỉ trao đổi công việc trong tin nhắn riêng. Xin đồng chí mở cuộc trò chuyện riêng với tôi.',
    ])
    await cell.secretary.says('/taohop 3/12 19:30 tại Hội trường tầng 2')
    await cell.secretary.taps('Đúng, tạo buổi họp')
    await house.to('2026-11-20 08:01')
    expect(await group.texts()).toHaveLength(2)
    expect(await newest()).toBe(
      [
        'Sinh hoạt thường kỳ tháng 12/2026',
        'Thời gian: 19:30 thứ Năm 03/12/2026',
        'Địa điểm: Hội trường tầng 2',
        'Đã trả lời: 0/4',
        'Chọn “Có mặt”: chỉ mình đồng chí thấy lời đáp. Trả lời khác, xin nhắn riêng cho tôi.',
      ].join('\n'),
    )
  })

  test('a press is the presser’s own answer, said to them alone, and counted in place', async () => {
    const [first] = cell.members
    if (!first) throw new Error('nobody')
    await first.reads()
    expect(await group.taps(first, 'Có mặt')).toMatchObject({ key: 'groups.pressed.recorded', opens: false })
    await first.seesNothingMore()
    await house.to('2026-11-20 08:02')
    expect(await group.texts()).toHaveLength(2)
    expect(await newest()).toContain('Đã trả lời: 1/4')
    expect(await group.taps(first, 'Có mặt')).toMatchObject({ key: 'groups.pressed.repeat' })
    const answer = await house.db.answer.findFirstOrThrow()
    expect(answer).toMatchObject({ personId: cell.memberIds[0], state: 'present' })
  })

  test('a move is a new message, and the old card no longer says the old hour', async () => {
    await cell.secretary.says('/doilich 4/12 19:00')
    await cell.secretary.taps('Đúng, đổi lịch')
    await house.to('2026-11-20 08:05')
    const [, old, moved] = await group.texts()
    expect(old).toBe('Lịch buổi họp này đã thay đổi. Xin các đồng chí xem tin mới bên dưới.')
    expect(moved).toContain('19:00 thứ Sáu 04/12/2026')
    expect(moved).toContain('Đã trả lời: 1/4')
  })

  test('after the start it says so and stops', async () => {
    await house.to('2026-12-04 19:01')
    const [begun] = (await group.messages()).slice(-1)
    expect(begun?.text).toContain('Buổi họp đã bắt đầu.')
    expect(begun?.choices).toEqual([])
    expect(await group.texts()).toHaveLength(3)
    expect(NEVER.filter((word) => begun?.text.includes(word))).toEqual([])
  })
})

test('where nothing can be changed in place, a card comes anew at each step of the ladder and at no answer', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const cell = await aCell(house, 2)
  const group = new Group(house)
  await group.says(cell.secretary, '@Kỳ Họp /ganchibo')
  await cell.secretary.picks('Đúng, gắn nhóm này')
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.to('2026-11-26 19:31')
  expect(await group.texts()).toHaveLength(1)
  expect((await group.texts())[0]).toContain('nhắc tên tôi trong nhóm kèm số 1')
  const [member = cell.secretary] = cell.members
  await group.says(member, '1')
  expect(await house.db.answer.count()).toBe(0)
  await group.says(member, '@Kỳ Họp 1')
  await member.sees('Đã ghi: đồng chí có mặt')
  await house.db.bot.updateMany({ where: { platform: 'sandbox' }, data: { username: 'Kỳ Họp' } })
  await house.db.answer.deleteMany()
  const aside = [
    '@Kỳ Họp không có mặt',
    '@Kỳ Họp mọi người có mặt',
    '@Kỳ Họp vắng',
    '@Kỳ Họp chi bộ có mặt',
    '@An có mặt',
  ]
  for (const text of aside) await group.says(member, text)
  expect(await house.db.answer.count()).toBe(0)
  await member.sees('1. Có mặt', '4. Vắng')
  await member.reads()
  await group.says(member, '@Kỳ Họp em có mặt ạ')
  expect(await house.db.answer.findMany()).toMatchObject([{ state: 'present' }])
  await member.sees('Đã ghi: đồng chí có mặt')
  await house.to('2026-11-30 19:29')
  expect(await group.texts()).toHaveLength(1)
  await house.to('2026-11-30 19:31')
  expect((await group.texts()).slice(1)).toEqual([expect.stringContaining('Đã trả lời: 1/3')])
  await house.close()
})
