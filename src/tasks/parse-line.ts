import { findNamed } from '../attendance/answers-names.js'
import type { PlainDate } from '../core/dates.js'
import { listLines } from '../core/text.js'
import { type DueProblem, readTask } from './parse-due.js'

export type Person = Readonly<{ personId: string; fullName: string }>

export type LineProblem = Readonly<{ kind: DueProblem | 'nobody' | 'left' | 'no-what' | 'long'; words: string }>

/** `owners`: everybody who may be meant; more than one is asked about. */
export type TaskLine = Readonly<{ what: string; dueOn: PlainDate | null; owners: readonly Person[] }>

export type LinesReading = Readonly<{ tasks: readonly TaskLine[]; problems: readonly LineProblem[] }>

/** A task is a line of a list, not a speech. */
const LONGEST = 300

const GIVING = /^(?:phân công|phan cong|giao nhiệm vụ|giao nhiem vu|giao)\s+(?:cho\s+)?/iu
const BETWEEN_NAMES = /\s*(?:,|;|&|\+|\s(?:và|va|and)\s)\s*/iu
/** "Hùng: …", "Hùng – …"; the colon of 19:30 and the dash of a compound are none. */
const DIVIDER = /\s*:(?!\d)\s*|\s+[-–—]\s+/u

type People = Readonly<{ members: readonly Person[]; left: readonly Person[] }>

type Owners = readonly (readonly Person[])[]

/** The people a list of names means, one entry a name; null: there is something else in it. */
function readNames(text: string, people: readonly Person[]): Owners | null {
  const parts = text.split(BETWEEN_NAMES).filter(Boolean)
  const found = parts.map((part) => findNamed(part, people))
  return found.length > 0 && found.every(({ matches, rest }) => matches.length > 0 && rest === '')
    ? found.map(({ matches }) => matches)
    : null
}

type Split = Readonly<{ owners: Owners; words: string }>

/** Whose and what: "Hùng, Lan: dọn vệ sinh", "sửa loa: đồng chí Hùng, trước 20/12", "Hùng sửa loa". */
function split(line: string, people: readonly Person[]): Split | null {
  const divider = DIVIDER.exec(line)
  const before = divider ? line.slice(0, divider.index) : line
  const after = divider ? line.slice(divider.index + divider[0].length) : ''
  const named = divider ? readNames(before.replace(GIVING, ''), people) : null
  if (named) return { owners: named, words: after }
  const leading = findNamed(line.replace(GIVING, ''), people)
  if (leading.matches.length > 0) return { owners: [leading.matches], words: leading.rest }
  const behind = after ? findNamed(after, people) : null
  return behind && behind.matches.length > 0 ? { owners: [behind.matches], words: `${before}, ${behind.rest}` } : null
}

/** Nobody of the cell is meant: somebody who has left it, or nobody whom it knows. */
function nobody(line: string, { left }: People): LineProblem {
  return { kind: split(line, left) ? 'left' : 'nobody', words: line }
}

function readLine(line: string, people: People, today: PlainDate): LinesReading {
  const found = split(line, people.members)
  if (!found) return { tasks: [], problems: [nobody(line, people)] }
  const { what, dueOn, problem } = readTask(found.words, today)
  const kind = problem ?? (what === '' ? 'no-what' : what.length > LONGEST ? 'long' : null)
  if (kind) return { tasks: [], problems: [{ kind, words: line }] }
  return { tasks: found.owners.map((owners) => ({ what, dueOn, owners })), problems: [] }
}

/**
 * Tasks as a secretary writes them, a line each: who, what, by when. Whatever is not certain is a problem with the
 * writer's own words; the other lines stand. Pure.
 */
export function readTaskLines(text: string, people: People, today: PlainDate): LinesReading {
  const read = listLines(text, /[\n;]/).map((line) => readLine(line, people, today))
  return { tasks: read.flatMap((one) => one.tasks), problems: read.flatMap((one) => one.problems) }
}
