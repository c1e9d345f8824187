import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeAt } from '../../../src/attendance/check-in/code.js'
import { type OpenedBrowser, openBrowser } from '../../sandbox/browser.js'
import { complaintsOf } from '../../support/axe.js'
import { type House, openHouse } from '../../support/house.js'
import { aMeeting } from '../../support/meetings.js'
import { aCell, aPerson, type Cell } from '../../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../../support/site.js'

const SCREEN = { width: 1280, height: 720 }

let house: House
let cell: Cell
let site: Site
let opened: OpenedBrowser
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-03 19:30', publicUrl: PUBLIC_URL })
  // One less than fifty with the secretary.
  cell = await aCell(house, 48)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  site = await openSiteOf(house)
  opened = await openBrowser()
  await house.to('2026-12-03 19:31')
})
afterAll(async () => {
  await opened?.close()
  await site?.close()
  await house?.close()
})

const code = async () => codeAt((await house.db.checkIn.findFirstOrThrow()).secret, house.now)

test('a code is suggested from fifty members on, not before', async () => {
  const { secretary } = cell
  await secretary.says('/diemdanh')
  expect((await secretary.last()).content.choices.flat().map((one) => one.label)).not.toContain(
    'Đông người: tự điểm danh bằng mã',
  )
  await aPerson(house, 'Lò Văn Năm Mươi', cell.unitId)
  await secretary.reads()
  await secretary.says('/diemdanh')
  await secretary.sees('Tổng số 50', '[Đông người: tự điểm danh bằng mã]')
})

test('the code stands large on a page without fault, looks again by itself, and is right after a minute', async () => {
  const { secretary } = cell
  await secretary.taps('Đông người: tự điểm danh bằng mã')
  await secretary.taps('Bật cho buổi này')
  await secretary.taps('Trang chiếu mã')
  const address = site.at((await secretary.sees('Trang hiện mã')).content.url ?? '')
  const page = await opened.browser.newPage({ viewport: SCREEN })
  await page.goto(address)
  const first = await code()
  expect(await page.locator('h1').textContent()).toBe(first)
  // Nowhere to scan for: this platform has no such links, so no square is spoken of.
  expect(await page.locator('svg').count()).toBe(0)
  expect(await page.locator('main').textContent()).not.toContain('mã vuông')
  expect(await page.locator('meta[http-equiv="refresh"]').getAttribute('content')).toBe('10')
  await cell.members[0]?.says(first)
  await house.to('2026-12-03 19:33')
  await page.reload()
  expect(await page.locator('h1').textContent()).toBe(await code())
  expect(await page.locator('main').textContent()).toContain('Đã tự điểm danh: 1')
  // The one thing that axe finds, and has to: WCAG 2.2.1 lets a page look again by itself where that is essential or in real
  // time. A code that stood still would be an old one; nothing here is read slowly, filled in or lost. Without the page the
  // same code is read from the chat.
  expect(await complaintsOf(page)).toEqual([expect.stringMatching(/^meta-refresh /)])
  expect(await page.locator('input, button, a').count()).toBe(0)
})

test('where the platform has links, a square brings the code along', async () => {
  const { secretary } = cell
  const bot = await house.db.bot.findFirstOrThrow({ where: { id: house.botId } })
  await house.db.bot.update({ where: { id: bot.id }, data: { platform: 'telegram', username: 'kyhop_bot' } })
  const address = site.at((await secretary.last()).content.url ?? '')
  const page = await opened.browser.newPage({ viewport: SCREEN })
  await page.goto(address)
  expect(await page.locator('svg').count()).toBe(1)
  expect(await page.locator('main').textContent()).toContain('mã vuông')
  // Everything is on the screen to its last line, and the code is read from the last row.
  const square = await page.locator('svg').boundingBox()
  expect((square?.y ?? SCREEN.height) + (square?.height ?? 0)).toBeLessThanOrEqual(SCREEN.height)
  const last = await page.locator('main p').last().boundingBox()
  expect((last?.y ?? SCREEN.height) + (last?.height ?? 0)).toBeLessThanOrEqual(SCREEN.height)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(SCREEN.width)
  expect((await page.locator('h1').boundingBox())?.height).toBeGreaterThan(150)
  const bytes = await page.screenshot()
  if (process.env.SCREENSHOTS) await writeFile(join(process.env.SCREENSHOTS, 'check-in-page.png'), bytes)
  expect(bytes.byteLength).toBeGreaterThan(5_000)
  await house.db.bot.update({ where: { id: bot.id }, data: { platform: bot.platform, username: bot.username } })
  await cell.members[1]?.opens(`here${await code()}`)
  await cell.members[1]?.sees('Đã ghi đồng chí có mặt')
  await secretary.taps('Tắt tự điểm danh')
  await page.reload()
  expect(await page.locator('main').textContent()).toContain('không có buổi họp nào đang tự điểm danh')
})
