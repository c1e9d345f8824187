import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDataDir, kyhop, runToEnd, type Service, type Settings, startProcess } from '../support/service.js'
import { startTelegramServer, type TelegramServer } from '../support/telegram/index.js'
import { startZaloServer, type ZaloServer } from '../support/zalo/index.js'

const ZALO_TOKEN = '4000000001:fictionalTokenForTests-abcdefghijk'
const TOKEN = '7000000001:AAfictionalTokenForTests_0123456789'

test('wrong settings are all named at once, without their values, and the exit code is 2', {
  timeout: 120_000,
}, async () => {
  const wrong = {
    TELEGRAM_BOT_TOKEN: 'not-a-token',
    ZALO_BOT_TOKEN: 'not-a-token',
    ZALO_PEOPLE: 'many',
    PORT: '70000',
    DEFAULT_LOCALE: 'fr',
    LOG_LEVEL: 'loud',
  }
  const { code, err } = await runToEnd(['scripts/start.mjs'], wrong)
  expect(code).toBe(2)
  for (const name of Object.keys(wrong)) expect(err).toMatch(new RegExp(`${name}: write`))
  expect(err).not.toContain('not-a-token')
})

describe('while the service runs', () => {
  let server: TelegramServer
  let zalo: ZaloServer
  let service: Service
  let settings: Settings
  let folder: Awaited<ReturnType<typeof aDataDir>>
  beforeAll(async () => {
    server = await startTelegramServer({ token: TOKEN })
    zalo = await startZaloServer({ token: ZALO_TOKEN })
    folder = await aDataDir()
    const accounts = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: server.apiRoot, ZALO_BOT_TOKEN: ZALO_TOKEN }
    settings = { ...accounts, ZALO_API_ROOT: zalo.apiRoot, DATA_DIR: folder.dataDir }
    service = await startProcess(settings)
  })
  afterAll(async () => {
    service.child.kill('SIGKILL')
    await folder.remove()
    await server.close()
    await zalo.close()
    expect([...server.violations, ...zalo.violations]).toEqual([])
  })

  test('it says where it is, and gives the first administrator a code', () => {
    expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(service.printed()).toMatch(/người quản trị .*: \d{4} \d{4}/)
    expect(service.printed()).not.toContain(TOKEN)
    expect(service.printed()).not.toContain(ZALO_TOKEN)
  })

  test('/healthz, and /readyz with the state of its channels', async () => {
    expect(await (await fetch(`${service.url}/healthz`)).json()).toEqual({ status: 'ok' })
    const ready = await fetch(`${service.url}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toEqual({
      status: 'ready',
      channels: [
        { platform: 'telegram', state: 'running', sending: true },
        { platform: 'zalo', state: 'running', sending: true },
      ],
    })
  })

  test('the same code works on either platform, side by side', async () => {
    const code = /người quản trị .*: (\d{4} \d{4})/.exec(service.printed())?.[1] ?? ''
    const lan = zalo.person({ id: 1, name: 'Lan' })
    lan.says(code)
    await lan.sees('91/2025/QH15')
    const ma = server.person({ id: 501, name: 'Ma' })
    ma.says(code)
    await ma.sees('91/2025/QH15')
  })

  test('a second start on the same folder is refused with a clear message', { timeout: 120_000 }, async () => {
    const { code, err } = await runToEnd(['scripts/start.mjs'], settings)
    expect(code).toBe(1)
    expect(err).toContain('already')
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200)
  })

  test('doctor, invite and backup work beside it', { timeout: 120_000 }, async () => {
    const doctor = await kyhop(['doctor'], settings)
    expect({ ...doctor, ms: 0 }).toMatchObject({ code: 0, err: '' })
    expect(doctor.out).toContain('@kyhop_test_bot')
    expect(doctor.out).toContain('Zalo: bot.KyHopThu')
    const invite = await kyhop(['invite', '--json'], settings)
    expect(invite.code).toBe(0)
    expect(JSON.parse(invite.out)).toBeInstanceOf(Array)
    const file = join(folder.dataDir, 'backup.kyhop')
    expect((await kyhop(['backup', file], settings)).code).toBe(0)
    expect((await stat(file)).size).toBeGreaterThan(500)
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200)
  })

  test('doctor names the platform that refuses its token, and the one that is away', { timeout: 120_000 }, async () => {
    const wrong = { ...settings, TELEGRAM_API_ROOT: 'http://127.0.0.1:9', ZALO_BOT_TOKEN: '4000000001:someOtherToken' }
    const { code, out } = await kyhop(['doctor'], wrong)
    expect(code).toBe(1)
    expect(out).toContain('✗ Không tới được Telegram')
    expect(out).toContain('✗ Zalo từ chối mã bot')
    expect(out).not.toContain('someOtherToken')
  })

  test('SIGTERM at rest ends it at once, and the folder is free again', { timeout: 120_000 }, async () => {
    const { code, ms } = await service.end('SIGTERM')
    expect(code).toBe(0)
    expect(ms).toBeLessThan(3_000)
    service = await startProcess(settings)
    expect(service.readyMs).toBeLessThan(10_000)
    expect((await service.end('SIGINT')).code).toBe(0)
  })
})
