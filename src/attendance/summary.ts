import { byGivenName } from '../core/text.js'
import type { Tx } from '../database/client.js'
import type { Meeting } from '../meetings/store.js'
import { type Forecast, forecast, hasAttended } from './counting.js'
import { shapeOf } from './messages-answer.js'
import type { SummaryData } from './messages-summary.js'
import { isRunning, OFFERED_FOR } from './roll-call-steps.js'
import type { Mark } from './roll-call-store.js'
import {
  findAround,
  findConfirmedMarks,
  listMaterials,
  listPending,
  listSummaryMembers,
  readTarget,
  type SummaryMember,
} from './summary-read.js'

type Listed = SummaryData['answered'][number]

/** The free words of a reason are for who manages the cell's answers, and nobody else. */
const toListed = (one: SummaryMember, withWords: boolean): Listed => ({
  label: one.label,
  state: one.answer?.state ?? 'present',
  reasonKind: one.answer?.reasonKind ?? null,
  minutesLate: one.answer?.minutesLate ?? null,
  words: withWords ? (one.answer?.reasonText ?? null) : null,
  leave: one.leave,
})

const countBy = (members: readonly SummaryMember[], is: (one: SummaryMember) => boolean): number =>
  members.filter(is).length

function countsOf(members: readonly SummaryMember[], asked: readonly SummaryMember[]): SummaryData['counts'] {
  return {
    total: asked.length,
    full: countBy(asked, (one) => !one.probationary),
    probationary: countBy(asked, (one) => one.probationary),
    temporary: countBy(asked, (one) => one.temporary),
    exempt: countBy(members, (one) => one.exempt),
    specialDuty: countBy(members, (one) => one.specialDuty && !one.exempt),
  }
}

type Said = SummaryMember['answer']

/** What was said and what happened, where they differ: each a fact of its own. */
function differenceOf(said: Said, state: Mark['state']): SummaryData['differences'][number]['kind'] | null {
  const came = hasAttended(state)
  if (!said) return came ? 'silent-came' : 'silent-absent'
  if (said.state === 'absent') return came ? 'absent-came' : null
  return came ? null : 'coming-absent'
}

function actualOf(
  asked: readonly SummaryMember[],
  marks: readonly Mark[],
): Pick<SummaryData, 'actual' | 'differences'> {
  const of = new Map(asked.map((one) => [one.personId, one]))
  const differences = marks.flatMap((mark) => {
    const member = of.get(mark.personId)
    const kind = member ? differenceOf(member.answer, mark.state) : null
    return member && kind ? [{ label: member.label, kind }] : []
  })
  const order = new Map(asked.map((one, at) => [one.label, at]))
  return {
    actual: marks.map((mark) => mark.state),
    differences: differences.sort((a, b) => (order.get(a.label) ?? 0) - (order.get(b.label) ?? 0)),
  }
}

const forecastOf = ({ coming, target, missing, reachable }: Forecast): SummaryData['forecast'] => ({
  coming: coming.part,
  whole: coming.whole,
  target,
  missing,
  reachable,
})

/** Who asks, and when. `withWords`: may read the free words of reasons. */
export type Reader = Readonly<{ now: Date; withWords: boolean }>

/** Everything that is known of a meeting's attendance at this moment. */
export async function readSummary(tx: Tx, meeting: Meeting, { now, withWords }: Reader): Promise<SummaryData> {
  const members = (await listSummaryMembers(tx, meeting, now)).sort(byPlace)
  const asked = members.filter((one) => one.asked)
  const silent = asked.filter((one) => !one.answer)
  const pending = await listPending(tx, meeting.id)
  const marks = await findConfirmedMarks(tx, meeting.id)
  const begun = now >= meeting.startsAt
  const answers = asked.map((one) => one.answer?.state ?? null)
  return {
    unitId: meeting.cellId,
    meeting: { ...shapeOf(meeting), place: meeting.place },
    counts: countsOf(members, asked),
    answered: asked.filter((one) => one.answer).map((one) => toListed(one, withWords)),
    outside: members.filter((one) => !one.asked && one.answer).map((one) => toListed(one, withWords)),
    silent: silent.filter((one) => !one.unreached).map((one) => one.label),
    unreachable: silent.flatMap(({ label, unreached }) =>
      unreached ? [{ label, direct: unreached === 'direct' }] : [],
    ),
    pending: members.flatMap((one) => {
      const late = pending.find(({ personId }) => personId === one.personId)
      return late ? [{ label: one.label, state: late.state }] : []
    }),
    forecast: begun ? null : forecastOf(forecast(answers, await readTarget(tx, meeting))),
    materials: await listMaterials(tx, meeting.id),
    begun,
    running: isRunning(meeting, now) && !marks,
    ...(marks ? actualOf(asked, marks) : { actual: null, differences: [] }),
    ...(await findAround(tx, meeting, new Date(now.getTime() - OFFERED_FOR))),
  }
}

const byPlace = (a: SummaryMember, b: SummaryMember): number =>
  byGivenName(a.fullName, b.fullName) || (a.label < b.label ? -1 : 1)
