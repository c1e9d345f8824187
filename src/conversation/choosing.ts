import { fold, nfc } from '../core/text.js'
import { FIRST_NUMBER, numbered } from '../messaging/plain.js'
import type { Offer, OfferedChoice } from './offers.js'

export type Option = Readonly<{ offer: Offer; choice: OfferedChoice }>

export type Chosen =
  | Readonly<{ kind: 'choice'; way: 'digit' | 'words' } & Option>
  /** Several messages offer it under the same number or words. */
  | Readonly<{ kind: 'several'; options: readonly Option[] }>
  /** The rest of what this message offers. */
  | Readonly<{ kind: 'rest'; offer: Offer }>

/** "11", "11.", "(11)", "số 11", full-width digits too. */
const NUMBER = /^\(?(?:số |so |chọn |chon )?\s*([1-9]\d{1,3})\s*[.):]?$/i
/** Digits that are no single number of ours: "11 12", "011", "11,12". */
const DIGITS = /^[\s\d.,;:)(+&/-]*\d[\s\d.,;:)(+&/-]*$/

const NEXT = new Set(['tiep', 'tiep theo', 'tiep tuc', 'xem tiep', 'trang sau', 'next', 'more'])

/** Nothing longer is a label. */
const LABEL = 120

const plainly = (text: string): string => text.normalize('NFKC').trim()

export const isNumbers = (text: string): boolean => DIGITS.test(plainly(text))

const words = (text: string): string =>
  nfc(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()

/**
 * Whether a text is a choice's words, typed with its accents or without any: "vâng" (yes) is not "Vắng" (absent). Answers
 * to a meeting are left to those who read everyday words, as their digits are to the command that knows today's meeting.
 */
function isLabel(text: string, { label, digit }: OfferedChoice): boolean {
  const typed = words(text)
  if (typed === '' || digit !== undefined) return false
  return typed === words(label) || (typed === fold(text) && typed === fold(label))
}

const same = (a: OfferedChoice, b: OfferedChoice): boolean =>
  a.command === b.command && JSON.stringify(a.args) === JSON.stringify(b.args)

/** One choice, or the question which of them. What means the same in two messages is one. */
function oneOf(all: readonly Option[], way: 'digit' | 'words'): Chosen | null {
  const options = all.filter((one, at) => all.findIndex((other) => same(one.choice, other.choice)) === at)
  const [only, ...others] = options
  if (!only) return null
  return others.length === 0 ? { kind: 'choice', way, ...only } : { kind: 'several', options }
}

const byNumber = (offers: readonly Offer[], number: number): Option[] =>
  offers.flatMap((offer) =>
    // Only where numbers stood: elsewhere "15" is what somebody says in minutes.
    offer.below === undefined
      ? []
      : numbered(offer.choices)
          .filter((one) => one.number === number)
          .map(({ choice }) => ({ offer, choice })),
  )

function turned(offers: readonly Offer[]): Chosen | null {
  for (const offer of offers) {
    if (offer.rest !== undefined) return { kind: 'rest', offer }
    const choice = offer.choices.flat().find((one) => one.next)
    if (choice) return { kind: 'choice', way: 'words', offer, choice }
  }
  return null
}

/** What a typed text chooses among the chat's current offers; null: nothing of theirs. Pure. */
export function choose(offers: readonly Offer[], text: string): Chosen | null {
  const typed = plainly(text)
  if (typed.length > LABEL) return null
  const number = Number(NUMBER.exec(typed)?.[1] ?? 0)
  if (number >= FIRST_NUMBER) return oneOf(byNumber(offers, number), 'digit')
  const named = offers.flatMap((offer) =>
    offer.choices
      .flat()
      .filter((choice) => isLabel(typed, choice))
      .map((choice) => ({ offer, choice })),
  )
  // Two of one label in one message or in several: asked back, in the words of their messages.
  return oneOf(named, 'words') ?? (NEXT.has(fold(typed)) ? turned(offers) : null)
}
