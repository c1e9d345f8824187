import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenedBrowser, openBrowser } from '../../sandbox/browser.js'
import { aPdf } from '../../support/files.js'
import { type House, openHouse } from '../../support/house.js'
import { aMeeting } from '../../support/meetings.js'
import { aCell, aPerson, type Cell } from '../../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../../support/site.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PHONE = { width: 360, height: 740 }
const NAME = 'Vi Thị Không Máy'

let house: House
let cell: Cell
let site: Site
let opened: OpenedBrowser
/** An old phone: no script at all. */
let phone: Page
let eyes: Page
let link: string

beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 08:00', publicUrl: PUBLIC_URL })
  cell = await aCell(house, 4)
  await aPerson(house, NAME, cell.unitId)
  await aMeeting(house, cell.unitId, '2026-12-10 19:00', { agenda: 'Nghị quyết tháng 12' })
  site = await openSiteOf(house)
  opened = await openBrowser()
  phone = await opened.browser.newPage({ viewport: PHONE, javaScriptEnabled: false })
  eyes = await opened.browser.newPage({ viewport: PHONE })
})
afterAll(async () => {
  await opened?.close()
  await site?.close()
  await house?.close()
})

type Found = { id: string; help: string; nodes: { html: string }[] }

/** What axe-core objects to on this address; it needs script, so it looks from another window. */
async function complaints(address: string): Promise<string[]> {
  await eyes.goto(address)
  await eyes.evaluate(AXE)
  const found = await eyes.evaluate(async (): Promise<Found[]> => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Found[] }> } }
    return (await axe.run()).violations
  })
  expect(await eyes.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
  return found.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).join(' ')}`)
}

/** A page as its reader sees it first. `node scripts/screenshots.mjs` keeps it for the README; a test run keeps none. */
async function picture(address: string, name: string): Promise<void> {
  await eyes.goto(address)
  const bytes = await eyes.screenshot()
  if (process.env.SCREENSHOTS) await writeFile(join(process.env.SCREENSHOTS, name), bytes)
  expect(bytes.byteLength).toBeGreaterThan(5_000)
}

const sees = (words: string | RegExp, on = phone) => on.getByText(words).first().waitFor({ state: 'visible' })
const presses = (label: string | RegExp, on = phone) => on.getByRole('button', { name: label }).first().click()

test('from the address to consent, the answer with its reason, and a change of mind', async () => {
  await cell.secretary.says('trang riêng')
  await cell.secretary.taps(NAME)
  const { content } = await cell.secretary.sees('Trang riêng của đồng chí')
  link = site.at(/https:\S+/.exec(content.text)?.[0] ?? '')
  await phone.goto(link)
  expect(await complaints(link)).toEqual([])
  await presses('Bắt đầu')
  await sees(/91\/2025\/QH15/)
  await presses('Tôi đồng ý')
  await sees(`Đây có phải đồng chí ${NAME}`)
  await presses('Đúng')
  await sees(`Chào đồng chí ${NAME}`)
  await sees('Đồng chí chưa trả lời')
  expect(await complaints(link)).toEqual([])
  // Without script the reasons stand behind one line that opens.
  await phone.getByText('Vắng mặt…').click()
  await presses('Vắng: sức khỏe')
  await sees('Đã ghi: vắng mặt, lý do sức khỏe')
  await presses('Có mặt')
  await sees('Đã ghi: có mặt')
  await picture(link, 'personal-page.png')
  await phone.locator('#text').fill('họp ở đâu')
  await phone.getByRole('button', { name: 'Gửi', exact: true }).click()
  await sees(/Hội trường tầng 2/)
})

test('the material is opened, and read when its reader says so', async () => {
  await cell.secretary.sendsFile('de cuong.pdf', new Uint8Array(aPdf('x')), 'Đề cương tháng 12')
  await cell.secretary.taps('Không mật, gửi ngay')
  await house.app.settle()
  await phone.reload()
  const address = await phone.getByRole('link', { name: 'Mở: Đề cương tháng 12' }).getAttribute('href')
  const file = await phone.request.get(new URL(address ?? '', link).href)
  expect([file.status(), file.headers()['content-type']]).toEqual([200, 'application/pdf'])
  expect(await house.db.reading.count()).toBe(0)
  await presses('Đã đọc: Đề cương tháng 12')
  await sees('Đã đọc ✓')
  expect(await house.db.reading.count()).toBe(1)
  expect(await complaints(link)).toEqual([])
})

test('with large letters everything still fits a narrow phone', async () => {
  await presses('Chữ to hơn')
  await sees('Chữ cỡ thường')
  expect(await complaints(link)).toEqual([])
  await presses('Chữ cỡ thường')
  await presses('English')
  await sees(`Hello ${NAME}`)
  expect(await complaints(link)).toEqual([])
  await presses('Tiếng Việt')
  await sees(`Chào đồng chí ${NAME}`)
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
  await page.getByLabel('Đỗ Văn Thử 1').selectOption({ label: 'Vắng: công tác' })
  await picture(address, 'roll-call-page.png')
  await presses('Lưu, còn lại có mặt', page)
  await sees('vắng có lý do 1', page)
  await presses('Lưu và xác nhận', page)
  await sees('Đã xác nhận điểm danh', page)
  expect(await complaints(address)).toEqual([])
  await cell.secretary.sees('Đã xác nhận điểm danh', 'Đỗ Văn Thử 1 (công tác)')
  await phone.reload()
  await sees('Buổi họp đã bắt đầu hoặc đã qua.')
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
  expect(await complaints(`${link}x`)).toEqual([])
})
