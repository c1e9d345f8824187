import { type AnswerState, NONE, type ReasonKind, type Understanding } from './types.js'

/** Members who answer in English still greet in Vietnamese: "anh ơi, I can't come". */
const GREETS =
  /^(?:(?:dạ|da|vâng|thưa|chào|chao|alo|anh|chị|chi|bác|bac|cô|co|chú|chu|em|đồng chí|bí thư|ơi|oi|ạ)[,.! ]+)+(?=i |sorry|the |my )/u

const OPEN =
  '(?:(?:hi|hello|alo|hey|of course|no worries|absolutely|dear all|dear comrades?|yes|ok|okay|sure|sorry|no|unfortunately|comrade|sir|and|but|so|therefore|then)[,.! ]+)*'
const CLOSE =
  '(?:[,.]? (?:to |at |for )?(?:the |this |our |next )?(?:(?:cell )?meeting|time|evening|week|month))*(?:[,.]? (?:from [a-z ]{2,30}|instead|after all|again|as planned|definitely|certainly|of course|too|then|tonight|tomorrow|today|on time|as usual|for sure|please|sir|comrade|thanks|thank you|sorry))*[.! ]*'
const WHY = '(?:[,.]? (?:because|because of|due to|as|since|for) (?<why>[^?]{2,120}?))?'
const whole = (body: string): RegExp => new RegExp(`^${OPEN}(?:${body})${WHY}${CLOSE}$`)

const COME =
  '(?:be there|be in|come|attend|be present|make it|join|go|participate|take part|be (?:attending|coming|joining))'
const PRESENT = whole(
  `(?:i (?:will|am|can|plan to|shall|am going to|am able to) (?:definitely |certainly |still )?|i )?(?:able to )?(?:${COME}|attending|coming|joining|present|in)|(?:please )?(?:count me in|(?:count|mark|put) me (?:down )?as (?:present|attending|coming))|see you (?:there|then|at|all there)`,
)
const ABSENT = whole(
  `(?:i )?(?:will )?(?:cannot|can not|will not|am unable to|unable to|not be able to|am not able to|am not|not|am not going to) (?:${COME}|attending|coming|joining)|(?:i (?:will be|am|have to be|must be|would be) )?(?:absent|away)|i (?:have to|must|will) (?:miss|skip)|(?:please )?(?:count me out|excuse me|(?:count|mark|put) me (?:down )?as absent|mark me absent)`,
)
const APART = whole(`(?:i )?(?:cannot|will not|am unable to) (?:${COME}) in person`)
const SPAN =
  '(?:about |around |roughly )?(?:(?<n>\\d{1,3}) (?:minutes?|mins?|min)|(?<half>half an hour)|(?<quarter>a quarter of an hour)|(?<hour>an hour|one hour|1 hour)|a (?:bit|little|few minutes))'
const LATE = whole(
  `(?:i (?:will be|am|will come|will arrive|am running|am going to be|have to be) )?(?:running |arriving |coming )?(?:${SPAN} )?late(?: (?:by )?(?:about )?(?<m>\\d{1,3}) (?:minutes?|mins?))?|i (?:will|can) (?:only )?(?:get there|be there|arrive|come|join) (?<after>\\d{1,3}) (?:minutes?|mins?) (?:late|after (?:you|it) starts?)`,
)
const ONLINE = whole(
  '(?:i (?:will|am|can|would like to|want to) |please let me |let me )?(?:(?:join|attend|be|dial in|log in|call in|connect|joining|attending|participate|participating|take part)(?: (?:in )?the meeting)? )?(?:online|remotely|virtually|from home|(?:on|via|by|over|through) (?:zoom|teams|google meet|video|phone))|i (?:will|can|am going to) (?:dial|log|call) in|(?:please )?(?:count|mark|put) me (?:down )?as (?:joining )?online',
)

/** Conditions and maybes leave everything open. */
const DOUBT =
  /\b(?:if|unless|maybe|perhaps|might|not sure|probably|depend(?:s|ing)|whether|or|provided|let me (?:check|see|ask)|confirm|later|let you know|think|hope|try)\b/
/** Where the answer stands, nobody else acts and nothing is asked. */
const NOT_OWN = /\b(?:he|she|they|we|who|what|where|when|may|want)\b/
/** What was said before, taken back by what follows. */
const BEFORE = /\b(?:said|told you|earlier|previously|(?:last|previous|earlier) message)\b/
const ASKS = /(?:^|[.!?;] )[^.!?;]*\?/g

const REASONS: readonly (readonly [ReasonKind, RegExp])[] = [
  [
    'family',
    /\b(?:daughter|son|wife|husband|mother|father|mother-in-law|father-in-law|sister|brother|parents?|child|children|kids?|baby|family|wedding|funeral|gave birth|grand\w+)\b/,
  ],
  [
    'health',
    /\b(?:sick|ill|illness|flu|fever|cold|hospital|doctor|surgery|pain|unwell|health|covid|headache|injur\w+|ache|clinic|poisoning|recovering|toothache|cough|migraine|broke my \w+|sprained)\b/,
  ],
  [
    'clash',
    /\b(?:another (?:meeting|event|appointment)|other meeting|same (?:time|hour)|class|clash(?:es)?|conflict|double booked|exam)\b/,
  ],
  [
    'work',
    /\b(?:business(?: trip)?|work|working|duty|office|field|delegation|site|project|deadline|on call|shift|training|conference|client|clients|travel(?:ling|ing)? for)\b/,
  ],
]

