import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/core/dates.js'
import { parseSheet } from '../../src/gates/parse-sheet.js'
import { type GateRow, leftOf, lookAt, planGates, sessionLength } from '../../src/gates/rules.js'
import { DEFAULT_SHEET } from '../../src/gates/sheet.js'
import { isQuiet } from '../../src/meetings/quiet.js'
import { at, ZONE } from '../support/house.js'

const sessionAt = (startsAt: Date, minutes = 90) => ({
  startsAt,
  endsAt: new Date(startsAt.getTime() + minutes * MINUTE),
  zone: ZONE,
})
const session = sessionAt(at('2026-12-03 19:30'))
const plan = (now: Date, standing: readonly GateRow[] = [], of = session) =>
  planGates({ now, session: of, sheet: DEFAULT_SHEET, standing })
const row = (rows: readonly GateRow[], kind: string): GateRow => rows.find((one) => one.kind === kind) as GateRow

describe('the guide’s gates of a meeting at 19:30 on 3 December', () => {
  test.each([
    ['committee_met', '2026-12-02 19:30', '2026-12-01 08:00'],
    ['members_told', '2026-12-01 19:30', '2026-12-01 08:00'],
    ['materials_sent', '2026-12-02 19:30', '2026-12-01 08:00'],
    ['long_enough', '2026-12-03 21:00', null],
    ['roll_call', '2026-12-03 23:59', null],
    ['reported', '2026-12-05 23:59', '2026-12-05 08:00'],
  ])('%s is due at %s, reminded of at %s', (kind, dueAt, remindAt) => {
    const found = row(plan(at('2026-11-20 08:00')), kind)
    expect(found).toMatchObject({ dueAt: at(dueAt), remindAt: remindAt && at(remindAt) })
  })

  const instants = fc.date({ min: at('2026-01-01 00:00'), max: at('2027-12-31 00:00'), noInvalidDate: true })

  test('whenever it is planned: reminded of ahead, before it is due, never in the quiet hours, in the sheet’s order', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 40 * 24 }), (startsAt, hours) => {
        const now = new Date(startsAt.getTime() - hours * HOUR)
        const rows = plan(now, [], sessionAt(startsAt))
        expect(rows.map((one) => one.kind)).toEqual(DEFAULT_SHEET.gates.map((one) => one.key))
        for (const { remindAt, dueAt } of rows)
          if (remindAt) {
            expect(remindAt > now && remindAt < dueAt).toBe(true)
            expect(isQuiet(remindAt, ZONE)).toBe(false)
          }
      }),
    )
  })

  test('planned again for the same hour: nothing is reminded of twice; for another one: what a hand marked stays', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -20, max: 20 }), fc.boolean(), (startsAt, days, marked) => {
        const first = plan(new Date(startsAt.getTime() - 30 * DAY), [], sessionAt(startsAt))
        const after = first.map((one) => ({ ...one, remindAt: null }))
        const done = { state: 'done', doneAt: startsAt, doneById: marked ? 'hand' : null } as const
        const standing = after.map((one) => (one.kind === 'committee_met' ? { ...one, ...done } : one))
        const moved = sessionAt(new Date(startsAt.getTime() + days * DAY))
        const again = plan(new Date(startsAt.getTime() - 25 * DAY), standing, moved)
        if (days === 0) for (const one of again) if (one.kind !== 'committee_met') expect(one.remindAt).toBeNull()
        expect(row(again, 'committee_met').state).toBe(marked ? 'done' : 'open')
        const off = planGates({ now: startsAt, session, sheet: null, standing: again })
        expect(off.every((one) => one.state === 'dropped' && one.remindAt === null)).toBe(true)
      }),
    )
  })
})

