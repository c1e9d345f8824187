import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** The browser of the npm package needs no installation; a page of ours is held to the rules of a normal one. */
export async function openBrowser(): Promise<Browser> {
  const args = chromium.args.filter((arg) => !/web-security|insecure-content|headless/.test(arg))
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true })
}
