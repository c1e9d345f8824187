import { fold } from '../core/text.js'

/** `secret`: refused. `unclear`: the sender is asked. null: no marking in it. */
export type Marking = 'secret' | 'unclear' | null

type Word = Readonly<{ typed: string; folded: string }>

const EXTENSION = /\.(?:pdf|docx?|pptx?|xlsx?|jpe?g|png|gif|webp|heic|zip)$/i

/** File names are written CV_123_MAT, bao-cao-mat, TaiLieuMAT: everything but letters parts words, and so does a capital. */
const wordsOf = (text: string): Word[] =>
  text
    .normalize('NFC')
    .replace(EXTENSION, '')
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
    .map((typed) => ({ typed, folded: fold(typed) }))

const is = (word: Word | undefined, accented: string): boolean => word?.typed.toLowerCase() === accented

/** Everyday words with "mật" or, typed bare, "mặt, mất, mắt, mát": the word before it. */
const HARMLESS_BEFORE = new Set(
  'bao than co vang ra gap thay truoc be khuan bo guong nuoc chan tai khong tan cap ngay lam doi rau mat day dan kho tien duong lo truong'.split(
    ' ',
  ),
)
/** … or the word after it: mật độ, mật ong, mật khẩu, mật mã, mật thiết, mặt trận, mặt bằng, mất mùa, mắt kính. */
const HARMLESS_AFTER = new Set(
  'do ong khau ma thiet tran bang hang troi trang san tien nuoc dat khac dien hien mat mua an can kinh ngu phai tich'.split(
    ' ',
  ),
)
/** What is called secret: "tài liệu mật", "độ mật", "văn bản mật". */
const LABELLED = /^(?:lieu|ban|van|cao|do|dau|so|che|muc|cv|bc|dong)$/
const ABOUT_SECRECY = /(?:bao ve|luat|lo|giu|phap lenh|quy dinh ve) bi mat|bao mat/

function markingAt(words: readonly Word[], at: number): Marking {
  const word = words[at] as Word
  const before = words[at - 1]
  const after = words[at + 1]
  const isExact = is(word, 'mật')
  if (before?.folded === 'toi' || before?.folded === 'tuyet') {
    const exact = isExact && (is(before, 'tối') || is(before, 'tuyệt'))
    return exact ? 'secret' : 'unclear'
  }
  if (before?.folded === 'bi') return ABOUT_SECRECY.test(words.map(({ folded }) => folded).join(' ')) ? null : 'unclear'
  if (HARMLESS_BEFORE.has(before?.folded ?? '') || HARMLESS_AFTER.has(after?.folded ?? '')) return null
  return isExact ? labelAt(words, at) : 'unclear'
}

/** "MẬT" in capitals, alone at an end, or said of a paper is a label; elsewhere a name ("cô Mật") is possible. */
function labelAt(words: readonly Word[], at: number): Marking {
  const isCapital = words[at]?.typed === 'MẬT'
  const isFirstOrLast = at === 0 || at === words.length - 1
  return isCapital || isFirstOrLast || LABELLED.test(words[at - 1]?.folded ?? '') ? 'secret' : 'unclear'
}

/**
 * Looks for the markings of secrecy MẬT, TỐI MẬT, TUYỆT MẬT in a title or a file name.
 *
 * Only fully accented ones are certain. Without accents "MAT" is also mặt, mất or mắt: unclear, unless the word
 * beside it makes it an everyday one ("co mat", "mat tran", "bao mat"). Accented mặt, mất, mắt are never a marking.
 */
export function findMarking(titleOrFileName: string): Marking {
  const words = wordsOf(titleOrFileName)
  const found = words.flatMap((word, at) =>
    is(word, 'mật') || word.typed.toLowerCase() === 'mat' ? [markingAt(words, at)] : [],
  )
  if (found.includes('secret')) return 'secret'
  return found.includes('unclear') ? 'unclear' : null
}
