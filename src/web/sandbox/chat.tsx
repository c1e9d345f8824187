import { actionOf, type Look, momentWords } from './look.js'
import { Avatar, captionOf, StarterLinks } from './people.js'
import type { ChatItem, ChatView, PageView } from './types.js'

const Buttons = ({ item }: { item: ChatItem }) => (
  <div class="buttons">
    {item.buttons.map((row) => (
      <div class="row">
        {row.map((button) => (
          <button type="submit" name="choice" value={button.value}>
            {button.label}
          </button>
        ))}
      </div>
    ))}
  </div>
)

const FileLine = ({ look, file }: { look: Look; file: NonNullable<ChatItem['file']> }) => (
  <p class="file">
    <span aria-hidden="true">📎 </span>
    {file.href ? (
      <a href={file.href} download={file.name}>
        <span class="visually-hidden">{look.t('sandbox.chat.save')} </span>
        {file.name}
      </a>
    ) : (
      file.name
    )}
  </p>
)

/** The words of what a person did; what is no text gets a word of the page's own. */
function wordsOf({ t }: Look, item: ChatItem): string {
  if (item.kind === 'start')
    return item.text ? t('sandbox.chat.opened-link', { code: item.text }) : t('sandbox.chat.started')
  if (item.kind === 'other') return t('sandbox.chat.unreadable')
  return item.text
}

const Bubble = ({ look, item, person }: { look: Look; item: ChatItem; person: string }) => (
  <li id={`m-${item.id}`} class={`message ${item.from} ${item.kind}`}>
    <span class="visually-hidden">
      {item.from === 'bot' ? look.t('sandbox.chat.bot') : look.t('sandbox.chat.me')}:{' '}
    </span>
    <div class="bubble">
      {item.pressed ? <p class="pressed">{look.t('sandbox.chat.pressed', { label: item.pressed })}</p> : null}
      {item.heading ? <p class="heading">{item.heading}</p> : null}
      <p class="words">{wordsOf(look, item)}</p>
      {item.file ? <FileLine look={look} file={item.file} /> : null}
      {item.url ? (
        <p class="words">
          <a href={item.url} rel="noopener noreferrer" target="_blank">
            {item.url}
          </a>
        </p>
      ) : null}
      {item.at ? <p class="time">{momentWords(look, item.at)}</p> : null}
    </div>
    {item.buttons.length > 0 ? (
      <form method="post" action={actionOf(look, 'say', person)} data-live>
        <Buttons item={item} />
      </form>
    ) : null}
  </li>
)

/** A fresh phone: one button, as every chat app shows it; with the code where one was handed out. */
const Begin = ({ look, chat, start }: { look: Look; chat: ChatView; start: string | null }) => (
  <form class="begin" method="post" action={actionOf(look, 'say', chat.person.id)} data-live>
    <p>{look.t(chat.person.linked ? 'sandbox.chat.empty' : 'sandbox.chat.empty-newcomer')}</p>
    {start ? <input type="hidden" name="code" value={start} /> : null}
    <button type="submit" name="do" value="start" class="primary">
      {start ? look.t('sandbox.chat.begin-with', { code: start }) : look.t('sandbox.chat.begin')}
    </button>
  </form>
)

const Code = ({ look, code }: { look: Look; code: string }) => (
  <p class="code">
    {look.t('sandbox.chat.code')} <strong>{code}</strong>
  </p>
)

const Files = ({ look, view, person }: { look: Look; view: PageView; person: string }) => (
  <details class="send-file" data-key="send-file">
    <summary>{look.t('sandbox.file.title')}</summary>
    <form method="post" action={actionOf(look, 'say', person)} enctype="multipart/form-data" data-live>
      <input type="hidden" name="do" value="file" />
      <p>
        <label for="example">{look.t('sandbox.file.example')}</label>
        <select id="example" name="example">
          {view.files.map((file) => (
            <option value={file.id}>
              {look.t.dynamic(`sandbox.file.${file.id}`)} ({file.fileName})
            </option>
          ))}
        </select>
      </p>
      <p>
        <label for="upload">{look.t('sandbox.file.upload')}</label>
        <input id="upload" type="file" name="upload" />
      </p>
      <p>
        <label for="caption">{look.t('sandbox.file.caption')}</label>
        <input id="caption" type="text" name="caption" maxlength={200} autocomplete="off" />
      </p>
      <button type="submit">{look.t('sandbox.file.send')}</button>
    </form>
  </details>
)

const Composer = ({ look, view, chat }: { look: Look; view: PageView; chat: ChatView }) => (
  <div class="composer">
    <form method="post" action={actionOf(look, 'say', chat.person.id)} class="write" data-live>
      <label for="text" class="visually-hidden">
        {look.t('sandbox.chat.write', { name: chat.person.fullName })}
      </label>
      <input
        id="text"
        name="text"
        type="text"
        maxlength={12_000}
        autocomplete="off"
        placeholder={look.t('sandbox.chat.placeholder')}
      />
      <button type="submit" class="primary">
        {look.t('sandbox.chat.send')}
      </button>
    </form>
    <Files look={look} view={view} person={chat.person.id} />
  </div>
)

const Chosen = ({ look, view, chat, start }: { look: Look; view: PageView; chat: ChatView; start: string | null }) => (
  <section id="chat" class="chat card" aria-labelledby="chat-title">
    <header>
      <Avatar person={chat.person} />
      <div class="who">
        <h2 id="chat-title">{chat.person.fullName}</h2>
        <p class="caption">
          {captionOf(look, chat.person)}
          {chat.unitName ? ` · ${chat.unitName}` : ''}
        </p>
      </div>
    </header>
    <div id="log" class="log" role="log" aria-live="polite" aria-labelledby="chat-title" tabindex={0}>
      <ol id="messages" data-region="messages" data-person={chat.person.id}>
        {chat.items.map((item) => (
          <Bubble look={look} item={item} person={chat.person.id} />
        ))}
      </ol>
      <div data-region="begin">
        {chat.code ? <Code look={look} code={chat.code} /> : null}
        {chat.items.length === 0 || start ? <Begin look={look} chat={chat} start={start} /> : null}
      </div>
    </div>
    <Composer look={look} view={view} chat={chat} />
  </section>
)

const Welcome = ({ look, view }: { look: Look; view: PageView }) => (
  <section id="chat" class="chat card welcome" aria-labelledby="chat-title">
    <h2 id="chat-title">{look.t('sandbox.welcome.title')}</h2>
    <p>{look.t('sandbox.welcome.what')}</p>
    <p>{look.t('sandbox.welcome.how')}</p>
    <StarterLinks look={look} starters={view.starters} chosen={null} />
    <p class="hint">{look.t('sandbox.welcome.clock')}</p>
  </section>
)

export const Chat = ({ look, view, start }: { look: Look; view: PageView; start: string | null }) =>
  view.chat ? <Chosen look={look} view={view} chat={view.chat} start={start} /> : <Welcome look={look} view={view} />
