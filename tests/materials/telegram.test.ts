import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTelegramChannel } from '../../src/channels/telegram/index.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import { openTestDatabase } from '../support/database.js'
import { aPdf } from '../support/files.js'
import { at, createTestApp, type House } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import { startTelegramServer } from '../support/telegram/index.js'
import { NOW } from './setup.js'

const TOKEN = '7000000001:AAfictionalTokenForTests_0123456789'

async function overTelegram() {
  const database = await openTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'kyhop-telegram-'))
  const server = await startTelegramServer({ token: TOKEN, pollSecondMs: 60, patienceMs: 20_000 })
  const log = createLog('silent')
  const channel = createTelegramChannel({ token: TOKEN, apiRoot: server.apiRoot, mode: 'polling' }, log)
  const clock = { moment: at('2026-12-01 08:00') }
  const app = createTestApp({
    url: database.url,
    dataDir,
    clock: { now: () => clock.moment },
    channels: [channel],
    log,
  })
  await app.start()
  const close = async (): Promise<void> => {
    await app.stop()
    await server.close()
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  const house = { app, db: app.db, now: clock.moment, botId: app.lines[0]?.botId() ?? '' }
  return { house: house as unknown as House, server, close }
}

test('over Telegram a file is uploaded once, sent again by its id, and stays when it is read', async () => {
  const { house, server, close } = await overTelegram()
  const timer = setInterval(() => void house.app.tick(), 100)
  try {
    const unitId = await aUnit(house, 'Chi bộ Thử')
    const people = await Promise.all(
      ['Lò Thị Bí Thư', 'Đỗ Văn Thử'].map(async (name, n) => {
        const personId = await aPerson(house, name, unitId)
        const chat = { id: newId(), botId: house.botId, externalId: String(501 + n), kind: 'private' as const }
        await house.db.chat.create({ data: { ...chat, createdAt: house.now } })
        await house.db.chatLink.create({ data: { id: newId(), personId, chatId: chat.id, linkedAt: house.now } })
        return { personId, phone: server.person({ id: 501 + n, name }) }
      }),
    )
    const [secretary, member] = people
    if (!secretary || !member) throw new Error('nobody there')
    await appoint(house, secretary.personId, 'secretary', unitId)
    await aMeeting(house, unitId, '2026-12-10 19:00')
    member.phone.says('menu')

    secretary.phone.sendsFile('nq.pdf', aPdf(), 'Nghị quyết')
    await secretary.phone.sees('không phải tài liệu mật?')
    await secretary.phone.taps(NOW)
    await member.phone.sees('Tài liệu cho buổi sinh hoạt')
    await member.phone.taps('Đã đọc')
    const read = await member.phone.sees('Đã đọc ✓')
    expect(Buffer.from(read.file?.bytes ?? []).equals(aPdf())).toBe(true)
    member.phone.says('/tailieu')
    await member.phone.sees('Tài liệu cho buổi sinh hoạt thường kỳ 19:00 thứ Năm 10/12/2026:')
    await member.phone.taps('Nghị quyết')
    await server.until(() => (server.callsOf('sendDocument').length >= 3 ? true : undefined))

    const held = await house.db.platformFile.findMany()
    expect(held).toHaveLength(1)
    expect(server.callsOf('sendDocument').at(-1)?.payload.document).toBe(held[0]?.fileId)
    expect(server.violations).toEqual([])
  } finally {
    clearInterval(timer)
    await close()
  }
}, 60_000)
