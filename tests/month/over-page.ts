import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { openBrowser } from '../sandbox/browser.js'
import { openHouse } from '../support/house.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../support/site.js'
import { playerPhone } from './over-sandbox.js'
import { CODE_KEY, createEyes, type Phone, type Sight, type Stage } from './stage.js'

/** What a message of the page says, as its document has it. */
type Told = Readonly<{ key: string; text: string; buttons: string[]; file: string | null }>

/** One after the other, as somebody with one window. */
type Window = <T>(work: (page: Page) => Promise<T>) => Promise<T>

function createWindow(page: Page): Window {
  let before: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = before.then(() => work(page))
    before = mine.catch(() => {})
    return mine
  }
}

type Tag = Readonly<{
  id: string
  textContent: string
  querySelector: (selector: string) => Tag | null
  querySelectorAll: (selector: string) => Iterable<Tag>
  getAttribute: (name: string) => string | null
}>
type Globals = { DOMParser: new () => { parseFromString: (html: string, mime: 'text/html') => Tag } }

/** The bot's messages, the oldest first. Runs in the browser, so that what is read is what it makes of the page. */
function messagesIn(html: string): Told[] {
  const { DOMParser } = globalThis as unknown as Globals
  const list = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('li.bot')
  const text = (one: Tag | null) => one?.textContent ?? ''
  return [...list].reverse().map((li) => ({
    key: li.id,
    text: [li.querySelector('h3'), li.querySelector('.words')].map(text).filter(Boolean).join('\n'),
    buttons: [...li.querySelectorAll('button')].map(text),
    file: li.querySelector('a[href*="/tep/"]')?.getAttribute('href') ?? null,
  }))
}

/** The printed slips: whose, and the address under the code. */
function slipsIn(html: string): [string, string][] {
  const { DOMParser } = globalThis as unknown as Globals
  const list = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('.slip')
  const text = (one: Tag | null) => one?.textContent ?? ''
  return [...list].map((slip) => [text(slip.querySelector('h2')), text(slip.querySelector('.address'))])
}

/** The file under a message is opened, once, and has the name under which it would be saved. */
async function fileNameAt(address: string): Promise<string> {
  const answer = await fetch(address)
  expect([address, answer.status, (await answer.arrayBuffer()).byteLength > 0]).toEqual([address, 200, true])
  return decodeURIComponent(/filename\*=UTF-8''(.+)$/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '')
}

function createScreen(address: string, window: Window) {
  const files = new Map<string, Promise<string>>()
  const open = (href: string): Promise<string> => {
    const name = files.get(href) ?? fileNameAt(new URL(href, address).href)
    files.set(href, name)
    return name
  }
  const sightOf = async ({ text, buttons, file }: Told): Promise<Sight> => ({
    text,
    buttons,
    fileName: file ? await open(file) : null,
  })
  return async () => {
    const html = await (await fetch(address)).text()
    const told = await window((page) => page.evaluate(messagesIn, html))
    return Promise.all(told.map(async (one) => ({ key: one.key, sight: await sightOf(one) })))
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What "1 Có mặt" or "Đã đọc" is called on the page: without the digit, or with what it is about. */
const wordsFor = (label: string): RegExp =>
  new RegExp(`^\\s*(${escaped(label)}|${escaped(label.replace(/^\d /, ''))}|${escaped(label)}: .+)\\s*$`)

/** The first such button from the top that is not pressed already; what it stands behind is opened first. */
async function press(page: Page, label: string, counts: Phone['counts']): Promise<void> {
  const button = page.locator('button:not([aria-pressed="true"])', { hasText: wordsFor(label) }).first()
  if ((await button.count()) === 0)
    throw new Error(`no button "${label}" on:\n${await page.locator('main').textContent()}`)
  if (!(await button.isVisible())) {
    counts.taps += 1
    await page.locator('details:not([open])', { has: button }).locator('summary').first().click()
  }
  counts.taps += 1
  await button.click()
}

function phoneAt(address: string, window: Window, reader: Window, settle: () => Promise<void>): Phone {
  const counts = { taps: 0, lines: 0 }
  const does = async (work: (page: Page) => Promise<void>): Promise<void> => {
    await window(async (page) => {
      await page.goto(address)
      await work(page)
    })
    await settle()
  }
  const cannot = async (): Promise<void> => {
    throw new Error('a page has no such thing')
  }
  return {
    counts,
    says: (text) =>
      does(async (page) => {
        counts.lines += 1
        await page.locator('#text').fill(text)
        await page.getByRole('button', { name: 'Gửi', exact: true }).click()
      }),
    taps: (label) => does((page) => press(page, label, counts)),
    opens: cannot,
    sendsFile: cannot,
    ...createEyes(address, createScreen(address, reader)),
  }
}

/** For twenty phones: a window keeps nothing of a page but what it shows, and more would only wait for the processor. */
const WINDOWS = 2

async function openWindows(): Promise<Readonly<{ next: () => Window; reader: Window; close: () => Promise<void> }>> {
  const { browser, close } = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
  const windows: Window[] = []
  for (let n = 0; n < WINDOWS; n += 1) windows.push(createWindow(await context.newPage()))
  let given = 0
  const next = (): Window => {
    given += 1
    const window = windows[given % WINDOWS]
    if (!window) throw new Error('no window')
    return window
  }
  return { next, reader: createWindow(await context.newPage()), close }
}

/**
 * The members have neither app: each has a personal page, in a real browser without script. Those who lead the cell, and
 * the committee, write in the sandbox.
 */
export async function openOverPage(now: string): Promise<Stage & { close: () => Promise<void> }> {
  const house = await openHouse({ now, publicUrl: PUBLIC_URL })
  const site: Site = await openSiteOf(house)
  const windows = await openWindows()
  return {
    app: house.app,
    db: house.db,
    clock: house.clock,
    codeKey: CODE_KEY,
    phone: (name) => playerPhone(house, house.stranger(name)),
    browsers: async (link) => {
      const { html } = await site.get(link)
      const slips = new Map(await windows.reader((page) => page.evaluate(slipsIn, html)))
      const settle = () => house.app.settle()
      return (name) => phoneAt(site.at(slips.get(name) ?? `no slip of ${name}`), windows.next(), windows.reader, settle)
    },
    to: (text) => house.to(text),
    close: async () => {
      await windows.close()
      await site.close()
      await house.close()
    },
  }
}
