import { expect, test } from 'vitest'
import { openHouse } from '../support/house.js'
import { aMeeting, answerRowOf } from '../support/meetings.js'
import { aCell } from '../support/people.js'

test('where people can only write, a wrong digit is taken back by a word; in English', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  const cell = await aCell(house, 1)
  const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.db.person.updateMany({ data: { locale: 'en' } })
  const [member] = cell.members
  await member?.says('1')
  await member?.says('undo')
  await member?.sees('The last answer of Đỗ Văn Thử 1', 'It now stands: no answer')
  expect(await answerRowOf(house, meetingId, cell.memberIds[0] ?? '')).toBeNull()
  await member?.picks('Answer again')
  await member?.says('/undo')
  await member?.sees('I find nothing of yours in the last 10 minutes')
  await house.close()
})
