import {
  addDays,
  DAY,
  dateIn,
  HOUR,
  instantOf,
  MINUTE,
  type PlainDate,
  toDateColumn,
  type WallTime,
} from '../core/dates.js'
import { newId } from '../core/ids.js'
import { insertMeeting } from '../meetings/changes.js'
import { expandRule } from '../meetings/recurrence.js'
import { HORIZON_DAYS } from '../meetings/series.js'
import type { Meeting } from '../meetings/store.js'
import { type ExampleSeries, exampleSeries } from './dates.js'
import type { SeedContext, SeededCell, SeededOrganisation, SeededPerson } from './seed-people.js'

const MINUTES = 90

type Series = ExampleSeries & Readonly<{ id: string; cell: SeededCell }>

const secretaryOf = (cell: SeededCell): string | null => cell.people.find((one) => one.role === 'secretary')?.id ?? null

async function insertSeries({ tx, now, zone }: SeedContext, series: Series): Promise<void> {
  const until = addDays(dateIn(now, zone), HORIZON_DAYS)
  await tx.schedule.create({
    data: {
      id: series.id,
      cellId: series.cell.id,
      kind: 'regular',
      rrule: series.rrule,
      time: series.time,
      zone,
      place: series.cell.place,
      durationMinutes: MINUTES,
      startsOn: toDateColumn(series.last),
      expandedUntil: toDateColumn(until),
      expandAt: instantOf(addDays(dateIn(now, zone), 7), '03:00' as WallTime, zone),
      createdBy: secretaryOf(series.cell),
      createdAt: now,
    },
  })
}

const insertOccurrence = ({ tx, now, zone }: SeedContext, series: Series, day: PlainDate): Promise<Meeting> =>
  insertMeeting(tx, now, {
    id: newId(),
    cellId: series.cell.id,
    scheduleId: series.id,
    occurrenceOn: day,
    kind: 'regular',
    day,
    time: series.time,
    zone,
    place: series.cell.place,
    agenda: null,
    onlineAllowed: true,
    durationMinutes: MINUTES,
    createdBy: secretaryOf(series.cell),
  })

/** What somebody said before the last meeting: most come, one is away on business, the last one said nothing. */
const answerOf = (place: number, count: number) =>
  place === count - 1
    ? null
    : place === 4
      ? ({ state: 'absent', reasonKind: 'work' } as const)
      : ({ state: 'present' } as const)

/** Those without a chat could say nothing. */
async function insertAnswers({ tx }: SeedContext, meeting: Meeting, asked: readonly SeededPerson[]): Promise<void> {
  const answers = asked.flatMap(({ id, unlinked }, place) => {
    const answer = unlinked ? null : answerOf(place, asked.length)
    const at = new Date(meeting.startsAt.getTime() - 2 * DAY + place * MINUTE)
    return answer ? [{ meetingId: meeting.id, personId: id, ...answer, at }] : []
  })
  await tx.answer.createMany({ data: answers.map(({ at, ...one }) => ({ id: newId(), ...one, answeredAt: at })) })
  await tx.answerEvent.createMany({
    data: answers.map((one) => ({ id: newId(), ...one, way: 'button' as const, byId: one.personId })),
  })
}

/** The sheet of the last meeting, confirmed that evening. It is a fact of its own: the silent member was there. */
async function insertRollCall(
  context: SeedContext,
  meeting: Meeting,
  cell: SeededCell,
  asked: readonly SeededPerson[],
) {
  const { tx } = context
  const confirmedAt = new Date(meeting.startsAt.getTime() + 2 * HOUR)
  const byId = secretaryOf(cell)
  await tx.rollCall.create({
    data: {
      meetingId: meeting.id,
      openedAt: meeting.startsAt,
      confirmedAt,
      confirmedById: byId,
      heldAt: confirmedAt,
      version: 1,
    },
  })
  // Its papers went out that evening too.
  await tx.paperPack.create({ data: { meetingId: meeting.id, confirmedAt, madeAt: confirmedAt } })
  const marks = asked.map(({ id }, place) => {
    const absent = answerOf(place, asked.length)?.state === 'absent'
    return absent
      ? { personId: id, state: 'excused' as const, reasonKind: 'work' as const }
      : { personId: id, state: 'present' as const, reasonKind: null }
  })
  await tx.rollCallMark.createMany({ data: marks.map((one) => ({ meetingId: meeting.id, ...one, proposed: false })) })
  if (byId) await tx.rollCallEvent.create({ data: { id: newId(), meetingId: meeting.id, byId, at: confirmedAt } })
}

/**
 * Two of the three cells have a series: last month's meeting is over and its roll-call confirmed, the next one is a week
 * ahead. The third has none, so that the digest has something to point out. Returns the two next meetings.
 */
export async function seedMeetings(context: SeedContext, organisation: SeededOrganisation): Promise<Meeting[]> {
  const next: Meeting[] = []
  const today = dateIn(context.now, context.zone)
  for (const [i, example] of exampleSeries(context.now, context.zone).entries()) {
    const cell = organisation.cells[i]
    if (!cell) continue
    const series = { ...example, id: newId(), cell }
    await insertSeries(context, series)
    const past = await insertOccurrence(context, series, example.last)
    const asked = cell.people.filter((one) => !one.exempt)
    await insertAnswers(context, past, asked)
    await insertRollCall(context, past, cell, asked)
    for (const day of expandRule(example.rrule, addDays(today, 1), addDays(today, HORIZON_DAYS))) {
      const meeting = await insertOccurrence(context, series, day)
      if (day === example.next) next.push(meeting)
    }
  }
  return next
}
