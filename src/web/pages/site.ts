import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError } from '../../core/errors.js'
import { botTokenPage } from './bot-token.js'
import { calendarPages } from './calendar.js'
import { checkInPage } from './check-in.js'
import { filePages } from './files.js'
import { strict, wordsFor } from './headers.js'
import type { PagesHouse } from './house.js'
import { tell } from './layout.js'
import { type OncePage, oncePages } from './once.js'
import { papersPage } from './papers.js'
import { personalPages } from './personal/routes.js'
import { rollCallPage } from './roll-call.js'
import { signInPage } from './sign-in.js'
import { uploadPage } from './upload.js'

/** What a person's file may weigh, and a little for the form around it. */
const MOST_BYTES = 21 * 1024 * 1024

const listPages = (house: PagesHouse): OncePage[] => [
  uploadPage(house.blobs),
  rollCallPage(house.permissions),
  checkInPage(house),
  papersPage(house),
  botTokenPage(house),
  signInPage(house),
]

/** Pages of ours that are reached from outside: one-time pages, files, personal pages. They work without script. */
export function publicPages(house: PagesHouse): Hono {
  const tooLarge = bodyLimit({
    maxSize: MOST_BYTES,
    onError: (c) => {
      const t = wordsFor(house, null)
      return tell(c, t, { title: t('pages.page.refused'), how: t('pages.page.too-large') }, 413)
    },
  })
  const site = new Hono().onError((error, c) => {
    const t = wordsFor(house, null)
    const known = error instanceof AppError
    if (!known) house.log.error({ err: error }, 'a page failed')
    const how = known ? t.dynamic(error.code, { ...error.params }) : t('pages.page.fault-how')
    return tell(c, t, { title: t(known ? 'pages.page.refused' : 'pages.page.fault'), how }, known ? 403 : 500)
  })
  for (const path of ['/p/*', '/tep/*', '/toi/*', '/lich/*']) site.use(path, strict, tooLarge)
  site
    .route('/', oncePages(house, listPages(house)))
    .route('/', filePages(house))
    .route('/', calendarPages(house))
  return house.personal ? site.route('/', personalPages(house, house.personal)) : site
}
