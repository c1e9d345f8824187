import { expect, test } from 'vitest'
import { openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell } from '../support/people.js'

test('help begins with what this person can do now, then the commands for their roles', async () => {
  const house = await openHouse({ now: '2026-11-20 08:00' })
  const cell = await aCell(house, 1)
  const [member] = cell.members
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await member?.says('/trogiup')
  const { content } = await (member ?? cell.secretary).sees(
    'Hướng dẫn',
    'Lúc này đồng chí có thể:',
    'Các lệnh tắt:',
    '/canhan',
    '/hoantac',
  )
  expect(content.text.indexOf('Lúc này')).toBeLessThan(content.text.indexOf('/canhan'))
  expect(content.text).not.toContain('/thongbao')
  await cell.secretary.says('/help')
  const secretarys = await cell.secretary.sees('/thongbao')
  expect(secretarys.content.choices.flat().length).toBe(5)
  expect(secretarys.content.text.length).toBeLessThan(2_000)
  await house.close()
})
