import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { DatabaseProblem } from '../problem.js'
import { type Binaries, copyBinaries, findBinaries, WINDOWS } from './binaries.js'

/** Who runs the server; null: the user who runs the app. PostgreSQL refuses to run as root. */
export type Account = Readonly<{ uid: number; gid: number }> | null

/** Where one embedded server lives. `socket` is a folder only its user may enter; on Windows it is not used. */
export type Place = Readonly<{ base: string; cluster: string; socket: string; logFile: string; account: Account }>

const SHARED = '/var/lib/kyhop'
/** A socket's path may have 107 bytes with its name, `.s.PGSQL.5432`. */
const LONGEST_FOLDER = 107 - '/.s.PGSQL.5432'.length

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** The user for a server that root starts: `postgres`, else `nobody`, as /etc/passwd has them (a uid without an entry fails). */
function findAccount(): Account {
  if (WINDOWS || userInfo().uid !== 0) return null
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find((fields) => fields[0] === 'postgres') ?? users.find((fields) => fields[0] === 'nobody')
  if (user) return { uid: Number(user[2]), gid: Number(user[3]) }
  throw new DatabaseProblem(
    'database.no_account',
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". Start as an ordinary user.',
  )
}

/** Whether `account` may enter `folder` and all the folders above it, by their mode. */
export function mayEnter(folder: string, account: Account): boolean {
  if (!account) return true
  const { mode, uid, gid } = statSync(folder)
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
  const above = dirname(folder)
  return (mode & bit) !== 0 && (above === folder || mayEnter(above, account))
}

/**
 * Where the server of `dataDir` lives, without touching anything: there, or where an earlier start moved it to
 * (a clone under a 0700 home, started as root). A file remembers the move, so that a later chmod cannot hide the data.
 */
export function findPlace(dataDir: string): Place {
  const home = resolve(dataDir)
  const moved = join(home, 'postgres.moved')
  const base = existsSync(moved) ? readFileSync(moved, 'utf8').trim() : home
  const near = join(base, 'run')
  const socket = Buffer.byteLength(near) <= LONGEST_FOLDER ? near : join(tmpdir(), `kyhop-${digest(base)}`)
  return { base, cluster: join(base, 'postgres'), socket, logFile: join(base, 'postgres.log'), account: findAccount() }
}

/** Makes the folders, moves to /var/lib/kyhop what the server's user cannot reach, and says so through `say`. */
export function preparePlace(dataDir: string, say: (line: string) => void): { place: Place; binaries: Binaries } {
  const home = resolve(dataDir)
  mkdirSync(home, { recursive: true })
  const account = findAccount()
  if (account && mayEnter(dirname(home), account)) chmodSync(home, statSync(home).mode | 0o011)
  if (account && !mayEnter(home, account) && !existsSync(join(home, 'postgres.moved'))) {
    const base = join(SHARED, digest(home))
    mkdirSync(base, { recursive: true })
    writeFileSync(join(home, 'postgres.moved'), `${base}\n`)
    say(`The database's user cannot enter ${home}: its files are kept in ${base}.`)
  }
  const place = findPlace(dataDir)
  makePrivate(place.socket, account)
  return { place, binaries: reachableBinaries(account, say) }
}

/** A folder that only the server's user may enter (0700); the app, being that user or root, may too. */
export function makePrivate(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const owner = account?.uid ?? userInfo().uid
  if (account) chownSync(folder, account.uid, account.gid)
  // A folder in the shared temporary one could have been made by somebody else, to listen in our place.
  if (!WINDOWS && statSync(folder).uid !== owner)
    throw new DatabaseProblem(
      'database.foreign_folder',
      `${folder} belongs to another user. Remove it and start again.`,
    )
  chmodSync(folder, 0o700)
}

function reachableBinaries(account: Account, say: (line: string) => void): Binaries {
  const binaries = findBinaries()
  if (!account || mayEnter(dirname(binaries.postgres), account)) return binaries
  const { version } = JSON.parse(readFileSync(join(binaries.folder, '..', 'package.json'), 'utf8'))
  const to = join(SHARED, `postgresql-${version}`)
  if (!existsSync(to)) say(`The database's user cannot enter ${binaries.folder}: the programs are copied to ${to}.`)
  return copyBinaries(binaries, to)
}
