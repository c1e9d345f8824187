import { install } from './install.mjs'
import { runNode } from './run.mjs'
import { hashFiles, listFiles, readText, writeWhole } from './stamp.mjs'

const OLDEST = [20, 19]
const GENERATED = 'src/database/generated/.schema-hash'
const BUILT = 'dist/.source-hash'

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  throw new Error(
    `Node ${OLDEST.join('.')} or newer is needed; this is ${process.versions.node}. See https://nodejs.org.`,
  )
}

/** Runs `work` only when `hash` is not what the file at `stamp` says was done last. */
async function unlessDone(stamp, hash, work) {
  if (readText(stamp) === hash) return
  await work()
  writeWhole(stamp, hash)
}

async function step(script, args, output, failed) {
  const { code, output: text } = await runNode(script, args, output)
  if (code !== 0) throw new Error(`${failed}\n${text}`)
}

/** Packages and the generated client. Prisma's version is in the lockfile, so that a new one generates anew. */
export async function prepareSources({ dev, say, output }) {
  requireNode()
  await install({ dev, say, output })
  const schema = hashFiles([...listFiles('prisma/schema', /\.prisma$/), 'package-lock.json'])
  await unlessDone(GENERATED, schema, () => {
    say('Generating the database client…')
    return step(
      'node_modules/prisma/build/index.js',
      ['generate'],
      'keep',
      'The database client could not be generated.',
    )
  })
  return schema
}

/** Everything that `dist` needs. `say` shows a line of progress; `output` is where npm prints (see `run`). */
export async function prepare({ dev = false, say, output }) {
  const schema = await prepareSources({ dev, say, output })
  const sources = hashFiles([...listFiles('src', /\.tsx?$/), 'tsconfig.json', 'scripts/lib/build.mjs'])
  await unlessDone(BUILT, `${schema} ${sources}`, () => {
    say('Compiling…')
    return step('scripts/lib/build.mjs', [], 'keep', 'The sources could not be compiled.')
  })
}
