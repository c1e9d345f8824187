import { newId } from '../../src/core/ids.js'
import { query } from '../support/service.js'

export type SoakCell = Readonly<{ cellId: string; meetingId: string; place: string; memberIds: readonly string[] }>

/** A zone in which it is about noon now: reminders of a real night would wait for the morning. */
export function noonZone(now: Date): string {
  const ahead = 12 - now.getUTCHours()
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

const SEED = `WITH u AS (
  INSERT INTO unit (id, kind, name, name_key, zone, created_at) VALUES ($1, 'cell', $2, $3, $4, $5) RETURNING id
), who AS (
  SELECT * FROM jsonb_to_recordset($6::jsonb) AS w(person uuid, chat uuid, name text, external text, membership uuid, link uuid)
), p AS (
  INSERT INTO person (id, full_name, created_at) SELECT person, name, $5 FROM who RETURNING id
), c AS (
  INSERT INTO chat (id, bot_id, external_id, kind, created_at)
  SELECT chat, (SELECT id FROM bot WHERE platform = 'telegram'), external, 'private', $5 FROM who RETURNING id
) SELECT (SELECT count(*) FROM u) + (SELECT count(*) FROM p) + (SELECT count(*) FROM c) AS made`

const JOIN = `WITH who AS (
  SELECT * FROM jsonb_to_recordset($3::jsonb) AS w(person uuid, chat uuid, membership uuid, link uuid)
), m AS (
  INSERT INTO membership (id, person_id, cell_id, kind, starts_on)
  SELECT membership, person, $1, 'home', '2020-01-01' FROM who RETURNING id
), l AS (
  INSERT INTO chat_link (id, person_id, chat_id, linked_at) SELECT link, person, chat, $2 FROM who RETURNING id
) SELECT (SELECT count(*) FROM m) + (SELECT count(*) FROM l) AS made`

/** In one statement: a running service would plan a meeting that has no plan yet. */
const MEETING = `WITH made AS (
    INSERT INTO meeting (id, cell_id, occurrence_on, kind, day, time, zone, starts_at, place, online_allowed,
      duration_minutes, state, created_at)
    SELECT $1, $2, l.at::date, 'regular', l.at::date, to_char(l.at, 'HH24:MI'), $3, $4, $5, true, 90, 'planned', $6
    FROM (SELECT $4::timestamptz AT TIME ZONE $3 AS at) l
  ), plan AS (
    INSERT INTO reminder_plan (meeting_id, revision, planned_at) VALUES ($1, 1, $6)
  ) INSERT INTO reminder_step (id, meeting_id, revision, offset_minutes, audience, with_materials, due_at, state)
  VALUES ($7, $1, 1, 4320, 'all', false, $8, 'waiting')`

/** A cell whose members are linked to these chats, with a meeting in three days whose reminder falls due in `dueInMs`. */
export async function seedCell(
  dataDir: string,
  name: string,
  chats: readonly number[],
  dueInMs: number,
): Promise<SoakCell> {
  const now = new Date()
  const [cellId, zone, place] = [newId(), noonZone(now), `Phòng ${name}`]
  const who = chats.map((external) => ({
    person: newId(),
    chat: newId(),
    membership: newId(),
    link: newId(),
    name: `Đỗ Văn Thử ${external}`,
    external: String(external),
  }))
  const people = JSON.stringify(who)
  await query(dataDir, SEED, [cellId, `Chi bộ ${name}`, `chi bo ${name}`.toLowerCase(), zone, now, people])
  await query(dataDir, JOIN, [cellId, now, people])
  const meetingId = await seedMeeting(dataDir, { cellId, place, now, dueInMs })
  return { cellId, meetingId, place, memberIds: who.map((one) => one.person) }
}

/** A meeting in three days, whose reminder falls due in `dueInMs`. */
export async function seedMeeting(
  dataDir: string,
  { cellId, place, now, dueInMs }: { cellId: string; place: string; now: Date; dueInMs: number },
): Promise<string> {
  const id = newId()
  const startsAt = new Date(now.getTime() + 3 * 86_400_000)
  const dueAt = new Date(now.getTime() + dueInMs)
  await query(dataDir, MEETING, [id, cellId, noonZone(now), startsAt, place, now, newId(), dueAt])
  return id
}
