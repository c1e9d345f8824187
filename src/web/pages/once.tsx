import { type Context, Hono } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Conversation } from '../../conversation/handle.js'
import { AppError } from '../../core/errors.js'
import type { Translate } from '../../core/i18n.js'
import { newId } from '../../core/ids.js'
import { inTransaction } from '../../database/client.js'
import type { PageGrant } from '../../database/generated/client.js'
import { lockChat } from '../../messaging/chats.js'
import type { JsonObject } from '../../messaging/vocabulary.js'
import type { PagePurpose } from '../../pages/grants.js'
import { wordsFor } from './headers.js'
import type { PagesHouse } from './house.js'
import { tell } from './layout.js'
import { type Found, findVisit, type Visit } from './visit.js'

export type Form = Record<string, string | File | (string | File)[]>

/** Does something as the visitor, in their chat. */
export type Do = (command: string, args: JsonObject) => Promise<void>

/** A page for one purpose. What it throws as `AppError` is shown as a sentence. */
export type OncePage = Readonly<{
  purpose: PagePurpose
  /** `said`: what the last submission came to. */
  show: (visit: Visit, t: Translate, said: string) => Promise<HtmlEscapedString | Promise<HtmlEscapedString>>
  /** Resolves when there is something new after `seen`, a word of the page's own, or after a while. Not in a transaction. */
  wait?: (grant: PageGrant, seen: string) => Promise<void>
  /** Before anything of a form is read: whether its sender may do this at all. */
  admit: (visit: Visit) => Promise<void>
  /** Work that is none for a transaction (keeping a file). Its result is given to `submit`. */
  prepare?: (form: Form) => Promise<JsonObject>
  /** Returns what is said of it on the page: a word of its own. */
  submit: (visit: Visit, form: Form, prepared: JsonObject, run: Do) => Promise<string>
  /** What a page says once it is spent. */
  done?: (t: Translate) => { title: string; how: string }
}>

const doAs =
  ({ tx, now, grant }: Visit, run: Conversation['run']): Do =>
  async (command, args) => {
    const row = await tx.chat.findUniqueOrThrow({ where: { id: grant.chatId } })
    // One thing at a time in a chat, as for whatever is said there.
    const chat = await lockChat(tx, now, row)
    const updateId = newId()
    const cause = `page:${grant.id}:${updateId}`
    await run(tx, now, { chat, personId: grant.personId, command, args, updateId, cause })
  }

/** `/p/<token>`: looked at by anybody who has the token, done by its person alone. */
export function oncePages(house: PagesHouse, pages: readonly OncePage[]): Hono {
  const pageOf = (purpose: string) => pages.find((one) => one.purpose === purpose) ?? null

  const sayNot = (c: Context, found: Exclude<Found, { kind: 'open' }>) => {
    const t = wordsFor(house, found.kind === 'spent' ? found.locale : null)
    const done = found.kind === 'spent' ? pageOf(found.grant.purpose)?.done : undefined
    if (done) return tell(c, t, done(t), 200)
    const why = found.kind === 'unlinked' ? 'unlinked' : 'gone'
    const told = { title: t(`pages.page.${why}`), how: t(`pages.page.${why}-how`) }
    return tell(c, t, told, why === 'gone' ? 404 : 403)
  }

  const sayError = (c: Context, t: Translate, error: unknown) => {
    if (error instanceof AppError) {
      house.log.info({ code: error.code, params: error.params }, 'refused on a page')
      const how = t.dynamic(error.code, { ...error.params })
      const back = c.req.method === 'POST' ? { back: c.req.param('token') ?? '' } : {}
      return tell(c, t, { title: t('pages.page.refused'), how, ...back }, 403)
    }
    house.log.error({ err: error }, 'a page failed')
    return tell(c, t, { title: t('pages.page.fault'), how: t('pages.page.fault-how') }, 500)
  }

  /** A page that asks for what is new after `seen` is answered then. */
  const waitFor = async (token: string, seen: string): Promise<void> => {
    const found = await inTransaction(house.db, (tx) => findVisit(house, tx, house.now(), token))
    if (found.kind === 'open') await pageOf(found.visit.grant.purpose)?.wait?.(found.visit.grant, seen)
  }

  const show = async (c: Context, token: string) => {
    const seen = c.req.query('seen')
    if (seen) await waitFor(token, seen)
    let t = wordsFor(house, null)
    return inTransaction(house.db, async (tx) => {
      const found = await findVisit(house, tx, house.now(), token)
      if (found.kind !== 'open') return sayNot(c, found)
      const { visit } = found
      t = wordsFor(house, visit.actor.locale)
      const page = pageOf(visit.grant.purpose)
      if (!page) return sayNot(c, { kind: 'gone' })
      await page.admit(visit)
      return c.html(await page.show(visit, t, c.req.query('said') ?? ''))
    }).catch((error) => sayError(c, t, error))
  }

  const submit = async (c: Context, token: string) => {
    let t = wordsFor(house, null)
    try {
      // Who may not is told before a file is taken in.
      const before = await inTransaction(house.db, async (tx) => {
        const found = await findVisit(house, tx, house.now(), token)
        if (found.kind === 'open') await pageOf(found.visit.grant.purpose)?.admit(found.visit)
        return found
      })
      if (before.kind !== 'open') return sayNot(c, before)
      t = wordsFor(house, before.visit.actor.locale)
      const page = pageOf(before.visit.grant.purpose)
      if (!page) return sayNot(c, { kind: 'gone' })
      const form = (await c.req.parseBody({ all: true })) as Form
      const prepared = (await page.prepare?.(form)) ?? {}
      const said = await house.act(async (tx, now, run) => {
        const found = await findVisit(house, tx, now, token)
        if (found.kind !== 'open') return found
        await page.admit(found.visit)
        return page.submit(found.visit, form, prepared, doAs(found.visit, run))
      })
      if (typeof said !== 'string') return sayNot(c, said)
      return c.redirect(`${token}?said=${said}`, 303)
    } catch (error) {
      return sayError(c, t, error)
    }
  }

  return new Hono()
    .get('/p/:token', (c) => show(c, c.req.param('token')))
    .post('/p/:token', (c) => submit(c, c.req.param('token')))
}