describe('a look at a gate that is due', () => {
  const gate = { dueAt: at('2026-12-02 19:30') }
  const report = { dueAt: at('2026-12-05 23:59') }
  const nothing = { state: 'nothing' } as const
  test.each([
    ['seen', gate, { state: 'seen', at: at('2026-12-01 07:00') } as const, '2026-12-01 08:00', 'done'],
    ['on its way', gate, { state: 'coming' } as const, '2026-12-01 08:00', 'later'],
    ['on its way, and over', gate, { state: 'coming' } as const, '2026-12-02 19:30', 'remind'],
    ['nothing is known', gate, nothing, '2026-12-01 08:00', 'remind'],
    ['found at night', gate, nothing, '2026-12-01 23:00', 'later'],
    ['the meeting has begun', gate, nothing, '2026-12-03 19:30', 'expired'],
    ['a report a day late', report, nothing, '2026-12-07 09:00', 'remind'],
    ['a report three days late', report, nothing, '2026-12-08 09:00', 'expired'],
  ])('%s', (_, one, sight, now, expected) => {
    expect(lookAt(one, sight, { session, now: at(now) }).kind).toBe(expected)
  })

  test.each([
    ['2026-12-01 08:00', 'days 1'],
    ['2026-12-02 10:00', 'hours 9'],
    ['2026-12-02 19:29', 'hours 1'],
    ['2026-12-03 08:00', 'overdue-hours 12'],
    ['2026-12-04 08:00', 'overdue-days 2'],
  ])('at %s: %s', (now, expected) => {
    const { kind, count } = leftOf(gate.dueAt, at(now), ZONE)
    expect(`${kind} ${count}`).toBe(expected)
  })

  test('a session is what a cell holds on one day', () => {
    const one = (kind: 'regular' | 'thematic' | 'cell_committee', durationMinutes: number) => ({
      kind,
      durationMinutes,
    })
    const { minutes } = DEFAULT_SHEET
    expect(sessionLength([one('regular', 60)], minutes)).toEqual({ planned: 60, least: 90 })
    expect(sessionLength([one('regular', 60), one('thematic', 60)], minutes)).toEqual({ planned: 120, least: 120 })
    expect(sessionLength([one('thematic', 90), one('cell_committee', 60)], minutes)).toEqual({ planned: 90, least: 90 })
  })
})

describe('a sheet as an office writes it', () => {
  const read = (text: string) => {
    const found = parseSheet(text, DEFAULT_SHEET)
    return found.ok ? found.sheet : `${found.code} ${found.line}`
  }
  test('what a line names changes, the rest stays; a new name is a gate of its own', () => {
    expect(read('- Gửi tài liệu: trước 2 ngày\nbáo cáo: sau 3 ngày; Điểm danh: bỏ\nThu đảng phí: trong ngày')).toEqual({
      minutes: DEFAULT_SHEET.minutes,
      gates: [
        ...DEFAULT_SHEET.gates
          .filter((one) => one.key !== 'roll_call')
          .map((one) => {
            if (one.key === 'materials_sent') return { ...one, due: { minutes: -2_880 } }
            return one.key === 'reported' ? { ...one, due: { endOfDay: 3 } } : one
          }),
        {
          key: 'own-thu-dang-phi',
          anchor: 'end',
          due: { endOfDay: 0 },
          remind: { daysBefore: 0, time: '08:00' },
          seenBy: null,
          text: { vi: 'Thu đảng phí', en: 'Thu đảng phí' },
        },
      ],
    })
  })

  test.each([
    ['Thời lượng: 60/90 phút', { one: 60, joint: 90 }],
    ['length: 60 minutes', { one: 60, joint: 60 }],
  ])('%s', (text, minutes) => {
    expect(read(text)).toMatchObject({ minutes })
  })

  test.each([
    ['tài liệu trước 2 ngày', 'gates.parse.line tài liệu trước 2 ngày'],
    ['tài liệu: sớm', 'gates.parse.deadline tài liệu: sớm'],
    ['tài liệu: trước 40 ngày', 'gates.parse.deadline tài liệu: trước 40 ngày'],
    ['thời lượng: 5 phút', 'gates.parse.minutes thời lượng: 5 phút'],
    [Array.from({ length: 9 }, (_, n) => `Việc ${n}: trong ngày`).join('\n'), 'gates.parse.many '],
  ])('%s is asked again', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  test('left out and taken in again it is seen as before', () => {
    const found = parseSheet('Điểm danh: bỏ\nĐiểm danh: sau 1 ngày', DEFAULT_SHEET)
    expect(found.ok && found.sheet.gates.find((one) => one.key === 'roll_call')?.seenBy).toBe('roll_call')
  })
})
