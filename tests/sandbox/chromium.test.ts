import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { complaintsOf } from '../support/axe.js'
import { type OpenedBrowser, openBrowser } from './browser.js'
import { playScene } from './scene.js'
import { openPlayed, type Played, startingAt } from './setup.js'

const DESKTOP = { width: 1360, height: 860 }
const PHONE = { width: 390, height: 844 }

let played: Played
let opened: OpenedBrowser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  played = await openPlayed(startingAt('2026-12-01 08:00'))
  opened = await openBrowser()
  page = await opened.browser.newPage({ viewport: DESKTOP })
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
})
afterAll(async () => {
  await opened?.close()
  await played?.close()
})

const log = () => page.locator('#log')

test('a newcomer plays: the secretary taps, time goes on, a member answers with the keyboard', async () => {
  await page.goto(played.url)
  expect(await complaintsOf(page)).toEqual([])
  await page.getByRole('link', { name: 'Bí thư chi bộ' }).first().click()
  await page.getByRole('textbox', { name: /Nhắn cho bot với vai/ }).fill('menu')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Lịch họp', exact: true }).click()
  await log().getByText('08/12/2026').first().waitFor()
  await page.getByRole('button', { name: 'Đến việc kế tiếp' }).click()
  await page.getByText(/Vừa có 2\d tin nhắn được gửi/).waitFor()
  await log().getByText('Còn 7 ngày').waitFor()
  expect(await complaintsOf(page)).toEqual([])

  await page.getByRole('link', { name: 'Đảng viên', exact: true }).click()
  const answer = page.getByRole('button', { name: /Có mặt/ })
  await answer.focus()
  await page.keyboard.press('Enter')
  await page
    .locator('#panel .cell > .meeting summary')
    .filter({ hasText: /Có mặt 1$/ })
    .waitFor()
  expect(await page.evaluate('document.activeElement.tagName')).not.toBe('BODY')
  expect(faults).toEqual([])
})

test('on a phone the chat comes first, and the other parts are one tap away', async () => {
  await page.setViewportSize(PHONE)
  await page.reload()
  expect(await page.locator('#chat').isVisible()).toBe(true)
  expect(await page.locator('#people').isVisible()).toBe(false)
  expect(await complaintsOf(page)).toEqual([])
  await page.locator('.tabs').getByRole('link', { name: /Người/ }).click()
  await page.locator('#people').waitFor()
  expect(await complaintsOf(page)).toEqual([])
  await page.locator('.tabs').getByRole('link', { name: 'Sổ của bot' }).click()
  expect(await page.locator('#panel').isVisible()).toBe(true)
  expect(await complaintsOf(page)).toEqual([])
  const wide = await page.evaluate('document.documentElement.scrollWidth')
  expect(wide).toBeLessThanOrEqual(PHONE.width)
  expect(faults).toEqual([])
})

/** Keeps the picture where `node scripts/screenshots.mjs` says; a test run keeps none. */
async function picture(of: Page, name: string): Promise<number> {
  await of.waitForLoadState('networkidle')
  await of.evaluate('document.fonts.ready')
  const bytes = await of.screenshot()
  if (process.env.SCREENSHOTS) await writeFile(join(process.env.SCREENSHOTS, name), bytes)
  return bytes.byteLength
}

test('the pictures of the README can be taken', async () => {
  const { secretary, member } = await playScene(played)
  const calm = { reducedMotion: 'reduce' } as const
  const desktop = await opened.browser.newPage({ viewport: DESKTOP, ...calm })
  await desktop.goto(`${played.url}?person=${secretary}`)
  expect(await picture(desktop, 'sandbox.png')).toBeGreaterThan(30_000)
  const phone = await opened.browser.newPage({ viewport: PHONE, deviceScaleFactor: 2, ...calm })
  await phone.goto(`${played.url}?person=${member}`)
  expect(await picture(phone, 'sandbox-phone.png')).toBeGreaterThan(30_000)
})
