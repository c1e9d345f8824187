import {
  cleanText,
  match,
  matchAny,
  type Pattern,
  pattern,
  type Reader,
  type Slots,
  scanAll,
  take,
  textBetween,
  tokenize,
} from './parse-tokens.js'
import type { MeetingKind } from './parse-types.js'

/** A line on its way: what is not read yet, and the text that positions refer to. */
export type Line = Readonly<{ text: string; all: Slots; slots: Slots }>

export function openLine(raw: string): Line {
  const text = cleanText(raw)
  const slots = tokenize(text)
  return { text, all: slots, slots }
}

export const without = (line: Line, from: number, to: number): Line => ({ ...line, slots: take(line.slots, from, to) })

const PLACE_LABELS = [
  pattern('tại|ở địa điểm|điểm|chỗ? :?'),
  pattern('địa điểm :?'),
  pattern('tại|ở :?'),
  pattern('at the?'),
]
const NOT_PLACE = [pattern('tại sao'), pattern('tai lieu|san|chinh'), pattern('at #'), pattern('at last|first|once')]
const PLACE_NAMES = [
  'hội trường',
  'nhà văn hóa',
  'phòng họp',
  'trụ sở',
  'văn phòng',
  'nhà sinh hoạt',
  'nvh',
  'ht',
  'nhà riêng',
].map(pattern)
const AGENDA_LABELS = ['với? nội dung :?', 'chương trình họp? :?', 'về việc :?', 'agenda :?'].map(pattern)
const TOPIC_LABEL = pattern('chuyên đề :')
const STOPS = [
  pattern('vào? lúc'),
  pattern('vào hồi|ngày|thứ|tối|chiều|sáng'),
  pattern('hồi #'),
  pattern('với? nội dung'),
  pattern('với? chương trình'),
  pattern('thời gian'),
  pattern('hằng|hàng|mỗi tháng'),
  pattern('ngày|mùng|mồng %|cuối|đầu'),
  pattern('thứ %'),
  pattern('chủ nhật'),
  pattern('# / # / #'),
  pattern('# giờ|h|: #?'),
  pattern('chuyên đề'),
  pattern('( có|kết|trực|online|zoom'),
  pattern('có|kết|và|hoặc|không? trực tuyến'),
  pattern('có|và|hoặc? online|zoom'),
  pattern('kết hợp'),
  pattern('trân trọng'),
  pattern('kính mong|mời|đề'),
  pattern('đề nghị'),
  pattern('địa điểm'),
  pattern('sáng|chiều|tối ngày|thứ|mai|nay|#'),
  pattern('at #'),
  pattern('on the? #|monday|tuesday|wednesday|thursday|friday|saturday|sunday'),
  pattern('every|each month'),
  pattern('thematic'),
]
const SHORT_DATE = pattern('# / #')
const STREET = pattern('đường|phố|ngõ|ngách|hẻm|số|kiệt|nhà|phòng|tổ|xóm|khu')
const SEMICOLON = pattern(';')
const FULL_STOP = pattern('.')

/** A full stop ends a sentence where a space follows; "TP.HCM" and "P.201" go on. */
const endsSentence = (slots: Slots, at: number): boolean => {
  const next = slots[at + 1]
  return match(FULL_STOP, slots, at) !== null && !next?.glued
}

/** "tại Nhà văn hoá 25/12" ends before the date; "tại 15 đường 3/2" does not. */
const beginsDate = (slots: Slots, at: number, first: number): boolean =>
  at > first && match(SHORT_DATE, slots, at) !== null && !match(STREET, slots, at - 1)

function ends(slots: Slots, at: number, first: number): boolean {
  const token = slots[at]
  if (!token) return true
  if (token.breaks || match(SEMICOLON, slots, at) || endsSentence(slots, at)) return true
  return matchAny(STOPS, slots, at) !== null || beginsDate(slots, at, first)
}

function endOf(slots: Slots, first: number, stop: (at: number) => boolean): number {
  let at = first + 1
  while (at < slots.length && !stop(at)) at++
  return Math.min(at, slots.length)
}

type Words = Readonly<{ line: Line; words: string | null }>

function cut(line: Line, from: number, first: number, to: number): Words {
  const words = textBetween(line.text, line.slots, first, to)
  return words ? { line: without(line, from, to), words } : { line, words: null }
}

const labelAt =
  (labels: readonly Pattern[], but: readonly Pattern[]): Reader<null> =>
  (slots, at) => {
    const found = matchAny(but, slots, at) ? null : matchAny(labels, slots, at)
    return found && { value: null, next: found.next }
  }

