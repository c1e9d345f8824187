import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** `npm install` and `prisma generate` look for an engine to download; any program that exists satisfies them, and none is used. */
const QUIET_PRISMA = {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
}

/**
 * Runs a program in the clone and resolves with `{ code, output }`. `output: 'keep'` collects what it prints,
 * 'stderr' shows it there (standard output may belong to a caller that reads it), 'show' lets it through.
 * A signal to us goes on to it: a half-finished install must not go on alone.
 */
export function run(program, args, output = 'show') {
  const stdio = { keep: ['ignore', 'pipe', 'pipe'], stderr: ['ignore', process.stderr, 'inherit'], show: 'inherit' }[
    output
  ]
  const child = spawn(program, args, { cwd: ROOT, stdio, env: { ...process.env, ...QUIET_PRISMA } })
  const pass = (signal) => {
    child.kill(signal)
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.on('SIGINT', pass).on('SIGTERM', pass)
  let text = ''
  child.stdout?.on('data', (chunk) => {
    text += chunk
  })
  child.stderr?.on('data', (chunk) => {
    text += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: text }))
  }).finally(() => process.off('SIGINT', pass).off('SIGTERM', pass))
}

/** A script of an installed package, run by this very Node: no shell, so that spaces and accents in paths do no harm. */
export const runNode = (script, args, output) => run(process.execPath, [join(ROOT, script), ...args], output)

/** npm as a script: the one that started us, else the one beside this Node. */
function findNpm() {
  const beside = dirname(process.execPath)
  const candidates = [
    process.env.npm_execpath ?? '',
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ]
  return candidates
    .find((path) => /^np[mx]-cli\.js$/.test(basename(path)) && existsSync(path))
    ?.replace(/npx-cli/, 'npm-cli')
}

export function runNpm(args, output) {
  const npm = findNpm()
  return npm ? run(process.execPath, [npm, ...args], output) : run('npm', args, output)
}
