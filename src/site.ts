import { Hono } from 'hono'
import type { App } from './app.js'
import { meetingSecretaryGrants } from './attendance/grants.js'
import type { PageChannel } from './channels/page/index.js'
import { createIdentify, createMay } from './organization/identity.js'
import { deepLink } from './platforms.js'
import { type HealthParts, healthPages } from './web/health.js'
import type { PagesHouse } from './web/pages/house.js'
import { publicPages } from './web/pages/site.js'
import { webhookPages } from './web/webhooks.js'

export type SiteParts = Omit<HealthParts, 'db' | 'channels'> &
  Pick<PagesHouse, 'now' | 'translations' | 'defaultLocale' | 'codeKey' | 'zone' | 'log'> &
  Readonly<{ app: App; publicUrl: string | null; page: PageChannel | null }>

const createPagesHouse = (parts: SiteParts, publicUrl: string): PagesHouse => ({
  ...parts,
  publicUrl,
  deepLink,
  ...parts.app,
  personal: parts.page && {
    channel: parts.page,
    botId: () => parts.app.lines.find((line) => line.channel === parts.page)?.botId() ?? null,
  },
  identify: createIdentify(parts.zone, meetingSecretaryGrants),
  permissions: createMay(parts.zone),
})

/** What the web server answers beside the sandbox. Without a public address nobody has a link to a page of ours. */
export function openSite(parts: SiteParts): Hono {
  const { app, publicUrl, ...health } = parts
  const channels = () => app.lines.map((line) => ({ platform: line.channel.platform, ...line.state() }))
  const site = new Hono().route('/', healthPages({ db: app.db, channels, ...health })).route(
    '/',
    webhookPages((path) => app.lines.find((line) => line.channel.webhook?.path === path)?.channel.webhook ?? null),
  )
  return publicUrl ? site.route('/', publicPages(createPagesHouse(parts, publicUrl))) : site
}
