import { Prisma, type Tx } from '../database/client.js'
import { PRIORITY } from '../messaging/outbox.js'
import { fateOf, type Message, type Standing, type Try } from './fates.js'

/** What is sent to everybody whom a meeting concerns; not what its leaders alone are told. */
const TO_MEMBERS = [
  'meetings.created',
  'meetings.moved',
  'meetings.cancelled',
  'reminders.step',
  'reminders.nudge',
  'materials.pushed',
]

type Row = {
  personId: string
  direct: boolean
  hasWay: boolean
  state: Message['state'] | null
  tries: (Omit<Try, 'at' | 'notBefore' | 'openedAt'> & {
    at: string | null
    notBefore: string
    openedAt: string | null
  })[]
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text))

const messageOf = ({ state, tries }: Row): Message | null =>
  state && {
    state,
    tries: tries.map((one) => ({
      ...one,
      at: dateOf(one.at),
      notBefore: new Date(one.notBefore),
      openedAt: dateOf(one.openedAt),
    })),
  }

/** How these people stand towards the newest message of this meeting, by person id. */
export async function readStandings(
  tx: Tx,
  now: Date,
  meetingId: string,
  personIds: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT person.id AS "personId", person.contact = 'direct' AS direct,
      EXISTS (SELECT FROM ways_to(person.id, ${PRIORITY.notice}::int, ${now})) AS "hasWay",
      newest.state, coalesce(tried.tries, '[]') AS tries
    FROM person
    LEFT JOIN LATERAL (
      SELECT o.id, o.state FROM outbox o
      WHERE o.subject = ${meetingId} AND o.person_id = person.id AND o.routed AND o.state <> 'withdrawn'
        AND o.kind = ANY(${TO_MEMBERS}::text[])
      ORDER BY o.created_at DESC, o.id DESC LIMIT 1
    ) newest ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('platform', d.platform, 'state', d.state, 'code', d.failure_code,
        'at', d.finished_at, 'notBefore', d.not_before, 'openedAt', d.opened_at) ORDER BY d.sequence) AS tries
      FROM (
        SELECT DISTINCT ON (d.chat_id) d.*, bot.platform, (SELECT max(page.last_used_at) FROM personal_page page
          WHERE page.chat_id = d.chat_id AND bot.platform = 'page') AS opened_at
        FROM delivery d JOIN bot ON bot.id = d.bot_id WHERE d.outbox_id = newest.id ORDER BY d.chat_id, d.part DESC
      ) d
    ) tried ON true
    WHERE person.id = ANY(${[...personIds]}::uuid[])`)
  return new Map(
    rows.map((row) => [row.personId, { direct: row.direct, hasWay: row.hasWay, fate: fateOf(messageOf(row)) }]),
  )
}
