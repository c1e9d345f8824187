import { query } from '../support/service.js'
import type { State } from './crowd.js'
import type { Crowd, Run } from './run.js'

const withoutRepeats = <T>(items: readonly T[]): T[] => items.filter((one, n) => one !== items[n - 1])

type Event = Readonly<{ meetingId: string; personId: string; state: State }>

/** People whose own list of what they said is not, in its order, what was recorded. A repeated answer records nothing. */
export async function listLost({ dataDir }: Run, crowds: readonly Crowd[]): Promise<string[]> {
  const events = await query<Event>(
    dataDir,
    'SELECT meeting_id AS "meetingId", person_id AS "personId", state FROM answer_event ORDER BY id',
  )
  const current = await query<Event>(
    dataDir,
    'SELECT meeting_id AS "meetingId", person_id AS "personId", state FROM answer',
  )
  const of = (rows: readonly Event[], crowd: Crowd, n: number): State[] =>
    rows.filter((one) => one.personId === crowd.cell.memberIds[n]).map((one) => one.state)
  return crowds.flatMap((crowd) =>
    crowd.souls.flatMap((soul, n) => {
      const said = withoutRepeats(soul.said).join(' ')
      const recorded = withoutRepeats(of(events, crowd, n)).join(' ')
      const last = of(current, crowd, n).join(' ')
      const fits = said === recorded && last === (soul.said.at(-1) ?? '')
      return fits ? [] : [`${soul.person.id}: said ${said}; recorded ${recorded}; stands ${last}`]
    }),
  )
}

type Sent = Readonly<{ chat: string; text: string }>

const listSends = ({ server }: Run): Sent[] =>
  server
    .callsOf('sendMessage')
    .filter((call) => call.status === 200)
    .map(({ payload }) => ({ chat: String(payload.chat_id), text: String(payload.text) }))

/** How often each member got the reminder of their meeting. */
export function countReminders(run: Run, crowds: readonly Crowd[]): number[] {
  const sends = listSends(run)
  return crowds.flatMap(({ cell, souls }) => {
    const reminders = sends.filter((one) => one.text.includes(`tại ${cell.place}`) && one.text.includes('Còn '))
    return souls.map((soul) => reminders.filter((one) => one.chat === String(soul.person.id)).length)
  })
}

/** What arrived more often than it was meant to, by chat: messages on the platform beyond those that are on record. */
export async function countRepeats(run: Run): Promise<Map<string, number>> {
  // An edit keeps its message's id; where that message was never recorded, it went out as a message of its own.
  const rows = await query<{ chat: string; count: number }>(
    run.dataDir,
    `SELECT chat.external_id AS chat, count(DISTINCT platform_message_id)::int AS count
     FROM delivery JOIN chat ON chat.id = chat_id WHERE delivery.state = 'sent' GROUP BY 1`,
  )
  const meant = new Map(rows.map((one) => [one.chat, one.count]))
  const got = new Map<string, Sent[]>()
  for (const one of listSends(run)) got.set(one.chat, [...(got.get(one.chat) ?? []), one])
  return new Map(
    [...got].map(([chat, sends]) => [chat, sends.length - (meant.get(chat) ?? 0)] as const).filter(([, n]) => n !== 0),
  )
}

/** How many things that somebody said are stored: each once, whatever was delivered again. */
export async function countUpdates({ dataDir }: Run): Promise<number> {
  const [row] = await query<{ count: number }>(dataDir, 'SELECT count(*)::int AS count FROM inbound_update')
  return row?.count ?? 0
}
