import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { ROOT } from './run.mjs'

/** Files below `folder` (relative to the clone), as relative paths with `/`, without the generated client. */
export const listFiles = (folder, pattern) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) =>
      relative(ROOT, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .filter((path) => !path.startsWith('src/database/generated/'))
    .sort()

/** Content, not times: a checkout touches every file. */
export const hashFiles = (paths) => {
  const hash = createHash('sha256')
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  return hash.digest('hex')
}

export const readText = (path) => {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return null
  }
}

/** Whole or not at all: two starts may build at the same time. */
export function writeWhole(path, text) {
  const full = join(ROOT, path)
  mkdirSync(dirname(full), { recursive: true })
  const draft = `${full}.${process.pid}.tmp`
  writeFileSync(draft, text)
  renameSync(draft, full)
}
