import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runNpm } from './run.mjs'

const STAMP = join(ROOT, 'node_modules', '.kyhop-install.json')

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** What an install depends on. The machine is part of it: a clone may be carried from one system to another. */
const wantedKey = () =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')

/** Optional packages are for one system each; those without `os` and `cpu` may be left out for reasons of their own. */
const isForUs = ({ optional, os, cpu, libc }) =>
  !optional || Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && !libc)

/** Whether what npm itself notes as installed is what the lockfile asks for. npm writes the note last: half an install has none. */
function isInstalled(dev) {
  const there = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages
  const wanted = readJson(join(ROOT, 'package-lock.json')).packages
  if (!there) return false
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && isForUs(entry) && (dev || !(entry.dev || entry.devOptional)))
    .every(([path, entry]) => there[path]?.version === entry.version)
}

/**
 * Installs when the lockfile changed since the last install, and then only what is needed: `dev` adds the tools of
 * `npm test`, and an install that has them already serves both. NODE_ENV has no say in it.
 */
export async function install({ dev, say, output }) {
  const key = wantedKey()
  const stamp = readJson(STAMP)
  if (stamp?.key === key && (stamp.dev || !dev)) return
  if (!isInstalled(dev)) {
    say(dev ? 'Installing packages and test tools…' : 'Installing packages (only when they change; a minute or two)…')
    const { code } = await runNpm(['ci', dev ? '--include=dev' : '--omit=dev', '--loglevel=error'], output)
    if (code !== 0) throw new Error('The packages could not be installed: npm says why above. Is there a network?')
  }
  writeFileSync(STAMP, JSON.stringify({ key, dev: dev || isInstalled(true) }))
}
