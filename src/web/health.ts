import { Hono } from 'hono'
import type { Db } from '../database/client.js'
import type { ChannelState } from '../messaging/channel.js'

export type HealthParts = Readonly<{
  db: Db
  isStopping: () => boolean
  /** Names of migrations that the database lacks. */
  pendingMigrations: () => Promise<readonly string[]>
  channels: () => readonly (ChannelState & { platform: string; sending: boolean })[]
}>

const CHECK_MS = 2_000
/** One look serves everybody who asks within this: whoever can reach the page could else use up the connections. */
const FRESH_MS = 1_000

const within = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('timeout')), CHECK_MS).unref()),
  ])

/**
 * `/healthz`: the process answers. `/readyz`: this instance can serve; a platform that is away does not make it
 * unready (another instance could do no better), it stands in the body.
 */
export function healthPages(parts: HealthParts): Hono {
  const look = async (): Promise<string | null> => {
    try {
      await within(parts.db.$queryRaw`SELECT 1`)
      return (await within(parts.pendingMigrations())).length > 0 ? 'migrations' : null
    } catch {
      return 'database'
    }
  }
  let found: Promise<string | null> = Promise.resolve(null)
  let lookedAt = Number.NEGATIVE_INFINITY
  const check = async (): Promise<string | null> => {
    if (parts.isStopping()) return 'stopping'
    if (performance.now() - lookedAt >= FRESH_MS) {
      lookedAt = performance.now()
      found = look()
    }
    return found
  }
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const problem = await check()
      const body = { status: problem ?? 'ready', channels: parts.channels() }
      return c.json(body, problem ? 503 : 200)
    })
}
