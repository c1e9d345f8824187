import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backup, restore } from '../../src/backup.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'
import { type House, openHouse } from '../support/house.js'
import { aCell } from '../support/people.js'

let house: House
let other: TestDatabase
let folder: string
let path: string
const blobs = () => openBlobs(join(folder, 'source'))
const target = () => openBlobs(join(folder, 'target'))
const NOW = new Date('2026-11-21T00:00:00Z')

beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  other = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'kyhop-backup-'))
  path = join(folder, 'sao lưu.kyhop')
})
afterAll(async () => {
  await house.close()
  await other.close()
  await rm(folder, { recursive: true, force: true })
})

const restoreInto = (options: { path?: string; replace?: boolean } = {}) =>
  restore({ url: other.url, blobs: target(), path, now: NOW, replace: false, ...options })

const fingerprint = async ({ db }: { db: TestDatabase['db'] }) => ({
  people: await db.person.findMany({ orderBy: { id: 'asc' } }),
  chats: await db.chat.findMany({ orderBy: { id: 'asc' } }),
  sent: await db.delivery.findMany({ where: { state: 'sent' }, orderBy: { id: 'asc' } }),
  bots: await db.bot.findMany(),
})

describe('backup and restore', () => {
  test('everything comes back, files too, while the service runs', async () => {
    const { members } = await aCell(house, 3)
    await members[0]?.says('menu')
    const bytes = new TextEncoder().encode('nội dung')
    const sha256 = await blobs().put(bytes)
    await house.db.file.create({ data: { sha256, mime: 'text/plain', size: bytes.byteLength, createdAt: NOW } })

    const written = await backup({
      url: house.url,
      blobs: blobs(),
      path,
      now: NOW,
    })
    expect(written.files).toBe(1)
    expect((await stat(path)).mode & 0o077).toBe(0)
    const restored = await restoreInto()
    expect(restored).toEqual(written)
    expect(await fingerprint(other)).toEqual(await fingerprint(house))
    expect(await target().get(sha256)).toEqual(Buffer.from(bytes))
  })

  test('what the database numbers itself goes on behind the restored rows', async () => {
    const before = await other.db.bot.aggregate({ _max: { lockKey: true } })
    const bot = await other.db.bot.create({
      data: { id: '0198aaaa-0000-7000-8000-000000000000', platform: 'x', externalId: 'y', createdAt: NOW },
    })
    expect(bot.lockKey).toBeGreaterThan(before._max.lockKey ?? 0)
  })

  test('data that is there is not replaced unasked', async () => {
    await expect(restoreInto()).rejects.toMatchObject({ code: 'cli.error.not-empty' })
    await restoreInto({ replace: true })
  })

  test('what was waiting to be sent then is not sent again', async () => {
    expect(
      await other.db.delivery.count({ where: { state: { in: ['queued', 'in_flight'] }, notBefore: { lte: NOW } } }),
    ).toBe(0)
  })

  test('a file that was cut short, or is none, or is another version’s changes nothing', async () => {
    const whole = await readFile(path)
    const before = await fingerprint(other)
    const cut = join(folder, 'cut')
    await writeFile(cut, whole.subarray(0, Math.floor(whole.length / 2)))
    const shorter = join(folder, 'shorter')
    const lines = gunzipSync(whole).toString().trimEnd().split('\n')
    await writeFile(shorter, gzipSync(`${[...lines.slice(0, 2), ...lines.slice(-1)].join('\n')}\n`))
    const none = join(folder, 'none')
    await writeFile(none, 'not a backup')
    for (const bad of [cut, shorter, none, join(folder, 'missing')])
      await expect(restoreInto({ path: bad, replace: true })).rejects.toMatchObject({
        code: 'cli.error.backup-unreadable',
      })
    const foreign = join(folder, 'foreign')
    await writeFile(foreign, gzipSync(`${JSON.stringify({ head: { format: 99, migrations: [], at: '' } })}\n`))
    await expect(restoreInto({ path: foreign, replace: true })).rejects.toMatchObject({
      code: 'cli.error.backup-foreign',
    })
    expect(await fingerprint(other)).toEqual(before)
  })

  test('a place that cannot be written to is a sentence, not a crash', async () => {
    const rejections: unknown[] = []
    const note = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', note)
    const nowhere = join(folder, 'no such folder', 'x.kyhop')
    await expect(backup({ url: house.url, blobs: blobs(), path: nowhere, now: NOW })).rejects.toMatchObject({
      code: 'cli.error.no-file',
    })
    // Node tells of an unhandled rejection at the end of the turn in which it came.
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    process.off('unhandledRejection', note)
    expect(rejections).toEqual([])
  })
})
