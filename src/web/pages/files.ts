import { type Context, Hono } from 'hono'
import type { Actor } from '../../conversation/types.js'
import { inTransaction, type Tx } from '../../database/client.js'
import type { SentContent } from '../../messaging/deliveries.js'
import { isGenuine, parseFileToken } from '../../pages/file-links.js'
import { mayOpen } from './file-guards.js'
import { wordsFor } from './headers.js'
import type { PagesHouse } from './house.js'
import { tell } from './layout.js'

/** Shown where they are opened, also inside a chat app that saves nothing; whatever else is saved, never run as a page of ours. */
const SHOWN = /^(?:application\/pdf|image\/(?:jpeg|png|gif|webp))$/

/** A policy of `sandbox` would keep Chrome from showing a PDF. */
const cspOf = (mime: string): string =>
  mime === 'application/pdf' ? "frame-ancestors 'none'" : "default-src 'none'; frame-ancestors 'none'; sandbox"

type Sent = Readonly<{ sha256: string; fileName: string; personId: string; kind: string; data: unknown }>

/** The files that a delivery carried or linked to; none: there were none, or they are forgotten after their time. */
export async function listSent(tx: Tx, deliveryId: string): Promise<Sent[]> {
  const delivery = await tx.delivery.findUnique({ where: { id: deliveryId }, include: { outbox: true } })
  const { sha256, fileName, files = [] } = (delivery?.content ?? {}) as Partial<SentContent>
  const { personId, kind = '', data } = delivery?.outbox ?? {}
  const all = sha256 && fileName ? [{ sha256, fileName }, ...files] : files
  return personId ? all.map((one) => ({ ...one, personId, kind, data })) : []
}

/** Somebody as they stand now, in the chat where they were linked last; null: linked nowhere. */
async function findLinked(house: PagesHouse, tx: Tx, now: Date, personId: string): Promise<Actor | null> {
  const link = await tx.chatLink.findFirst({ where: { personId, endedAt: null }, orderBy: { linkedAt: 'desc' } })
  const people = link ? await house.identify(tx, link.chatId, now) : []
  return people.find((one) => one.personId === personId) ?? null
}

type Openable = Readonly<{ sha256: string; fileName: string; mime: string; size: number }>
export type Opened =
  | Readonly<{ kind: 'file'; file: Openable }>
  | Readonly<{ kind: 'gone' | 'not-yours'; locale: string | null }>

const GONE: Opened = { kind: 'gone', locale: null }

/** Asks again, each time: is the reader still linked, is the file still for them. */
export async function openSent(house: PagesHouse, tx: Tx, now: Date, sent: Sent): Promise<Opened> {
  const actor = await findLinked(house, tx, now, sent.personId)
  if (!actor) return GONE
  const reader = { tx, now, actor, permissions: house.permissions }
  if (!(await mayOpen(reader, sent.kind, sent.data))) return { kind: 'not-yours', locale: actor.locale }
  const file = await tx.file.findUnique({ where: { sha256: sent.sha256 } })
  return file ? { kind: 'file', file: { ...file, fileName: sent.fileName } } : GONE
}

async function findLinkedFile(house: PagesHouse, tx: Tx, token: string): Promise<Opened> {
  const now = house.now()
  const link = parseFileToken(token)
  const all = link && link.expiresAt > now ? await listSent(tx, link.deliveryId) : []
  const sent = all.find((one) => isGenuine(house.codeKey, token, one.sha256))
  return sent ? openSent(house, tx, now, sent) : GONE
}

/** The bytes with their name and type, or the sentence why not. */
export async function answerFile(c: Context, house: PagesHouse, opened: Opened) {
  if (opened.kind !== 'file') {
    const t = wordsFor(house, opened.locale)
    const told = { title: t(`pages.file.${opened.kind}`), how: t(`pages.file.${opened.kind}-how`) }
    return tell(c, t, told, opened.kind === 'gone' ? 404 : 403)
  }
  const { sha256, fileName, mime, size } = opened.file
  const how = SHOWN.test(mime) ? 'inline' : 'attachment'
  c.header('Content-Security-Policy', cspOf(mime))
  c.header('Content-Type', mime)
  c.header('Content-Length', String(size))
  c.header('Content-Disposition', `${how}; filename*=UTF-8''${encodeName(fileName)}`)
  return c.req.method === 'HEAD' ? c.body(null) : c.body(await house.blobs.stream(sha256))
}

/** RFC 5987: what `encodeURIComponent` leaves alone and a header may not hold. */
const encodeName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** `/tep/<token>`: a file by its link. Opening it says nothing of reading it, so nothing is noted. */
export const filePages = (house: PagesHouse): Hono =>
  new Hono().get('/tep/:token', async (c) => {
    const opened = await inTransaction(house.db, (tx) => findLinkedFile(house, tx, c.req.param('token')))
    return answerFile(c, house, opened)
  })
