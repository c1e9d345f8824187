import { expect, test } from 'vitest'
import {
  type AnswerCase,
  answerOfDigit,
  checkConfirm,
  decideAnswer,
  type GivenAnswer,
  proposeMark,
} from '../../../src/attendance/rules.js'

const startsAt = new Date('2026-12-03T12:30:00Z')
const at = (minutes: number): Date => new Date(startsAt.getTime() + minutes * 60_000)
const said = (state: GivenAnswer['state'], over: Partial<GivenAnswer> = {}): GivenAnswer => ({
  state,
  reasonKind: null,
  reasonText: null,
  minutesLate: null,
  ...over,
})
const decide = (over: Partial<Omit<AnswerCase, 'meeting'>> & { meeting?: Partial<AnswerCase['meeting']> }) =>
  decideAnswer({
    now: at(-600),
    previous: null,
    pending: null,
    given: said('present'),
    invited: { member: true },
    ...over,
    meeting: { startsAt, state: 'planned', onlineAllowed: true, answerDeadline: null, ...over.meeting },
  })

test('a first answer and a changed one are recorded', () => {
  expect(decide({})).toMatchObject({ kind: 'record', answer: { state: 'present' } })
  expect(decide({ previous: said('present'), given: said('absent') })).toMatchObject({ kind: 'record' })
})

test('an equal answer changes nothing, also after the deadline and while it waits for the secretary', () => {
  expect(decide({ previous: said('present') })).toEqual({ kind: 'repeat' })
  expect(decide({ previous: said('present'), now: at(5) })).toEqual({ kind: 'repeat' })
  expect(decide({ previous: said('present'), pending: said('absent'), given: said('absent'), now: at(5) })).toEqual({
    kind: 'repeat',
  })
})

test('a second tap on absent keeps the reason; another kind of reason drops the old words', () => {
  const ill = said('absent', { reasonKind: 'health', reasonText: 'sốt' })
  expect(decide({ previous: ill, given: said('absent') })).toEqual({ kind: 'repeat' })
  expect(decide({ previous: ill, given: said('absent', { reasonKind: 'work' }) })).toMatchObject({
    kind: 'record',
    answer: { reasonKind: 'work', reasonText: null },
  })
})

test('somebody who comes has no reason, and nobody is late by a day', () => {
  expect(decide({ given: said('present', { reasonKind: 'work' }) })).toMatchObject({ answer: { reasonKind: null } })
  expect(decide({ given: said('late', { minutesLate: 1440 }) })).toMatchObject({ answer: { minutesLate: null } })
})

test('from the start on, or from the deadline of the cell, an answer is late', () => {
  expect(decide({ now: at(-1) })).toMatchObject({ kind: 'record' })
  expect(decide({ now: at(0) })).toMatchObject({ kind: 'late', because: 'started' })
  const meeting = { answerDeadline: at(-60) }
  expect(decide({ now: at(-61), meeting })).toMatchObject({ kind: 'record' })
  expect(decide({ now: at(-60), meeting })).toMatchObject({ kind: 'late', because: 'deadline' })
})

test('what cannot be answered is refused with a reason', () => {
  expect(decide({ meeting: { state: 'cancelled' } })).toEqual({ kind: 'refused', code: 'attendance.error.cancelled' })
  expect(decide({ invited: { member: false } })).toEqual({ kind: 'refused', code: 'attendance.error.not_invited' })
  expect(decide({ given: said('online'), meeting: { onlineAllowed: false } })).toEqual({
    kind: 'refused',
    code: 'attendance.error.online_not_allowed',
  })
  expect(decide({ now: at(7 * 24 * 60) })).toMatchObject({ kind: 'late' })
  expect(decide({ now: at(7 * 24 * 60 + 1) })).toEqual({ kind: 'refused', code: 'attendance.error.too_old' })
})

test('the roll-call is proposed from the answers; the silent stay unknown and are each asked about', () => {
  expect(proposeMark(said('late'))).toMatchObject({ state: 'late', proposed: true })
  expect(proposeMark(said('absent', { reasonKind: 'health' }))).toEqual({
    state: 'excused',
    reasonKind: 'health',
    proposed: true,
  })
  expect(proposeMark(null)).toEqual({ state: 'unknown', reasonKind: null, proposed: true })
  const marks = [
    { personId: 'a', state: 'present' },
    { personId: 'b', state: 'unknown' },
  ] as const
  expect(checkConfirm(marks)).toEqual({ ready: false, unknown: ['b'] })
  expect(checkConfirm(marks.slice(0, 1))).toEqual({ ready: true, unknown: [] })
})

test('the digits 1 to 4 mean the four answers and no other does', () => {
  expect([1, 2, 3, 4, 5, 0].map(answerOfDigit)).toEqual(['present', 'late', 'online', 'absent', null, null])
})
