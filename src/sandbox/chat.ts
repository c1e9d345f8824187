import { dateIn, timeIn, type Zone } from '../core/dates.js'
import type { TranscriptEntry } from '../messaging/transcript.js'
import type { IncomingContent } from '../messaging/vocabulary.js'
import { codeOf, formatCode } from '../organization/codes.js'
import type { ChatItem, Moment } from '../web/sandbox/types.js'
import type { World } from './world.js'

/** As much of a chat as somebody scrolls through. */
const MOST_ITEMS = 80

export const momentOf = (at: Date, zone: Zone): Moment => ({ day: dateIn(at, zone), time: timeIn(at, zone) })

type Times = ReadonlyMap<string, Date>

/** When what stands in a chat was said, by the sandbox's clock. */
async function readTimes({ db }: World, entries: readonly TranscriptEntry[]): Promise<Times> {
  const sent = entries.flatMap((one) => (one.from === 'bot' ? [one.deliveryId] : []))
  const said = entries.flatMap((one) => (one.from === 'person' ? [one.updateId] : []))
  const [deliveries, updates] = await Promise.all([
    db.delivery.findMany({ where: { id: { in: sent } }, select: { id: true, finishedAt: true } }),
    db.inboundUpdate.findMany({ where: { id: { in: said } }, select: { id: true, receivedAt: true } }),
  ])
  return new Map([
    ...deliveries.flatMap((one) => (one.finishedAt ? [[one.id, one.finishedAt] as const] : [])),
    ...updates.map((one) => [one.id, one.receivedAt] as const),
  ])
}

const EMPTY = { pressed: null, heading: null, text: '', file: null, url: null, buttons: [] } as const

/** Labels of pressed buttons, read back from the messages under which they stood. */
type Labels = ReadonlyMap<string, string>

function saidOf(content: IncomingContent, labels: Labels): Pick<ChatItem, 'kind' | 'text' | 'file'> {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: content.text, file: null }
    case 'choice':
      return { kind: 'choice', text: labels.get(`${content.deliveryId}.${content.index}`) ?? '', file: null }
    case 'start':
      return { kind: 'start', text: content.code ?? '', file: null }
    case 'file':
      return { kind: 'file', text: content.caption ?? '', file: { name: content.fileName, href: null } }
    default:
      return { kind: 'other', text: '', file: null }
  }
}

/** Of another kind (`javascript:`, `//elsewhere`) no link is made. */
const isWebLink = (url: string | undefined): url is string => /^(?:https?:\/\/|\/(?!\/))/.test(url ?? '')

/** A button's value is its delivery and its place among all choices of the message, row by row. */
function buttonsOf(deliveryId: string, rows: readonly (readonly { label: string }[])[]): ChatItem['buttons'] {
  let place = 0
  return rows.map((row) => row.map(({ label }) => ({ label, value: `${deliveryId}.${place++}` })))
}

function itemOf(entry: TranscriptEntry, labels: Labels, at: Moment | null): ChatItem {
  if (entry.from === 'person')
    return { ...EMPTY, id: entry.updateId, from: 'person', at, ...saidOf(entry.content, labels) }
  const { heading, text, choices, fileName, url } = entry.content
  return {
    id: entry.messageId,
    from: 'bot',
    at,
    kind: 'text',
    pressed: null,
    heading: heading ?? null,
    text,
    file: fileName ? { name: fileName, href: `/sandbox/file/${entry.deliveryId}` } : null,
    url: isWebLink(url) ? url : null,
    buttons: buttonsOf(entry.deliveryId, choices),
  }
}

type Sent = Readonly<{ labels: Labels; messageOf: ReadonlyMap<string, string> }>

/** Every choice ever sent to the chat, and the message of each delivery: an edited one has lost what was pressed. */
async function readSent({ db }: World, chatId: string): Promise<Sent> {
  const rows = await db.delivery.findMany({
    where: { chatId, state: 'sent' },
    select: { id: true, content: true, platformMessageId: true },
  })
  const labels = rows.flatMap((row) => {
    const content = row.content as { choices?: { label: string }[][] } | null
    return (content?.choices ?? []).flat().map((one, i) => [`${row.id}.${i}`, one.label] as const)
  })
  return { labels: new Map(labels), messageOf: new Map(rows.map((row) => [row.id, row.platformMessageId ?? row.id])) }
}

/**
 * A press that changed its message stands in that message, as on a real platform: as a bubble of its own it would
 * stand below the answer to it. Message id → the last label pressed there.
 */
function listPressed(entries: readonly TranscriptEntry[], { labels, messageOf }: Sent): Map<string, string> {
  const shown = new Map(
    entries.flatMap((one) => (one.from === 'bot' ? [[one.messageId, one.deliveryId] as const] : [])),
  )
  const pressed = new Map<string, string>()
  for (const { content } of entries.filter((one) => one.from === 'person')) {
    if (content.kind !== 'choice') continue
    const message = messageOf.get(content.deliveryId)
    const label = labels.get(`${content.deliveryId}.${content.index}`)
    if (message && label && shown.get(message) !== content.deliveryId) pressed.set(message, label)
  }
  return pressed
}

const isPressOf = (entry: TranscriptEntry, { messageOf }: Sent, pressed: ReadonlyMap<string, string>): boolean =>
  entry.from === 'person' &&
  entry.content.kind === 'choice' &&
  pressed.has(messageOf.get(entry.content.deliveryId) ?? '')

/** What stands in the chat of this person's phone, oldest first. */
export async function readItems(world: World, personId: string, zone: Zone): Promise<ChatItem[]> {
  const where = { botId_externalId: { botId: world.botId, externalId: personId } }
  const chat = await world.db.chat.findUnique({ where })
  if (!chat) return []
  const entries = (await world.transcript(chat)).slice(-MOST_ITEMS)
  const [times, sent] = await Promise.all([readTimes(world, entries), readSent(world, chat.id)])
  const pressed = listPressed(entries, sent)
  return entries
    .filter((entry) => !isPressOf(entry, sent, pressed))
    .map((entry) => {
      const at = times.get(entry.from === 'bot' ? entry.deliveryId : entry.updateId)
      const item = itemOf(entry, sent.labels, at ? momentOf(at, zone) : null)
      return { ...item, pressed: pressed.get(item.id) ?? null }
    })
}

/** The code that a slip would show; null: there is none that works. */
export async function findCode({ db, clock }: World, personId: string, codeKey: Uint8Array): Promise<string | null> {
  const live = await db.invitation.findFirst({
    where: { personId, usedAt: null, withdrawnAt: null, expiresAt: { gt: clock.now() } },
    orderBy: { createdAt: 'desc' },
  })
  return live ? formatCode(codeOf(codeKey, live.id)) : null
}
