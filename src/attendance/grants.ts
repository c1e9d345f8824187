import type { Grants } from '../conversation/types.js'
import { Prisma } from '../database/client.js'

/**
 * Who was named a meeting's secretary records its roll-call: in that cell, from a day before (there in time) until a week
 * after it (to put things right).
 */
export const meetingSecretaryGrants: Grants = (personId, now) => Prisma.sql`
  SELECT DISTINCT 'meeting_secretary' AS role, m.cell_id AS unit_id FROM meeting m
  WHERE m.meeting_secretary_id = ${personId} AND m.state = 'planned'
    AND m.starts_at > ${now} - interval '168 hours' AND m.starts_at <= ${now} + interval '24 hours'`
