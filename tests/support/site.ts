import { join } from 'node:path'
import type { Hono } from 'hono'
import type { App } from '../../src/app.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { createLog, type Log } from '../../src/core/log.js'
import { openSite } from '../../src/site.js'
import { startWebServer } from '../../src/web/server.js'
import { CODE_KEY, type House, ZONE } from './house.js'

export const PUBLIC_URL = 'https://kyhop.example.vn'

export type Site = Readonly<{
  /** The local address of a link that was sent. */
  at: (link: string) => string
  get: (link: string) => Promise<Seen>
  /** Posts a form as a browser does, and follows where it leads. */
  post: (link: string, form: Record<string, string | string[] | Blob>) => Promise<Seen>
  close: () => Promise<void>
}>

export type Seen = Readonly<{ status: number; html: string; headers: Headers; bytes: Uint8Array }>

/** What the service's web server answers for an app of a test; `page`: its channel of personal pages, if it has one. */
export const siteOf = (
  app: App,
  now: () => Date,
  page: House['page'] | null = null,
  log: Log = createLog('silent'),
): Hono =>
  openSite({
    app,
    page,
    now,
    translations: loadTranslations(join(import.meta.dirname, '../../locales')),
    defaultLocale: 'vi',
    codeKey: CODE_KEY,
    publicUrl: PUBLIC_URL,
    zone: ZONE,
    log,
    isStopping: () => false,
    pendingMigrations: async () => [],
  })

/** The pages of a house on a real port of the loopback address. */
export async function openSiteOf(house: House, log?: Log): Promise<Site> {
  const web = await startWebServer(
    siteOf(house.app, () => house.now, house.page, log),
    { host: '127.0.0.1', port: 0 },
  )
  const at = (link: string) => link.replace(PUBLIC_URL, web.url)
  const see = async (answer: Response): Promise<Seen> => {
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return { status: answer.status, headers: answer.headers, bytes, html: new TextDecoder().decode(bytes) }
  }
  return {
    at,
    get: async (link) => see(await fetch(at(link))),
    post: async (link, form) => {
      const body = new FormData()
      for (const [name, value] of Object.entries(form))
        for (const one of Array.isArray(value) ? value : [value]) body.append(name, one)
      return see(await fetch(at(link), { method: 'POST', body }))
    },
    close: web.close,
  }
}
