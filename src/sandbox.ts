import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { createApp } from './app.js'
import { createSandboxChannel } from './channels/sandbox/index.js'
import { type Clock, systemClock } from './core/clock.js'
import type { Zone } from './core/dates.js'
import { AppError } from './core/errors.js'
import type { Locale, Translations } from './core/i18n.js'
import type { Log } from './core/log.js'
import { migrate } from './database/migrate.js'
import type { DatabaseAddress, DatabaseServer } from './database/resolve.js'
import { openBlobs } from './messaging/blobs.js'
import { createPlayClock } from './sandbox/clock.js'
import { emptyDatabase } from './sandbox/empty.js'
import { createPlayground } from './sandbox/play.js'
import { createQueue } from './sandbox/queue.js'
import { seedOnce } from './sandbox/seed.js'
import type { World } from './sandbox/world.js'
import { sandboxPages } from './web/sandbox/routes.js'

export type SandboxOptions = Readonly<{
  /** Its files live in `sandbox` below it. */
  dataDir: string
  zone: Zone
  defaultLocale: Locale
  translations: Translations
  codeKey: Uint8Array
  publicUrl: string | null
  log: Log
  server: Pick<DatabaseServer, 'sibling'>
  /** The folder of migrations. */
  migrations: string
  /** What the sandbox's clock starts from; the system's unless a test says otherwise. */
  clock?: Clock
}>

export type Sandbox = Readonly<{ pages: Hono; stop: () => Promise<void> }>

type Opened = World & Readonly<{ stop: () => Promise<void> }>

/** A second app: the same code on its own database, clock and made-up platform. */
async function openWorld(options: SandboxOptions, database: DatabaseAddress, dataDir: string): Promise<Opened> {
  const channel = createSandboxChannel()
  const clock = createPlayClock(options.clock ?? systemClock)
  const app = createApp({ ...options, database, dataDir, channels: [channel], clock, publicUrl: null, cron: false })
  try {
    await clock.load(app.db)
    await app.start()
    const botId = app.lines[0]?.botId()
    if (!botId) throw new AppError('web.sandbox.not-running')
    const blobs = openBlobs(join(dataDir, 'files'))
    await seedOnce(app.db, { ...options, botId, now: clock.now() }, blobs.put)
    const { inject, deposit } = channel
    const files = { deposit, readFile: blobs.get, keepFile: blobs.put }
    return { ...app, botId, clock, inject, ...files }
  } catch (error) {
    await app.stop()
    throw error
  }
}

/** Opens the sandbox beside the service: makes its database if need be, goes on where it was left. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const database = await options.server.sibling('sandbox')
  await migrate(database.directUrl, options.migrations)
  const dataDir = join(options.dataDir, 'sandbox')
  let world = await openWorld(options, database, dataDir)
  const reset = async (): Promise<void> => {
    await world.stop()
    await emptyDatabase(database.directUrl)
    await rm(join(dataDir, 'files'), { recursive: true, force: true })
    world = await openWorld(options, database, dataDir)
  }
  const inTurn = createQueue()
  const playground = createPlayground({ ...options, world: () => world, reset, inTurn })
  return {
    pages: sandboxPages(playground, options),
    stop: () => inTurn(() => world.stop()),
  }
}
