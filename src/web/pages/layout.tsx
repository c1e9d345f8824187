import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Translate } from '../../core/i18n.js'

/** In the page itself: one request is enough, also where the line is slow. Read where it lies in the clone. */
const CSS = readFileSync(join(import.meta.dirname, '../../../src/web/pages/assets/pages.css'), 'utf8')

/** The policy allows exactly this style, pictures that stand in the page itself, no script, and forms of our own only. */
export const PAGE_CSP = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

type SheetProps = Readonly<{
  t: Translate
  title: string
  large?: boolean
  lookAgain?: number
  next?: string
  children?: Child
}>

/**
 * `lookAgain`: seconds after which the browser loads it anew. `next`: an address that answers only when there is
 * something new: the page stands still until then, and whoever reads or listens to it is not interrupted. It is asked for
 * after a second, because a browser shows nothing of a page that leads on at once. A page of ours: plain, for old phones, without script.
 */
export const Sheet = ({ t, title, large, lookAgain, next, children }: SheetProps) => (
  <>
    {raw('<!DOCTYPE html>')}
    <html lang={t.locale} class={large ? 'large' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        {lookAgain ? <meta http-equiv="refresh" content={String(lookAgain)} /> : null}
        {next ? <meta http-equiv="refresh" content={`1; url=${next}`} /> : null}
        <title>{`${title} – ${t('pages.title')}`}</title>
        <style>{raw(CSS)}</style>
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  </>
)

type Told = Readonly<{ title: string; how: string; back?: string }>

/** One thing to say and what to do next. `back`: where a button leads, relative to the address. */
export const Notice = ({ t, title, how, back }: Told & { t: Translate }) => (
  <Sheet t={t} title={title}>
    <h1>{title}</h1>
    <p>{how}</p>
    {back ? (
      <p>
        <a class="button" href={back}>
          {t('pages.page.back')}
        </a>
      </p>
    ) : null}
  </Sheet>
)

export const tell = (c: Context, t: Translate, told: Told, status: 200 | 400 | 403 | 404 | 410 | 413 | 500) =>
  c.html(<Notice t={t} {...told} />, status)
