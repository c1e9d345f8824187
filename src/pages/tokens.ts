import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The links of pages are made as invitation codes are (`organization/codes.ts`): from their row's id and the key beside
 * the data, so that the database holds a hash alone and a message a mark, revealed only when it is sent.
 */
export type PageKind = 'once' | 'personal' | 'feed' | 'event'

const mac = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** 22 characters, 132 bits: not to be guessed. */
const TOKEN_BYTES = 17

export const tokenOf = (key: Uint8Array, kind: PageKind, id: string): string =>
  mac(key, `page:${kind}:${id}`).subarray(0, TOKEN_BYTES).toString('base64url')

/** What the database keeps of a token, in hex. */
export const hashToken = (key: Uint8Array, token: string): string => mac(key, `page-hash:${token}`).toString('hex')

/**
 * Where each kind lies below the public address. A calendar's address ends as its file does; that of one meeting names
 * it, because no row is kept for it.
 */
export const PATHS: Readonly<Record<PageKind, string>> = { once: '/p', personal: '/toi', feed: '/lich', event: '/lich' }

const pathOf = (key: Uint8Array, kind: PageKind, id: string): string => {
  const token = tokenOf(key, kind, id)
  if (kind === 'event') return `${PATHS.event}/${id}/${token}.ics`
  return `${PATHS[kind]}/${token}${kind === 'feed' ? '.ics' : ''}`
}

/** Stands for a page's address in a message, so that neither outbox nor delivery keeps it. */
export const sealPage = (kind: PageKind, id: string): string => `⟦page:${kind}:${id}⟧`

/** The whole address of a personal page. */
export const addressOfPage =
  (key: Uint8Array, publicUrl: string) =>
  (pageId: string): string =>
    `${publicUrl}${pathOf(key, 'personal', pageId)}`

/** Whether this is the token of that thing: for what has no row of its own. In constant time. */
export const isTokenOf = (key: Uint8Array, kind: PageKind, id: string, token: string): boolean => {
  const [given, right] = [Buffer.from(token), Buffer.from(tokenOf(key, kind, id))]
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Puts the addresses in place of their seals: the last thing that is done before a message is sent. */
export const revealPages =
  (key: Uint8Array, publicUrl: string | null) =>
  (text: string): string =>
    text.replace(
      /⟦page:(once|personal|feed|event):([0-9a-f-]{36})⟧/g,
      (_, kind: PageKind, id: string) => `${publicUrl ?? ''}${pathOf(key, kind, id)}`,
    )
