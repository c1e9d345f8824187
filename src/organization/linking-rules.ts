import { HOUR, MINUTE } from '../core/dates.js'

/**
 * Version of the text that people consent to; rises with its words, so that the proof says what was read. Older texts
 * stay in the locales: proofs name them. 2: telephones on call lists, what became of messages, when a page was opened.
 * 3: leave, opinions, the notebook, tasks, speakers, the tick of the fee. Who agreed to less is asked again.
 */
export const CONSENT_VERSION = 3

/** Wrong codes that one chat may try in an hour: enough for tired eyes and a folded slip. */
export const WRONG_PER_CHAT = 5

/**
 * Wrong codes in an hour from all chats that were never linked. Chats cost an attacker nothing, so this is what
 * limits guessing: 60 an hour for the 14 days that a code lives are 20,000 tries at 10^8 codes, in which even the
 * 3,281 members of a whole bloc invited at once would lose less than one code. A hall of sixty who all mistype once
 * still gets in.
 */
export const WRONG_BY_STRANGERS = 60

export const GUESS_WINDOW_MS = HOUR

/** Minutes until another code may be tried, or null: now. `wrong`: times of the wrong codes of the last hour, oldest first. */
export function waitMinutes(wrong: readonly Date[], most: number, now: Date): number | null {
  const blocking = wrong.at(-most)
  if (!blocking) return null
  return Math.max(1, Math.ceil((blocking.getTime() + GUESS_WINDOW_MS - now.getTime()) / MINUTE))
}

export type CodeState = 'good' | 'unknown' | 'used' | 'withdrawn' | 'expired'

/** What a code is worth at `now`. `active`: its person still belongs to something. */
export function judgeCode(
  invitation: { usedAt: Date | null; withdrawnAt: Date | null; expiresAt: Date } | null,
  active: boolean,
  now: Date,
): CodeState {
  if (!invitation) return 'unknown'
  if (invitation.usedAt) return 'used'
  if (invitation.withdrawnAt || !active) return 'withdrawn'
  return invitation.expiresAt <= now ? 'expired' : 'good'
}
