import { fold, nfc } from '../../core/text.js'
import type { Field } from './types.js'

/** The folded words over a column, from the top header row to the lowest. */
type Path = Readonly<{ whole: string; last: string; lastRaw: string }>

type Rule = readonly [Field, (path: Path) => boolean]

const has =
  (pattern: RegExp, not?: RegExp) =>
  ({ whole }: Path): boolean =>
    pattern.test(whole) && !not?.test(whole)

// Without accents "Nam" (male) and "Năm" (year) are one word.
const isMale = ({ last, lastRaw }: Path): boolean => last === 'nam' && !/ă/i.test(lastRaw)
const isFemale = ({ last }: Path): boolean => last === 'nu'
const isBirth = has(
  /^sinh\b|\b(ngay|nam|thang|sinh) .*\bsinh\b|^ngay sinh|\bntns\b|^ns$|\bbirth|\bborn\b/,
  /sinh hoat|noi sinh|sinh quan/,
)

/** The first rule that fits names the column. Their order is what makes them safe: narrow before wide. */
const RULES: readonly Rule[] = [
  ['number', has(/^(stt|so tt|tt|so thu tu|no)$/)],
  ['birthMale', (path) => isMale(path) && isBirth(path)],
  ['birthFemale', (path) => isFemale(path) && isBirth(path)],
  ['genderMale', isMale],
  ['genderFemale', isFemale],
  ['gender', has(/gioi tinh|^phai$|^nam nu$|^gender$|^sex$/)],
  ['familyName', ({ last }) => /^(ho|ho (va )?(ten |chu )?(dem|lot)|ho (va )?ten (dem|lot)|family name)$/.test(last)],
  ['givenName', ({ last }) => /^(ten|given name)$/.test(last)],
  [
    'fullName',
    has(
      /^(ho (va )?(chu )?(dem )?(va )?ten|ten dang vien|ten dong chi|dang vien$|ho ten|full name$|name$)/,
      /gioi thieu|\b(cha|me|vo|chong|con|than nhan)\b/,
    ),
  ],
  ['birth', isBirth],
  [
    'fullOn',
    has(
      /(ngay|thang|nam|dang|cong nhan|qd|vao).*chinh thuc|^chinh thuc$|full member since/,
      /^(so|noi|dang vien chinh thuc|so dang vien)\b/,
    ),
  ],
  [
    'admittedOn',
    has(
      /(ngay|thang|nam|vao|ket nap).*(du bi|ket nap|vao dang)|vao dang|ket nap|^du bi$|^admitted/,
      /^(so|noi|nguoi|chi bo)\b/,
    ),
  ],
  [
    'phone',
    has(
      /dien thoai|\bsdt\b|so dt\b|^dt\b|di dong|dtdd|^so lien lac|lien lac|zalo|phone|mobile/,
      /co quan|nha rieng|co dinh/,
    ),
  ],
  ['section', has(/^to( dang)?( so)?$|to dang|^to nhom|^nhom$|^section$/)],
  [
    'unitName',
    has(
      /^(ten )?(chi bo|don vi|to chuc dang|dang bo)|thuoc chi bo|^(noi )?sinh hoat( tai)?$|^unit$|^cell$/,
      /cong tac|lam viec|^chi bo (cong nhan|ket nap)/,
    ),
  ],
  ['role', has(/chuc vu|chuc danh|nhiem vu|^cv$|^role$/, /chinh quyen|chuyen mon|doan the|cong tac|mat tran/)],
  ['note', has(/ghi chu|^gc$|^notes?$|^remarks?$/)],
]

/** Which column this is by its header texts, or null for one that a roster has but nobody needs here (quê quán, dân tộc…). */
export function fieldOf(texts: readonly string[]): Field | null {
  const lastRaw = nfc(texts.at(-1) ?? '')
  // A hint on how to fill the column in is no part of its name: "Ngày sinh (dd/mm/yyyy)".
  const words = texts.map((text) => fold(text.replace(/\(?\b(dd|ngày|ng)\/(mm|tháng|th)\/(yyyy|yy|năm)\)?/i, '')))
  const path = { whole: words.filter(Boolean).join(' '), last: words.at(-1) ?? '', lastRaw }
  return RULES.find(([, fits]) => fits(path))?.[0] ?? null
}

const LOWER =
  /^(nam|nu|du bi|chinh thuc|ho|ho (va )?(ten )?(dem|lot)|ten|ngay( thang)?( nam)?|nam sinh|ngay ket nap|ket nap|cong nhan|di dong|co quan|nha rieng|dang|chinh quyen|doan the)$/

/** Words that only the lower row of a two-row header has. */
export const isLowerHeader = (text: string): boolean => LOWER.test(fold(text))
