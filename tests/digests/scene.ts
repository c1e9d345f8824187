import { fromDateColumn, type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import type { MarkState } from '../../src/database/generated/enums.js'
import { at, type House, ZONE } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aPerson, appoint, aUnit } from '../support/people.js'

export const day = (text: string): Date => toDateColumn(text as PlainDate)

export type TestCell = { id: string; people: string[] }

/** A cell with a secretary (the first) and `size - 1` members more, and a monthly schedule unless told otherwise. */
export async function aCellOf(
  house: House,
  name: string,
  parentId: string,
  size: number,
  options: { schedule?: boolean } = {},
): Promise<TestCell> {
  const id = await aUnit(house, name, 'cell', parentId)
  const people: string[] = []
  for (let n = 1; n <= size; n += 1) people.push(await aPerson(house, `Đỗ Văn Thử ${n}`, id))
  if (people[0]) await appoint(house, people[0], 'secretary', id)
  if (options.schedule !== false) await aSchedule(house, id)
  return { id, people }
}

export const aSchedule = (house: House, cellId: string) =>
  house.db.schedule.create({
    data: {
      id: newId(),
      cellId,
      kind: 'regular',
      rrule: 'FREQ=MONTHLY;BYMONTHDAY=3',
      time: '19:30',
      zone: ZONE,
      place: 'Nhà văn hóa',
      durationMinutes: 90,
      startsOn: day('2026-01-01'),
      // Far off, so that the scene keeps the meetings it made by hand.
      expandedUntil: day('2028-01-01'),
      expandAt: at('2028-01-01 00:00'),
      createdAt: house.now,
    },
  })

/** A confirmed roll-call: the first `attended` of these people were there, the others are excused. */
export async function confirm(house: House, meetingId: string, people: readonly string[], attended: number) {
  const by = people[0] ?? newId()
  const confirmation = { confirmedAt: house.now, confirmedById: by, heldAt: house.now, dueAt: null }
  await house.db.rollCall.upsert({
    where: { meetingId },
    create: { meetingId, ...confirmation },
    update: confirmation,
  })
  await house.db.rollCallMark.deleteMany({ where: { meetingId } })
  await house.db.rollCallMark.createMany({
    data: people.map((personId, n) => ({
      meetingId,
      personId,
      state: (n < attended ? 'present' : 'excused') satisfies MarkState,
      proposed: false,
    })),
  })
}

export const reply = (house: House, meetingId: string, people: readonly string[]) =>
  house.db.answer.createMany({
    data: people.map((personId) => ({ id: newId(), meetingId, personId, state: 'present', answeredAt: house.now })),
  })

/** A meeting that took place: so many attended, so many had replied. */
export async function held(house: House, cell: TestCell, when: string, attended: number, replied = 0) {
  const meetingId = await aMeeting(house, cell.id, when)
  await confirm(house, meetingId, cell.people, attended)
  await reply(house, meetingId, cell.people.slice(0, replied))
  return meetingId
}

/** A meeting that stood on `from` and was moved to `to`, with the history that the meetings room writes. */
export async function moved(house: House, cell: TestCell, from: string, to: string): Promise<string> {
  const id = await aMeeting(house, cell.id, to, { occurrenceOn: day(from.slice(0, 10)), revision: 2 })
  const before = { day: from.slice(0, 10), time: from.slice(11), state: 'planned' }
  await house.db.meetingChange.create({
    data: { id: newId(), meetingId: id, revision: 2, kind: 'moved', before, at: house.now },
  })
  return id
}

/** The digests and previews that were kept, the oldest first: `weekly 2026-12-07`. */
export async function kept(house: House): Promise<string[]> {
  const rows = await house.db.digest.findMany({ orderBy: [{ week: 'asc' }, { createdAt: 'asc' }] })
  return rows.map((row) => `${row.kind} ${fromDateColumn(row.week)}`)
}
