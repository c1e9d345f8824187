import { dateIn, HOUR, toDateColumn, type Zone } from '../core/dates.js'
import { byGivenName } from '../core/text.js'
import { type Db, Prisma } from '../database/client.js'
import type { AnswerState } from '../database/generated/enums.js'
import { isAsked, listInvited } from '../meetings/invited.js'
import { toMeeting } from '../meetings/store.js'
import type { CellView, MeetingView, PanelView, QueueEntry, Tally } from '../web/sandbox/types.js'
import { momentOf } from './chat.js'

type Look = Readonly<{ db: Db; now: Date; zone: Zone }>

const MOST_QUEUED = 6
/** Long enough for the meeting and its roll-call. */
const STAYS_MS = 4 * HOUR
const ORDER: readonly (AnswerState | 'silent')[] = ['present', 'late', 'online', 'absent', 'silent']

const INCLUDED = {
  answers: true,
  materials: { where: { withdrawnAt: null }, include: { readings: true }, orderBy: { addedAt: 'asc' } },
  reminderSteps: { orderBy: { dueAt: 'asc' } },
  rollCall: { include: { marks: true } },
} as const

type Row = Prisma.MeetingGetPayload<{ include: typeof INCLUDED }>

async function talliesOf({ db }: Look, row: Row): Promise<{ asked: number; tallies: Tally[] }> {
  const asked = (await listInvited(db, toMeeting(row))).filter(isAsked)
  const said = new Map(row.answers.map((one) => [one.personId, one.state]))
  const tallies = ORDER.map((state) => ({
    state,
    names: asked
      .filter((one) => (said.get(one.personId) ?? 'silent') === state)
      .map((one) => one.fullName)
      .sort(byGivenName),
  }))
  return { asked: asked.length, tallies: tallies.filter((one) => one.names.length > 0) }
}

function rollCallOf({ rollCall }: Row): MeetingView['rollCall'] {
  if (!rollCall) return null
  const states = [...new Set(rollCall.marks.map((one) => one.state))].sort()
  const counts = states.map((state) => ({ state, count: rollCall.marks.filter((one) => one.state === state).length }))
  return { confirmed: rollCall.confirmedAt !== null, counts }
}

async function meetingView(look: Look, row: Row): Promise<MeetingView> {
  const moment = (at: Date | null) => (at ? momentOf(at, row.zone) : null)
  return {
    id: row.id,
    kind: row.kind,
    at: momentOf(row.startsAt, row.zone),
    place: row.place,
    cancelled: row.state === 'cancelled',
    ...(await talliesOf(look, row)),
    materials: row.materials.map((one) => ({
      title: one.title,
      readers: one.readings.length,
      pushed: moment(one.pushedAt),
      due: moment(one.dueAt),
    })),
    steps: row.reminderSteps
      .filter((one) => one.revision === row.revision)
      .map((one) => ({ at: momentOf(one.dueAt, row.zone), state: one.state })),
    rollCall: rollCallOf(row),
  }
}

/** A meeting stays "the next one" until it is over: its roll-call is what one wants to watch. */
async function findMeetings({ db, now }: Look, cellId: string): Promise<{ next: Row | null; last: Row | null }> {
  const near = await db.meeting.findMany({
    where: { cellId, startsAt: { gt: new Date(now.getTime() - STAYS_MS) } },
    include: INCLUDED,
    orderBy: { startsAt: 'asc' },
    take: 3,
  })
  const next = near.find((one) => one.state === 'planned') ?? near[0] ?? null
  const before = next?.startsAt ?? now
  const last = await db.meeting.findFirst({
    where: { cellId, state: 'planned', startsAt: { lt: before < now ? before : now } },
    include: INCLUDED,
    orderBy: { startsAt: 'desc' },
  })
  return { next, last }
}

async function cellView(look: Look, unit: { id: string; name: string }): Promise<CellView> {
  const day = toDateColumn(dateIn(look.now, look.zone))
  const held = { startsOn: { lte: day }, OR: [{ endsOn: null }, { endsOn: { gt: day } }] }
  const members = await look.db.membership.findMany({ where: { cellId: unit.id, ...held } })
  const linked = await look.db.chatLink.findMany({
    where: { endedAt: null, personId: { in: members.map((one) => one.personId) } },
    distinct: ['personId'],
  })
  const series = await look.db.schedule.count({ where: { cellId: unit.id, endsOn: null } })
  const { next, last } = await findMeetings(look, unit.id)
  return {
    id: unit.id,
    name: unit.name,
    members: members.length,
    linked: linked.length,
    hasSchedule: series > 0,
    next: next ? await meetingView(look, next) : null,
    last: last ? await meetingView(look, last) : null,
  }
}

/** What waits in the outbox, by kind and moment, the next first. */
async function listQueue({ db, zone }: Look): Promise<QueueEntry[]> {
  const rows = await db.$queryRaw<{ kind: string; count: bigint; at: Date }[]>(Prisma.sql`
    SELECT o.kind, count(*) AS count, min(d.not_before) AS at
    FROM delivery d JOIN outbox o ON o.id = d.outbox_id WHERE d.state = 'queued' AND d.operation <> 'menu'
    GROUP BY o.kind, date_trunc('minute', d.not_before) ORDER BY at LIMIT ${MOST_QUEUED}`)
  return rows.map((one) => ({ kind: one.kind, count: Number(one.count), at: momentOf(one.at, zone) }))
}

/** `cellId` null: all cells, as a committee looks at them. */
export async function readPanel(look: Look, cellId: string | null): Promise<PanelView> {
  const units = await look.db.unit.findMany({
    where: { kind: 'cell', ...(cellId ? { id: cellId } : {}) },
    orderBy: { id: 'asc' },
  })
  const cells: CellView[] = []
  for (const unit of units) cells.push(await cellView(look, unit))
  return { cells, queue: await listQueue(look) }
}
