import {
  ASKED_TO,
  ASKS_FOR_SELF,
  BEFORE_OBJECT,
  FIRST_PERSON,
  KIN,
  PREDICATES,
  SELF,
  SEVERAL,
  TITLES,
} from './lexicon.js'
import { isReasonWord } from './reasons.js'
import { keyOf } from './typing.js'
import { GIVEN_NAMES, REAL } from './vocabulary.js'

/** Who does what a clause says. `kin`: of the speaker's; `other`: somebody with a name or a title. */
export type Who = 'self' | 'kin' | 'other' | 'several'

/** `word`: what the speaker calls themselves. Positions half-open. */
export type Subject = Readonly<{ who: Who; word: string; from: number; to: number }>

const isPerson = (word: string): boolean => SELF.has(word) || TITLES.has(word)
const PLURAL = /^(?:các|những|hai|ba|cả|mấy|nhiều|bốn)$/
/** Somebody of the family or of the house: "ông nhà tôi", "bà nhà mình". */
const SPOUSE = /^(?:ông|bà)$/
const HOUSE = /^(?:nhà|nhà_tôi|nhà_em|nhà_mình)$/
const CHILD = /^(?:con|cháu)$/
/** Said of oneself with the name: "em Thảo đây", "tôi là Ba". */
const INTRODUCES = /^(?:là|tên|đây)$/

/** A word that may stand right behind a subject; any other behind a title is a name. */
const isPredicate = (word: string | undefined, isCue: boolean): boolean =>
  word === undefined || isCue || PREDICATES.has(word) || isReasonWord(word) || /^(?:ơi|ạ|\d+)$/.test(word)

/** "Lan ốm, xin nghỉ": a name that is no word besides. */
const isGivenName = (word: string): boolean =>
  (GIVEN_NAMES.has(keyOf(word)) && !REAL.has(word)) || /^(?:hai|tư|sáu|bảy|tám|chín|út)$/.test(word)

const isAnyName = (word: string): boolean => word === 'nam' || GIVEN_NAMES.has(keyOf(word))

/** "trưởng ấp", "phó phòng". */
const HEADS = /^(?:trưởng|phó)$/
/** With a name or an owner behind it: "bác sĩ Nam", "giám đốc em". */
const TRADES = /^(?:bác_sĩ|bác_sỹ|y_tá|kỹ_sư|luật_sư|giám_đốc|kế_toán)$/
/** Titles by which one calls whom one writes to: "bí thư, em vắng". */
const CALLED = /^(?:đồng_chí|bí_thư|phó_bí_thư|ban_chi_ủy|chi_ủy|cấp_ủy|thủ_trưởng|thầy|bạn)$/