/** What stands behind "tại" (or begins with "Hội trường"), as it was written, up to what is something else. */
export function takePlace(line: Line): Words {
  const labelled = scanAll(line.slots, labelAt(PLACE_LABELS, NOT_PLACE)).at(-1)
  const named = scanAll(line.slots, labelAt(PLACE_NAMES, []))[0]
  const start = labelled?.start ?? named?.start
  const first = labelled?.next ?? named?.start
  if (start === undefined || first === undefined || ends(line.slots, first, first)) return { line, words: null }
  return cut(
    line,
    start,
    first,
    endOf(line.slots, first, (at) => ends(line.slots, at, first)),
  )
}

const AGENDA_ENDS = [
  pattern('thời gian'),
  pattern('địa điểm'),
  pattern('tại hội|nhà|phòng|trụ|văn'),
  pattern('vào? lúc'),
  pattern('vào hồi'),
  pattern('trân trọng'),
  pattern('đề nghị'),
  pattern('kính mong|đề'),
]

/** "nội dung: A; B; 19h tại C": a semicolon ends the agenda only where the hour, the day or the place follows. */
const AFTER_AGENDA = [
  '# giờ|h|g|:|/',
  'vào|lúc|ngày|mùng|thứ|tối|sáng|chiều|tại|ở',
  'địa điểm',
  'thời gian',
  'hội trường',
].map(pattern)

/** "1. Sơ kết; 2. Kế hoạch", on one line or on lines of their own, is one agenda. */
const BULLETS = ['# .|)|/', '-|+|•|*'].map(pattern)
const NUMBER = pattern('#')

function agendaEnds(slots: Slots, at: number): boolean {
  const token = slots[at]
  if (!token) return true
  if (token.breaks) return matchAny(BULLETS, slots, at) === null
  if (match(SEMICOLON, slots, at)) return matchAny(AFTER_AGENDA, slots, at + 1) !== null
  if (matchAny(AGENDA_ENDS, slots, at)) return true
  return endsSentence(slots, at) && !match(NUMBER, slots, at - 1)
}

/** What stands behind "nội dung:" up to the end of its sentence or line. */
export function takeAgenda(line: Line): Words {
  const label = scanAll(line.slots, labelAt([...AGENDA_LABELS, TOPIC_LABEL], []))[0]
  if (!label) return { line, words: null }
  const keep = match(TOPIC_LABEL, line.slots, label.start) ? label.next : label.start
  return cut(
    line,
    keep,
    label.next,
    endOf(line.slots, label.next, (at) => agendaEnds(line.slots, at)),
  )
}

const KINDS: readonly (readonly [MeetingKind, Pattern])[] = [
  ['thematic', pattern('sinh? hoạt? chuyên đề')],
  ['thematic', pattern('thematic')],
  ['cell_committee', pattern('họp? chi|cấp ủy')],
  ['cell_committee', pattern('cell committee')],
  ['regular', pattern('thường|định kỳ')],
]
const ONLINE: readonly (readonly [boolean, Pattern])[] = [
  [false, pattern('không có|họp|kết? hợp? trực tuyến|online')],
  [false, pattern('không trực|online tuyến?')],
  [false, pattern('họp? trực tiếp')],
  [true, pattern('(? có|kết|và|hoặc? hợp? trực tuyến )?')],
  [true, pattern('(? có|và|hoặc? online|zoom|meet|teams )?')],
]

function takeFirst<T>(
  line: Line,
  table: readonly (readonly [T, Pattern])[],
): Readonly<{ line: Line; value: T | null }> {
  for (const [value, form] of table) {
    const hit = scanAll(line.slots, labelAt([form], []))[0]
    if (hit) return { line: without(line, hit.start, hit.next), value }
  }
  return { line, value: null }
}

export type Outer = Readonly<{
  line: Line
  place: string | null
  agenda: string | null
  online: boolean | null
  kind: MeetingKind
}>

/** Place, agenda, kind and online: what has to be out of the way before days and hours are looked for. */
export function takeOuter(raw: string): Outer {
  const agenda = takeAgenda(openLine(raw))
  const place = takePlace(agenda.line)
  const kind = takeFirst(place.line, KINDS)
  const online = takeFirst(kind.line, ONLINE)
  return {
    line: online.line,
    place: place.words,
    agenda: agenda.words,
    online: online.value,
    kind: kind.value ?? 'regular',
  }
}
