import { createHmac } from 'node:crypto'
import { fold } from '../core/text.js'

/**
 * A one-time code is made from its invitation's id and the key that lies beside the data (`core/key-file.ts`): 8 digits
 * that nobody without the key can tell, and that never stand in the database. It keeps only their hash, to be found by.
 * The same invitation shown twice shows the same code, so a second look at `/mamoi` does not outdate a printed slip.
 */
const mac = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const SPACE = 100_000_000

/** The 8 digits of an invitation. 48 bits of the HMAC: the remainder favours no code by more than one in 2.8 million. */
export const codeOf = (key: Uint8Array, invitationId: string): string =>
  String(mac(key, `code:${invitationId}`).readUIntBE(0, 6) % SPACE).padStart(8, '0')

/** What the database keeps of a code, in hex. */
export const hashCode = (key: Uint8Array, code: string): string => mac(key, `hash:${code}`).toString('hex')

/** "1234 5678": two groups are read over the telephone and typed without a mistake. */
export const formatCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** Stands for an invitation's code in a message's text, so that neither outbox nor delivery keeps it. */
export const sealCode = (invitationId: string): string => `⟦code:${invitationId}⟧`

/** The same inside a link, where no space may stand. */
export const sealCodeInLink = (invitationId: string): string => `⟦digits:${invitationId}⟧`

/** Puts the codes in place of their seals: the last thing that is done to a text before it is sent. */
export const revealCodes =
  (key: Uint8Array) =>
  (text: string): string =>
    text.replace(/⟦(code|digits):([0-9a-f-]{36})⟧/g, (_, as: string, id: string) =>
      as === 'code' ? formatCode(codeOf(key, id)) : codeOf(key, id),
    )

const SEPARATOR = String.raw`[\s.\-–_]`
const GROUPS = new RegExp(`(?<![0-9/])[0-9](?:${SEPARATOR}{0,3}[0-9]){7}(?![0-9/])`, 'g')
/** "25 12 2026", "3-12-2026" padded: eight digits that are a day. */
const DATE = new RegExp(`^\\d{2}${SEPARATOR}+\\d{2}${SEPARATOR}+\\d{4}$`)

/** The one group of eight digits in a text, as it was typed; null: none, several, or more digits around it. */
export function findTyped(text: string): string | null {
  const found = text.match(GROUPS) ?? []
  const [only] = found
  if (!only || found.length > 1 || text.replace(/\D/g, '').length !== 8) return null
  return only
}

/** The digits of a code in any form: "12345678", "1234-5678", "mã 1234 5678". Null: not eight digits. */
export const parseCode = (text: string): string | null => findTyped(text)?.replace(/\D/g, '') ?? null

const SAYS_CODE = /\b(ma|ma moi|ma so|code)\b/

/**
 * Whether a text is meant as a code. Somebody without a link has nothing else to say in digits, so even a wrong
 * number of them is one; a member may be writing a date.
 */
export function isMeantAsCode(text: string, linked: boolean): boolean {
  const typed = findTyped(text)
  const says = SAYS_CODE.test(fold(text))
  if (typed) return says || !linked || (typed === text.trim() && !DATE.test(typed))
  const digits = text.replace(/\D/g, '').length
  return !linked && digits >= 5 && digits <= 12 && (says || /^[\d\s.\-–_]+$/.test(text.trim()))
}
