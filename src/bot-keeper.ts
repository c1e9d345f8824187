import type { BeginSignIn } from './bots/sign-ins.js'
import { AppError } from './core/errors.js'
import type { Log } from './core/log.js'
import { createSeal, type Seal } from './core/seal.js'
import type { Db } from './database/client.js'
import { markRefused } from './messaging/bots.js'
import type { Channel } from './messaging/channel.js'
import type { Line } from './messaging/line.js'

/** What it takes to run bots that were added while the house runs. */
export type AddedBots = Readonly<{
  seal: Seal
  /** Null: no bot of this platform can be opened by a token. */
  open: (platform: string, token: string) => Channel | null
  /** Begins to sign in to an account by a code to scan; absent: that is not switched on. */
  signIn?: BeginSignIn
}>

/** Where none can be added: the sandbox. */
export const NO_ADDED_BOTS: AddedBots = { seal: createSeal(null), open: () => null }

export type BotKeeper = Readonly<{
  /** Opens and closes lines until they are those of the rows; resolves when it has begun, a platform may take its time. */
  look: () => Promise<void>
  /** Resolves when what was begun is done. */
  idle: () => Promise<void>
  /** Begins nothing more; the lines themselves are the app's to stop. */
  stop: () => Promise<void>
}>

type Row = Readonly<{ id: string; platform: string; credentials: string; since: Date | null }>
type Kept = Readonly<{ credentials: string; line: Line | null }>

/** What an account that is refused for good says when it is asked who it is. */
export const isRefusal = (error: unknown): boolean => error instanceof AppError && error.code.includes('unauthorized')

/**
 * Every instance holds a line to each bot whose token stands in the tables: who was added elsewhere is opened with the
 * next look, whose token was renewed opened anew, who is refused or erased closed. A bot that cannot be opened is left
 * aside and keeps no other from running.
 */
export function createBotKeeper(options: {
  db: Db
  bots: AddedBots
  now: () => Date
  /** The line to a bot, whoever opened it. */
  lineTo: (botId: string) => Line | null
  openLine: (channel: Channel) => Promise<Line>
  closeLine: (line: Line) => Promise<void>
  log: Log
}): BotKeeper {
  const { db, log } = options
  const kept = new Map<string, Kept>()
  let work: Promise<void> = Promise.resolve()
  let stopped = false

  const open = async (row: Row): Promise<Line | null> => {
    const token = options.bots.seal.open(row.credentials, row.id)
    const channel = options.bots.open(row.platform, token)
    // Only other settings would change that, and they come with a start.
    if (!channel) log.warn({ bot: row.id, platform: row.platform }, 'the settings allow no bot of this platform')
    if (!channel) return null
    try {
      await channel.identify()
    } catch (error) {
      if (!isRefusal(error)) throw error
      await markRefused(db, options.now(), row, 'unauthorized')
      return null
    }
    return stopped ? null : options.openLine(channel)
  }

  /** Of a bot that the environment names as well, the token that came last is used. */
  const isServed = async (row: Row): Promise<boolean> => {
    const line = options.lineTo(row.id)
    const since = line?.since()
    if (!line || !since) return false
    if (!row.since || since >= row.since) return true
    await options.closeLine(line)
    return false
  }

  const begin = async (row: Row): Promise<void> => {
    try {
      if (await isServed(row)) return
      kept.set(row.id, { credentials: row.credentials, line: await open(row) })
    } catch (err) {
      log.error({ err, bot: row.id }, 'an added bot could not be opened; the next minute tries again')
    }
  }

  const end = async (id: string, { line }: Kept): Promise<void> => {
    kept.delete(id)
    if (line) await options.closeLine(line)
  }

  const turn = async (rows: readonly Row[]): Promise<void> => {
    const wanted = new Map(rows.map((row) => [row.id, row]))
    for (const [id, one] of kept) if (wanted.get(id)?.credentials !== one.credentials) await end(id, one)
    await Promise.all(rows.filter((row) => !kept.has(row.id) && !stopped).map(begin))
  }

  const listRows = async (): Promise<Row[]> => {
    const rows = await db.bot.findMany({
      // One that was retired still answers whoever writes to it, until its token is erased.
      where: { credentials: { not: null }, state: { not: 'refused' } },
      select: { id: true, platform: true, credentials: true, stateSince: true },
    })
    return rows.flatMap(({ credentials, stateSince: since, ...row }) =>
      credentials ? [{ ...row, credentials, since }] : [],
    )
  }

  return {
    look: async () => {
      if (stopped) return
      const rows = await listRows()
      work = work.then(() => turn(rows)).catch((err) => log.error({ err }, 'lines of added bots'))
    },
    idle: () => work,
    stop: () => {
      stopped = true
      return work
    },
  }
}
