import { DAY } from '../core/dates.js'
import { byGivenName } from '../core/text.js'
import type { Tx } from '../database/client.js'
import type { AnswerState } from '../database/generated/enums.js'
import { isAsked, listInvited } from '../meetings/invited.js'
import { type Meeting, toMeeting } from '../meetings/store.js'
import { labelsOf } from '../organization/labels.js'
import { ANSWERABLE_AFTER_START } from './rules.js'

/** A member as the secretary picks them. */
export type Member = Readonly<{
  personId: string
  fullName: string
  /** The name, with year of birth or section where somebody else of the cell has the same. */
  label: string
  asked: boolean
  answered: AnswerState | null
}>

const OPEN_BEFORE = 28 * DAY

/** The unit's meetings that can be answered for: begun within 7 days, or in the next 28; else the next one. */
export async function listAnswerable(tx: Tx, unitId: string, now: Date): Promise<Meeting[]> {
  const rows = await tx.meeting.findMany({
    where: {
      cellId: unitId,
      state: 'planned',
      startsAt: { gte: new Date(now.getTime() - ANSWERABLE_AFTER_START) },
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: 20,
  })
  const near = rows.filter((row) => row.startsAt.getTime() < now.getTime() + OPEN_BEFORE)
  return (near.length > 0 ? near : rows.slice(0, 1)).map(toMeeting)
}

const rank = (one: Member): number => (one.asked ? (one.answered ? 1 : 0) : 2)

/** Everybody who may be answered for: the silent first, then who has answered, then who is not asked; by given name. */
export async function listMembers(tx: Tx, meeting: Meeting): Promise<Member[]> {
  const invited = (await listInvited(tx, meeting)).filter((one) => !one.follower)
  const rows = await tx.answer.findMany({ where: { meetingId: meeting.id }, select: { personId: true, state: true } })
  const answers = new Map(rows.map((row) => [row.personId, row.state]))
  const labels = await labelsOf(tx, meeting, invited)
  return invited
    .map(
      (one): Member => ({
        personId: one.personId,
        fullName: one.fullName,
        label: labels.get(one.personId) ?? one.fullName,
        asked: isAsked(one),
        answered: answers.get(one.personId) ?? null,
      }),
    )
    .sort((a, b) => rank(a) - rank(b) || byGivenName(a.fullName, b.fullName) || byGivenName(a.label, b.label))
}
