import { fold, nfc } from '../../core/text.js'

/** What a line below a header holds. */
export type LineKind =
  | Readonly<{ kind: 'blank' }>
  | Readonly<{ kind: 'total'; count: number | null }>
  | Readonly<{ kind: 'signature' }>
  | Readonly<{ kind: 'unit' | 'section'; name: string }>
  | Readonly<{ kind: 'person' }>
  | Readonly<{ kind: 'remark' }>

/** The filled cells of a line, and what the columns say of it. */
export type LineFacts = Readonly<{
  texts: readonly string[]
  number: string
  name: string
  /** A birth, a day of joining or a phone number stands there: whoever has one is a person. */
  hasParticulars: boolean
}>

// With accents where there is a name that folds alike: Tống is a family name, and so is Công; "Tổng phụ trách" is a post.
const TOTAL = /^(tổng (cộng|số)|tổng($|\s*:)|tong (cong|so)\b|cộng($|\s*:|\s*\d)|danh sách (này )?(có|gồm))/iu
const NUMERAL = /^\s*([IVXLC]+|[A-H]|\d{1,2})\s*[.)\-:–]\s*/
const UNIT = /^(chi bo|dang bo)\b/
const SECTION = /^(to dang|to \d|to dan pho|nhom \d|khoi |phong |bo phan |khu pho |khom |ap |thon )/
const STRONG_SIGNATURE =
  /^(nguoi lap|lap bieu|lap bang|t m\b|tm\b|thay mat|k t\b|xac nhan cua|thu truong|noi nhan|ky ten|nguoi kiem|nguoi duyet)/
const WEAK_SIGNATURE = /^(bi thu|pho bi thu|chi uy|chu ky|da ky|ky ghi ro ho ten|ky va ghi ro.*)( chi bo| dang uy)?$/
const PLACE_AND_DAY = /^(\S+ ){0,6}ngay \d* ?thang \d* ?nam( \d+)?$/

const firstNumber = (texts: readonly string[]): number | null => {
  const match = /\d+/.exec(texts.join(' '))
  return match ? Number(match[0]) : null
}

const isSignature = (facts: LineFacts): boolean =>
  facts.texts.map(fold).some((text) => STRONG_SIGNATURE.test(text) || PLACE_AND_DAY.test(text)) ||
  (facts.name === '' && facts.texts.some((text) => WEAK_SIGNATURE.test(fold(text))))

/** "II. Tổ đảng 2 (12 đồng chí)" → "Tổ đảng 2". */
const bare = (text: string): string =>
  text
    .replace(NUMERAL, '')
    .replace(/\s*[(:–-]\s*\d+\s*(đồng chí|đảng viên|đ\/c|đv|người).*$/iu, '')
    .replace(/\s*[:.]\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()

/** The heading of a section: one text, perhaps with its numeral in the column before. */
function heading(facts: LineFacts): LineKind | null {
  const distinct = [...new Set(facts.texts)].filter((text) => !/^\(?\d+\)?$|^[IVXLC]+\.?$|^[A-H]\.?$/.test(text.trim()))
  const [text, ...rest] = distinct
  if (text === undefined || rest.some((one) => !/^\d+ (đồng chí|đảng viên)/u.test(one))) return null
  const words = fold(bare(text))
  if (UNIT.test(words)) return { kind: 'unit', name: bare(text) }
  const numbered = /^[IVXLC]+[.)]?$/.test(facts.texts[0]?.trim() ?? '') || /^[IVXLC]+\s*[.)\-:]\s*\p{L}/u.test(text)
  return SECTION.test(words) || numbered ? { kind: 'section', name: bare(text) } : null
}

export function lineKind(facts: LineFacts): LineKind {
  const texts = facts.texts.map((text) => nfc(text).trim())
  // A number alone: a line that was prepared for somebody.
  if (texts.length <= 1 && texts.every((text) => /^\(?\d*[).]?$/.test(text)) && facts.name === '')
    return { kind: 'blank' }
  if (texts.some((text) => TOTAL.test(text))) return { kind: 'total', count: firstNumber(texts) }
  if (facts.hasParticulars) return { kind: 'person' }
  const title = heading({ ...facts, texts })
  if (title) return title
  if (!/\d/.test(facts.number) && isSignature(facts)) return { kind: 'signature' }
  return facts.name !== '' || /\d/.test(facts.number) ? { kind: 'person' } : { kind: 'remark' }
}
