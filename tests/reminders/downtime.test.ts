import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { reminderSweep } from '../../src/reminders/sweep.js'
import { at, type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

describe('the service was down', () => {
  let house: House
  let cell: Cell
  let meetingId: string
  beforeEach(async () => {
    house = await openHouse({ now: '2026-11-20 08:00' })
    cell = await aCell(house, 2)
    meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
    await house.app.settle()
    return () => house.close()
  })
  const member = () => cell.members[0] as NonNullable<(typeof cell.members)[0]>

  test('over two steps: only the newest one comes, and the secretary is told once', async () => {
    await house.sleepsUntil('2026-12-01 09:00')
    await member().sees('Còn 2 ngày nữa họp: 19:30 thứ Năm 03/12')
    await member().seesNothingMore()
    await cell.secretary.sees('Còn 2 ngày')
    await cell.secretary.sees('hệ thống bị gián đoạn', 'lời nhắc của mốc 3 ngày', 'mốc 7 ngày đã lỡ')
    await house.sleepsUntil('2026-12-02 23:00')
    await house.to('2026-12-03 06:29')
    await member().seesNothingMore()
    await house.to('2026-12-03 06:30')
    await member().sees('Tối nay họp: 19:30')
    await member().seesNothingMore()
    await cell.secretary.sees('Tối nay')
    await cell.secretary.sees('Việc cho buổi họp')
    await cell.secretary.seesNothingMore()
  })

  test('found at night: the newest of what is due in the morning, nothing before', async () => {
    await house.sleepsUntil('2026-11-30 23:30')
    await member().seesNothingMore()
    await cell.secretary.seesNothingMore()
    await house.to('2026-12-01 06:30')
    await member().sees('Còn 2 ngày')
    await member().seesNothingMore()
    await cell.secretary.sees('Còn 2 ngày')
    await cell.secretary.sees('hệ thống bị gián đoạn')
  })

  test('past the start: nobody is reminded, the secretary neither', async () => {
    await house.sleepsUntil('2026-12-03 19:30')
    await house.to('2026-12-05 08:00')
    await member().seesNothingMore()
    expect(await house.db.outbox.count({ where: { kind: { startsWith: 'reminders.' } } })).toBe(0)
    expect(await house.db.reminderStep.count({ where: { state: 'waiting' } })).toBe(0)
    expect(await reminderSweep.nextDue(house.db, house.now)).toBeNull()
  })

  test('a few minutes late is nobody’s news', async () => {
    await house.sleepsUntil('2026-11-26 19:50')
    await cell.secretary.sees('Còn 7 ngày')
    await cell.secretary.seesNothingMore()
  })

  test('two instances at once, and twice again, write each reminder once', async () => {
    for (let n = 0; n < 6; n += 1) await aMeeting(house, cell.unitId, `2026-12-03 2${n % 2}:0${n}`)
    const now = at('2026-12-01 09:00')
    await Promise.all([1, 2, 3, 4].map(() => reminderSweep.run(house.db, now)))
    while (await reminderSweep.nextDue(house.db, house.now).then((due) => due && due <= now))
      await reminderSweep.run(house.db, now)
    await reminderSweep.run(house.db, now)
    const rows = await house.db.outbox.findMany({ where: { kind: 'reminders.step' } })
    expect(rows).toHaveLength(7 * 3)
    expect(new Set(rows.map((row) => `${row.subject} ${row.personId}`)).size).toBe(7 * 3)
    const done = await house.db.reminderStep.groupBy({ by: ['meetingId'], where: { state: 'done' }, _count: true })
    expect(done.map((one) => one._count)).toEqual([1, 1, 1, 1, 1, 1, 1])
    expect(await house.db.reminderStep.findMany({ where: { meetingId, state: 'skipped' } })).toHaveLength(1)
  })
})

describe('whatever is answered and however long the service sleeps', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ now: '2026-11-20 08:00' })
  })
  afterAll(() => house.close())

  const STATES = ['present', 'late', 'online', 'absent'] as const
  const start = at('2026-12-03 19:30')
  const offset = fc.integer({ min: -10 * 24 * 60, max: 24 * 60 }).map((minutes) => start.getTime() + minutes * MINUTE)
  const event = fc.oneof(
    offset.map((ms) => ({ kind: 'look' as const, ms })),
    fc.record({
      kind: fc.constant('answer' as const),
      ms: offset,
      who: fc.nat({ max: 2 }),
      state: fc.constantFrom(...STATES),
    }),
  )

  test('nobody gets two messages for a step, none after the start, none in the quiet hours', () =>
    fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 12 }), async (events) => {
        await house.db.meeting.updateMany({ data: { state: 'cancelled', revision: { increment: 1 } } })
        const cellId = newId()
        await house.db.unit.create({
          data: { id: cellId, name: cellId, nameKey: cellId, kind: 'cell', zone: 'Asia/Ho_Chi_Minh', createdAt: start },
        })
        const people = [0, 1, 2].map((n) => aPerson(house, `Đỗ Văn ${n}`, cellId))
        const ids = await Promise.all(people)
        for (const id of ids) await house.phoneOf(id, id)
        const meetingId = await aMeeting(house, cellId, '2026-12-03 19:30')
        const absent = new Set<string>()
        const sentTo = async () =>
          house.db.outbox.count({ where: { subject: meetingId, personId: { in: [...absent] } } })
        for (const one of [...events].sort((a, b) => a.ms - b.ms)) {
          const before = await sentTo()
          const now = new Date(one.ms)
          if (one.kind === 'answer') {
            const personId = ids[one.who] as string
            const answer = { state: one.state, answeredAt: now }
            await house.db.answer.upsert({
              where: { meetingId_personId: { meetingId, personId } },
              create: { id: newId(), meetingId, personId, ...answer },
              update: answer,
            })
            if (one.state === 'absent') absent.add(personId)
            else absent.delete(personId)
          } else {
            while (await reminderSweep.run(house.db, now));
            expect(await sentTo()).toBe(before)
          }
        }
        const rows = await house.db.outbox.findMany({ where: { subject: meetingId, kind: 'reminders.step' } })
        const perPerson = rows.map((row) => `${row.personId} ${row.createdAt.toISOString()}`)
        expect(new Set(perPerson).size).toBe(rows.length)
        expect(new Set(rows.map((row) => row.causeKey)).size).toBe(rows.length)
        for (const { createdAt } of rows) {
          expect(createdAt.getTime()).toBeLessThan(start.getTime())
          const local = (createdAt.getTime() + 7 * HOUR) % DAY
          expect(local >= 6.5 * HOUR && local < 21.5 * HOUR).toBe(true)
        }
      }),
      { numRuns: 25 },
    ))
})
