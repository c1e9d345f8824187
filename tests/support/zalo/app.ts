import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../../src/app.js'
import { createZaloChannel, type ZaloOptions } from '../../../src/channels/zalo/index.js'
import { zaloLimits } from '../../../src/channels/zalo/limits.js'
import { createLog } from '../../../src/core/log.js'
import type { Channel, ChannelLimits } from '../../../src/messaging/channel.js'
import { startWebServer, type WebServer } from '../../../src/web/server.js'
import { webhookPages } from '../../../src/web/webhooks.js'
import { openTestDatabase } from '../database.js'
import { at, createTestApp } from '../house.js'
import { startZaloServer, type ZaloServer } from './server.js'
import type { Plan } from './types.js'

const TOKEN = '4000000001:fictionalTokenForTests-abcdefghijk'
/** What takes a second there takes 50 ms here. */
const SPEED = 20
const limits: ChannelLimits = {
  ...zaloLimits,
  sendsPerSecond: zaloLimits.sendsPerSecond * SPEED,
  sendsPerSecondPerChat: zaloLimits.sendsPerSecondPerChat * SPEED,
}
const times = { pollSeconds: 10, backoffMs: 50, backoffMaxMs: 200 }

export type ZaloApp = Readonly<{
  app: () => App
  server: ZaloServer
  clock: { moment: Date }
  url: string
  dataDir: string
  /** Resolves when everything that was said is handled, and what followed has gone. */
  settle: () => Promise<void>
  stop: () => Promise<void>
  /** After a stop: the same installation comes back, at the moment of the clock. */
  start: () => Promise<void>
  close: () => Promise<void>
}>

type Options = Readonly<{
  mode: 'polling' | 'webhook'
  now: string
  plan?: Plan
  /** Makes the app; the test house's own unless a test needs more. */
  create?: (options: Parameters<typeof createTestApp>[0]) => App
}>

/** The whole app on a database of its own, spoken to by the Bot Platform's protocol alone. */
export async function openZaloApp({ mode, now, plan, create = createTestApp }: Options): Promise<ZaloApp> {
  const database = await openTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-zalo-'))
  const server = await startZaloServer({ token: TOKEN, ...(plan ? { plan } : {}) })
  const clock = { moment: at(now) }
  const quota = { messagesPerMonth: plan?.messagesPerMonth ?? 3000, people: plan?.people ?? 50 }
  const account = { token: TOKEN, apiRoot: server.apiRoot, limits, times, quota }
  const options: ZaloOptions =
    mode === 'webhook' ? { ...account, mode, publicUrl: 'https://kyhop.example' } : { ...account, mode }
  let opened: { app: App; web: WebServer } | null = null

  /** The webhook over the real route and a real port; the stand-in posts there in the place of the public address. */
  async function openWeb(channel: Channel): Promise<WebServer> {
    const find = (path: string) => (path === channel.webhook?.path ? channel.webhook : null)
    const web = await startWebServer(webhookPages(find), { host: '127.0.0.1', port: 0 })
    server.webhooksTo(web.url)
    return web
  }

  async function start(): Promise<void> {
    const channel = createZaloChannel(options, createLog(process.env.TEST_LOG ?? 'silent'))
    const web = await openWeb(channel)
    const app = create({ url: database.url, dataDir, clock: { now: () => clock.moment }, channels: [channel] })
    opened = { app, web }
    await app.start()
  }

  const app = (): App => {
    if (!opened) throw new Error('the app is not running')
    return opened.app
  }

  async function stop(): Promise<void> {
    const { app, web } = opened ?? {}
    opened = null
    await app?.stop()
    await web?.close()
  }

  await start()
  return {
    app,
    server,
    clock,
    url: database.url,
    dataDir,
    settle: async () => {
      await server.until(() => server.pendingUpdates() === 0 || undefined)
      await app().settle()
    },
    stop,
    start,
    close: async () => {
      await stop()
      await server.close()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
