import { describe, expect, test } from 'vitest'
import { openHouse } from '../support/house.js'
import { aMeeting, answerRowOf, historyOf } from '../support/meetings.js'
import { aCell } from '../support/people.js'

/** What cannot be taken: a clear sentence and the choices; nothing is recorded, and what stood before stands. */
describe.each([
  ['over buttons', false],
  ['over plain text', true],
] as const)('%s', (_, plain) => {
  const open = async () => {
    const house = await openHouse({ now: '2026-11-26 08:00', ...(plain ? { plain: true as const } : {}) })
    const cell = await aCell(house, 1)
    const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30', { place: 'Nhà văn hóa' })
    const [member] = cell.members
    const [personId] = cell.memberIds
    if (!member || !personId) throw new Error('a cell with one member')
    return { house, member, meetingId, personId }
  }

  test('what contradicts itself and a maybe are asked back, and what stood stands', async () => {
    const { house, member, meetingId, personId } = await open()
    await member.says('em đi ạ')
    await member.sees('Đã ghi: đồng chí có mặt.')
    for (const text of ['em đi… à mà thôi em vắng', 'em đến đúng giờ nhưng trễ 20 phút', 'chắc em vắng', 'vang']) {
      await member.says(text)
      await member.sees('Tôi chưa chắc ý đồng chí nên chưa ghi gì.', 'Đồng chí đang trả lời: có mặt.')
    }
    expect(await answerRowOf(house, meetingId, personId)).toMatchObject({ state: 'present' })
    await member.says('hôm trước em nói đi nhưng nay con ốm, em xin vắng ạ')
    await member.sees('Đã ghi: đồng chí vắng mặt')
    expect(await answerRowOf(house, meetingId, personId)).toMatchObject({ state: 'absent', reasonKind: 'family' })
    expect((await historyOf(house, meetingId, personId)).map(({ state }) => state)).toEqual(['present', 'absent'])
    await house.close()
  })

  test('a question is answered from the meeting, with the choices, and records nothing', async () => {
    const { house, member, meetingId, personId } = await open()
    for (const text of ['họp chỗ mô rứa chị', 'mấy giờ họp dzậy', 'Lần này họp bàn việc gì ạ?']) {
      await member.says(text)
      await member.sees('19:30', 'Nhà văn hóa', 'Có mặt')
    }
    await member.says('họp tầm bao lâu thì xong vậy chị, em còn đón cháu')
    await member.sees('19:30', 'Dự kiến họp 90 phút.')
    expect(await answerRowOf(house, meetingId, personId)).toBeNull()
    await house.close()
  })

  test('in English the same', async () => {
    const { house, member, meetingId, personId } = await open()
    await house.db.person.update({ where: { id: personId }, data: { locale: 'en' } })
    await member.says("I'm coming")
    await member.says('em đi… à mà thôi em vắng')
    await member.sees('nothing was recorded')
    expect(await answerRowOf(house, meetingId, personId)).toMatchObject({ state: 'present' })
    await house.close()
  })
})
