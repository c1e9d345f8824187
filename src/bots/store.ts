import { Prisma, type Tx } from '../database/client.js'
import type { BotState } from '../database/generated/enums.js'
import type { Moving } from './rules.js'

export type BotRow = Readonly<{
  id: string
  platform: string
  username: string | null
  state: BotState
  stateCode: string | null
  unitId: string | null
  unit: string | null
  /** Its token was entered on a page; else it comes from the environment. */
  added: boolean
  sent: number
  monthlyQuota: number | null
  people: number
  peopleQuota: number | null
}>

/** Bots that people speak to, everybody's first. `unitIds`: only these units' and everybody's; null: all. */
export const listBots = (tx: Tx, now: Date, unitIds: readonly string[] | null): Promise<BotRow[]> =>
  tx.$queryRaw<BotRow[]>(Prisma.sql`
    SELECT b.id, b.platform, b.username, b.state, b.state_code AS "stateCode", b.unit_id AS "unitId", u.name AS unit,
      b.credentials IS NOT NULL AS added, b.monthly_quota AS "monthlyQuota", b.people_quota AS "peopleQuota",
      coalesce((SELECT g.sent FROM bot_usage g WHERE g.bot_id = b.id AND g.month = quota_month(${now})), 0) AS sent,
      (SELECT count(DISTINCT l.person_id) FROM chat_link l JOIN chat c ON c.id = l.chat_id
        WHERE c.bot_id = b.id AND l.ended_at IS NULL)::int AS people
    FROM bot b LEFT JOIN unit u ON u.id = b.unit_id
    WHERE b.platform <> 'page' AND (${unitIds === null} OR b.unit_id IS NULL OR b.unit_id = ANY(${[...(unitIds ?? [])]}::uuid[]))
    ORDER BY b.unit_id IS NOT NULL, u.name_key, b.created_at`)

const holds = (alias: string, day: Date) =>
  Prisma.sql`${Prisma.raw(alias)}.starts_on <= ${day} AND (${Prisma.raw(alias)}.ends_on IS NULL OR ${Prisma.raw(alias)}.ends_on > ${day})`

/**
 * Everybody who is asked at one of these bots, once each, with the chat in which they can be written to if there is
 * one. `unitId`: only those who belong to that unit.
 */
export const listMoving = (
  tx: Tx,
  now: Date,
  day: Date,
  from: Readonly<{ botIds: readonly string[]; unitId: string | null }>,
): Promise<Moving[]> =>
  tx.$queryRaw<Moving[]>(Prisma.sql`
    WITH old AS (
      SELECT DISTINCT ON (l.person_id) l.person_id, c.id AS chat_id, c.bot_id, c.unreachable_since IS NULL AS open
      FROM chat_link l JOIN chat c ON c.id = l.chat_id
      WHERE c.bot_id = ANY(${[...from.botIds]}::uuid[]) AND l.ended_at IS NULL
      ORDER BY l.person_id, c.unreachable_since IS NOT NULL, l.linked_at DESC
    ), placed AS (
      SELECT old.*, p.full_name, coalesce(
        (SELECT m.cell_id FROM membership m WHERE m.person_id = p.id AND ${holds('m', day)} ORDER BY m.kind LIMIT 1),
        (SELECT a.unit_id FROM appointment a WHERE a.person_id = p.id AND ${holds('a', day)}
          ORDER BY a.unit_id IS NULL, a.role LIMIT 1)) AS unit_id
      FROM old JOIN person p ON p.id = old.person_id
    )
    SELECT placed.person_id AS "personId", placed.full_name AS "fullName", placed.unit_id AS "unitId", unit.name AS unit,
      placed.bot_id AS "botId", placed.chat_id AS "chatId", placed.open,
      EXISTS (SELECT FROM ways_to(placed.person_id, 1, ${now}) w WHERE w.chat_id <> placed.chat_id) AS elsewhere,
      ARRAY(SELECT c.bot_id FROM chat_link l JOIN chat c ON c.id = l.chat_id
        WHERE l.person_id = placed.person_id AND l.ended_at IS NULL) AS "linkedAt"
    FROM placed LEFT JOIN unit ON unit.id = placed.unit_id
    WHERE ${from.unitId === null} OR placed.unit_id = ${from.unitId}::uuid
    ORDER BY placed.full_name`)

/** Who leads a unit that day; where nobody does, or for the installation, its administrators. */
export const listStewards = async (tx: Tx, unitId: string | null, day: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    WITH leader AS (
      SELECT a.person_id AS id FROM appointment a
      WHERE a.unit_id = ${unitId}::uuid AND a.role IN ('secretary', 'deputy') AND ${holds('a', day)})
    SELECT id FROM leader
    UNION
    SELECT a.person_id FROM appointment a WHERE a.role = 'administrator' AND a.unit_id IS NULL AND ${holds('a', day)}
      AND NOT EXISTS (SELECT FROM leader)`)
  return rows.map((one) => one.id)
}

/** Whether any of these people can be reached at all. */
export const isAnyReachable = async (tx: Tx, now: Date, personIds: readonly string[]): Promise<boolean> => {
  const [row] = await tx.$queryRaw<{ any: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT FROM unnest(${[...personIds]}::uuid[]) AS who(id), ways_to(who.id, 1, ${now})) AS any`)
  return row?.any ?? false
}
