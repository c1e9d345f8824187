import { NONE, type ReasonKind, type Understanding } from './types.js'

const OPEN = '(?:(?:hi|hello|dear all|yes|ok|okay|sure|sorry|no|unfortunately|comrade|sir)[,.! ]+)*'
const CLOSE =
  '(?:[,.]? (?:to )?(?:the |this |our )?(?:(?:cell )?meeting|time|evening|week|month))*(?:[,.]? (?:tonight|tomorrow|today|on time|as usual|for sure|please|sir|comrade|thanks|thank you|sorry))*[.! ]*'
const WHY = '(?:[,.]? (?:because|because of|due to|as|since|for) (?<why>[^?]{2,120}?))?'
/** "I am on duty, so I cannot come": the reason may come first. */
const LED = '(?:(?<lead>[^?]{2,120}?)(?:[,.]? (?:so|therefore)[, ]+|[,.] +))?'
const whole = (body: string, lead = ''): RegExp => new RegExp(`^${OPEN}${lead}(?:${body})${WHY}${CLOSE}$`)

const PRESENT = whole(
  '(?:i (?:will|am|can|plan to|shall) (?:definitely |certainly )?|i )?(?:be there|attend|attending|come|coming|join|joining|be present|make it|present|in)|(?:please )?count me in|see you (?:there|then|at)',
)
const ABSENT = whole(
  '(?:(?:but )?i )?(?:will )?(?:cannot|can not|will not|am unable to|unable to|not be able to|am not able to|am not|not) (?:come|coming|attend|attending|make it|join|joining|be there|be present|be attending|go)|(?:i (?:will be|am|have to be|must be) )?absent|i (?:have to|must|will) (?:miss|skip)|(?:please )?count me out',
  LED,
)
const SPAN =
  '(?:about |around |maybe )?(?:(?<n>\\d{1,3}) (?:minutes?|mins?|min)|(?<half>half an hour)|(?<quarter>a quarter of an hour)|(?<hour>an hour|one hour|1 hour)|a (?:bit|little|few minutes))'
const LATE = whole(
  `(?:i (?:will be|am|will come|will arrive|am running|might) )?(?:running |arriving |coming )?(?:${SPAN} )?late(?: (?:by )?(?:about )?(?<m>\\d{1,3}) (?:minutes?|mins?))?`,
)
const ONLINE = whole(
  '(?:i (?:will|am|can|would like to) )?(?:(?:join|attend|be|joining|attending)(?: the meeting)? )?(?:online|remotely|virtually|(?:on|via|by|over|through) (?:zoom|teams|google meet|video))',
)

/** Conditions, maybes and other people in the words before an answer leave it open. */
const OPEN_LEAD = /\b(?:if|when|unless|maybe|perhaps|might|think|but|he|she|they|said|not sure|will|want)\b/

const REASONS: readonly (readonly [ReasonKind, RegExp])[] = [
  ['family', /\b(?:daughter|son|wife|husband|mother|father|parents?|child|children|kids?|family|wedding|funeral)\b/],
  ['health', /\b(?:sick|ill|illness|flu|fever|cold|hospital|doctor|surgery|pain|unwell|health|covid|headache)\b/],
  ['clash', /\b(?:another meeting|other meeting|clash(?:es)?|conflict|double booked)\b/],
  ['work', /\b(?:business trip|work|working|duty|office|on call|shift|training)\b/],
]

const spelled = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/\bi'll\b/g, 'i will')
    .replace(/\bi'm\b/g, 'i am')
    .replace(/\bi've\b/g, 'i have')
    .replace(/\bcan'?t\b/g, 'cannot')
    .replace(/\bwon'?t\b/g, 'will not')
    .replace(/\s+/g, ' ')
    .trim()

function absentFor(why: string): Understanding {
  if (!why) return { kind: 'answer', state: 'absent' }
  const kind = REASONS.find(([, words]) => words.test(why))?.[0]
  return { kind: 'answer', state: 'absent', reasonKind: kind ?? 'other', reasonText: why }
}

function minutesOf({ n, m, half, quarter, hour }: Readonly<Record<string, string | undefined>>): number {
  if (half) return 30
  if (quarter) return 15
  return hour ? 60 : Number(n ?? m ?? 0)
}

/** English, as whole sentences only: what is not exactly one of them is left to be asked about. */
export function understandEnglish(text: string): Understanding {
  const words = spelled(text)
  const late = LATE.exec(words)
  if (late && !/\bmight\b|\bmaybe\b/.test(words)) return lateBy(minutesOf(late.groups ?? {}))
  if (ONLINE.test(words)) return { kind: 'answer', state: 'online' }
  const absent = ABSENT.exec(words)
  const lead = absent?.groups?.lead ?? ''
  if (absent && !OPEN_LEAD.test(lead)) return absentFor(absent.groups?.why ?? lead)
  if (PRESENT.test(words) && words !== 'in') return { kind: 'answer', state: 'present' }
  return NONE
}

const lateBy = (minutes: number): Understanding =>
  minutes > 0 && minutes <= 180
    ? { kind: 'answer', state: 'late', minutesLate: minutes }
    : { kind: 'answer', state: 'late' }
