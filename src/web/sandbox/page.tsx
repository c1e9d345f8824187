import { raw } from 'hono/html'
import { LOCALES } from '../../core/i18n.js'
import { Chat } from './chat.js'
import { Clock } from './clock.js'
import { actionOf, addressOf, type Look } from './look.js'
import { Panel } from './panel.js'
import { People } from './people.js'
import type { PageView } from './types.js'

const Languages = ({ look, person }: { look: Look; person: string | null }) => (
  <p class="languages">
    {LOCALES.map((locale) => (
      <a
        href={addressOf({ ...look, lang: locale }, person)}
        lang={locale}
        hreflang={locale}
        aria-current={look.t.locale === locale ? 'true' : undefined}
      >
        {look.t(`sandbox.language.${locale}`)}
      </a>
    ))}
  </p>
)

const Header = ({ look, person }: { look: Look; person: string | null }) => (
  <header class="top">
    <div>
      <h1>{look.t('sandbox.title')}</h1>
      <p class="notice">{look.t('sandbox.notice')}</p>
    </div>
    <Languages look={look} person={person} />
    <form method="post" action={actionOf(look, 'reset', null)} class="reset" data-ask={look.t('sandbox.reset-ask')}>
      <button type="submit">{look.t('sandbox.reset')}</button>
    </form>
  </header>
)

/** On a phone one part at a time is shown; these switch between them, by `:target` alone. */
const Tabs = ({ look, unread }: { look: Look; unread: number }) => (
  <nav class="tabs" aria-label={look.t('sandbox.tabs.label')}>
    <a href="#chat">{look.t('sandbox.tabs.chat')}</a>
    <a href="#people">
      {look.t('sandbox.tabs.people')}
      {unread > 0 ? <span class="badge">{unread}</span> : null}
    </a>
    <a href="#panel">{look.t('sandbox.tabs.panel')}</a>
  </nav>
)

type PageProps = Readonly<{ look: Look; view: PageView; sent: number | null; start: string | null }>

const Body = ({ look, view, sent, start }: PageProps) => {
  const person = view.chat?.person.id ?? null
  const unread = view.groups.flatMap((group) => group.people).reduce((sum, one) => sum + one.unread, 0)
  return (
    <body>
      <a class="skip" href="#chat">
        {look.t('sandbox.skip')}
      </a>
      <Header look={look} person={person} />
      <main>
        <People look={look} view={view} />
        <Chat look={look} view={view} start={start} />
        <Clock look={look} clock={view.clock} person={person} sent={sent} />
        <Panel look={look} panel={view.panel} />
      </main>
      <div id="tabs" data-region="tabs">
        <Tabs look={look} unread={unread} />
      </div>
      <p id="trouble" role="alert" data-text={look.t('sandbox.trouble')} />
    </body>
  )
}

export const Page = (props: PageProps) => {
  const { look } = props
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={look.t.locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>{look.t('sandbox.title')}</title>
          <link rel="stylesheet" href={look.assets.css} />
          <script src={look.assets.js} defer />
        </head>
        <Body {...props} />
      </html>
    </>
  )
}
