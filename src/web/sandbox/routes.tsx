import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isLocale, type Locale, type Translations } from '../../core/i18n.js'
import { openAssets } from './assets.js'
import { guard } from './guard.js'
import { addressOf, type Look } from './look.js'
import { Page } from './page.js'
import type { Playground, Said } from './types.js'

const BASE = '/sandbox'
/** What a person's file may weigh, and a little for the form around it. */
const MOST_BYTES = 21 * 1024 * 1024
const CODE = /^\d{8}$/
const STEPS = ['next', 'hour', 'day'] as const

type Form = Record<string, string | File | (string | File)[]>

const text = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}

/** A pressed button carries `<delivery>.<place>`. */
function choiceOf(value: string): Said | null {
  const match = /^([0-9a-f-]{36})\.(\d{1,3})$/.exec(value)
  return match ? { kind: 'choice', deliveryId: match[1] ?? '', index: Number(match[2]) } : null
}

async function fileOf(form: Form): Promise<Said | null> {
  const caption = text(form, 'caption').trim() || null
  const file = form.upload
  if (file instanceof File && file.size > 0)
    return { kind: 'file', fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()), caption }
  const id = text(form, 'example')
  return id ? { kind: 'example', id, caption } : null
}

/** What was done in a chat's forms; null: nothing (an empty field). */
async function saidOf(form: Form): Promise<Said | null> {
  const choice = text(form, 'choice')
  if (choice) return choiceOf(choice)
  if (text(form, 'do') === 'start') {
    const code = text(form, 'code').replace(/\D/g, '')
    return { kind: 'start', code: CODE.test(code) ? code : null }
  }
  if (text(form, 'do') === 'file') return fileOf(form)
  const words = text(form, 'text').trim()
  return words ? { kind: 'text', text: words } : null
}

/** The pages of the sandbox. Plain forms, each answered with a redirect: they work without script. */
export function sandboxPages(
  playground: Playground,
  options: Readonly<{ translations: Translations; defaultLocale: Locale }>,
): Hono {
  const { translations, defaultLocale } = options
  const assets = openAssets(`${BASE}/assets`)
  const lookOf = (c: Context): Look => {
    const lang = c.req.query('lang') ?? ''
    const locale = isLocale(lang) ? lang : defaultLocale
    return { t: translations.for(locale), lang: locale === defaultLocale ? null : locale, assets }
  }
  const back = (c: Context, person: string | null, extra: Record<string, string> = {}) =>
    c.redirect(addressOf(lookOf(c), person, extra), 303)
  const person = (c: Context): string | null => c.req.query('person') ?? null

  return new Hono()
    .use(`${BASE}/*`, (c, next) => guard(lookOf(c).t)(c, next))
    .use(`${BASE}/*`, (c, next) =>
      bodyLimit({ maxSize: MOST_BYTES, onError: () => c.text(lookOf(c).t('sandbox.refused.too-large'), 413) })(c, next),
    )
    .route('/', assets.pages)
    .get(BASE, async (c) => {
      const view = await playground.view(person(c))
      const sent = Number.parseInt(c.req.query('sent') ?? '', 10)
      const code = c.req.query('start') ?? ''
      c.header('Cache-Control', 'no-store')
      return c.html(
        <Page
          look={lookOf(c)}
          view={view}
          sent={Number.isInteger(sent) ? sent : null}
          start={CODE.test(code) ? code : null}
        />,
      )
    })
    .post(`${BASE}/say`, async (c) => {
      const who = person(c)
      const said = await saidOf(await c.req.parseBody())
      if (said && (!who || !(await playground.say(who, said))))
        return c.text(lookOf(c).t('sandbox.refused.nobody'), 404)
      return back(c, who)
    })
    .post(`${BASE}/clock`, async (c) => {
      const step = STEPS.find((one) => one === c.req.query('step'))
      if (!step) return back(c, person(c))
      return back(c, person(c), { sent: String(await playground.passTime(step)) })
    })
    .post(`${BASE}/reset`, async (c) => {
      await playground.reset()
      return back(c, null)
    })
    .get(`${BASE}/file/:delivery`, async (c) => {
      const file = await playground.openFile(c.req.param('delivery'))
      if (!file) return c.text(lookOf(c).t('sandbox.refused.no-file'), 404)
      // Always saved, never shown: what a player uploaded must not run as a page of ours.
      c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
      c.header('Content-Type', 'application/octet-stream')
      return c.body(new Uint8Array(file.bytes))
    })
}
