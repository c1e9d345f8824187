import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type AppOptions, createApp } from '../../src/app.js'
import { createTelegramChannel, type TelegramOptions } from '../../src/channels/telegram/index.js'
import { telegramLimits } from '../../src/channels/telegram/limits.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { createLog } from '../../src/core/log.js'
import type { Channel, ChannelLimits } from '../../src/messaging/channel.js'
import { startWebServer } from '../../src/web/server.js'
import { webhookPages } from '../../src/web/webhooks.js'
import { openTestDatabase } from '../support/database.js'
import { at, ZONE } from '../support/house.js'
import {
  type Chat,
  type Person,
  type RecordedCall,
  startTelegramServer,
  type TelegramServer,
} from '../support/telegram/index.js'
import { type ChatPhone, CODE_KEY, createEyes, type Stage, walk } from './stage.js'

const TOKEN = '7000000001:AAfictionalTokenForTests_0123456789'
/** A second of the platform is 50 ms here: bursts that it would refuse are refused, only sooner. */
const SPEED = 20
const limits: ChannelLimits = {
  ...telegramLimits,
  sendsPerSecond: telegramLimits.sendsPerSecond * SPEED,
  sendsPerSecondPerChat: telegramLimits.sendsPerSecondPerChat * SPEED,
}
const times = { pollSeconds: 10, backoffMs: 50, backoffMaxMs: 200 }

function openChannel(server: TelegramServer, mode: 'polling' | 'webhook'): Channel {
  const account = { token: TOKEN, apiRoot: server.apiRoot, limits, times }
  const options: TelegramOptions =
    mode === 'webhook' ? { ...account, mode, publicUrl: 'https://kyhop.example' } : { ...account, mode }
  return createTelegramChannel(options, createLog('silent'))
}

/** The webhook over the real route and a real port; the stand-in posts there in the place of the public address. */
async function openWebhook(server: TelegramServer, { webhook }: Channel): Promise<() => Promise<void>> {
  if (!webhook) return async () => {}
  const find = (path: string) => (path === webhook.path ? webhook : null)
  const web = await startWebServer(webhookPages(find), { host: '127.0.0.1', port: 0 })
  server.webhooksTo(web.url)
  return web.close
}

const screenOf = (person: Person) =>
  person.messages().map(({ id, edits, text, keyboard, file }) => ({
    key: `${id}.${edits}`,
    sight: { text, buttons: keyboard.flat().map((button) => button.text), fileName: file?.fileName ?? null },
  }))

function phoneOf(person: Person, groupOf: (n: number) => Chat, settle: () => Promise<void>): ChatPhone {
  const after = async (act: unknown): Promise<void> => {
    await act
    await settle()
  }
  return {
    chatId: String(person.chat.id),
    counts: person.counts,
    says: (text) => after(person.says(text)),
    saysInGroup: (n, text) => after(person.says(text, { in: groupOf(n) })),
    taps: (label) => after(person.taps(label)),
    opens: (code) => after(person.opens(code)),
    sendsFile: (fileName, bytes, caption) => after(person.sendsFile(fileName, bytes, caption)),
    ...createEyes(person.parts.user.first_name, () => screenOf(person)),
  }
}

/** A file's words cannot be told from a text's before the platform says so: the channel then edits the caption. */
const isMendedEdit = ({ calls }: TelegramServer, { method, payload }: RecordedCall): boolean =>
  method === 'editMessageText' &&
  calls.some((one) => one.method === 'editMessageCaption' && one.payload.message_id === payload.message_id)

/** What the platform may not have seen at the end: a call it does not know, one too many, a tap that still spins. */
function verify(server: TelegramServer): void {
  expect(server.violations).toEqual([])
  const refused = server.calls.filter((call) => call.status !== 200)
  expect(refused.filter((call) => !isMendedEdit(server, call))).toEqual([])
  expect(server.openTaps()).toBe(0)
}

export type TelegramStage = Omit<Stage, 'phone'> &
  Readonly<{
    server: TelegramServer
    phone: (name: string) => ChatPhone
    close: () => Promise<void>
    verify: () => void
  }>

/** The whole app on a database of its own, spoken to by the Bot API's protocol alone. */
export async function openOverTelegram(
  mode: 'polling' | 'webhook',
  now: string,
  more: Pick<Partial<AppOptions>, 'publicUrl' | 'bots'> = {},
): Promise<TelegramStage> {
  const database = await openTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-month-'))
  const server = await startTelegramServer({ token: TOKEN, limits, tapLifeMs: 60_000 })
  const channel = openChannel(server, mode)
  const closeWebhook = await openWebhook(server, channel)
  const clock = { moment: at(now) }
  const app = createApp({
    database: { url: database.url, directUrl: database.url },
    dataDir,
    channels: [channel],
    clock: { now: () => clock.moment },
    zone: ZONE,
    defaultLocale: 'vi',
    translations: loadTranslations(join(import.meta.dirname, '../../locales')),
    codeKey: CODE_KEY,
    publicUrl: null,
    log: createLog(process.env.TEST_LOG ?? 'silent'),
    cron: false,
    ...more,
  })
  await app.start()
  const settle = async (): Promise<void> => {
    await server.until(() => server.pendingUpdates() === 0 || undefined)
    await app.settle()
  }
  let nextId = 501
  const groups = new Map<number, Chat>()
  const groupOf = (n: number): Chat => {
    const group = groups.get(n) ?? server.group({ id: -n, title: `Nhóm ${n}` })
    groups.set(n, group)
    return group
  }
  return {
    app,
    db: app.db,
    clock,
    server,
    codeKey: CODE_KEY,
    phone: (name) => phoneOf(server.person({ id: nextId++, name }), groupOf, settle),
    to: (text) => walk(app, clock, text, settle),
    verify: () => verify(server),
    close: async () => {
      await app.stop()
      await closeWebhook()
      await server.close()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
