import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { type Clock, systemClock } from '../../src/core/clock.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { createLog } from '../../src/core/log.js'
import { type Db, openDatabase } from '../../src/database/client.js'
import { openSandbox } from '../../src/sandbox.js'
import { startWebServer } from '../../src/web/server.js'
import { createEmptyDatabase, MIGRATIONS, TEMPLATE } from '../support/database.js'
import { at, ZONE } from '../support/house.js'

export const translations = loadTranslations(join(import.meta.dirname, '../../locales'))

/** A clock that runs from this moment on, as the machine's would on that day. */
export function startingAt(text: string): Clock {
  const ahead = at(text).getTime() - Date.now()
  return { now: () => new Date(Date.now() + ahead) }
}

export type Played = Readonly<{
  url: string
  /** The sandbox's own database, to look beside the page. */
  db: Db
  /** Ends the sandbox and opens it again, as a restart of the process does. */
  restart: () => Promise<void>
  close: () => Promise<void>
}>

/** The sandbox as the service shows it: real pages on a real port of the loopback address. */
export async function openPlayed(clock: Clock = systemClock): Promise<Played> {
  const database = await createEmptyDatabase(TEMPLATE)
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-sandbox-'))
  const log = createLog(process.env.TEST_LOG ?? 'silent')
  const open = () =>
    openSandbox({
      dataDir,
      zone: ZONE,
      defaultLocale: 'vi',
      translations,
      codeKey: new Uint8Array(32).fill(9),
      publicUrl: null,
      log,
      server: { sibling: async () => ({ url: database.url, directUrl: database.url }) },
      migrations: MIGRATIONS,
      clock,
    })
  let sandbox = await open()
  const site = new Hono().all('*', (c) => sandbox.pages.fetch(c.req.raw, c.env))
  const web = await startWebServer(site, { host: '127.0.0.1', port: 0 })
  const { db, close } = openDatabase(database.url, { connections: 2, log })
  return {
    url: `${web.url}/sandbox`,
    db,
    restart: async () => {
      await sandbox.stop()
      sandbox = await open()
    },
    close: async () => {
      await web.close()
      await close()
      await sandbox.stop()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
