import { type Context, Hono } from 'hono'
import { type FeedMeeting, type FeedSeries, feedText, meetingText } from '../../calendar/calendar-text.js'
import { findFeed } from '../../calendar/feeds.js'
import { findEvent, readFeed } from '../../calendar/store.js'
import { inTransaction, type Tx } from '../../database/client.js'
import { isTokenOf } from '../../pages/tokens.js'
import { wordsFor } from './headers.js'
import type { PagesHouse } from './house.js'
import { tell } from './layout.js'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const answer = (c: Context, text: string) => {
  c.header('Content-Type', 'text/calendar; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="lich-hop.ics"')
  return c.body(text)
}

const byId = <T>(all: readonly T[], idOf: (one: T) => string): T[] => [
  ...new Map(all.map((one) => [idOf(one), one])).values(),
]

/** The meetings of everybody whose page it is, each once. */
export async function calendarOf(
  house: PagesHouse,
  tx: Tx,
  now: Date,
  people: readonly Readonly<{ personId: string; locale: string | null }>[],
): Promise<string> {
  const t = wordsFor(house, people[0]?.locale ?? null)
  const series: FeedSeries[] = []
  const meetings: FeedMeeting[] = []
  for (const { personId } of people) {
    const feed = await readFeed(tx, now, { personId, cellId: null }, house.zone)
    series.push(...feed.series)
    meetings.push(...feed.meetings)
  }
  const once = { series: byId(series, (one) => one.series.id), meetings: byId(meetings, (one) => one.meeting.id) }
  return feedText({ ...once, name: t('calendar.name') }, t, now)
}

async function feedOf(house: PagesHouse, tx: Tx, token: string): Promise<string | null> {
  const feed = await findFeed(tx, token, house.codeKey)
  if (!feed) return null
  const now = house.now()
  const { locale } = await tx.person.findUniqueOrThrow({ where: { id: feed.personId } })
  const t = wordsFor(house, locale)
  const cell = feed.cellId ? await tx.unit.findUnique({ where: { id: feed.cellId } }) : null
  const shown = await readFeed(tx, now, feed, house.zone)
  return feedText({ ...shown, name: cell?.name ?? t('calendar.name') }, t, now)
}

async function eventOf(house: PagesHouse, tx: Tx, id: string, token: string): Promise<string | null> {
  if (!UUID.test(id) || !isTokenOf(house.codeKey, 'event', id, token)) return null
  const event = await findEvent(tx, id)
  return event && meetingText(event, wordsFor(house, null), house.now())
}

/**
 * `/lich/<token>.ics`: a calendar that phones fetch again and again; that they do is noted nowhere.
 * `/lich/<meeting>/<token>.ics`: one meeting, from its invitation.
 */
export function calendarPages(house: PagesHouse): Hono {
  const show = async (c: Context, read: (tx: Tx) => Promise<string | null>) => {
    const text = await inTransaction(house.db, read)
    const t = wordsFor(house, null)
    return text === null ? tell(c, t, { title: t('calendar.gone'), how: t('calendar.gone-how') }, 404) : answer(c, text)
  }
  const tokenIn = (c: Context): string => (c.req.param('file') ?? '').replace(/\.ics$/, '')
  return new Hono()
    .get('/lich/:file', (c) => show(c, (tx) => feedOf(house, tx, tokenIn(c))))
    .get('/lich/:id/:file', (c) => show(c, (tx) => eventOf(house, tx, c.req.param('id'), tokenIn(c))))
}
