import { fold, nfc } from '../core/text.js'

/** A line of the sheet as the writer sees it. */
export type Open = Readonly<{ key: string; label: string; max: number; points: number | null }>

export type PointsProblem = Readonly<{ kind: 'count' | 'over' | 'unread' | 'several'; words: string; max: number }>

export type PointsReading =
  | Readonly<{ kind: 'points'; given: Readonly<Record<string, number>> }>
  | Readonly<{ kind: 'problem'; problem: PointsProblem }>

const problem = (kind: PointsProblem['kind'], words: string, max = 0): PointsReading => ({
  kind: 'problem',
  problem: { kind, words, max },
})

const NUMBERS = /^\d{1,3}(?:[\s,;]+\d{1,3})*(?:\s*(?:điểm|diem|points?))?$/iu
const NAMED = /^(.*\D)\s*[:=]?\s*\b(\d{1,3})(?:\s*(?:điểm|diem|points?))?$/iu

function checked(pairs: readonly (readonly [Open, number])[]): PointsReading {
  const over = pairs.find(([line, points]) => points > line.max)
  if (over) return problem('over', `${over[0].label}: ${over[1]}`, over[0].max)
  return { kind: 'points', given: Object.fromEntries(pairs.map(([line, points]) => [line.key, points])) }
}

/** "10 28 9 5": for the open lines in their order, or for all of them. */
function inOrder(numbers: readonly number[], lines: readonly Open[]): PointsReading {
  const open = lines.filter((one) => one.points === null)
  const meant = numbers.length === open.length ? open : numbers.length === lines.length ? lines : null
  if (!meant) return problem('count', String(numbers.length), open.length)
  return checked(meant.map((line, at) => [line, numbers[at] ?? 0]))
}

const meantBy = (words: string, lines: readonly Open[]): Open[] => {
  const typed = fold(words)
  const whole = lines.filter((one) => fold(one.label) === typed)
  return whole.length > 0 ? whole : lines.filter((one) => ` ${fold(one.label)}`.includes(` ${typed}`))
}

/** Points as a secretary writes them: "10 28 9 5 27 5", or "tiến hành 27, kết thúc 4". All of it or nothing. Pure. */
export function readPoints(text: string, lines: readonly Open[]): PointsReading {
  const said = nfc(text)
    .trim()
    .replace(/[.!]+$/u, '')
  if (NUMBERS.test(said)) return inOrder((said.match(/\d+/g) ?? []).map(Number), lines)
  const pairs: (readonly [Open, number])[] = []
  for (const part of said.split(/[,;\n]/).filter((one) => one.trim() !== '')) {
    const found = NAMED.exec(part.trim())
    const names = found && fold(found[1] ?? '') !== '' ? meantBy(found[1] ?? '', lines) : []
    const [only, ...others] = names
    if (!only || !found) return problem('unread', part.trim())
    if (others.length > 0) return problem('several', part.trim())
    pairs.push([only, Number(found[2])])
  }
  return pairs.length > 0 ? checked(pairs) : problem('unread', said)
}
