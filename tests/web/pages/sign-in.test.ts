import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { beginSignIn } from '../../../src/channels/zalo-personal/sign-in.js'
import { createSeal } from '../../../src/core/seal.js'
import { revealPages } from '../../../src/pages/tokens.js'
import { type OpenedBrowser, openBrowser } from '../../sandbox/browser.js'
import { complaintsOf } from '../../support/axe.js'
import { CODE_KEY, type House, openHouse, type Player } from '../../support/house.js'
import { aPerson, appoint } from '../../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../../support/site.js'
import { PersonalZalo } from '../../support/zalo-personal/index.js'

const PHONE = { width: 360, height: 740 }

let zalo: PersonalZalo
let house: House
let site: Site
let opened: OpenedBrowser
/** Without script, as the page is meant to be used; the other one lets axe-core look. */
let page: Page
let eyes: Page
let glass: CDPSession
let administrator: Player

beforeAll(async () => {
  const bots = {
    seal: createSeal(new Uint8Array(32).fill(9)),
    open: () => null,
    signIn: (changed: () => void) => beginSignIn(() => zalo.load(), changed),
  }
  house = await openHouse({ now: '2026-11-20 08:00', publicUrl: PUBLIC_URL, bots })
  site = await openSiteOf(house)
  const id = await aPerson(house, 'Vàng A Quản Trị')
  await appoint(house, id, 'administrator', null)
  administrator = await house.phoneOf('administrator', id)
  opened = await openBrowser()
  page = await (await opened.browser.newContext({ viewport: PHONE, javaScriptEnabled: false })).newPage()
  glass = await page.context().newCDPSession(page)
  eyes = await opened.browser.newPage({ viewport: PHONE })
})
beforeEach(() => {
  zalo = new PersonalZalo()
})
afterAll(async () => {
  await opened?.close()
  await site?.close()
  await house?.close()
})

/** The page's address, once the sentence that names the risk is typed. */
async function address(): Promise<string> {
  await administrator.says('/zalocanhan')
  await administrator.says('zalo co the khoa tai khoan nay chu tai khoan da dong y')
  const { content } = await administrator.sees('đăng nhập tài khoản Zalo bằng mã QR')
  return site.at(revealPages(CODE_KEY, PUBLIC_URL)(content.url ?? ''))
}

/** Nothing to object to, nothing beside the screen; `SCREENSHOTS` keeps what it looks like. */
async function isSound(where: string, name: string): Promise<void> {
  // It looks longer than the page stays before it asks for the next.
  await eyes.setContent((await site.get(where)).html.replace(/<meta http-equiv="refresh"[^>]*>/, ''))
  expect(await complaintsOf(eyes)).toEqual([])
  expect(await eyes.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width)
  if (process.env.SCREENSHOTS)
    await writeFile(join(process.env.SCREENSHOTS, `sign-in-${name}.png`), await eyes.screenshot())
}

/**
 * What stands on the screen. While the next page is asked for, the browser answers no such question: then it is the next
 * one that is read, when the phone has done something or the page's patience is over.
 */
async function read<T>(expression: string): Promise<T> {
  const { result } = await glass.send('Runtime.evaluate', { expression, returnByValue: true })
  return result.value as T
}

const sees = (words: string) =>
  expect.poll(() => read<string>('document.body?.innerText ?? ""'), { timeout: 60_000 }).toContain(words)

/** By the keyboard alone: the first thing that can be reached is what is to be done. */
async function presses(label: string): Promise<void> {
  await page.keyboard.press('Tab')
  const focused = page.locator('button:focus')
  expect(await focused.textContent()).toBe(label)
  await page.keyboard.press('Enter')
}

const codeIsThere = () => zalo.until(() => zalo.codes.length > 0)

test('from the first look to the saved account: each state appears by itself, without script, by keyboard', {
  timeout: 180_000,
}, async () => {
  const where = await address()
  await isSound(where, 'begin')
  await page.goto(where)
  await sees('Chuẩn bị điện thoại')
  await presses('Hiện mã QR')
  await codeIsThere()
  await sees('quét mã dưới đây')
  const wide = `document.querySelector('img[alt="Mã QR đăng nhập Zalo"]').getBoundingClientRect().width`
  expect(await read<number>(wide)).toBeGreaterThanOrEqual(200)
  await isSound(where, 'waiting')
  zalo.does('scan')
  await sees('Điện thoại của Tổ Hòa Bình đã quét mã')
  await isSound(where, 'scanned')
  zalo.does('confirm')
  await sees('Đã đăng nhập tài khoản Zalo “Tổ Hòa Bình”')
  await isSound(where, 'done')
  expect(await house.db.bot.count({ where: { platform: 'zalo-personal' } })).toBe(0)
  await presses('Dùng tài khoản này')
  await sees('Đã lưu tài khoản Zalo')
  await isSound(where, 'kept')
  expect(await house.db.bot.count({ where: { platform: 'zalo-personal' } })).toBe(1)
})

test.each([
  ['decline', 'đã từ chối trên điện thoại', 'declined'],
  ['expire', 'Mã QR đã hết hạn', 'expired'],
] as const)('%s: said by itself, and a new code is one press away', async (step, words, name) => {
  const where = await address()
  await page.goto(where)
  await presses('Hiện mã QR')
  await codeIsThere()
  await sees('quét mã dưới đây')
  zalo.does(step)
  await sees(words)
  await isSound(where, name)
  await presses('Lấy mã mới')
  await zalo.until(() => zalo.codes.length > 1)
  await sees('quét mã dưới đây')
})

test('the page stands still until the phone does something: only then is the next one given', async () => {
  const where = await address()
  await site.post(where, {})
  await codeIsThere()
  let given = false
  const next = site.get(`${where}?seen=waiting`).finally(() => {
    given = true
  })
  expect((await site.get(`${where}?seen=starting`)).html).toContain('quét mã dưới đây')
  expect(given).toBe(false)
  zalo.does('scan')
  expect((await next).html).toContain('Điện thoại của Tổ Hòa Bình đã quét mã')
})

test('Zalo cannot be reached: said, with what to do', async () => {
  zalo.offline = true
  const where = await address()
  await page.goto(where)
  await presses('Hiện mã QR')
  await sees('Chưa đăng nhập được')
  await isSound(where, 'failed')
})

test('the sentence that names the risk was not typed: there is no page to open', async () => {
  await administrator.reads()
  const before = await house.db.pageGrant.count()
  await administrator.says('/zalocanhan')
  await administrator.says('đồng ý')
  await administrator.sees('chưa đúng')
  expect(await house.db.pageGrant.count()).toBe(before)
  expect((await administrator.last()).content.url).toBeUndefined()
  await page.goto(site.at(`${PUBLIC_URL}/p/${'x'.repeat(22)}`))
  await sees('không còn dùng được')
})
