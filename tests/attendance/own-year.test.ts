import { afterAll, beforeAll, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import type { MarkState } from '../../src/database/generated/enums.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell

/** A meeting that was held; `state` null: its sheet has nobody of that name. */
async function held(when: string, state: MarkState | null, confirmed = true): Promise<void> {
  const meetingId = await aMeeting(house, cell.unitId, when)
  const at = confirmed ? house.now : null
  await house.db.rollCall.create({ data: { meetingId, confirmedAt: at, heldAt: at } })
  const personId = cell.memberIds[0] ?? ''
  if (state) await house.db.rollCallMark.create({ data: { meetingId, personId, state, proposed: false } })
}

beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 2)
  await held('2025-12-03 19:30', 'excused')
  await held('2026-01-03 19:30', 'present')
  await held('2026-02-03 19:30', 'late')
  await held('2026-02-20 19:30', 'late')
  await held('2026-03-03 19:30', 'unexcused')
  await held('2026-04-03 19:30', null)
  await held('2026-05-03 19:30', 'present', false)
  const day = (text: string) => toDateColumn(text as PlainDate)
  await house.db.exemption.create({
    data: {
      id: newId(),
      personId: cell.memberIds[0] ?? '',
      kind: 'special_duty',
      startsOn: day('2026-04-01'),
      endsOn: day('2026-05-01'),
    },
  })
})
afterAll(() => house.close())

test('a member sees their own year from confirmed roll-calls, through /canhan', async () => {
  const [member] = cell.members
  await member?.says('/canhan')
  await member?.taps('Năm nay của tôi')
  await member?.sees(
    'Năm 2026 của đồng chí Đỗ Văn Thử 1',
    'Tháng 1: có mặt\nTháng 2: đến muộn 2 buổi\nTháng 3: vắng không lý do\nTháng 4: không tính\n\nDự 3/4 buổi (75%).',
    '1 buổi không tính',
  )
  await member?.taps('Xem năm 2025')
  await member?.sees('Tháng 12: vắng có lý do', 'Dự 0/1 buổi (0%)')
})

test('nobody sees the year of somebody else; in English', async () => {
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await cell.members[1]?.says('my year')
  await cell.members[1]?.sees('The year 2026 of Đỗ Văn Thử 2')
  await cell.secretary.says('năm nay của tôi')
  await cell.secretary.sees('The year 2026 of Lò Thị Bí Thư')
})
