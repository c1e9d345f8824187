import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { Translate } from '../../core/i18n.js'

const LOOPBACK = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i
/** What a proxy adds: behind one, the loopback address is not the player's own. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * The socket comes from this machine and the browser asked for this machine by name. The name matters as well: a
 * foreign page whose domain points here (DNS rebinding) would otherwise speak for the player.
 */
function isLocal(c: Context): boolean {
  const address = getConnInfo(c).remote.address ?? ''
  return (
    LOOPBACK.test(address) &&
    LOCAL_HOST.test(c.req.header('host') ?? '') &&
    FORWARDED.every((name) => c.req.header(name) === undefined)
  )
}

/** A form of our own page. Every browser sends one of the two with a POST; what sends neither is no browser. */
function isOwnForm(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') return false
  const origin = c.req.header('origin')
  if (origin === undefined) return site === 'same-origin'
  return origin === `http://${c.req.header('host')}`
}

const CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'Content-Security-Policy': CSP,
  'X-Content-Type-Options': 'nosniff',
  // Not `no-referrer`: with it a browser sends `Origin: null` with our own forms.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** On this machine only, and for this page's own forms only; everybody else gets a sentence and 403. */
export const guard =
  (t: Translate): MiddlewareHandler =>
  async (c, next) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
    if (!isLocal(c)) return c.text(t('sandbox.refused.elsewhere'), 403)
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isOwnForm(c))
      return c.text(t('sandbox.refused.foreign-form'), 403)
    await next()
  }