/** Reads the person that begins at `at`, if one does. `cues`: positions where an answer begins. */
function personAt(
  words: readonly string[],
  at: number,
  cues: ReadonlySet<number>,
  times: ReadonlySet<string>,
): Subject | null {
  const word = words[at] ?? ''
  const next = words[at + 1]
  const found = (who: Who, length = 1): Subject => ({ who, word, from: at, to: at + length })
  if (SEVERAL.has(word)) return found('several')
  if (HEADS.test(word) && next !== undefined) return found('other', 2)
  if (TRADES.test(word) && next !== undefined && (isAnyName(next) || (SELF.has(next) && cues.has(at + 2))))
    return found('other', 2)
  if (at === 0 && isGivenName(word) && next !== undefined && isPredicate(next, cues.has(1))) return found('other')
  if (
    PLURAL.test(word) &&
    next !== undefined &&
    !FIRST_PERSON.has(next) &&
    (isPerson(next) || KIN.has(next) || SEVERAL.has(next))
  )
    return found('several', 2)
  if (word === 'ba' && !cues.has(at + 1) && !(next !== undefined && SELF.has(next))) return null // the number, as long as it is nobody's father
  if (KIN.has(word) || HOUSE.test(word)) {
    const owner = next !== undefined && SELF.has(next) ? 2 : 1
    if (word === 'nhà_tôi' || word === 'nhà_em' || word === 'nhà_mình' || (word === 'nhà' && owner === 2)) {
      const then = words[at + owner]
      return then === undefined || /^(?:có|bận|đang|neo_người|hai|ở)$/.test(then) || isReasonWord(then)
        ? null
        : found('kin', owner)
    }
    return word === 'nhà' ? null : found('kin', owner)
  }
  // "chi Yen", "ong Nam" in a text with accents: whose title went without its own.
  if (/^(?:chi|ong)$/.test(word) && next !== undefined && !isPredicate(next, cues.has(at + 1))) return found('other', 2)
  if (!isPerson(word)) return null
  if (/^(?:anh|chị|chú|cô|bác|cụ|mợ|dì)$/.test(word) && /^(?:nhà_tôi|nhà_em|nhà_mình)$/.test(next ?? ''))
    return found('kin', 2)
  if (SPOUSE.test(word) && next !== undefined && HOUSE.test(next))
    return found('kin', words[at + 2] && SELF.has(words[at + 2] ?? '') ? 3 : 2)
  if (CHILD.test(word) && next !== undefined && /^(?:em|tôi|mình|nhà|anh|chị|nó)$/.test(next)) return found('kin', 2)
  if (FIRST_PERSON.has(word)) return found('self')
  if (next !== undefined && SELF.has(next) && !FIRST_PERSON.has(next))
    return found(CALLED.test(word) ? 'self' : 'several', 2) // "sếp em vắng" says not who
  if (next !== undefined && FIRST_PERSON.has(next))
    return found(TITLES.has(word) && !SELF.has(word) ? 'other' : 'kin', 2) // "anh tôi", "mẹ tôi"; who is addressed is gone already
  if (INTRODUCES.test(words[at + 2] ?? '') && SELF.has(word)) return found('self', 3)
  if (word === 'em' && next !== undefined && !GIVEN_NAMES.has(keyOf(next))) return found('self') // "em bàn giao xong"
  const known = isPredicate(next, cues.has(at + 1)) || (next !== undefined && times.has(next) && next !== 'mai')
  if (TITLES.has(word) && !(known && SELF.has(word))) return found('other', known ? 1 : 2) // "thầy xin vắng" may be a teacher
  if (next !== undefined && !known) return found('other', 2)
  return found('self')
}

/** "cho mẹ nghỉ họp": leave is asked for whoever stands before it. */
const EXCUSED = /^(?:vắng|vắng_mặt|nghỉ|kiếu|khất|xin|xin_phép)$/
/** Whose head has just been named. */
const OWNED = new Set(
  'trường truong to lớp cơ_quan công_ty đơn_vị xóm thôn ấp làng xã phường tổ phòng khoa trạm khu_phố đoàn hội chi_bộ xưởng'.split(
    ' ',
  ),
)

const isAddressee = (words: readonly string[], { who, from, to }: Subject): boolean =>
  (who === 'other' || SELF.has(words[from] ?? '')) &&
  ASKED_TO.has(words[to] ?? '') &&
  words.slice(to).some((word, at, all) => at > 0 && FIRST_OR_YOUNG.test(word) && ASKED_TO.has(all[0] ?? ''))
const FIRST_OR_YOUNG = /^(?:em|tôi|mình|cháu|con|bác|cô|chú)$/

/**
 * Everybody in the clause who may be the one that acts, in order. Who is only acted upon ("đưa con đi tiêm", "họp với anh
 * Nam") is left out, and so is who is asked to write it down ("anh ghi tên em").
 */
export function subjectsOf(
  words: readonly string[],
  cues: ReadonlySet<number>,
  times: ReadonlySet<string>,
): readonly Subject[] {
  const subjects: Subject[] = []
  for (let at = 0; at < words.length; ) {
    const subject = personAt(words, at, cues, times)
    if (!subject) {
      at++
      continue
    }
    const before = words[at - 1] ?? ''
    const excused = before === 'cho' && EXCUSED.test(words[subject.to] ?? '')
    const asked = excused || (ASKS_FOR_SELF.has(before) && (subject.who === 'self' || subject.who === 'several'))
    const joins = /^(?:với|và|cùng)$/.test(before) && subjects.length > 0
    const owns = OWNED.has(before) && subjects.some(({ who }) => who === 'other') // "cô hiệu trưởng trường em"
    if (joins) subjects.push({ ...subject, who: 'several' })
    else if (!owns && (asked || (!BEFORE_OBJECT.has(before) && !isAddressee(words, subject)))) subjects.push(subject)
    at = subject.to
  }
  return subjects
}
