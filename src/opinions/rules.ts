import { findNamed } from '../attendance/answers-names.js'
import { fold, nfc } from '../core/text.js'
import type { MarkState, OpinionKind } from '../database/generated/enums.js'

export type { OpinionKind }

const SPEAK =
  /^(?:(?:em|tôi|toi|mình|minh|cháu|chau|con|i)\s+)?(?:(?:muốn|muon|xin|đăng ký|dang ky|đk|want to|would like to|ask to)\s+)+(?:được\s+|duoc\s+)?(?:phát biểu|phat bieu|nói|noi|speak)(?:\s+(?:ạ|a))?(?![\p{L}\p{M}])/iu

/** What a member's words are: an opinion, or that they want to speak, and of what. */
export function readOpinion(said: string): Readonly<{ kind: OpinionKind; text: string | null }> {
  const text = nfc(said).trim()
  const found = SPEAK.exec(text)
  if (!found) return { kind: 'opinion', text }
  return { kind: 'speak', text: text.slice(found[0].length).replace(/^[\s,.:;–-]+|[\s.!]+$/gu, '') || null }
}

/** Somebody of the roll-call; numbered from 1 in its order. */
export type Listed = Readonly<{ personId: string; fullName: string; label: string; state: MarkState }>

export type SpeakerProblem = Readonly<{ kind: 'out-of-range' | 'several' | 'unread' | 'absent'; words: string }>

/** `spoke`: false where they are said not to have spoken. */
export type SpeakersReading = Readonly<{
  spoke: boolean
  people: readonly Listed[]
  problems: readonly SpeakerProblem[]
}>

const isAbsent = ({ state }: Listed): boolean => state === 'excused' || state === 'unexcused'

const BETWEEN = /[,;\n]|\s(?:và|va|and)\s/iu
const LEAD = /^(?:(?:đồng chí|dong chi|đ\/c|các|so|số|gồm|là|no)\.?\s+)+(?=\d)/iu
const NOT = /^(?:bỏ|bo|trừ|tru|không|khong|ko|xóa|xoa|not)\s+/iu
const EVERYBODY = ['tat ca', 'moi nguoi', 'ca chi bo', 'all', 'everyone', 'everybody']

type Part = Readonly<{ people: readonly Listed[] } | { problem: SpeakerProblem['kind']; words: string }>

function numbered(from: string, to: string, all: readonly Listed[], words: string): Part {
  const [first, last] = [Number(from), Number(to)]
  if (first < 1 || first > last || last > all.length) return { problem: 'out-of-range', words }
  return { people: all.slice(first - 1, last) }
}

function readPart(part: string, all: readonly Listed[]): Part[] {
  const plain = part.trim().replace(LEAD, '')
  const range = /^(\d{1,3})\s*(?:-|–|đến|den|to)\s*(\d{1,3})$/iu.exec(plain)
  if (range) return [numbered(range[1] ?? '', range[2] ?? '', all, plain)]
  if (/^\d{1,3}(?:\s+\d{1,3})*$/.test(plain)) return plain.split(/\s+/).map((one) => numbered(one, one, all, one))
  if (EVERYBODY.includes(fold(plain))) return [{ people: all.filter((one) => !isAbsent(one)) }]
  const { matches, rest } = findNamed(plain, all)
  if (matches.length === 0 || rest !== '') return [{ problem: 'unread', words: plain }]
  if (matches.length > 1) return [{ problem: 'several', words: matches.map((one) => one.label).join(', ') }]
  return [{ people: matches }]
}

/**
 * Who spoke, by the numbers of the roll-call or by name: "3, 7, 12", "3-5, Lan", "bỏ 7" for who did not. Whoever the roll-call has as absent did
 * not. What is certain is taken, what is not is a problem with the writer's words. Pure.
 */
export function readSpeakers(text: string, all: readonly Listed[]): SpeakersReading {
  const said = nfc(text).replace(/^[\s:]+|[\s.!]+$/gu, '')
  const spoke = !NOT.test(said)
  const parts = said
    .replace(NOT, '')
    .split(BETWEEN)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => readPart(part, all))
  const meant = parts.flatMap((one) => ('people' in one ? one.people : []))
  const people = all.filter((one) => meant.includes(one) && !(spoke && isAbsent(one)))
  const absent = all.filter((one) => meant.includes(one) && spoke && isAbsent(one))
  return {
    spoke,
    people,
    problems: [
      ...parts.flatMap((one) => ('problem' in one ? [{ kind: one.problem, words: one.words }] : [])),
      ...absent.map(({ label }) => ({ kind: 'absent' as const, words: label })),
    ],
  }
}
