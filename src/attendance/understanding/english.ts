import { NONE, type Understanding } from './types.js'

const OPEN = '(?:(?:hi|hello|dear all|yes|ok|okay|sure|sorry|no|unfortunately|comrade|sir)[,.! ]+)*'
const CLOSE =
  '(?: (?:the |this )?(?:cell )?meeting)?(?: (?:tonight|tomorrow|today|on time|please|sir|thanks|thank you))*[.! ]*'
const WHY = '(?:[,.]? (?:because|due to|as) (?<why>[^?]{2,120}?))?'
const whole = (body: string): RegExp => new RegExp(`^${OPEN}(?:${body})${WHY}${CLOSE}$`)

const PRESENT = whole('(?:i (?:will|am) |i )?(?:be there|attend|attending|come|coming|join|be present|present|in)')
const ABSENT = whole(
  '(?:i )?(?:cannot|can not|will not|am unable to|unable to|am not able to|am not|not) (?:come|coming|attend|attending|make it|join|be there|go)|(?:i (?:will be|am) )?absent',
)
const LATE = whole(
  '(?:i (?:will be|am|will come|will arrive) |running )?(?:about )?(?:(?<n>\\d{1,3}) (?:minutes?|mins?) )?late(?: (?:by )?(?:about )?(?<m>\\d{1,3}) (?:minutes?|mins?))?',
)
const ONLINE = whole(
  '(?:i (?:will|am) )?(?:join|attend|be|joining|attending)(?: the meeting)? (?:online|remotely|virtually|(?:on|via|by) zoom)|online',
)

const spelled = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/\bi'll\b/g, 'i will')
    .replace(/\bi'm\b/g, 'i am')
    .replace(/\bcan'?t\b/g, 'cannot')
    .replace(/\bwon'?t\b/g, 'will not')
    .replace(/\s+/g, ' ')
    .trim()

/** English, as whole sentences only: what is not exactly one of them is left to be asked about. */
export function understandEnglish(text: string): Understanding {
  const words = spelled(text)
  const late = LATE.exec(words)
  if (late) return lateBy(Number(late.groups?.n ?? late.groups?.m ?? 0))
  if (ONLINE.test(words)) return { kind: 'answer', state: 'online' }
  const absent = ABSENT.exec(words)
  if (absent)
    return {
      kind: 'answer',
      state: 'absent',
      ...(absent.groups?.why ? { reasonKind: 'other' as const, reasonText: absent.groups.why } : {}),
    }
  if (PRESENT.test(words) && words !== 'in') return { kind: 'answer', state: 'present' }
  return NONE
}

const lateBy = (minutes: number): Understanding =>
  minutes > 0 && minutes <= 180
    ? { kind: 'answer', state: 'late', minutesLate: minutes }
    : { kind: 'answer', state: 'late' }
