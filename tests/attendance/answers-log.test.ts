import { expect, test } from 'vitest'
import { createLog } from '../../src/core/log.js'
import { openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell } from '../support/people.js'

/** A house whose log can be read, down to the finest level. */
async function aLoggedHouse(now: string) {
  const lines: string[] = []
  const house = await openHouse({ now, log: createLog('trace', { write: (line) => void lines.push(line) }) })
  return { house, log: () => lines.join('') }
}

test('reasons and names reach no log, neither when all goes well nor when a statement fails', async () => {
  const { house, log } = await aLoggedHouse('2026-11-26 08:00')
  const { unitId, members, secretary } = await aCell(house, 2)
  await aMeeting(house, unitId, '2026-12-03 19:30')
  const [member] = members
  await member?.says('em vắng vì phải mổ ruột thừa')
  await member?.sees('vắng mặt')
  await member?.says('/traloithay Đỗ Văn Thử 2 vắng vì mổ ruột thừa')
  await member?.sees('không thuộc phần')
  await secretary.says('/traloithay Đỗ Văn Thử 2 vắng vì mổ ruột thừa')
  await house.db.$executeRawUnsafe('ALTER TABLE answer_event RENAME TO gone')
  await member?.says('/baovang đi mổ ruột thừa lần nữa')
  await member?.sees('hệ thống gặp trục trặc')
  await house.close()
  expect(log()).toContain('refused')
  expect(log()).toContain('"err"')
  for (const secret of ['ruột thừa', 'mổ', 'Đỗ Văn', 'Thử', 'health']) expect(log()).not.toContain(secret)
})
