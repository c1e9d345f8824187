import { describe, expect, test } from 'vitest'
import { instantOf, type PlainDate, type WallTime } from '../../../src/core/dates.js'
import {
  changeOf,
  decideCancel,
  decideCreate,
  decideMove,
  endsAt,
  isOpenForAnswers,
  isUrgent,
  type MeetingFacts,
  offersAfter,
} from '../../../src/meetings/rules.js'

const ZONE = 'Asia/Ho_Chi_Minh'
const at = (day: string, time = '19:00'): Date => instantOf(day as PlainDate, time as WallTime, ZONE)

function aMeeting(over: Partial<MeetingFacts> & { day?: PlainDate } = {}): MeetingFacts {
  const day = over.day ?? ('2026-12-03' as PlainDate)
  const time = over.time ?? ('19:00' as WallTime)
  return {
    id: 'm1',
    kind: 'regular',
    state: 'planned',
    day,
    time,
    zone: ZONE,
    startsAt: at(day, time),
    durationMinutes: 90,
    answerDeadline: null,
    revision: 4,
    place: 'Hội trường',
    onlineAllowed: true,
    agenda: null,
    ...over,
  }
}

const around = (now: Date, others: readonly MeetingFacts[] = [], off: readonly string[] = []) => ({
  now,
  others,
  isOff: (day: PlainDate) => off.includes(day),
})
const to = (day: string, time = '19:00') => ({ day: day as PlainDate, time: time as WallTime })

describe('moving', () => {
  const now = at('2026-11-22', '10:00')

  test('within the month leaves no month empty and raises the revision', () => {
    expect(decideMove(aMeeting(), to('2026-12-10'), around(now))).toEqual({
      kind: 'move',
      ...to('2026-12-10'),
      startsAt: at('2026-12-10'),
      revision: 5,
      urgent: false,
      emptyMonth: null,
      offers: [],
    })
  })

  test('out of the month says so and offers the same weekday, holidays left out', () => {
    const move = decideMove(aMeeting(), to('2027-01-05'), around(now, [], ['2026-12-17']))
    expect(move).toMatchObject({ emptyMonth: '2026-12-01', offers: ['2026-12-10', '2026-12-24', '2026-12-31'] })
  })

  test('another regular meeting of the month fills it, a thematic or cancelled one does not', () => {
    const other = (over: Partial<MeetingFacts>) => aMeeting({ id: 'm2', day: '2026-12-20' as PlainDate, ...over })
    const empty = (over: Partial<MeetingFacts>) => {
      const move = decideMove(aMeeting(), to('2027-01-05'), around(now, [other(over)]))
      return move.kind === 'move' ? move.emptyMonth : move.code
    }
    expect([empty({}), empty({ kind: 'thematic' }), empty({ state: 'cancelled' })]).toEqual([
      null,
      '2026-12-01',
      '2026-12-01',
    ])
    const thematic = decideCancel(aMeeting({ kind: 'thematic' }), around(now))
    expect(thematic).toMatchObject({ emptyMonth: null })
  })

  test.each([
    ['a meeting that has begun', aMeeting(), '2026-12-10', at('2026-12-03'), 'over'],
    ['a postponed meeting', aMeeting({ state: 'cancelled' }), '2026-12-10', now, 'cancelled'],
    ['to the past', aMeeting(), '2026-11-20', now, 'past'],
    ['to where it is', aMeeting(), '2026-12-03', now, 'same'],
  ])('%s is refused', (_, meeting, day, when, code) => {
    expect(decideMove(meeting, to(day), around(when))).toEqual({
      kind: 'refused',
      code: `meetings.parse.refused.${code}`,
    })
  })

  test('onto another meeting of the cell is refused', () => {
    const other = aMeeting({ id: 'm2', day: '2026-12-10' as PlainDate })
    expect(decideMove(aMeeting(), to('2026-12-10'), around(now, [other]))).toMatchObject({ kind: 'refused' })
  })
})

describe('postponing and creating', () => {
  test('the offers begin tomorrow at the earliest', () => {
    const now = at('2026-12-17', '10:00')
    const cancel = decideCancel(aMeeting({ day: '2026-12-17' as PlainDate }), around(now))
    expect(cancel).toMatchObject({
      kind: 'cancel',
      urgent: true,
      emptyMonth: '2026-12-01',
      offers: ['2026-12-24', '2026-12-31'],
    })
    expect(offersAfter('2026-12-03' as PlainDate, '2026-12-18' as PlainDate, () => false)).toEqual([
      '2026-12-24',
      '2026-12-31',
    ])
  })

  test('in the last week of a month any working day that is left is offered', () => {
    expect(offersAfter('2026-12-25' as PlainDate, '2026-12-25' as PlainDate, () => false)).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
    ])
  })

  test('nothing is created in the past', () => {
    const wanted = { ...to('2026-11-22', '09:00'), zone: ZONE }
    expect(decideCreate(wanted, around(at('2026-11-22', '10:00')))).toEqual({
      kind: 'refused',
      code: 'meetings.parse.refused.past',
    })
    expect(decideCreate(wanted, around(at('2026-11-22', '08:00')))).toMatchObject({ kind: 'create' })
  })
})

describe('small facts', () => {
  test('a change is urgent within 24 hours of the old or the new start', () => {
    const now = at('2026-12-02', '20:00')
    expect(isUrgent(now, at('2026-12-03'), at('2026-12-20'))).toBe(true)
    expect(isUrgent(now, at('2026-12-20'), at('2026-12-03'))).toBe(true)
    expect(isUrgent(now, at('2026-12-03', '20:01'), null)).toBe(false)
  })

  test('answers are open until the deadline or the start', () => {
    const meeting = aMeeting()
    const early = aMeeting({ answerDeadline: at('2026-12-02') })
    const late = aMeeting({ answerDeadline: at('2026-12-04') })
    const open = (one: MeetingFacts, now: Date) => isOpenForAnswers(one, now)
    expect([open(meeting, at('2026-12-03', '18:59')), open(meeting, at('2026-12-03'))]).toEqual([true, false])
    expect([open(early, at('2026-12-02', '18:59')), open(early, at('2026-12-02'))]).toEqual([true, false])
    expect([open(late, at('2026-12-03')), open(aMeeting({ state: 'cancelled' }), at('2026-12-01'))]).toEqual([
      false,
      false,
    ])
  })

  test('a meeting ends when its minutes are over', () => {
    expect(endsAt(aMeeting())).toEqual(at('2026-12-03', '20:30'))
  })

  test.each([
    ['day', { startsAt: at('2026-12-04') }, { kind: 'moved', raises: true, told: true }],
    ['state', { state: 'cancelled' }, { kind: 'cancelled', raises: true, told: true }],
    ['place', { place: 'Nhà văn hoá' }, { kind: 'edited', raises: true, told: true }],
    ['online', { onlineAllowed: false }, { kind: 'edited', raises: true, told: true }],
    ['agenda', { agenda: 'Tổng kết' }, { kind: 'edited', raises: false, told: false }],
    ['nothing', {}, null],
  ] as const)('a change of %s', (_, over, change) => {
    expect(changeOf(aMeeting(), aMeeting(over))).toEqual(change)
  })
})
