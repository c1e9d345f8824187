import { createHmac, timingSafeEqual } from 'node:crypto'
import { DAY, MINUTE } from '../core/dates.js'
import type { ReplaceFiles } from '../messaging/compose.js'

/**
 * A file for somebody whose platform takes no files: a link to the delivery that was meant for them, with its end, under
 * the key beside the data. The delivery says whose it is, so a link is bound to its reader and dies with their link.
 */
type Link = Readonly<{ deliveryId: string; expiresAt: Date }>

/** Longer than any step between a material and its meeting; whoever comes later asks for it again. */
export const LINK_LIFE_MS = 7 * DAY
/** Of a paper with codes. */
export const BRIEF_LINK_LIFE_MS = 30 * MINUTE

const ID_BYTES = 16
const HEAD_BYTES = ID_BYTES + 4
const MAC_BYTES = 16

const macOf = (key: Uint8Array, head: Uint8Array, sha256: string): Buffer =>
  createHmac('sha256', key).update('file:').update(head).update(sha256).digest().subarray(0, MAC_BYTES)

function headOf({ deliveryId, expiresAt }: Link): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.write(deliveryId.replaceAll('-', ''), 'hex')
  head.writeUInt32BE(Math.floor(expiresAt.getTime() / 1000), ID_BYTES)
  return head
}

/** 48 characters. `sha256`: of the file, which the link then opens and no other. */
export function fileTokenOf(key: Uint8Array, link: Link, sha256: string): string {
  const head = headOf(link)
  return Buffer.concat([head, macOf(key, head, sha256)]).toString('base64url')
}

/** What a token says it opens; null: no token of ours. Nothing of it is true before `isGenuine`. */
export function parseFileToken(token: string): Link | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== HEAD_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return null
  const id = bytes.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { deliveryId: id, expiresAt: new Date(bytes.readUInt32BE(ID_BYTES) * 1000) }
}

/** Whether the token was made by us for this file. */
export function isGenuine(key: Uint8Array, token: string, sha256: string): boolean {
  const bytes = Buffer.from(token, 'base64url')
  return timingSafeEqual(macOf(key, bytes.subarray(0, HEAD_BYTES), sha256), bytes.subarray(HEAD_BYTES))
}

const seal = ({ deliveryId, expiresAt }: Link, sha256: string): string =>
  `⟦file:${deliveryId}:${sha256}:${Math.floor(expiresAt.getTime() / 1000)}⟧`

/** Puts the addresses in place of their seals, as `revealPages` does. */
export const revealFileLinks =
  (key: Uint8Array, publicUrl: string | null) =>
  (text: string): string =>
    text.replace(
      /⟦file:([0-9a-f-]{36}):([0-9a-f]{64}):(\d+)⟧/g,
      (_, deliveryId: string, sha256: string, end: string) => {
        const link = { deliveryId, expiresAt: new Date(Number(end) * 1000) }
        return `${publicUrl ?? ''}/tep/${fileTokenOf(key, link, sha256)}`
      },
    )

/** A message without its files: with links to them, or where no page of ours can be reached with where to ask for them. */
export const createReplaceFiles =
  ({ publicUrl, now }: Readonly<{ publicUrl: string | null; now: () => Date }>): ReplaceFiles =>
  ({ attachment, files = [], ...message }, deliveryId, t) => {
    const add = (line: string) => ({ ...message, text: `${message.text}\n${line}` })
    const first = attachment ?? files[0]
    if (!first) return message
    const { sha256, fileName, brief, elsewhere } = first
    if (!publicUrl) return add(elsewhere ?? t('pages.file.elsewhere', { name: fileName }))
    const expiresAt = new Date(now().getTime() + (brief ? BRIEF_LINK_LIFE_MS : LINK_LIFE_MS))
    const together = files.map((one) => `${one.label}: ${seal({ deliveryId, expiresAt }, one.sha256)}`)
    if (!attachment) return add([...together, t('pages.file.last-together')].join('\n'))
    const url = seal({ deliveryId, expiresAt }, sha256)
    const said = add(t(brief ? 'pages.file.brief' : 'pages.file.lasts', { name: fileName }))
    // A message has one link; its own goes into its words.
    const text = message.link ? `${said.text}\n${message.link.url}` : said.text
    return { ...said, text, link: { label: t('pages.file.open'), url } }
  }
