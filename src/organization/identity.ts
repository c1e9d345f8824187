import type { Actor, Grants, Identify, May } from '../conversation/types.js'
import { dateIn, toDateColumn, type Zone } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import { inOrder, readTogether } from '../database/side-by-side.js'
import { isPermitted, isPermittedEverywhere, unitsOf } from './permissions.js'

type Key = Readonly<{ chatId: string; now: Date; zone: Zone }>

/** Each one's day; those of one moment are of one day, and asking Intl costs more than the rest of a row. */
function daysOf(keys: readonly Key[]): Date[] {
  const days = new Map<string, Date>()
  return keys.map(({ now, zone }) => {
    const at = `${now.getTime()} ${zone}`
    const day = days.get(at) ?? toDateColumn(dateIn(now, zone))
    days.set(at, day)
    return day
  })
}

const noGrants: Grants = () => Prisma.sql`SELECT NULL AS role, NULL AS unit_id WHERE false`

/** Who speaks in a chat, with what they hold today in the installation's zone. */
export function createIdentify(zone: Zone, grants: Grants = noGrants): Identify {
  const granted = grants(Prisma.sql`person.id`, Prisma.sql`k.now`)
  const readPeople = readTogether<Key, Actor[]>(async (tx, keys) => {
    const [chats, moments] = [keys.map((one) => one.chatId), keys.map((one) => one.now)]
    const rows = await tx.$queryRaw<(Actor & { n: number })[]>(Prisma.sql`
      SELECT k.n::int AS n, person.id AS "personId", person.full_name AS "fullName", person.locale,
        ARRAY(SELECT m.cell_id FROM membership m WHERE m.person_id = person.id
          AND m.starts_on <= k.day AND (m.ends_on IS NULL OR m.ends_on > k.day)) AS "cellIds",
        coalesce((SELECT jsonb_agg(jsonb_build_object('role', a.role, 'unitId', a.unit_id) ORDER BY a.role)
          FROM appointment a LEFT JOIN unit ON unit.id = a.unit_id WHERE a.person_id = person.id
          AND a.starts_on <= k.day AND (a.ends_on IS NULL OR a.ends_on > k.day)
          AND (unit.dissolved_on IS NULL OR unit.dissolved_on > k.day)), '[]') ||
        coalesce((SELECT jsonb_agg(jsonb_build_object('role', g.role, 'unitId', g.unit_id))
          FROM (${granted}) g), '[]') AS roles
      FROM unnest(${chats}::uuid[], ${moments}::timestamptz[], ${daysOf(keys)}::date[])
        WITH ORDINALITY AS k(chat_id, now, day, n)
      JOIN chat_link ON chat_link.chat_id = k.chat_id AND chat_link.ended_at IS NULL
      JOIN person ON person.id = chat_link.person_id
      ORDER BY k.n, chat_link.linked_at`)
    return inOrder(keys, rows)
  })
  return (tx, chatId, now) => readPeople(tx, { chatId, now, zone })
}

/** The unit and its superiors on that day, the unit first. */
export const listUnitPath = async (tx: Tx, unitId: string, day: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ unitId: string }[]>(
    Prisma.sql`SELECT unit_id AS "unitId" FROM unit_path(${unitId}::uuid, ${day}::date) ORDER BY depth`,
  )
  return rows.map((one) => one.unitId)
}

/** Units that stand under no other on that day: where an administrator begins. */
const listTopUnits = async (tx: Tx, day: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM unit WHERE (dissolved_on IS NULL OR dissolved_on > ${day}) AND NOT EXISTS (
      SELECT FROM unit_placement p WHERE p.unit_id = unit.id
        AND p.starts_on <= ${day} AND (p.ends_on IS NULL OR p.ends_on > ${day}))
    ORDER BY name_key`)
  return rows.map((one) => one.id)
}

/** The one gate: commands, pages and the command line ask here. */
export const createMay = (zone: Zone): May => ({
  may: async (tx, actor, permission, unitId, now) => {
    if (permission === 'self') return actor.personId !== ''
    const path = unitId === null ? null : await listUnitPath(tx, unitId, toDateColumn(dateIn(now, zone)))
    return isPermitted(actor.roles, permission, path)
  },
  unitsWhere: async (tx, actor, permission, now) => {
    const tops = isPermittedEverywhere(actor.roles, permission)
      ? await listTopUnits(tx, toDateColumn(dateIn(now, zone)))
      : []
    const ids = [...new Set([...unitsOf(actor.roles, permission), ...tops])]
    const units = await tx.unit.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    return ids.flatMap((id) => units.filter((unit) => unit.id === id))
  },
  heldInDissolved: async (tx, actor, permission, now) => {
    const day = toDateColumn(dateIn(now, zone))
    const held = await tx.appointment.findMany({
      where: { personId: actor.personId, unit: { dissolvedOn: { lte: day } } },
      include: { unit: { select: { dissolvedOn: true } } },
    })
    // The dissolution itself ends appointments; who had left before is no leader of it any more.
    const last = held.filter(({ endsOn, unit }) => !endsOn || (unit?.dissolvedOn && endsOn >= unit.dissolvedOn))
    return unitsOf(last, permission).length > 0
  },
})
