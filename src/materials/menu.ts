import type { CommandHint, MenuEntry } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { Prisma, type Tx } from '../database/client.js'
import { unitsOf } from '../organization/permissions.js'
import { cellsOf } from './sections.js'
import { mayAdd } from './taker.js'

const SOON_MS = 7 * DAY

type Ahead = Readonly<{ unread: number; bare: number }>

/** Of these cells' meetings ahead: materials the person has not read, and meetings within a week without any. */
async function countAhead(tx: Tx, personId: string, cellIds: readonly string[], now: Date): Promise<Ahead> {
  const [row] = await tx.$queryRaw<Ahead[]>(Prisma.sql`
    SELECT count(m.id) FILTER (WHERE r.person_id IS NULL)::int AS unread,
      count(DISTINCT meeting.id) FILTER (WHERE m.id IS NULL
        AND meeting.starts_at <= ${new Date(now.getTime() + SOON_MS)})::int AS bare
    FROM meeting LEFT JOIN material m ON m.meeting_id = meeting.id AND m.withdrawn_at IS NULL
      LEFT JOIN reading r ON r.material_id = m.id AND r.person_id = ${personId}::uuid
    WHERE meeting.cell_id = ANY(${[...cellIds]}::uuid[]) AND meeting.state = 'planned' AND meeting.starts_at > ${now}`)
  return row ?? { unread: 0, bare: 0 }
}

export const materialMenu: MenuEntry[] = [
  {
    command: 'materials.list',
    label: 'materials.menu.list',
    rank: async ({ tx, now, actor }) => {
      const cells = cellsOf(actor)
      if (cells.length === 0) return null
      return (await countAhead(tx, actor.personId, cells, now)).unread > 0 ? 70 : 42
    },
  },
  {
    command: 'materials.how',
    label: 'materials.menu.add',
    rank: async ({ tx, now, actor }) => {
      if (!mayAdd(actor)) return null
      const ahead = await countAhead(tx, actor.personId, unitsOf(actor.roles, 'material.add'), now)
      return ahead.bare > 0 ? 55 : 38
    },
  },
]

export const materialHints: CommandHint[] = [
  { slash: { vi: 'tailieu', en: 'materials' }, description: 'materials.hint.list', for: 'everyone' },
]
