import { at, type House } from '../support/house.js'
import { aCell, type Cell } from '../support/people.js'

/**
 * A new cell on the phones of the last test, at `now`: what earlier tests of the file left behind is over, and read.
 */
export async function aFreshCell(house: House, now: string, members = 2): Promise<Cell> {
  await house.db.chatLink.deleteMany({})
  await house.db.schedule.updateMany({ where: { endsOn: null }, data: { endsOn: new Date('2100-01-01') } })
  await house.db.meeting.updateMany({ data: { dayCheckAt: null, state: 'cancelled' } })
  await house.db.delivery.updateMany({ where: { state: 'queued' }, data: { state: 'withdrawn' } })
  await house.db.rollCall.updateMany({ data: { dueAt: null } })
  house.clock.moment = at(now)
  const cell = await aCell(house, members)
  for (const player of [cell.secretary, ...cell.members]) await player.reads()
  return cell
}
