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

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** bảo mật, cơ mật, thân mật; mật độ, mật ong, mật khẩu, mật mã, mật thiết. */
const HARMLESS_BEFORE = set('bao co than')
const HARMLESS_AFTER = set('do ong khau ma thiet')
/** Typed bare it may also be mặt, mất, mắt: có mặt, vắng mặt, ra mắt, gặp mặt, thay mặt, bề mặt; mặt trận, mặt bằng, mất mùa. */
const BARE_HARMLESS_BEFORE = set('vang ra gap thay truoc be')
const BARE_HARMLESS_AFTER = set('tran bang hang troi trang san mua kinh')
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
  const neighbours = [before?.folded ?? '', after?.folded ?? ''] as const
  if (HARMLESS_BEFORE.has(neighbours[0]) || HARMLESS_AFTER.has(neighbours[1])) return null
  if (isExact) return isLabel(words, at) ? 'secret' : 'unclear'
  return BARE_HARMLESS_BEFORE.has(neighbours[0]) || BARE_HARMLESS_AFTER.has(neighbours[1]) ? null : 'unclear'
}

/** "MẬT" in capitals, or said of a paper ("tài liệu mật"); elsewhere a person's name ("đồng chí Mật") is possible. */
const isLabel = (words: readonly Word[], at: number): boolean =>
  words[at]?.typed === 'MẬT' || LABELLED.test(words[at - 1]?.folded ?? '')

/** Standing alone between brackets, dashes or the ends: "[Mật] Báo cáo", "Báo cáo_mật". */
const ALONE = /(?:^|[[(_\-–:|])\s*mật\s*(?:$|[\])_\-–:|])/iu

/**
 * Looks for the markings of secrecy MẬT, TỐI MẬT, TUYỆT MẬT in a title or a file name.
 *
 * Only fully accented ones are certain. Without accents "MAT" is also mặt, mất or mắt: unclear, unless the word
 * beside it makes it an everyday one ("co mat", "mat tran", "bao mat"). Accented mặt, mất, mắt are never a marking.
 */
export function findMarking(titleOrFileName: string): Marking {
  if (ALONE.test(titleOrFileName.normalize('NFC').replace(EXTENSION, ''))) return 'secret'
  const words = wordsOf(titleOrFileName)
  const found = words.flatMap((word, at) =>
    is(word, 'mật') || word.typed.toLowerCase() === 'mat' ? [markingAt(words, at)] : [],
  )
  if (found.includes('secret')) return 'secret'
  return found.includes('unclear') ? 'unclear' : null
}
