import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { WINDOWS } from './binaries.js'
import type { Running } from './pid-file.js'
import type { Place } from './place.js'

export const OWNER = 'kyhop'

/** Windows alone listens on a port, so it alone needs a password; it stays in a file of the data folder. */
export const passwordFile = (place: Place): string => join(place.base, 'postgres.password')

/** The address of a database of the running server, for `pg`: a socket's folder travels as the parameter `host`. */
export function databaseUrl(place: Place, running: Pick<Running, 'host' | 'port'>, database: string): string {
  const name = encodeURIComponent(database)
  if (!WINDOWS)
    return `postgresql://${OWNER}@localhost:${running.port}/${name}?host=${encodeURIComponent(running.host)}`
  const password = encodeURIComponent(readFileSync(passwordFile(place), 'utf8').trim())
  return `postgresql://${OWNER}:${password}@127.0.0.1:${running.port}/${name}`
}

/** A connection to `postgres`, the database that always exists; errors later than `connect` go to `onLost`. */
export async function connect(url: string, onLost: () => void = () => {}): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', onLost)
  await client.connect()
  return client
}

export type Probe = 'open' | 'busy' | 'closed'

/** Whether a server answers at `url`; `busy`: it is starting, stopping or full, and will say more in a moment. */
export async function probe(url: string): Promise<Probe> {
  try {
    await (await connect(url)).end()
    return 'open'
  } catch (error) {
    return ['57P03', '53300'].includes((error as { code?: string }).code ?? '') ? 'busy' : 'closed'
  }
}
