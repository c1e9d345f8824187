import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { createSeal } from '../../src/core/seal.js'
import { aDataDir, query, startProcess } from '../support/service.js'
import type { TelegramServer } from '../support/telegram/index.js'
import { aTelegram, BOT_KEY } from './scene.js'

let server: TelegramServer
let home: Awaited<ReturnType<typeof aDataDir>>
beforeAll(async () => {
  server = await aTelegram(7000000041, 'tien_trinh_bot')
  home = await aDataDir()
})
afterAll(async () => {
  await home.remove()
  await server.close()
})

test('a killed service opens the added bot again at its next start, and prints nothing of its token', async () => {
  const settings = {
    DATA_DIR: home.dataDir,
    BOT_KEY: Buffer.from(BOT_KEY).toString('base64'),
    TELEGRAM_API_ROOT: server.apiRoot,
    LOG_LEVEL: 'debug',
  }
  const before = await startProcess(settings)
  const id = newId()
  const sealed = createSeal(BOT_KEY).seal(server.token, id)
  await query(
    home.dataDir,
    `INSERT INTO bot (id, platform, external_id, username, credentials, created_at)
     VALUES ($1, 'telegram', $2, 'tien_trinh_bot', $3, now())`,
    [id, String(server.bot.id), sealed],
  )
  await before.end('SIGKILL')
  expect(server.calls).toEqual([])

  const after = await startProcess(settings)
  await server.until(() => server.callsOf('getUpdates').length > 0 || undefined, 120_000)
  server.person({ id: 801, name: 'Lan' }).says('xin chào')
  await server.person({ id: 801, name: 'Lan' }).sees('mã mời', { within: 120_000 })
  expect((await after.end('SIGTERM')).code).toBe(0)
  expect(before.printed() + after.printed()).not.toContain('AAfictional')
}, 300_000)