const spelled = (text: string): string =>
  text
    .toLowerCase()
    .replace(GREETS, '')
    .replace(/[’‘]/g, "'")
    .replace(/\s*[–—]\s*/g, ', ')
    .replace(/\b(?:five|ten|fifteen|twenty|thirty|forty|fifty)\b/g, (word) => NUMBERS[word] ?? word)
    .replace(/\bcouldn'?t\b/g, 'could not')
    .replace(/\bi'?ll\b/g, 'i will')
    .replace(/\bi'?m\b/g, 'i am')
    .replace(/\bi've\b/g, 'i have')
    .replace(/\bi'd\b/g, 'i would')
    .replace(/\bcan'?t\b/g, 'cannot')
    .replace(/\bwon'?t\b/g, 'will not')
    .replace(/\s+/g, ' ')
    .trim()

const NUMBERS: Readonly<Record<string, string>> = {
  five: '5',
  ten: '10',
  fifteen: '15',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
}

const isWord = /^[a-z0-9 ',.;!:()-]+$/
const KNOWN =
  /\b(?:i|the|will|present|cannot|meeting|sorry|late|online|absent|join|attend|come|coming|count|unable|zoom|minutes?|mins?|running|make it|dial|remotely|remote|attending|able|excuse|participate|me)\b/

type Clause = Readonly<{ text: string; state: AnswerState | 'apart' | null; why: string; minutes: number }>

function readClause(text: string): Clause {
  const late = LATE.exec(text)
  const found = (state: Clause['state'], why = '', minutes = 0): Clause => ({ text, state, why, minutes })
  if (late) return found('late', late.groups?.why ?? '', minutesOf(late.groups ?? {}))
  if (APART.test(text)) return found('apart')
  if (ONLINE.test(text)) return found('online')
  const absent = ABSENT.exec(text)
  if (absent) return found('absent', absent.groups?.why ?? '')
  if (PRESENT.test(text) && text !== 'in') return found('present')
  return found(null)
}

function minutesOf({ n, m, after, half, quarter, hour }: Readonly<Record<string, string | undefined>>): number {
  if (half) return 30
  if (quarter) return 15
  return hour ? 60 : Number(n ?? m ?? after ?? 0)
}

/** Where a new clause begins: "I am on duty, so I cannot come", "I have the flu and can't come". */
const BREAK = /[.,;!?]+ |[.,;!]+$| (?=so i )| (?=but i )| (?=and (?:i )?(?:cannot|will|am) )| (?=therefore )/

function absentFor(why: string): Understanding {
  if (!why) return { kind: 'answer', state: 'absent' }
  return { kind: 'answer', state: 'absent', reasonKind: kindIn(why) ?? 'other', reasonText: why }
}

const kindIn = (why: string): ReasonKind | undefined => REASONS.find(([, words]) => words.test(why))?.[0]

/** The kind of a text that is only a reason: "business trip". "Son" alone is somebody's name without its accents. */
export function englishReason(text: string): ReasonKind | null {
  const why = spelled(text)
  return (isWord.test(why) && kindIn(why.replace(/(?<!my )\bson\b/g, ''))) || null
}

const lateBy = (minutes: number): Understanding =>
  minutes > 0 && minutes <= 180
    ? { kind: 'answer', state: 'late', minutesLate: minutes }
    : { kind: 'answer', state: 'late' }

/** English, clause by clause: one answer, and clauses that give its reason; anything else is left to be asked about. */
export function understandEnglish(text: string): Understanding {
  const words = spelled(text).replace(ASKS, '').trim()
  if (!isWord.test(words) || !KNOWN.test(words) || DOUBT.test(words)) return NONE
  // A sentence may be whole with its commas; else its clauses are read one by one.
  const one = readClause(words)
  const clauses = one.state
    ? [one]
    : words
        .split(BREAK)
        .map((part) => part.trim())
        .filter((part, at, all) => part !== '' && (at === all.length - 1 || !BEFORE.test(part)))
        .map(readClause)
  if (clauses.some((clause) => clause.state !== null && NOT_OWN.test(clause.text))) return NONE
  const states = new Set(clauses.map(({ state }) => state).filter((state) => state !== null))
  if (states.has('online')) states.delete('apart')
  const [state] = states
  if (states.size !== 1 || !state || state === 'apart') return NONE
  const said = clauses.find((clause) => clause.state === state) as Clause
  const beside = clauses
    .filter((clause) => clause.state === null && !COURTESY.test(clause.text))
    .map((clause) => clause.text)
  if (state === 'absent' && beside.some((clause) => /\b(?:coming|attending|joining|be there)\b/.test(clause)))
    return NONE
  if (state === 'absent') return absentFor(said.why || beside.join(', '))
  if (state !== 'online' && beside.some((clause) => /\b(?:cannot|not|late|absent|online)\b/.test(clause))) return NONE
  if (clauses.slice(clauses.indexOf(said)).some((one) => one !== said && /\bbut\b/.test(one.text))) return NONE
  return state === 'late' ? lateBy(said.minutes) : { kind: 'answer', state }
}

const COURTESY =
  /^(?:(?:hi|hello|dear|all|comrades?|yes|no|no worries|of course|definitely|start without|please|now|ok|okay|sure|sorry|thanks|thank you|unfortunately|sir|everyone|apologies|my|and|but|so|see you)[ ]?)+$/
