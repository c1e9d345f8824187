import type { Grants, HeldRole } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { Prisma } from '../database/client.js'
import { readTogether } from '../database/side-by-side.js'

/** Long enough before to be there in time, long enough after to put things right. */
const BEFORE = DAY
const AFTER = 7 * DAY

type Named = { personId: string; cellId: string }

const listNamed = readTogether<{ personIds: readonly string[]; now: Date }, Named[]>(async (tx, keys) => {
  const asked = keys.flatMap(({ personIds, now }, n) =>
    personIds.map((id) => ({ n, id, from: new Date(now.getTime() - AFTER), to: new Date(now.getTime() + BEFORE) })),
  )
  const rows = await tx.$queryRaw<(Named & { n: number })[]>(Prisma.sql`
    SELECT k.n, k.id AS "personId", m.cell_id AS "cellId"
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS k(n int, id uuid, "from" timestamptz, "to" timestamptz)
    JOIN meeting m ON m.meeting_secretary_id = k.id AND m.state = 'planned'
      AND m.starts_at > k."from" AND m.starts_at <= k."to"`)
  return keys.map((_, at) => rows.filter((one) => one.n === at))
})

/** Who was named a meeting's secretary records its roll-call: in that cell, from a day before until a week after it. */
export const meetingSecretaryGrants: Grants = async (tx, personIds, now) => {
  if (personIds.length === 0) return new Map()
  const held = new Map<string, HeldRole[]>()
  for (const { cellId, personId } of await listNamed(tx, { personIds, now })) {
    const roles = held.get(personId) ?? []
    if (!roles.some((one) => one.unitId === cellId))
      held.set(personId, [...roles, { role: 'meeting_secretary', unitId: cellId }])
  }
  return held
}
