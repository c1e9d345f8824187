import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }

/** The embedded server's sources without their types, so that a process of its own can own one and be killed. */
export function compileEmbedded(): { folder: string; remove: () => void } {
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, '.cache', 'owner-'))
  mkdirSync(join(folder, 'embedded'))
  const files = readdirSync(join(ROOT, 'src/database/embedded')).map((file) => `embedded/${file}`)
  for (const file of ['problem.ts', ...files]) {
    const source = readFileSync(join(ROOT, 'src/database', file), 'utf8')
    const { outputText } = ts.transpileModule(source, { compilerOptions })
    writeFileSync(join(folder, file.replace(/ts$/, 'js')), outputText)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

export type Owner = Readonly<{ pid: number; serverPid: number; child: ChildProcess }>

/** A process that opens the server of `dataDir`, says so, and lives until it is killed. */
export function startOwner(folder: string, dataDir: string): Promise<Owner> {
  const program = `import { openEmbedded } from ${JSON.stringify(join(folder, 'embedded', 'index.js'))}
    const server = await openEmbedded({ dataDir: ${JSON.stringify(dataDir)} })
    await server.ensureDatabase('kyhop')
    console.log(server.pid)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.stdout.once('data', (chunk) => resolve({ pid: child.pid ?? 0, serverPid: Number(String(chunk)), child }))
    child.once('exit', () => reject(new Error(errors)))
  })
}

/** As the kernel does it when memory runs out: no handler runs. */
export const killHard = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
