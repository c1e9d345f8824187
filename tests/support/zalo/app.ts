import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../../src/app.js'
import type { AddedBots } from '../../../src/bot-keeper.js'
import { createZaloChannel, type ZaloOptions } from '../../../src/channels/zalo/index.js'
import { zaloLimits } from '../../../src/channels/zalo/limits.js'
import { createLog } from '../../../src/core/log.js'
import type { ChannelLimits } from '../../../src/messaging/channel.js'
import { startWebServer, type WebServer } from '../../../src/web/server.js'
import { openTestDatabase } from '../database.js'
import { at, createTestApp } from '../house.js'
import { PUBLIC_URL, siteOf } from '../site.js'
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
  /** Where a link of ours leads, on this machine. */
  at: (link: string) => string
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

type Options = Readonly<{ mode: 'polling' | 'webhook'; now: string; plan?: Plan; bots?: AddedBots }>

/** The whole app on a database of its own, spoken to by the Bot Platform's protocol alone. */
export async function openZaloApp({ mode, now, plan, bots }: Options): Promise<ZaloApp> {
  const database = await openTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-zalo-'))
  const server = await startZaloServer({ token: TOKEN, ...(plan ? { plan } : {}) })
  const clock = { moment: at(now) }
  const quota = { messagesPerMonth: plan?.messagesPerMonth ?? 3000, people: plan?.people ?? 50 }
  const account = { token: TOKEN, apiRoot: server.apiRoot, limits, times, quota }
  const options: ZaloOptions = mode === 'webhook' ? { ...account, mode, publicUrl: PUBLIC_URL } : { ...account, mode }
  let opened: { app: App; web: WebServer } | null = null

  /** Pages and webhook over their real routes and a real port; the stand-in posts there, not to the public address. */
  async function start(): Promise<void> {
    const channel = createZaloChannel(options, createLog(process.env.TEST_LOG ?? 'silent'))
    const now = () => clock.moment
    const shared = { url: database.url, dataDir, channels: [channel], publicUrl: PUBLIC_URL, ...(bots ? { bots } : {}) }
    const app = createTestApp({ ...shared, clock: { now } })
    const web = await startWebServer(siteOf(app, now), { host: '127.0.0.1', port: 0 })
    server.webhooksTo(web.url)
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
    at: (link) => link.replace(PUBLIC_URL, opened?.web.url ?? ''),
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
