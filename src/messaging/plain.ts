import type { Translate } from '../core/i18n.js'
import { shorten } from '../core/text.js'
import type { Choice, OutgoingMessage } from './vocabulary.js'

/** The numbers below it are the answers' own digits, in every chat and at any time. */
export const FIRST_NUMBER = 11

/** One glance on a small phone. */
const LINES = 9
/** Rather three lines more than another message for them. */
const MOST_LINES = 12
/** A label of a button is short; a name that came from data need not be. */
const LABEL = 100

export type Numbered<C = Choice> = Readonly<{ choice: C; number: number }>

/** What each choice of a message is chosen by: its own digit, else 11, 12, … in the order in which they stand. */
export function numbered<C extends { digit?: number | undefined }>(rows: readonly (readonly C[])[]): Numbered<C>[] {
  let next = FIRST_NUMBER
  return rows.flat().map((choice) => ({ choice, number: choice.digit ?? next++ }))
}

/** `below`: the lines under the text. `rest`: the place of the first choice that was left for "tiếp". */
export type Lines = Readonly<{ below: string; rest: number | null }>

/** A button that carries its digit has it in its words, "1 Có mặt"; here it stands before them. */
const lineOf = ({ choice, number }: Numbered): string => {
  const { label } = choice
  const own = label.startsWith(`${number} `) ? label.slice(`${number} `.length) : label
  return `${number}. ${shorten(own, LABEL)}`
}

/** The words that stand in a message's place where there are no buttons. */
export const inWords = ({ plain, ...message }: OutgoingMessage): OutgoingMessage => ({ ...message, ...plain })

/** With the lines as part of its text: nothing is left that would have to be pressed. */
export const withLines = (
  { choices: _, link: __, ...message }: OutgoingMessage,
  below: string | undefined,
): OutgoingMessage => ({ ...message, text: [message.text, below].filter(Boolean).join('\n\n') })

/** What a message offers, written out: it is chosen by its number or its words, a link is copied or touched. */
export function linesOf(message: OutgoingMessage, t: Translate): Lines {
  const all = numbered(message.choices ?? [])
  const from = message.from ?? 0
  const end = all.length - from <= MOST_LINES ? all.length : from + LINES
  const shown = all.slice(from, end)
  const lines = [
    ...(message.link ? [`${message.link.label}: ${message.link.url}`, ''] : []),
    ...shown.map(lineOf),
    ...(end < all.length ? [t('common.plain.more', { count: all.length - end })] : []),
    ...(shown[0] ? [t('common.plain.how', { number: shown[0].number })] : []),
  ]
  return { below: lines.join('\n').trim(), rest: end < all.length ? end : null }
}
