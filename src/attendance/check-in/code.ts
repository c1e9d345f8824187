import { createHmac } from 'node:crypto'
import { MINUTE } from '../../core/dates.js'

const SPACE = 10_000

const minuteOf = (at: Date): number => Math.floor(at.getTime() / MINUTE)

const codeOfMinute = (secret: Uint8Array, minute: number): string => {
  const mac = createHmac('sha256', secret).update(`check-in:${minute}`).digest()
  return String(mac.readUIntBE(0, 6) % SPACE).padStart(4, '0')
}

/** The four digits of this minute. Who does not know the secret learns nothing of the next ones from them. */
export const codeAt = (secret: Uint8Array, now: Date): string => codeOfMinute(secret, minuteOf(now))

/** Seconds until the code changes, 1–60. */
export const secondsLeft = (now: Date): number => Math.ceil((MINUTE - (now.getTime() % MINUTE)) / 1_000)

/** Old fingers need a moment: the code of the minute before is taken too. */
const TAKEN_MINUTES = 1
/** So long a code is called old instead of wrong. */
const KNOWN_MINUTES = 15

export type CodeVerdict = 'good' | 'old' | 'wrong'

export function judgeCheckInCode(secret: Uint8Array, typed: string, now: Date): CodeVerdict {
  for (let back = 0; back <= KNOWN_MINUTES; back += 1)
    if (codeOfMinute(secret, minuteOf(now) - back) === typed) return back <= TAKEN_MINUTES ? 'good' : 'old'
  return 'wrong'
}

/** From so many members on the sheet itself offers it; a smaller cell is quicker by a glance round the table. */
export const SUGGESTED_FROM = 50

/** "4821", "mã 4821", "code 4821". */
export const parseCheckInCode = (text: string): string | null =>
  /^\s*(?:(?:mã|ma|code|điểm danh|diem danh)\s*:?\s*)?(\d{4})\s*[.!]?\s*$/iu.exec(text)?.[1] ?? null
