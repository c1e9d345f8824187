import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { aPdf } from '../support/files.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 08:00' })
  cell = await aCell(house, 1)
  await aPerson(house, 'Quàng Văn Xa', cell.unitId)
  await aMeeting(house, cell.unitId, '2026-12-20 19:00')
})
afterAll(() => house.close())

const bytesOf = (sha256: string): string => join(house.dataDir, 'files', sha256.slice(0, 2), sha256)

test('a paper that this version cannot make is given up, and those behind it are made', async () => {
  const chat = await house.db.chat.findFirstOrThrow({ where: { externalId: `secretary-${cell.unitId}` } })
  const job = { unitId: cell.unitId, personId: cell.secretaryId, chatId: chat.id, requestedAt: house.now }
  await house.db.printJob.create({ data: { id: newId(), paper: 'of-another-version', ...job, dueAt: house.now } })
  await cell.secretary.says('/goidien')
  await cell.secretary.taps('In danh sách')
  await cell.secretary.sees('goi-dien')
  await house.to('2026-12-01 08:30')
  expect(await house.db.printJob.count({ where: { dueAt: { not: null } } })).toBe(0)
  await cell.secretary.sees('Lựa chọn này')
})

test('a printed paper is forgotten when no link to it holds any more; a material stays', async () => {
  await cell.secretary.sendsFile('nghi-quyet.pdf', new Uint8Array(aPdf('Nghị quyết')), 'Nghị quyết')
  await cell.secretary.taps('Không mật, gửi ngay')
  const papers = await house.db.file.findMany({ where: { mime: 'text/html' } })
  const material = await house.db.material.findFirstOrThrow()
  expect(papers.map(({ sha256 }) => existsSync(bytesOf(sha256)))).toEqual([true])
  await house.to('2026-12-08 07:59')
  expect(await house.db.file.count({ where: { mime: 'text/html' } })).toBe(1)
  await house.to('2026-12-08 08:31')
  expect(papers.map(({ sha256 }) => existsSync(bytesOf(sha256)))).toEqual([false])
  expect(await house.db.file.findMany({ select: { sha256: true } })).toEqual([{ sha256: material.sha256 }])
  expect(existsSync(bytesOf(material.sha256 ?? ''))).toBe(true)
})
