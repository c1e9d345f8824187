import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { connectToRunning, openEmbedded } from '../../src/database/embedded/index.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Nothing of the developer's own settings gets in: not even a `.env` of the clone overrides an empty value. */
const NEUTRAL = {
  TELEGRAM_BOT_TOKEN: '',
  TELEGRAM_API_ROOT: '',
  TELEGRAM_MODE: '',
  ZALO_BOT_TOKEN: '',
  ZALO_API_ROOT: '',
  ZALO_MODE: '',
  ZALO_MONTHLY_MESSAGES: '',
  ZALO_PEOPLE: '',
  ZALO_PERSONAL: '',
  PUBLIC_URL: '',
  DATABASE_URL: '',
  DATABASE_DIRECT_URL: '',
  HOST: '',
  PORT: '0',
  DEFAULT_TIMEZONE: '',
  DEFAULT_LOCALE: '',
  LOG_LEVEL: 'error',
  SANDBOX: '0',
}

export type Settings = Readonly<Record<string, string>>

const environment = (settings: Settings): NodeJS.ProcessEnv => ({ ...process.env, ...NEUTRAL, ...settings })

/** What a program that ends printed, and its exit code. */
export type Ended = Readonly<{ code: number; out: string; err: string; ms: number }>

/** Runs `node …` in the clone to its end. */
export async function runToEnd(args: readonly string[], settings: Settings = {}): Promise<Ended> {
  const began = performance.now()
  const options = { cwd: ROOT, env: environment(settings), timeout: 120_000 }
  return promisify(execFile)(process.execPath, [...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr, ms: performance.now() - began }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout,
      err: error.stderr,
      ms: performance.now() - began,
    }),
  )
}

export const kyhop = (args: readonly string[], settings: Settings): Promise<Ended> =>
  runToEnd(['bin/kyhop', ...args], settings)

/** The service as `npm start` runs it, a process of its own. */
export type Service = Readonly<{
  url: string
  /** From the start of the process to its line of readiness. */
  readyMs: number
  child: ChildProcess
  /** Everything it printed so far. */
  printed: () => string
  /** Resolves with the exit code (null: killed) and how long it took from the signal. */
  end: (signal: NodeJS.Signals) => Promise<{ code: number | null; ms: number }>
}>

const READY = /Kỳ Họp đã sẵn sàng: (\S+)/

/** `start.mjs` makes the clone ready and becomes the service in the same process. */
export function startProcess(settings: Settings): Promise<Service> {
  const began = performance.now()
  const env = environment(settings)
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let text = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      text += String(chunk)
      const url = READY.exec(text)?.[1]
      if (!url) return
      const end = async (signal: NodeJS.Signals) => {
        const asked = performance.now()
        child.kill(signal)
        return { code: await gone, ms: performance.now() - asked }
      }
      resolve({ url, readyMs: performance.now() - began, child, printed: () => text, end })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void gone.then((code) => reject(new Error(`the service ended with ${code} before it was ready:\n${text}`)))
  })
}

/** A folder for one installation, gone at the end; a server that a killed service left behind is ended first. */
export async function aDataDir(): Promise<{ dataDir: string; remove: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-họp thử '))
  return {
    dataDir,
    remove: async () => {
      await stopOrphan(dataDir)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function stopOrphan(dataDir: string): Promise<void> {
  if (!(await connectToRunning(dataDir, 'postgres').catch(() => null))) return
  const server = await openEmbedded({ dataDir }).catch(() => null)
  await server?.stop()
}

/** One statement on the installation's own database, the service alive or dead. */
export async function query<Row extends object>(
  dataDir: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const url = await connectToRunning(dataDir, 'kyhop')
  if (!url) throw new Error('no database server is running')
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql, [...values])).rows
  } finally {
    await client.end()
  }
}
