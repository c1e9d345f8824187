import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/**
 * The package unpacks beside `tmpdir()`, and the system libraries that a bare machine lacks (NSS, expat) only where it
 * believes to be on Amazon's: both are told by variables, for this one call. In a folder of its own, because a browser
 * that another run has half unpacked looks finished.
 */
async function unpack(directory: string): Promise<string> {
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV }
  Object.assign(process.env, { TMPDIR: directory, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' })
  try {
    return await chromium.executablePath()
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

/**
 * The package's own letters and no others. Its configuration names folders of another machine; without any font a text
 * has no size, and with those of this machine the browser ends itself where it looks for a letter that its page lacks.
 */
async function onlyItsFonts(directory: string): Promise<string> {
  const path = join(directory, 'fonts.conf')
  const [fonts, cache] = [join(directory, 'fonts', 'fonts'), join(directory, 'font-cache')]
  await writeFile(
    path,
    `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>`,
  )
  return path
}

export type OpenedBrowser = Readonly<{ browser: Browser; close: () => Promise<void> }>

/** The package holds a browser for Linux on x64; elsewhere the machine's own Chrome plays. */
async function openInstalled(): Promise<OpenedBrowser> {
  const browser = await playwright.launch({ channel: 'chrome', headless: true })
  return { browser, close: () => browser.close() }
}

/** A headless Chromium from the npm package alone, held to the rules of a normal browser. */
export async function openBrowser(): Promise<OpenedBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return openInstalled()
  const directory = await mkdtemp(join(tmpdir(), 'kyhop-browser-'))
  const executablePath = await unpack(directory)
  const args = chromium.args.filter((arg) => !/web-security|insecure-content|headless/.test(arg))
  const libraries = { LD_LIBRARY_PATH: join(directory, 'al2023/lib'), FONTCONFIG_FILE: await onlyItsFonts(directory) }
  const browser = await playwright.launch({
    executablePath,
    args,
    headless: true,
    env: { ...process.env, ...libraries },
  })
  return {
    browser,
    close: async () => {
      await browser.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
