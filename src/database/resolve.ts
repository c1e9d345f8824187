import { connectToRunning, type EmbeddedOptions, ensureDatabase, openEmbedded } from './embedded/index.js'
import { DatabaseProblem } from './problem.js'

/** `directUrl` leads past a transaction-mode pooler: locks and migrations need it. */
export type DatabaseAddress = Readonly<{ url: string; directUrl: string }>

export type DatabaseServer = DatabaseAddress &
  Readonly<{
    kind: 'embedded' | 'external'
    /** A second database beside the first (`kyhop` → `kyhop_sandbox`), made if it is not there. */
    sibling: (suffix: string) => Promise<DatabaseAddress>
    stop: () => Promise<void>
  }>

export type DatabaseSettings = Readonly<{ databaseUrl: string | null; directUrl: string | null; dataDir: string }>
type Hooks = Pick<EmbeddedOptions, 'say' | 'onLost'>

const NAME = 'kyhop'

/** For the service: the server of `DATABASE_URL`, else the embedded one, of which the caller becomes the owner. */
export async function openServer(settings: DatabaseSettings, hooks: Hooks = {}): Promise<DatabaseServer> {
  if (settings.databaseUrl) return external(settings.databaseUrl, settings.directUrl ?? settings.databaseUrl)
  const server = await openEmbedded({ dataDir: settings.dataDir, ...hooks })
  try {
    const url = await server.ensureDatabase(NAME)
    return {
      ...embedded(url, server.url('postgres')),
      stop: server.stop,
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** For the command line, while the service runs or not: as `openServer`, but a running server is joined, not refused. */
export async function joinServer(settings: DatabaseSettings, hooks: Hooks = {}): Promise<DatabaseServer> {
  if (settings.databaseUrl) return openServer(settings, hooks)
  const maintenance = await connectToRunning(settings.dataDir, 'postgres')
  if (!maintenance) return openServer(settings, hooks)
  await ensureDatabase(maintenance, NAME)
  return { ...embedded(renamed(maintenance, NAME), maintenance), stop: async () => {} }
}

const embedded = (url: string, maintenance: string) => ({
  kind: 'embedded' as const,
  url,
  directUrl: url,
  sibling: async (suffix: string): Promise<DatabaseAddress> => {
    const name = `${NAME}_${suffix}`
    await ensureDatabase(maintenance, name)
    const sibling = renamed(maintenance, name)
    return { url: sibling, directUrl: sibling }
  },
})

function external(url: string, directUrl: string): DatabaseServer {
  return {
    kind: 'external',
    url,
    directUrl,
    stop: async () => {},
    sibling: async (suffix) => {
      const name = `${decodeURIComponent(new URL(directUrl).pathname.slice(1))}_${suffix}`
      await ensureDatabase(directUrl, name).catch((cause) => {
        throw new DatabaseProblem(
          'database.no_sibling',
          `The database "${name}" is not there and could not be made. Create it, or give the user of DATABASE_URL the right CREATEDB.`,
          { cause },
        )
      })
      return { url: renamed(url, name), directUrl: renamed(directUrl, name) }
    },
  }
}

/** The same address with another database. */
function renamed(address: string, database: string): string {
  const url = new URL(address)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}
