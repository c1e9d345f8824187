import { statfs } from 'node:fs/promises'
import { Client } from 'pg'
import { isRefusal } from './bot-keeper.js'
import type { Config } from './config.js'
import type { Db } from './database/client.js'
import { listPending } from './database/migrate.js'
import { DatabaseProblem } from './database/problem.js'
import { checkAddedBots } from './doctor-added-bots.js'
import { checkBots, type Named } from './doctor-bots.js'
import { type Finding, finding } from './doctor-finding.js'
import { checkPages } from './doctor-pages.js'
import type { Channel } from './messaging/channel.js'

/** Below this the database's next checkpoint may fail. */
const LEAST_FREE_MB = 500
const MOST_SKEW_S = 30
const OVERDUE_MINUTES = 10

function checkSettings(config: Config): Finding[] {
  const accounts = (['telegram', 'zalo'] as const).flatMap((name) => {
    const account = config[name]
    return account.token ? [finding('ok', `${name}.${account.mode}`)] : []
  })
  return [
    finding('ok', 'settings'),
    ...(accounts.length > 0 ? accounts : [finding('warning', 'no-token')]),
    ...(config.personalZalo ? [finding('warning', 'personal-zalo')] : []),
    config.publicUrl ? finding('ok', 'public-url') : finding('warning', 'no-public-url'),
  ]
}

async function checkDatabase(client: Client, url: string, migrations: string): Promise<Finding[]> {
  const { rows } = await client.query(`SELECT current_setting('server_version') AS version,
    extract(epoch FROM clock_timestamp()) AS seconds`)
  const skew = Math.round(Math.abs(Number(rows[0].seconds) - Date.now() / 1000))
  const pending = await listPending(url, migrations)
  return [
    finding('ok', 'database', { version: rows[0].version }),
    pending.length > 0 ? finding('wrong', 'migrations', { count: pending.length }) : finding('ok', 'schema'),
    skew > MOST_SKEW_S ? finding('wrong', 'clock', { seconds: skew }) : finding('ok', 'clock-right'),
  ]
}

/** A session's lock must survive from one statement to the next: behind a transaction-mode pooler it does not. */
async function checkLocks(directUrl: string): Promise<Finding> {
  const client = new Client({ connectionString: directUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    const pid = async (): Promise<number> => (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid
    const pids = new Set([await pid(), await pid(), await pid()])
    return pids.size === 1 ? finding('ok', 'locks') : finding('wrong', 'pooler')
  } finally {
    await client.end()
  }
}

async function checkWork(client: Client): Promise<Finding[]> {
  const { rows } = await client.query(`SELECT
    (SELECT count(*)::int FROM delivery WHERE state = 'queued' AND expires_at > now()
      AND not_before < now() - make_interval(mins => ${OVERDUE_MINUTES})) AS overdue,
    (SELECT count(*)::int FROM inbound_update WHERE handled_at IS NULL AND set_aside_at IS NULL
      AND received_at < now() - make_interval(mins => ${OVERDUE_MINUTES})) AS unhandled,
    (SELECT count(*)::int FROM inbound_update WHERE set_aside_at > now() - interval '7 days') AS aside`)
  const { overdue, unhandled, aside } = rows[0]
  return [
    overdue > 0 ? finding('wrong', 'overdue', { count: overdue }) : finding('ok', 'sending'),
    ...(unhandled > 0 ? [finding('wrong', 'unhandled', { count: unhandled })] : []),
    ...(aside > 0 ? [finding('warning', 'aside', { count: aside })] : []),
  ]
}

async function checkChannel(channel: Channel, named: Named[]): Promise<Finding> {
  const { platform } = channel
  try {
    const { externalId, username } = await channel.identify()
    named.push({ platform, externalId })
    return finding('ok', `${platform}.answers`, { name: username ?? platform })
  } catch (error) {
    return finding('wrong', `${platform}.${isRefusal(error) ? 'unauthorized' : 'unreachable'}`)
  }
}

async function checkDisk(directory: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(directory)
  const free = Math.round((bavail * bsize) / 1024 / 1024)
  return finding(free < LEAST_FREE_MB ? 'wrong' : 'ok', free < LEAST_FREE_MB ? 'disk-full' : 'disk', { free })
}

/** Looks at everything that an installation stands on, while the service runs or not. Never throws. */
export async function examine(options: {
  config: Config
  database: { url: string; directUrl: string }
  db: Db
  now: Date
  migrations: string
  channels: readonly Channel[]
}): Promise<Finding[]> {
  const { config, database } = options
  const findings = checkSettings(config)
  const named: Named[] = []
  const channels: Finding[] = []
  for (const channel of options.channels) channels.push(await checkChannel(channel, named))
  const client = new Client({ connectionString: database.directUrl })
  client.on('error', () => {})
  try {
    await client.connect()
    findings.push(...(await checkDatabase(client, database.directUrl, options.migrations)))
    findings.push(await checkLocks(database.directUrl), ...(await checkWork(client)))
    findings.push(...(await checkBots(options.db, options.now, config.zone, named)))
    findings.push(...(await checkPages(options.db, options.now, config.publicUrl)))
    channels.push(...(await checkAddedBots(client, config, named)))
  } catch (error) {
    findings.push(finding('wrong', 'database-away', { why: error instanceof DatabaseProblem ? error.message : '' }))
  } finally {
    await client.end().catch(() => {})
  }
  findings.push(...channels)
  findings.push(await checkDisk(config.dataDir).catch(() => finding('wrong', 'disk-away')))
  return findings
}
