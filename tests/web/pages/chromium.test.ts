import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenedBrowser, openBrowser } from '../../sandbox/browser.js'
import { complaintsOf } from '../../support/axe.js'
import { aPdf } from '../../support/files.js'
import { type House, openHouse } from '../../support/house.js'
import { aMeeting } from '../../support/meetings.js'
import { aCell, aPerson, type Cell } from '../../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../../support/site.js'
import { Visitor } from './visitor.js'

const PHONE = { width: 360, height: 740 }
const NAME = 'Vi Thị Không Máy'

let house: House
let cell: Cell
let site: Site
let opened: OpenedBrowser
let eyes: Page
/** Of the personal page; the month plays on it in the browser. */
let member: Visitor

beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 08:00', publicUrl: PUBLIC_URL })
  cell = await aCell(house, 4)
  await aPerson(house, NAME, cell.unitId)
  await aMeeting(house, cell.unitId, '2026-12-10 19:00', { agenda: 'Nghị quyết tháng 12' })
  site = await openSiteOf(house)
  opened = await openBrowser()
  eyes = await opened.browser.newPage({ viewport: PHONE })
})
afterAll(async () => {
  await opened?.close()
  await site?.close()
  await house?.close()
})

/** What axe-core objects to on this address; it needs script, so it looks from another window. */
async function complaints(address: string): Promise<string[]> {
  await eyes.goto(address)
  expect(await eyes.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
  return complaintsOf(eyes)
}

/** A page as its reader sees it first. `node scripts/screenshots.mjs` keeps it for the README; a test run keeps none. */
async function picture(address: string, name: string): Promise<void> {
  await eyes.goto(address)
  const bytes = await eyes.screenshot()
  if (process.env.SCREENSHOTS) await writeFile(join(process.env.SCREENSHOTS, name), bytes)
  expect(bytes.byteLength).toBeGreaterThan(5_000)
}

const sees = (words: string | RegExp, on: Page) => on.getByText(words).first().waitFor({ state: 'visible' })
const presses = (label: string | RegExp, on: Page) => on.getByRole('button', { name: label }).first().click()

test('a personal page has no fault before the consent, after it, with an answer, and with a material that is opened and read', async () => {
  await cell.secretary.says('trang riêng')
  await cell.secretary.taps(NAME)
  const { content } = await cell.secretary.sees('Trang riêng của đồng chí')
  member = new Visitor(site, /https:\S+/.exec(content.text)?.[0] ?? '')
  await member.looks()
  expect(await complaints(site.at(member.link))).toEqual([])
  for (const label of ['Bắt đầu', 'Tôi đồng ý', 'Đúng']) await member.presses(label)
  expect(await complaints(site.at(member.link))).toEqual([])
  await member.presses('Vắng: sức khỏe')
  await member.presses('Có mặt')
  await picture(site.at(member.link), 'personal-page.png')
  await cell.secretary.sendsFile('de cuong.pdf', new Uint8Array(aPdf('x')), 'Đề cương tháng 12')
  await cell.secretary.taps('Không mật, gửi ngay')
  await house.app.settle()
  await member.looks()
  const [, file = ''] = /href="([^"]*\/tai-lieu\/[^"]+)"/.exec(member.html) ?? []
  const opened = await site.get(new URL(file, member.link).href)
  expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(await house.db.reading.count()).toBe(0)
  await member.presses('Đã đọc: Đề cương tháng 12')
  expect([member.words.includes('Đã đọc ✓'), await house.db.reading.count()]).toEqual([true, 1])
  expect(await complaints(site.at(member.link))).toEqual([])
})

test('with large letters everything still fits a narrow phone', async () => {
  await member.presses('Chữ to hơn')
  expect(member.words).toContain('Chữ cỡ thường')
  expect(await complaints(site.at(member.link))).toEqual([])
  await member.presses('Chữ cỡ thường')
  await member.presses('English')
  expect(member.words).toContain(`Hello ${NAME}`)
  expect(await complaints(site.at(member.link))).toEqual([])
  await member.presses('Tiếng Việt')
})

test('the secretary calls the roll on a page, and the member’s page knows that the meeting has begun', async () => {
  await house.to('2026-12-10 19:05')
  await cell.secretary.says('điểm danh')
  await cell.secretary.taps('Mở trang điểm danh')
  const { content } = await cell.secretary.sees('Trang điểm danh')
  const address = site.at(content.url ?? '')
  const page = await opened.browser.newPage({ viewport: PHONE, javaScriptEnabled: false })
  await page.goto(address)
  expect(await complaints(address)).toEqual([])
  await page.getByLabel('Đỗ Văn Thử 1', { exact: true }).selectOption({ label: 'Vắng: công tác' })
  await picture(address, 'roll-call-page.png')
  await presses('Lưu, còn lại có mặt', page)
  await sees('vắng có lý do 1', page)
  await presses('Lưu và xác nhận', page)
  await sees('Đã xác nhận điểm danh', page)
  expect(await complaints(address)).toEqual([])
  await cell.secretary.sees('Đã xác nhận điểm danh', 'Đỗ Văn Thử 1 (công tác)')
  await member.looks()
  expect(member.words).toContain('Buổi họp đã bắt đầu hoặc đã qua.')
})

test('the pages for a file and for slips have no fault either, nor has a sentence', async () => {
  await cell.secretary.says('gửi tệp')
  const upload = site.at((await cell.secretary.sees('gửi tệp: tài liệu')).content.url ?? '')
  expect(await complaints(upload)).toEqual([])
  const page = await opened.browser.newPage({ viewport: PHONE, javaScriptEnabled: false })
  await page.goto(upload)
  await page
    .getByLabel('Tệp cần gửi')
    .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from(aPdf('y')) })
  await presses('Gửi tệp', page)
  await sees('Đã nhận tệp', page)
  await cell.secretary.says('trang riêng')
  await cell.secretary.taps('In phiếu mã QR')
  const papers = site.at((await cell.secretary.sees('Trang in phiếu')).content.url ?? '')
  expect(await complaints(papers)).toEqual([])
  expect(await complaints(site.at(`${member.link}x`))).toEqual([])
})
