import { fold } from '../core/text.js'
import type { MarkState, ReasonKind } from '../database/generated/enums.js'
import type { Meanings } from './roll-call-tokens.js'

/** What one stretch of a roll-call line means. `absent` says not yet whether with a reason. */
export type Meaning =
  | Readonly<{ kind: 'state'; state: 'absent' | Exclude<MarkState, 'excused' | 'unexcused'> }>
  | Readonly<{ kind: 'excuse'; state: 'excused' | 'unexcused'; reasonKind: ReasonKind | null }>
  | Readonly<{ kind: 'rest' | 'all' | 'full' | 'nothing' }>

const state = (value: Extract<Meaning, { kind: 'state' }>['state']): Meaning => ({ kind: 'state', state: value })
const excuse = (value: 'excused' | 'unexcused', reasonKind: ReasonKind | null = null): Meaning => ({
  kind: 'excuse',
  state: value,
  reasonKind,
})

export type Phrase<M> = Readonly<{ words: readonly string[]; meaning: M }>

/** Phrases of one meaning, between bars. */
export const phrases = <M>(meaning: M, all: string): Phrase<M>[] =>
  all.split('|').map((one) => ({ words: one.split(' '), meaning }))

const list = phrases<Meaning>

/** Whatever is not here is a name, or not understood. */
const PHRASES: readonly Phrase<Meaning>[] = [
  ...list(state('absent'), 'vắng|vắng mặt|nghỉ|không có mặt|ko có mặt|không đến|không dự|absent|not present'),
  ...list(state('present'), 'có mặt|đến dự|đã đến|dự họp|tham dự|có đi|present|here|attended'),
  ...list(state('late'), 'muộn|đến muộn|đi muộn|trễ|đến trễ|đi trễ|late'),
  ...list(state('online'), 'online|trực tuyến|dự trực tuyến|họp trực tuyến|on line|qua mạng'),
  ...list(state('unknown'), 'chưa rõ|không rõ|unknown'),
  ...list(
    excuse('excused'),
    'có lý do|có lí do|lý do|lí do|có phép|phép|xin phép|có xin phép|cp|excused|with reason|with a reason',
  ),
  ...list(excuse('unexcused'), 'không lý do|không lí do|không có lý do|không có lí do|ko lý do|ko lí do|ko có lý do'),
  ...list(excuse('unexcused'), 'k lý do|không phép|không có phép|ko phép|k phép|không xin phép|ko xin phép|kp'),
  ...list(excuse('unexcused'), 'unexcused|without reason|without a reason|no reason'),
  ...list(excuse('excused', 'health'), 'ốm|bệnh|sức khỏe|sức khoẻ|nằm viện|sick|ill|health'),
  ...list(excuse('excused', 'work'), 'công tác|đi công tác|work|on duty'),
  ...list(excuse('excused', 'family'), 'việc gia đình|gia đình|việc nhà|family'),
  ...list(excuse('excused', 'clash'), 'trùng lịch|clash'),
  ...list({ kind: 'rest' }, 'còn lại|the rest|rest|others|the others'),
  ...list({ kind: 'all' }, 'tất cả|mọi người|toàn bộ|cả chi bộ|toàn chi bộ|toàn thể|all|everyone|everybody'),
  ...list({ kind: 'full' }, 'đủ|đầy đủ|đông đủ|đủ cả|đủ mặt|có mặt đủ|có mặt đầy đủ|full'),
  ...list({ kind: 'nothing' }, 'đồng chí|đồng chí số|các|những|người|số|và|với|thì|là|đều|đc|đ c|anh|chị|bác|ông|bà'),
  ...list({ kind: 'nothing' }, 'cô|chú|ạ|à|nhé|nha|dạ|vâng|hôm nay|điểm danh|gồm|vì|do|đó là|có|xin|báo|cáo|báo cáo'),
  ...list({ kind: 'nothing' }, 'and|are|is|was|were|with|number|no|the|roll call'),
]

/** A word with its accents must be the phrase's own: "nghỉ" (absent) is not Nghị, "vắng" neither Vàng nor "vâng". */
const isWord = (typed: string | undefined, word: string): boolean => typed === word || typed === fold(word)

/** The longest of these phrases with which words (lower case, composed) begin. */
export function phraseBook<M>(all: readonly Phrase<M>[]): Meanings<M> {
  const byFirst = new Map<string, Phrase<M>[]>()
  // The longest first: "có mặt đủ" before "có mặt".
  for (const phrase of [...all].sort((a, b) => b.words.length - a.words.length)) {
    const first = fold(phrase.words[0] ?? '')
    byFirst.set(first, [...(byFirst.get(first) ?? []), phrase])
  }
  return (words) => {
    const found = byFirst
      .get(fold(words[0] ?? ''))
      ?.find((phrase) => phrase.words.every((word, at) => isWord(words[at], word)))
    return found ? { meaning: found.meaning, length: found.words.length } : null
  }
}

export const meaningOf = phraseBook(PHRASES)
