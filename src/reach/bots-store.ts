import { Prisma, type Tx } from '../database/client.js'
import type { CellSize } from './bots-needed.js'

/** What a bot has used of what its platform allows it; null: no limit that we know. */
export type BotUse = Readonly<{
  id: string
  /** As people know it: its name there, else its platform. */
  name: string
  platform: string
  externalId: string
  /** Its token is kept here; else it comes from the environment. */
  added: boolean
  state: 'active' | 'refused' | 'retired'
  stateSince: Date | null
  stateCode: string | null
  sent: number
  monthlyQuota: number | null
  people: number
  peopleQuota: number | null
  /** Percent that the administrator was last told of in this month. */
  warnedAt: number
  month: Date
}>

/** Every bot that is not given up, with this month's count (as the platform counts months) and who is linked to it. */
export const listBotUse = (tx: Tx, now: Date): Promise<BotUse[]> =>
  tx.$queryRaw<BotUse[]>(Prisma.sql`
    SELECT b.id, coalesce(b.username, b.platform) AS name, b.platform,
      b.external_id AS "externalId", b.credentials IS NOT NULL AS added, b.state, b.state_since AS "stateSince", b.state_code AS "stateCode",
      coalesce(u.sent, 0) AS sent, b.monthly_quota AS "monthlyQuota", b.people_quota AS "peopleQuota",
      coalesce(u.warned_at, 0) AS "warnedAt", quota_month(${now}) AS month,
      (SELECT count(DISTINCT l.person_id)::int FROM chat_link l JOIN chat c ON c.id = l.chat_id
        WHERE c.bot_id = b.id AND l.ended_at IS NULL) AS people
    FROM bot b LEFT JOIN bot_usage u ON u.bot_id = b.id AND u.month = quota_month(${now})
    WHERE b.state <> 'retired' ORDER BY b.created_at, b.id`)

/** Members of every cell on that day, by its name: those who wish to be told in person need no bot. */
export const listCellSizes = (tx: Tx, day: Date): Promise<CellSize[]> =>
  tx.$queryRaw<CellSize[]>(Prisma.sql`
    SELECT unit.name AS cell, count(*)::int AS people
    FROM unit JOIN membership m ON m.cell_id = unit.id AND m.kind = 'home'
      AND m.starts_on <= ${day} AND (m.ends_on IS NULL OR m.ends_on > ${day})
    JOIN person ON person.id = m.person_id AND person.contact = 'chat'
    WHERE unit.kind = 'cell' AND (unit.dissolved_on IS NULL OR unit.dissolved_on > ${day})
    GROUP BY unit.id ORDER BY unit.name_key`)

/** Notes that the administrator was told; false: another instance was faster. */
export async function recordWarned(tx: Tx, bot: Pick<BotUse, 'id' | 'month'>, percent: number): Promise<boolean> {
  const { count } = await tx.botUsage.updateMany({
    where: { botId: bot.id, month: bot.month, warnedAt: { lt: percent } },
    data: { warnedAt: percent },
  })
  return count === 1
}

/** Who answers for the installation on that day. */
export const listAdministrators = async (tx: Tx, day: Date): Promise<string[]> => {
  const rows = await tx.appointment.findMany({
    where: { role: 'administrator', startsOn: { lte: day }, OR: [{ endsOn: null }, { endsOn: { gt: day } }] },
    select: { personId: true },
    distinct: ['personId'],
  })
  return rows.map((row) => row.personId)
}
