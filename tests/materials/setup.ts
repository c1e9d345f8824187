import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

export const NEXT = 'Không mật, gửi cùng lời nhắc'
export const NOW = 'Không mật, gửi ngay'

export type Scene = Readonly<{ house: House; cell: Cell; meetingId: string }>

/** A cell with three members and a meeting on Thursday 10 December, 19:00; it is Tuesday 1 December, 08:00. */
export async function aScene(meeting: string | null = '2026-12-10 19:00', now = '2026-12-01 08:00'): Promise<Scene> {
  const house = await openHouse({ now })
  const cell = await aCell(house, 3)
  const meetingId = meeting ? await aMeeting(house, cell.unitId, meeting) : ''
  await house.app.settle()
  return { house, cell, meetingId }
}

export const exempt = (house: House, personId: string): Promise<unknown> =>
  house.db.exemption.create({
    data: { id: newId(), personId, kind: 'exempt', startsOn: toDateColumn('2020-01-01' as PlainDate) },
  })

/** What a person has got of one kind, by the rows that were sent. */
export const sentTo = (house: House, kind: string, personId?: string): Promise<number> =>
  house.db.outbox.count({ where: { kind, state: 'sent', ...(personId ? { personId } : {}) } })
