import { type Context, Hono } from 'hono'
import type { Actor } from '../../../conversation/types.js'
import { AppError } from '../../../core/errors.js'
import { isLocale, type Translate } from '../../../core/i18n.js'
import { inTransaction, type Tx } from '../../../database/client.js'
import type { PersonalPage } from '../../../database/generated/client.js'
import { isReader } from '../../../materials/sections.js'
import { findMeeting } from '../../../meetings/store.js'
import { endPages, type FoundPage, findPersonalPage, touch } from '../../../pages/personal.js'
import { calendarOf } from '../calendar.js'
import { answerFile, listSent, type Opened, openSent } from '../files.js'
import { wordsFor } from '../headers.js'
import type { PagesHouse, PersonalLine } from '../house.js'
import { tell } from '../layout.js'
import type { Form } from '../once.js'
import { beginChat, say } from './chat.js'
import { contentOf, fieldOf, updateIdOf } from './form.js'
import { PersonalSheet } from './page.js'
import { findPeople, readView } from './view.js'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `/toi/<token>`: looking changes nothing but when it was last looked at. */
export function personalPages(house: PagesHouse, line: PersonalLine): Hono {
  const sayNot = (c: Context, found: Exclude<FoundPage, { kind: 'open' }>) => {
    const t = wordsFor(house, null)
    const told = { title: t(`pages.own.${found.kind}`), how: t(`pages.own.${found.kind}-how`) }
    return tell(c, t, told, found.kind === 'ended' ? 410 : 404)
  }

  /** Runs `work` with the page of the token; says why where there is none. */
  const withPage = <T,>(
    c: Context,
    work: (tx: Tx, now: Date, page: PersonalPage) => Promise<T>,
  ): Promise<T | Response> =>
    inTransaction(house.db, async (tx) => {
      const now = house.now()
      const found = await findPersonalPage(tx, now, c.req.param('token') ?? '', house.codeKey)
      if (found.kind !== 'open') return sayNot(c, found)
      // Each time: whether somebody saw what was put there a minute ago is told by this.
      await touch(tx, now, found.page.id)
      return work(tx, now, found.page)
    })

  const show = (c: Context) =>
    withPage(c, async (tx, now, page) => {
      const view = await readView(house, tx, now, page)
      const t = wordsFor(house, view.locale ?? c.req.query('lang') ?? null)
      const asks = c.req.query('ask') === 'close' ? 'close' : null
      const token = c.req.param('token') ?? ''
      return c.html(<PersonalSheet t={t} token={token} now={now} view={view} asks={asks} />)
    })

  const back = (c: Context, more = '') => c.redirect(`${c.req.param('token')}${more}`, 303)

  const close = async (c: Context, page: PersonalPage, t: Translate) => {
    await house.act((tx, now) => endPages(tx, now, [page.id]))
    return tell(c, t, { title: t('pages.own.closed'), how: t('pages.own.closed-how') }, 200)
  }

  const begin = async (c: Context, page: PersonalPage, form: Form) => {
    const botId = line.botId()
    if (!botId) throw new AppError('pages.error.closed')
    const code = await beginChat(house, botId, page, c.req.query('lang') ?? null)
    const content = { kind: 'start', code } as const
    await say(house, line, page, { updateId: updateIdOf(form, content), content })
    return back(c)
  }

  const makeLarge = async (c: Context, page: PersonalPage) => {
    await house.db.personalPage.update({ where: { id: page.id }, data: { largeText: !page.largeText } })
    return back(c)
  }

  /** Before there is a chat the language travels in the address. */
  const chooseLocale = (c: Context, page: PersonalPage, form: Form) => {
    const locale = fieldOf(form, 'locale')
    return !page.chatId && isLocale(locale) ? back(c, `?lang=${locale}`) : null
  }

  const submit = async (c: Context, page: PersonalPage, people: readonly Actor[]) => {
    const form = (await c.req.parseBody({ all: true })) as Form
    const t = wordsFor(house, people[0]?.locale ?? null)
    const wanted = fieldOf(form, 'do')
    if (wanted === 'begin') return begin(c, page, form)
    if (wanted === 'large') return makeLarge(c, page)
    if (wanted === 'close') return back(c, '?ask=close')
    if (wanted === 'close-sure') return close(c, page, t)
    const moved = chooseLocale(c, page, form)
    if (moved) return moved
    const content = contentOf(form, t)
    // Before its chat has begun a page has nothing to answer to.
    if (!content || !page.chatId) return back(c)
    await say(house, line, page, { updateId: updateIdOf(form, content), content })
    return back(c, content.kind === 'call' ? '' : '#tin')
  }

  const post = async (c: Context): Promise<Response> => {
    const found = await withPage(c, async (tx, now, page) => ({ page, people: await findPeople(house, tx, now, page) }))
    return found instanceof Response ? found : submit(c, found.page, found.people)
  }

  /** A file of a message of this page's chat. */
  const sentFile = async (tx: Tx, now: Date, page: PersonalPage, deliveryId: string): Promise<Opened> => {
    const delivery = UUID.test(deliveryId) ? await tx.delivery.findUnique({ where: { id: deliveryId } }) : null
    const [sent] = delivery?.chatId === page.chatId ? await listSent(tx, deliveryId) : []
    return sent ? openSent(house, tx, now, sent) : { kind: 'gone', locale: null }
  }

  /** A material of a meeting that is theirs. */
  const material = async (tx: Tx, now: Date, page: PersonalPage, materialId: string): Promise<Opened> => {
    const people = await findPeople(house, tx, now, page)
    const gone = { kind: 'gone', locale: people[0]?.locale ?? null } as const
    const one = UUID.test(materialId)
      ? await tx.material.findFirst({ where: { id: materialId, withdrawnAt: null } })
      : null
    const meeting = one && (await findMeeting(tx, one.meetingId))
    if (!one?.sha256 || !one.fileName || !meeting) return gone
    for (const actor of people)
      if (await isReader(tx, actor, meeting)) {
        const file = await tx.file.findUnique({ where: { sha256: one.sha256 } })
        return file ? { kind: 'file', file: { ...file, fileName: one.fileName } } : gone
      }
    return { ...gone, kind: 'not-yours' }
  }

  const calendar = (c: Context) =>
    withPage(c, async (tx, now, page) => {
      const people = await findPeople(house, tx, now, page)
      const text = await calendarOf(house, tx, now, people)
      c.header('Content-Type', 'text/calendar; charset=utf-8')
      c.header('Content-Disposition', 'attachment; filename="lich-hop.ics"')
      return c.body(text)
    })

  const file = (find: typeof sentFile) => (c: Context) =>
    withPage(c, async (tx, now, page) => answerFile(c, house, await find(tx, now, page, c.req.param('id') ?? '')))

  return new Hono()
    .get('/toi/:token', show)
    .post('/toi/:token', post)
    .get('/toi/:token/lich.ics', calendar)
    .get('/toi/:token/tep/:id', file(sentFile))
    .get('/toi/:token/tai-lieu/:id', file(material))
}
