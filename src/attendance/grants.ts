import type { Grants, HeldRole } from '../conversation/types.js'
import { DAY } from '../core/dates.js'

/** Long enough before to be there in time, long enough after to put things right. */
const BEFORE = DAY
const AFTER = 7 * DAY

/** Who was named a meeting's secretary records its roll-call: in that cell, from a day before until a week after it. */
export const meetingSecretaryGrants: Grants = async (tx, personIds, now) => {
  if (personIds.length === 0) return new Map()
  const rows = await tx.meeting.findMany({
    where: {
      meetingSecretaryId: { in: [...personIds] },
      state: 'planned',
      startsAt: { gt: new Date(now.getTime() - AFTER), lte: new Date(now.getTime() + BEFORE) },
    },
    select: { cellId: true, meetingSecretaryId: true },
  })
  const held = new Map<string, HeldRole[]>()
  for (const { cellId, meetingSecretaryId: personId } of rows) {
    const roles = held.get(personId ?? '') ?? []
    if (personId && !roles.some((one) => one.unitId === cellId))
      held.set(personId, [...roles, { role: 'meeting_secretary', unitId: cellId }])
  }
  return held
}
