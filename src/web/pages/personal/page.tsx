import { LOCALES, type Translate } from '../../../core/i18n.js'
import { Sheet } from '../layout.js'
import type { Item } from './items.js'
import { MeetingCard } from './meeting.js'
import type { PersonalView, ReaderView } from './view.js'

/** `asks`: a question that stands before everything else. */
export type PageProps = Readonly<{ t: Translate; token: string; now: Date; view: PersonalView; asks: 'close' | null }>

const Once = ({ view }: Pick<PageProps, 'view'>) => <input type="hidden" name="once" value={view.once} />

const Message = ({ t, token, view, item }: Pick<PageProps, 't' | 'token' | 'view'> & { item: Item }) => (
  <li id={`m-${item.id}`} class={`card ${item.from}`}>
    <p class="soft">{t(item.from === 'bot' ? 'pages.own.bot' : 'pages.own.me')}</p>
    {item.heading ? <h3>{item.heading}</h3> : null}
    <p class="words">{item.text}</p>
    {item.file ? (
      <a class="button" href={`${token}/${item.file.href}`}>
        {t('pages.own.open', { title: item.file.name })}
      </a>
    ) : null}
    {item.link ? (
      <a class="button" href={item.link} rel="noreferrer">
        {t('pages.own.open-link')}
      </a>
    ) : null}
    {item.buttons.length > 0 ? (
      <form method="post">
        <Once view={view} />
        {item.buttons.flat().map((one) => (
          <button type="submit" name="choice" value={one.value}>
            {one.label}
          </button>
        ))}
      </form>
    ) : null}
  </li>
)

/** So many stand open: the answer to what was just done, and what it answers. Older ones would bury the rest of the page. */
const OPEN = 3

const List = ({ items, ...props }: PageProps & { items: readonly Item[] }) => (
  <ol>
    {items.map((item) => (
      <Message {...props} item={item} />
    ))}
  </ol>
)

const Messages = (props: PageProps) => (
  <section id="tin" aria-labelledby="tin-title">
    <h2 id="tin-title">{props.t('pages.own.messages')}</h2>
    <List {...props} items={props.view.items.slice(0, OPEN)} />
  </section>
)

const Older = (props: PageProps) => {
  const items = props.view.items.slice(OPEN)
  if (items.length === 0) return null
  return (
    <details>
      <summary class="button">{props.t('pages.own.older', { count: items.length })}</summary>
      <List {...props} items={items} />
    </details>
  )
}

const Write = ({ t, view }: PageProps) => (
  <form method="post" class="card">
    <Once view={view} />
    <label for="text">{t('pages.own.write')}</label>
    <input id="text" name="text" type="text" maxlength={2000} autocomplete="off" aria-describedby="text-how" />
    <p id="text-how" class="soft">
      {t('pages.own.write-how')}
    </p>
    <button type="submit">{t('pages.own.send')}</button>
  </form>
)

const Settings = ({ t, view }: PageProps) => (
  <section aria-labelledby="settings">
    <h2 id="settings">{t('pages.own.settings')}</h2>
    <form method="post">
      <Once view={view} />
      {LOCALES.filter((one) => one !== t.locale).map((one) => (
        <button type="submit" name="locale" value={one} class="quiet" lang={one}>
          {t(`organization.language.${one}`)}
        </button>
      ))}
      <button type="submit" name="do" value="close" class="quiet">
        {t('pages.own.close')}
      </button>
    </form>
    <p class="soft">{t('pages.own.secret')}</p>
  </section>
)

/** First of all: who needs it cannot read far. */
const TextSize = ({ t, view }: PageProps) => (
  <form method="post">
    <Once view={view} />
    <button type="submit" name="do" value="large" class="quiet">
      {t(view.large ? 'pages.own.normal-text' : 'pages.own.large-text')}
    </button>
  </form>
)

const AskClose = ({ t, token, view }: PageProps) => (
  <section class="alert" role="alert">
    <p>{t('pages.own.close-ask')}</p>
    <form method="post">
      <Once view={view} />
      <button type="submit" name="do" value="close-sure">
        {t('pages.own.close-yes')}
      </button>
    </form>
    <a class="button" href={token}>
      {t('pages.own.close-no')}
    </a>
  </section>
)

const Reader = ({ props, reader, alone }: { props: PageProps; reader: ReaderView; alone: boolean }) => (
  <>
    {alone ? null : <h2>{reader.actor.fullName}</h2>}
    {reader.meetings.length === 0 ? <p class="card">{props.t('pages.own.no-meeting')}</p> : null}
    {reader.meetings.map((view) => (
      <MeetingCard {...props} personId={reader.actor.personId} view={view} once={props.view.once} />
    ))}
  </>
)

const Own = (props: PageProps) => {
  const { t, token, view } = props
  const [first, ...others] = view.readers
  const hasMeetings = view.readers.some((one) => one.meetings.length > 0)
  return (
    <>
      <h1>{t('pages.own.hello', { name: view.readers.map((one) => one.actor.fullName).join(', ') })}</h1>
      {first?.cell ? <p class="soft">{first.cell}</p> : null}
      {view.readers.map((reader) => (
        <Reader props={props} reader={reader} alone={others.length === 0} />
      ))}
      {hasMeetings ? (
        <a class="button" href={`${token}/lich.ics`}>
          {t('pages.own.calendar')}
        </a>
      ) : null}
      {view.items.length > 0 ? <Messages {...props} /> : null}
      <Write {...props} />
      <Older {...props} />
    </>
  )
}

/** Before the consent, and after it was withdrawn: no name, nothing of anybody, one button. */
const Begin = (props: PageProps) => {
  const { t, view } = props
  return (
    <>
      <h1>{t('pages.own.welcome')}</h1>
      {view.items.length > 0 ? <Messages {...props} /> : <p>{t('pages.own.what')}</p>}
      <form method="post">
        <Once view={view} />
        <button type="submit" name="do" value="begin" class={view.items.length > 0 ? 'quiet' : 'primary'}>
          {t(view.items.length > 0 ? 'pages.own.begin-again' : 'pages.own.begin')}
        </button>
      </form>
    </>
  )
}

/** Somebody's own page: what stands at the top is always true now; below it the chat, newest first. */
export const PersonalSheet = (props: PageProps) => (
  <Sheet t={props.t} title={props.t('pages.own.title')} large={props.view.large}>
    {props.asks === 'close' ? <AskClose {...props} /> : null}
    <TextSize {...props} />
    {props.view.readers.length > 0 ? <Own {...props} /> : <Begin {...props} />}
    <Settings {...props} />
  </Sheet>
)
