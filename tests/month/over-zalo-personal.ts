import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { App } from '../../src/app.js'
import type { AddedBots } from '../../src/bot-keeper.js'
import { createPersonalZaloChannel, PERSONAL_ZALO } from '../../src/channels/zalo-personal/index.js'
import { personalLimits } from '../../src/channels/zalo-personal/pacing.js'
import { beginSignIn } from '../../src/channels/zalo-personal/sign-in.js'
import { signInToZalo, type Terminal } from '../../src/cli/zalo.js'
import { parseConfig } from '../../src/config.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { createLog } from '../../src/core/log.js'
import { createSeal } from '../../src/core/seal.js'
import { openTestDatabase } from '../support/database.js'
import { at, CODE_KEY, createTestApp } from '../support/house.js'
import { type Arrived, PersonalZalo } from '../support/zalo-personal/index.js'
import { numberFor, offersOf } from './in-words.js'
import { createEyes, type Group, type Phone, type Stage, walk } from './stage.js'

const NAME = '@Tổ Hòa Bình'
const KEY = 'f'.repeat(64)
const SENTENCE = 'Zalo có thể khóa tài khoản này, chủ tài khoản đã đồng ý'
/** What takes a second there takes 2 ms here. */
const SPEED = 500
const limits = {
  ...personalLimits,
  sendsPerSecond: personalLimits.sendsPerSecond * SPEED,
  sendsPerSecondPerChat: personalLimits.sendsPerSecondPerChat * SPEED,
  sendsPerMinutePerGroup: personalLimits.sendsPerMinutePerGroup * SPEED,
  sendJitterMs: (personalLimits.sendJitterMs ?? 0) / SPEED,
}
const times = { quietMs: 60_000, backoffMs: 5, backoffMaxMs: 20 }

const bots = (zalo: PersonalZalo): AddedBots => ({
  seal: createSeal(Buffer.from(KEY, 'hex')),
  open: (platform, token) =>
    platform === PERSONAL_ZALO
      ? createPersonalZaloChannel({ token, load: zalo.load, get: zalo.fetch, limits, times }, createLog('silent'))
      : null,
  signIn: (changed) => beginSignIn(zalo.load, changed),
})

/** Whoever runs the installation signs in at the terminal; the account's owner scans and confirms on the phone. */
async function signsIn(zalo: PersonalZalo, app: App, dataDir: string): Promise<void> {
  const locales = loadTranslations(join(import.meta.dirname, '../../locales'))
  const printed: string[] = []
  const terminal: Terminal = {
    print: (text) => void printed.push(text),
    ask: async (question) => (question.includes('Tổ Hòa Bình') ? 'có' : SENTENCE),
  }
  const session = {
    config: parseConfig({ ZALO_PERSONAL: '1', BOT_KEY: KEY, DATA_DIR: dataDir }, dataDir),
    db: app.db,
    t: locales.for('vi'),
    codeKey: CODE_KEY,
    now: new Date(),
  }
  const signedIn = signInToZalo(session, terminal, (changed) => beginSignIn(zalo.load, changed))
  await zalo.until(() => zalo.codes.length > 0)
  zalo.does('scan')
  zalo.does('confirm')
  await signedIn
  expect(printed.join('\n')).toContain('Tổ Hòa Bình')
  await app.lookAtBots()
  await zalo.until(() => zalo.isHeard())
}

type Shown = Readonly<{ key: string; sight: { text: string; buttons: string[]; fileName: string | null } }>

/** As it stands on the phone: a file, and right below it the words that came with it. */
function screenOf(arrived: readonly Arrived[]): Shown[] {
  const shown: Shown[] = []
  for (const [n, { text, fileName }] of arrived.entries()) {
    const before = shown.at(-1)?.sight
    const belongs = before?.fileName && before.text === '' && fileName === null
    const sight = { text, buttons: offersOf(text).map(({ label }) => label), fileName }
    if (belongs) shown.splice(-1, 1, { key: `${n}`, sight: { ...sight, fileName: before.fileName } })
    else shown.push({ key: `${n}`, sight })
  }
  return shown
}

type Account = Readonly<{ zalo: PersonalZalo; settle: (said: string) => Promise<void> }>

const of = (zalo: PersonalZalo, thread: string): Arrived[] => zalo.arrived.filter((one) => one.thread === thread)

function phoneOf({ zalo, settle }: Account, id: string, name: string): Phone {
  const counts = { taps: 0, lines: 0 }
  const sends = async (said: string): Promise<void> => {
    counts.lines += 1
    await settle(said)
  }
  const says = (text: string): Promise<void> => sends(zalo.says(id, text))
  return {
    id,
    counts,
    says,
    taps: (label) =>
      says(
        numberFor(
          label,
          of(zalo, id).map(({ text }) => text),
        ),
      ),
    opens: says,
    sendsFile: (fileName, bytes) => sends(zalo.sendsFile(id, fileName, bytes)),
    ...createEyes(name, () => screenOf(of(zalo, id))),
  }
}

/** The account is in it as a member, and is spoken to behind its name. */
function groupOf({ zalo, settle }: Account, group: string): Group {
  return {
    says: (phone, text) => {
      phone.counts.lines += 1
      const isCommand = text.startsWith('/')
      const said = isCommand
        ? zalo.says(phone.id ?? '', text, { group })
        : zalo.says(phone.id ?? '', `${NAME} ${text}`, { group, mention: NAME })
      return settle(said)
    },
    ...createEyes('the group', () => screenOf(of(zalo, group))),
  }
}

export type PersonalStage = Stage & Readonly<{ sent: () => number; close: () => Promise<void>; verify: () => void }>

/** The whole app with one person's own Zalo account and nothing else, through the library's own shapes. */
export async function openOverPersonalZalo(now: string): Promise<PersonalStage> {
  const database = await openTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-own-zalo-'))
  const zalo = new PersonalZalo()
  const clock = { moment: at(now) }
  const shared = { url: database.url, dataDir, channels: [], bots: bots(zalo) }
  const app = createTestApp({ ...shared, clock: { now: () => clock.moment } })
  await app.start()
  await signsIn(zalo, app, dataDir)
  const settle = async (externalId: string): Promise<void> => {
    const handled = { externalId, OR: [{ handledAt: { not: null } }, { setAsideAt: { not: null } }] }
    await expect.poll(() => app.db.inboundUpdate.count({ where: handled }), { timeout: 20_000, interval: 5 }).toBe(1)
    await app.settle()
  }
  const account = { zalo, settle }
  let nextId = 2_001
  return {
    app,
    db: app.db,
    clock,
    codeKey: CODE_KEY,
    inPlain: true,
    phone: (name) => phoneOf(account, String(nextId++), name),
    group: () => groupOf(account, '300'),
    to: (text) => walk(app, clock, text),
    sent: () => zalo.arrived.length,
    verify: () => {
      expect(zalo.violations).toEqual([])
      // One sign-in by the code, one by what it gave: nobody was turned out.
      expect(zalo.sessions).toHaveLength(2)
    },
    close: async () => {
      await app.stop()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
