import { fold, listLines } from '../core/text.js'
import { DEFAULT_GRADES, type SheetData, type SheetLine, type Source } from './sheets.js'

export type SheetProblem = Readonly<{
  kind: 'line' | 'max' | 'source' | 'twice' | 'many' | 'sum' | 'grades'
  words: string
}>

export type SheetReading =
  | Readonly<{ kind: 'sheet'; data: SheetData }>
  | Readonly<{ kind: 'problems'; problems: readonly SheetProblem[] }>

const MOST_LINES = 20
const LONGEST_NAME = 80

/** What an office writes behind "=". The first of each is what we write ourselves. */
export const SOURCE_WORDS: Readonly<Record<Source, readonly string[]>> = {
  schedule: ['lịch', 'lịch họp', 'schedule'],
  attendance: ['điểm danh', 'chuyên cần', 'roll-call'],
  materials: ['tài liệu', 'materials'],
  speakers: ['phát biểu', 'speakers'],
  tasks: ['nhiệm vụ', 'tasks'],
}

const sourceOf = (words: string): Source | null =>
  (Object.keys(SOURCE_WORDS) as Source[]).find((one) => SOURCE_WORDS[one].some((word) => fold(word) === fold(words))) ??
  null

const LINE = /^(.*?\S)\s*(?::|\s[-–—]\s|\s)\s*(\d{1,3})\s*(?:điểm|diem|đ|points?)?\s*(?:=\s*(.+?))?[.;]?$/iu
const GRADES =
  /^(?:xep loai )?(?:tot|good) (?:tu )?(\d{1,3}) (?:kha|fair) (?:tu )?(\d{1,3}) (?:trung binh|average) (?:tu )?(\d{1,3})$/

type Read = Readonly<{ line: SheetLine } | { grades: SheetData['from'] } | { problem: SheetProblem }>

function readLine(text: string): Read {
  const problem = (kind: SheetProblem['kind']): Read => ({ problem: { kind, words: text } })
  const grades = GRADES.exec(fold(text))
  if (grades) {
    const [good = 0, fair = 0, average = 0] = grades.slice(1).map(Number)
    const falls = 100 >= good && good > fair && fair > average && average > 0
    return falls ? { grades: { good, fair, average } } : problem('grades')
  }
  const [, name = '', digits = '', words] = LINE.exec(text) ?? []
  if (name === '' || name.length > LONGEST_NAME || fold(name) === '') return problem('line')
  const max = Number(digits)
  if (max < 1 || max > 100) return problem('max')
  const from = words ? sourceOf(words) : null
  if (words && !from) return problem('source')
  return { line: { key: fold(name).replace(/ /g, '_').slice(0, 40), name, max, from, beside: null } }
}

function wholeProblems(lines: readonly SheetLine[]): SheetProblem[] {
  const sum = lines.reduce((total, one) => total + one.max, 0)
  const twice = lines.filter((one, at) => lines.findIndex((two) => two.key === one.key) !== at)
  return [
    ...twice.map((one): SheetProblem => ({ kind: 'twice', words: one.name ?? one.key })),
    ...(lines.length > MOST_LINES ? [{ kind: 'many' as const, words: String(lines.length) }] : []),
    ...(sum === 100 ? [] : [{ kind: 'sum' as const, words: String(sum) }]),
  ]
}

/**
 * A score sheet as an office writes it, a line each: "Chuyên cần: 5 = điểm danh", and "Tốt 90, Khá 70, Trung bình 50"
 * where the grades differ. All of it or nothing, with a problem for whatever is wrong. Pure.
 */
export function readSheet(text: string): SheetReading {
  const all = listLines(text).map(readLine)
  const lines = all.flatMap((one) => ('line' in one ? [one.line] : []))
  const wrong = all.flatMap((one) => ('problem' in one ? [one.problem] : []))
  // A line that was not read is missing in the sum: that alone is said.
  const problems = wrong.length > 0 ? wrong : wholeProblems(lines)
  const grades = all.flatMap((one) => ('grades' in one ? [one.grades] : [])).at(-1)
  if (problems.length > 0 || lines.length === 0) return { kind: 'problems', problems }
  return { kind: 'sheet', data: { lines, from: grades ?? DEFAULT_GRADES } }
}
