import { join } from 'node:path'
import { type App, createApp } from './app.js'
import type { AddedBots } from './bot-keeper.js'
import type { Config } from './config.js'
import { systemClock } from './core/clock.js'
import { loadTranslations, type Translations } from './core/i18n.js'
import { readKey } from './core/key-file.js'
import type { Log } from './core/log.js'
import { createSeal } from './core/seal.js'
import { listPending, migrate } from './database/migrate.js'
import { openServer } from './database/resolve.js'
import { createLifecycle } from './lifecycle.js'
import { ensureAdministrator } from './organization/invitations.js'
import { beginPersonalSignIn, deepLink, openChannel, openChannels, openPersonalPages } from './platforms.js'
import { openSandbox, type Sandbox } from './sandbox.js'
import { openSite } from './site.js'
import { startWebServer } from './web/server.js'

export type Service = Readonly<{
  url: string
  /** The first administrator's one-time code, while nobody has used one. */
  administratorCode: string | null
  /** Resolves within 10 s, with nothing in flight lost. */
  stop: () => Promise<void>
}>

/** 10 s are promised; the rest is for the process to end. */
const STOP_MS = 9_000

/** What the service and the sandbox have in common. */
const sharedOptions = (config: Config, translations: Translations, log: Log) => ({
  dataDir: config.dataDir,
  zone: config.zone,
  defaultLocale: config.locale,
  translations,
  codeKey: readKey(config.dataDir),
  publicUrl: config.publicUrl,
  log,
})

const addedBots = (config: Config, log: Log): AddedBots => ({
  seal: createSeal(config.botKey),
  open: (platform, token) => openChannel(platform, token, config, log),
  ...(config.personalZalo ? { signIn: beginPersonalSignIn } : {}),
})

const unlessStopped = (work: Promise<void>, signal?: AbortSignal): Promise<void> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      const stopped = (): void => reject(new Error('stopped while starting'))
      if (signal?.aborted) stopped()
      signal?.addEventListener('abort', stopped, { once: true })
    }),
  ])

/**
 * Starts everything in order; what was started is stopped again if a later part fails. `root`: the folder with
 * `locales` and `prisma`. `say` shows one line of progress. `onFatal`: the database server is gone for good.
 */
export async function startService(options: {
  config: Config
  root: string
  log: Log
  say: (line: string) => void
  onFatal: () => void
  /** Ends a start that is still under way: a platform that does not answer may keep it for a minute. */
  signal?: AbortSignal
}): Promise<Service> {
  const { config, root, log, say } = options
  const life = createLifecycle(log, STOP_MS)
  const migrations = join(root, 'prisma', 'migrations')
  const translations = loadTranslations(join(root, 'locales'))
  const settings = { databaseUrl: config.databaseUrl, directUrl: config.databaseDirectUrl, dataDir: config.dataDir }
  let stopping = false

  try {
    say(translations.for(config.locale)('cli.start.database'))
    const server = await openServer(settings, { say, onLost: options.onFatal })
    life.add('database', server.stop)
    await migrate(server.directUrl, migrations)

    const channels = openChannels(config, log)
    const page = openPersonalPages(config)
    const shared = sharedOptions(config, translations, log)
    const app: App = createApp({
      ...shared,
      database: server,
      channels: page ? [...channels, page] : channels,
      bots: addedBots(config, log),
      clock: systemClock,
      cron: true,
    })
    life.add('app', app.stop)
    const administrator = await ensureAdministrator(app.db, systemClock.now(), { ...shared, deepLink })

    const pendingMigrations = () => listPending(server.directUrl, migrations)
    const site = openSite({ ...shared, app, page, now: systemClock.now, isStopping: () => stopping, pendingMigrations })
    const sandbox: Sandbox | null = config.sandbox ? await openSandbox({ ...shared, server, migrations }) : null
    if (sandbox) {
      life.add('sandbox', sandbox.stop)
      site.route('/', sandbox.pages)
    }
    const web = await startWebServer(site, config)
    life.add('web', web.close)
    await unlessStopped(app.start(), options.signal)
    return {
      url: sandbox ? `${web.url}/sandbox` : web.url,
      administratorCode: channels.length > 0 ? (administrator?.code ?? null) : null,
      stop: async () => {
        stopping = true
        await life.stop()
      },
    }
  } catch (error) {
    await life.stop()
    throw error
  }
}
