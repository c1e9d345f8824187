import { join } from 'node:path'
import { type Config, parseConfig } from '../config.js'
import { loadTranslations, type Translate } from '../core/i18n.js'
import { readKey } from '../core/key-file.js'
import { createLog } from '../core/log.js'
import { type Db, openDatabase } from '../database/client.js'
import { migrate } from '../database/migrate.js'
import { type DatabaseServer, joinServer } from '../database/resolve.js'
import { readEnvFile } from '../env-file.js'
import { type Blobs, openBlobs } from '../messaging/blobs.js'
import type { Channel } from '../messaging/channel.js'
import { openChannels } from '../platforms.js'

/** `dist/cli/session.js` stands two levels below the clone, as `src/cli/session.ts` does. */
const ROOT = join(import.meta.dirname, '..', '..')

/** What a command of the command line works with. */
export type Session = Readonly<{
  config: Config
  db: Db
  server: DatabaseServer
  migrations: string
  blobs: Blobs
  t: Translate
  codeKey: Uint8Array
  channels: readonly Channel[]
  now: Date
}>

/** Settings and words alone: for commands that must work where the database does not. */
export function readSettings(): { config: Config; t: Translate } {
  Object.assign(process.env, { ...readEnvFile(join(ROOT, '.env')), ...process.env })
  const config = parseConfig(process.env, ROOT)
  return { config, t: loadTranslations(join(ROOT, 'locales')).for(config.locale) }
}

/**
 * Runs `work` on the service's database: the running service's server is joined, else one is started for the while.
 * Nothing that is printed to standard output but the command's own answer.
 */
export async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const { config, t } = readSettings()
  const log = createLog('silent')
  const migrations = join(ROOT, 'prisma', 'migrations')
  const { databaseUrl, databaseDirectUrl: directUrl, dataDir } = config
  const server = await joinServer({ databaseUrl, directUrl, dataDir }, { say: (line) => console.error(line) })
  try {
    await migrate(server.directUrl, migrations)
    const { db, close } = openDatabase(server.url, { connections: 2, log })
    try {
      return await work({
        config,
        db,
        server,
        migrations,
        blobs: openBlobs(join(dataDir, 'files')),
        t,
        codeKey: readKey(dataDir),
        channels: openChannels(config, log),
        now: new Date(),
      })
    } finally {
      await close()
    }
  } finally {
    await server.stop()
  }
}
