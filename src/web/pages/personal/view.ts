import { meantMeetings } from '../../../attendance/answers-open.js'
import { type Asked, listAsked } from '../../../attendance/store.js'
import type { Actor } from '../../../conversation/types.js'
import { newId } from '../../../core/ids.js'
import type { Tx } from '../../../database/client.js'
import type { PersonalPage } from '../../../database/generated/client.js'
import { isReader } from '../../../materials/sections.js'
import { listMaterials, listRead, type Material } from '../../../materials/store.js'
import type { TranscriptEntry } from '../../../messaging/transcript.js'
import { maySend } from '../../../pages/commands-upload.js'
import type { PagesHouse } from '../house.js'
import { type Item, itemsOf } from './items.js'

export type MeetingView = Readonly<{ asked: Asked; materials: readonly Readonly<{ one: Material; read: boolean }>[] }>

/** One person of the page; several where a couple shares it. */
export type ReaderView = Readonly<{ actor: Actor; cell: string | null; meetings: readonly MeetingView[] }>

export type PersonalView = Readonly<{
  /** Part of the id of what is done from here: the same button pressed twice is one. */
  once: string
  large: boolean
  locale: string | null
  /** Empty until the page's person has consented, and after they withdrew. */
  readers: readonly ReaderView[]
  items: readonly Item[]
  maySend: boolean
}>

/** Nearer than the rest: a page is one glance. */
const MOST_MEETINGS = 2

async function readMeeting(tx: Tx, actor: Actor, asked: Asked): Promise<MeetingView> {
  if (!(await isReader(tx, actor, asked.meeting))) return { asked, materials: [] }
  const materials = await listMaterials(tx, [asked.meeting.id])
  const read = await listRead(
    tx,
    actor.personId,
    materials.map((one) => one.id),
  )
  return { asked, materials: materials.map((one) => ({ one, read: read.has(one.id) })) }
}

async function readReader(tx: Tx, now: Date, actor: Actor): Promise<ReaderView> {
  const all = await listAsked(tx, actor.personId, now)
  const meant = meantMeetings(all, now)
  const shown = (meant.length > 0 ? meant : all).slice(0, MOST_MEETINGS)
  const meetings: MeetingView[] = []
  for (const asked of shown) meetings.push(await readMeeting(tx, actor, asked))
  const [cellId] = actor.cellIds
  const cell = cellId ? await tx.unit.findUnique({ where: { id: cellId }, select: { name: true } }) : null
  return { actor, cell: cell?.name ?? null, meetings }
}

/** Somebody's chat on their page, and who is linked there. */
export async function findPeople(house: PagesHouse, tx: Tx, now: Date, page: PersonalPage): Promise<readonly Actor[]> {
  const people = page.chatId ? await house.identify(tx, page.chatId, now) : []
  return people.some((one) => one.personId === page.personId) ? people : []
}

/** What was said since the person was linked there last: whoever holds the address of somebody who left reads nothing old. */
async function sinceUnlinked(tx: Tx, page: PersonalPage, entries: readonly TranscriptEntry[]) {
  const { chatId, personId } = page
  if (!chatId) return entries
  const last = await tx.chatLink.findFirst({
    where: { chatId, personId, endedAt: { not: null } },
    orderBy: { endedAt: 'desc' },
  })
  if (!last?.endedAt) return entries
  const sent = await tx.delivery.findMany({
    where: { chatId: last.chatId, finishedAt: { gte: last.endedAt } },
    select: { id: true },
  })
  const ids = new Set(sent.map((one) => one.id))
  return entries.filter((one) => one.from === 'bot' && ids.has(one.deliveryId))
}

export async function readView(house: PagesHouse, tx: Tx, now: Date, page: PersonalPage): Promise<PersonalView> {
  const chat = page.chatId ? await tx.chat.findUnique({ where: { id: page.chatId } }) : null
  const people = await findPeople(house, tx, now, page)
  const readers: ReaderView[] = []
  for (const actor of people) readers.push(await readReader(tx, now, actor))
  const entries = chat ? await house.transcript(chat, tx) : []
  return {
    once: newId(),
    large: page.largeText,
    locale: people[0]?.locale ?? chat?.locale ?? null,
    readers,
    items: itemsOf(people.length > 0 ? entries : await sinceUnlinked(tx, page, entries)),
    maySend: people.some(maySend),
  }
}
