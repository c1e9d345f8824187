import type { Actor, Context } from '../conversation/types.js'
import { DAY, dateIn, timeIn } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { getCell } from '../meetings/cell.js'
import { listInvited } from '../meetings/invited.js'
import { findMeeting, listBegun, listUpcoming, type Meeting } from '../meetings/store.js'
import { shapeOf } from './messages.js'
import type { Section, Standing } from './messages-list.js'
import { countReaders, listLeft, listMaterials, listRead, type Material, type Readers } from './store.js'

/** The last meeting's materials are still looked for this long after it. */
const LAST_MS = 45 * DAY
/** Meetings that are planned far ahead have no materials yet. */
const MOST_AHEAD = 4

/** Cells whose meetings are the person's: as a member, as who leads or follows it. */
export const cellsOf = (actor: Actor): string[] => {
  const own: readonly string[] = ['secretary', 'deputy', 'follower', 'cell_committee']
  const held = actor.roles.filter(({ role }) => own.includes(role)).flatMap(({ unitId }) => (unitId ? [unitId] : []))
  return [...new Set([...actor.cellIds, ...held])]
}

/** Whose meeting it is may read what is for it; a paper for those who lead the cell is for them alone. */
export async function isReader(tx: Tx, actor: Actor, meeting: Meeting): Promise<boolean> {
  const invited = await listInvited(tx, meeting)
  if (invited.some(({ personId }) => personId === actor.personId)) return true
  return meeting.kind !== 'cell_committee' && cellsOf(actor).includes(meeting.cellId)
}

export function standingOf(material: Material, meeting: Meeting, readers: Readers): Standing {
  const { dueAt, pushedAt } = material
  const when = dueAt ? { day: dateIn(dueAt, meeting.zone), time: timeIn(dueAt, meeting.zone) } : null
  return { state: pushedAt ? 'sent' : dueAt ? 'waiting' : 'kept', when, ...readers }
}

type Asked = Readonly<{ meeting: Meeting; which: Section['which'] }>

/** The meetings ahead that have materials, else the next one; and the last one that had. */
async function listAsked(ctx: Context, cellId: string): Promise<Asked[]> {
  const { tx, now } = ctx
  const mine = async (meetings: readonly Meeting[]): Promise<Meeting[]> => {
    const found: Meeting[] = []
    for (const one of meetings) if (await isReader(tx, ctx.actor, one)) found.push(one)
    return found
  }
  const ahead = await mine(await listUpcoming(tx, [cellId], now, MOST_AHEAD))
  const begun = await mine(await listBegun(tx, cellId, new Date(now.getTime() - LAST_MS), now))
  const known = await listMaterials(
    tx,
    [...ahead, ...begun].map((one) => one.id),
  )
  const has = ({ id }: Meeting): boolean => known.some((one) => one.meetingId === id)
  const next = ahead.some(has) ? ahead.filter(has) : ahead.slice(0, 1)
  const last = begun.filter(has).slice(0, 1)
  return [
    ...next.map((meeting) => ({ meeting, which: 'next' as const })),
    ...last.map((meeting) => ({ meeting, which: 'last' as const })),
  ]
}

async function sectionOf(
  ctx: Context,
  { meeting, which }: Asked,
  materials: Material[],
  cell: string | null,
): Promise<Section> {
  const { tx, actor } = ctx
  const ids = materials.map((one) => one.id)
  const leads = await ctx.may('material.add', meeting.cellId)
  const read = await listRead(tx, actor.personId, ids)
  const readers = leads ? await countReaders(tx, meeting, ids) : null
  return {
    which,
    unitId: meeting.cellId,
    meetingId: meeting.id,
    cell,
    meeting: shapeOf(meeting),
    materials: materials.map((one) => ({
      id: one.id,
      title: one.title,
      read: read.has(one.id),
      standing: readers ? standingOf(one, meeting, readers(one.id)) : null,
    })),
  }
}

/** What a cancelled meeting has left: for who leads the cell. */
async function listCancelled(ctx: Context, cellId: string): Promise<{ asked: Asked; materials: Material[] }[]> {
  if (!(await ctx.may('material.add', cellId))) return []
  const left = await listLeft(ctx.tx, [cellId])
  const found: { asked: Asked; materials: Material[] }[] = []
  for (const id of new Set(left.map((one) => one.meetingId))) {
    const meeting = await findMeeting(ctx.tx, id)
    const materials = left.filter((one) => one.meetingId === id)
    if (meeting) found.push({ asked: { meeting, which: 'cancelled' }, materials })
  }
  return found
}

/** What the person may see of materials, by meeting. */
export async function listSections(ctx: Context): Promise<Section[]> {
  const cells = cellsOf(ctx.actor)
  const sections: Section[] = []
  for (const cellId of cells) {
    const name = cells.length > 1 ? (await getCell(ctx.tx, cellId)).name : null
    const asked = await listAsked(ctx, cellId)
    const materials = await listMaterials(
      ctx.tx,
      asked.map(({ meeting }) => meeting.id),
    )
    for (const one of asked) {
      const its = materials.filter(({ meetingId }) => meetingId === one.meeting.id)
      sections.push(await sectionOf(ctx, one, its, name))
    }
    for (const one of await listCancelled(ctx, cellId))
      sections.push(await sectionOf(ctx, one.asked, one.materials, name))
  }
  return sections
}
