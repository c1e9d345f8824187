// node scripts/lib/structure.mjs: how long files and functions are, and what belongs to the edge alone.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './run.mjs'
import { listFiles } from './stamp.mjs'

const FILE_LINES = 300
/** Tables of cases read best in one piece. */
const TEST_LINES = 500
const FUNCTION_LINES = 60

const FORBIDDEN = [
  {
    in: /^src\/(?!(main|cli)\.ts|cli\/)/,
    what: /(?<![\w.])process\.(env|exit|argv|on|once|cwd|stdout|stderr|stdin|kill)\b/,
    why: 'the process belongs to main.ts and cli.ts: take the value as a parameter',
  },
  {
    in: /^src\/(conversation|organization|pages|bots|meetings|attendance|materials|reminders|reach|groups|digests)\//,
    what: /new Date\(\)|Date\.now\(\)/,
    why: 'the clock enters once, in app.ts: take `now` as a parameter',
  },
  {
    in: /^(src|tests)\//,
    what: /@ts-(ignore|expect-error|nocheck)|\bas any\b|\bvi\.mock\(|\b(test|it|describe)\.(skip|todo|only)\b/,
    why: 'it hides what it cannot show: mend the type or the test',
  },
]

const parse = (path) => ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true)

/** Functions with the lines that are their own: a factory of closures is as long as its wiring, not as its parts together. */
function functionsOf(node, source) {
  const inner = node.getChildren(source).flatMap((child) => functionsOf(child, source))
  if (!ts.isFunctionLike(node) || !node.body) return inner
  const start = source.getLineAndCharacterOfPosition(node.getStart(source)).line
  const whole = source.getLineAndCharacterOfPosition(node.end).line - start + 1
  const parts = inner.filter((one) => one.outermost).reduce((sum, one) => sum + one.whole - 1, 0)
  const nested = inner.map((one) => ({ ...one, outermost: false }))
  return [{ line: start + 1, lines: whole - parts, whole, outermost: true }, ...nested]
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** Words of the code, without its comments: a comment may speak of what is forbidden. */
const withoutComments = (text) =>
  text.replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, ' ')).replace(/(^|\s)\/\/.*$/gm, '$1')

function forbiddenIn(path) {
  const lines = withoutComments(readFileSync(join(ROOT, path), 'utf8')).split('\n')
  return FORBIDDEN.filter((rule) => rule.in.test(path)).flatMap((rule) =>
    lines.flatMap((line, i) =>
      rule.what.test(line) ? [`${path}:${i + 1}: ${rule.what.exec(line)[0]}: ${rule.why}`] : [],
    ),
  )
}

const code = [...listFiles('src', /\.tsx?$/), ...listFiles('scripts', /\.mjs$/)]
const all = [...code, ...listFiles('tests', /\.tsx?$/)]
const sources = all.map((path) => ({ path, source: parse(path) }))
const sizes = sources.map(({ path, source }) => ({ path, lines: source.getLineStarts().length - 1 }))
const functions = sources
  .filter(({ path }) => code.includes(path))
  .flatMap(({ path, source }) => functionsOf(source, source).map((f) => ({ path, ...f })))

const problems = [
  ...sizes
    .map((f) => ({ ...f, most: f.path.startsWith('tests/') ? TEST_LINES : FILE_LINES }))
    .filter((f) => f.lines > f.most)
    .map((f) => `${f.path}: ${f.lines} lines (at most ${f.most}): split it by its nouns`),
  ...functions
    .filter((f) => f.lines > FUNCTION_LINES)
    .map((f) => `${f.path}:${f.line}: a function of ${f.lines} lines (at most ${FUNCTION_LINES}): name its parts`),
  ...all.flatMap(forbiddenIn),
]
for (const problem of problems) console.error(problem)
console.log(
  `files: median ${median(sizes.map((f) => f.lines))} lines; functions: median ${median(functions.map((f) => f.lines))}`,
)
process.exit(problems.length > 0 ? 1 : 0)
