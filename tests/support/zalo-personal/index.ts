import { EventEmitter } from 'node:events'
import { toBuffer } from 'qrcode'
import { type API, GroupMessage, type LoginQRCallback, type TMessage, UserMessage, ZaloApiError } from 'zca-js'
import type { StoredCredentials } from '../../../src/channels/zalo-personal/credentials.js'
import type {
  ListenerEvents,
  PersonalApi,
  PersonalLibrary,
  PersonalListener,
} from '../../../src/channels/zalo-personal/library.js'
import { until } from '../until.js'

type CloseCode = ListenerEvents['closed'][0]
type Content = Exclude<Parameters<API['sendMessage']>[0], string>

/** One message as it arrived at its person or group. `at`: performance.now(). */
export type Arrived = Readonly<{ thread: string; isGroup: boolean; text: string; fileName: string | null; at: number }>

export const COOKIE = 'a-cookie-that-opens-the-account'
export const OWN = '7000111222333'

export const credentials = (since = Date.now() - 1_000): StoredCredentials => ({
  imei: 'an-imei',
  userAgent: 'a browser',
  cookie: [{ key: 'zpsid', value: COOKIE, domain: 'zalo.me' }],
  since,
})

/** The library's listener as its source has it: what is asked of one that was not started, or twice, is refused. */
class Listener extends EventEmitter<ListenerEvents> implements PersonalListener {
  state: 'new' | 'on' | 'off' = 'new'

  constructor(readonly zalo: PersonalZalo) {
    super()
  }

  start({ retryOnClose = false } = {}): void {
    if (this.state === 'on') throw new ZaloApiError('Already started')
    // It would come back by itself, beside ours.
    if (retryOnClose) this.zalo.violations.push('retryOnClose')
    this.state = 'on'
    this.zalo.opened(this)
  }

  stop(): void {
    if (this.state === 'on') this.close(1000)
  }

  /** As the web socket ends: the socket's own `close` comes later. */
  close(code: number): void {
    if (this.state !== 'on') return
    this.state = 'off'
    setImmediate(() => {
      this.emit('disconnected', code as CloseCode, '')
      this.emit('closed', code as CloseCode, '')
    })
  }

  requestOldMessages(type: 0 | 1): void {
    if (this.state !== 'on') return
    this.zalo.asked(this, type)
  }
}

/**
 * Zalo and the library in one: accounts' sessions, the one listener, people, groups. It refuses what Zalo refuses, and
 * notes what no well-behaved client does.
 */
export class PersonalZalo {
  readonly violations: string[] = []
  readonly arrived: Arrived[] = []
  readonly sessions: { api: PersonalApi; listener: Listener }[] = []
  keptAlive = 0
  /** What is in the way: set by tests. */
  offline = false
  cookieOpens = true
  mute = false
  keepAliveFails: Error | null = null
  /** How a message to a thread ends instead of arriving. */
  readonly fails = new Map<string, Error | 'empty' | 'hang'>()
  readonly said: { group: boolean; message: UserMessage | GroupMessage }[] = []
  #next = 1_000
  #listening: Listener | null = null

  readonly library: PersonalLibrary = {
    login: (given) => this.#login(given),
    loginQR: (tell) => this.#loginQR(tell),
  }
  readonly load = async (): Promise<PersonalLibrary> => this.library

  /** The listener that Zalo lets hear now. */
  get listener(): Listener {
    if (this.#listening?.state !== 'on') throw new Error('nobody listens')
    return this.#listening
  }

  isHeard(): boolean {
    return this.#listening?.state === 'on'
  }

  readonly events = new EventEmitter()
  readonly patienceMs = 10_000

  /** Waits until it is so; what follows from a change here is looked at again and again, because it happens elsewhere. */
  async until(look: () => boolean): Promise<void> {
    const state = () => JSON.stringify({ arrived: this.arrived, sessions: this.sessions.length, heard: this.isHeard() })
    const again = setInterval(() => this.events.emit('changed'), 5)
    await until(this, () => (look() ? true : undefined), state).finally(() => clearInterval(again))
  }

  async #login(given: Parameters<PersonalLibrary['login']>[0]): Promise<PersonalApi> {
    if (this.offline) throw new TypeError('fetch failed')
    const [cookie] = given.cookie as { value: string; domain?: string }[]
    if (!given.imei || !given.userAgent || !cookie) throw new ZaloApiError('Missing required params')
    // The library changes what it is given.
    cookie.domain = `was-${cookie.domain}`
    if (cookie.value !== COOKIE || !this.cookieOpens) throw new ZaloApiError('Đăng nhập thất bại')
    const listener = new Listener(this)
    const api: PersonalApi = {
      listener,
      getOwnId: () => OWN,
      fetchAccountInfo: async () => ({ profile: { displayName: 'Tổ Hòa Bình' } }) as never,
      keepAlive: async () => {
        this.keptAlive += 1
        if (this.keepAliveFails) throw this.keepAliveFails
        return { config_vesion: 1 }
      },
      sendMessage: (message, thread, type = 0) =>
        this.#send(typeof message === 'string' ? { msg: message } : message, thread, type),
    }
    this.sessions.push({ api, listener })
    return api
  }

  async #send({ msg, attachments }: Content, thread: string, type: 0 | 1): ReturnType<API['sendMessage']> {
    if (this.offline) throw new TypeError('fetch failed')
    const files = [attachments ?? []].flat()
    if (!msg && files.length === 0) throw new ZaloApiError('Missing message content')
    if (files.length > 0 && msg) this.violations.push('words and a file in one call')
    if (msg.length > 2_000) throw new ZaloApiError('Content too long', 118)
    const failure = this.fails.get(thread)
    if (failure === 'hang') return new Promise(() => {})
    if (failure === 'empty') return { message: null, attachment: [] }
    if (failure) throw failure
    const [file] = files
    if (typeof file === 'string') throw new ZaloApiError('File not found')
    // The library waits for the listener to say that the file has come, without end.
    if (file && !this.isHeard()) return new Promise(() => {})
    if (file && file.data.byteLength !== file.metadata.totalSize) this.violations.push('a wrong size')
    this.arrived.push({
      thread,
      isGroup: type === 1,
      text: msg,
      fileName: file?.filename ?? null,
      at: performance.now(),
    })
    this.#next += 1
    const sent = { msgId: this.#next }
    return file ? { message: null, attachment: [sent] } : { message: sent, attachment: [] }
  }

  /** A listener's socket is there: whoever listened before is turned out. */
  opened(listener: Listener): void {
    if (this.#listening && this.#listening !== listener) this.#listening.close(3000)
    this.#listening = listener
    setImmediate(() => {
      if (this.offline) return listener.close(1006)
      listener.emit('connected')
      if (!this.mute) listener.emit('cipher_key', 'a key')
    })
  }

  asked(listener: Listener, type: 0 | 1): void {
    const old = this.said.filter((one) => one.group === (type === 1)).map((one) => one.message)
    if (!this.mute) setImmediate(() => listener.state === 'on' && listener.emit('old_messages', old, type))
  }

  /** Somebody writes to the account, or in a group that it is in. */
  says(
    from: string,
    content: TMessage['content'],
    more: { group?: string; mention?: string; msgType?: string; at?: number; quietly?: boolean } = {},
  ): string {
    this.#next += 1
    const msgId = String(this.#next)
    const data = {
      msgId,
      msgType: more.msgType ?? 'webchat',
      uidFrom: from === OWN ? '0' : from,
      idTo: more.group ?? '0',
      ts: String(more.at ?? Date.now()),
      content,
      dName: 'ai đó',
    } as TMessage
    const mentions = more.mention ? [{ uid: OWN, pos: 0, len: more.mention.length, type: 0 as const }] : undefined
    const message = more.group ? new GroupMessage(OWN, { ...data, mentions }) : new UserMessage(OWN, data)
    this.said.push({ group: more.group !== undefined, message })
    if (!more.quietly && this.isHeard()) this.listener.emit('message', message)
    return msgId
  }

  readonly #kept = new Map<string, Uint8Array>()
  /** What somebody sent lies at Zalo under an address that is not to be guessed. */
  readonly fetch: typeof fetch = async (where) => {
    const bytes = this.#kept.get(String(where))
    return bytes ? new Response(new Uint8Array(bytes)) : new Response(null, { status: 404 })
  }

  /** Somebody sends a file to the account; it has no words of its own. */
  sendsFile(from: string, title: string, bytes: Uint8Array): string {
    const href = `https://f${this.#kept.size}-zpc.zdn.vn/${this.#next}/${encodeURIComponent(title)}`
    this.#kept.set(href, bytes)
    const params = JSON.stringify({ fileSize: String(bytes.byteLength) })
    return this.says(from, { href, title, params } as TMessage['content'], { msgType: 'share.file' })
  }

  /** Somebody opens Zalo on the web with the same account. */
  openedElsewhere(code: 3000 | 3003): void {
    this.listener.close(code)
  }

  /** What the phone does with the code on the screen, in this order; each word is one event of the library. */
  phone: ('scan' | 'confirm' | 'decline' | 'expire')[] = []
  readonly codes: (() => void)[] = []
  /** Of the code, as the library hands it on. */
  picture = QR_PNG

  async #loginQR(tell: LoginQRCallback): Promise<PersonalApi> {
    if (this.offline) throw new TypeError('fetch failed')
    return new Promise((resolve, reject) => {
      const retry = () => resolve(this.#loginQR(tell))
      const abort = () =>
        reject(Object.assign(new ZaloApiError('Operation aborted'), { name: 'ZaloApiLoginQRAborted' }))
      const actions = { retry, abort, saveToFile: async () => {} }
      const options = { enabledCheckOCR: false, enabledMultiLayer: false }
      tell({ type: 0, data: { code: 'c', image: this.picture, options, token: 't' }, actions })
      const steps = {
        scan: () => tell({ type: 2, data: { avatar: '', display_name: 'Tổ Hòa Bình' }, actions }),
        // The library tells of it and then never settles.
        decline: () => tell({ type: 3, data: { code: 'c' }, actions }),
        expire: () => {
          tell({ type: 1, data: null, actions })
          reject(new ZaloApiError('Cannot get scan result'))
        },
        confirm: () => {
          const cookie = credentials().cookie as never
          tell({ type: 4, data: { cookie, imei: 'an-imei', userAgent: 'a browser' }, actions: null })
          resolve(this.#login({ imei: 'an-imei', userAgent: 'a browser', cookie }))
        },
      }
      this.codes.push(() => {
        const step = this.phone.shift()
        if (step) steps[step]()
      })
    })
  }

  /** The phone does the next thing with the newest code. */
  does(step: (typeof this.phone)[number]): void {
    this.phone.push(step)
    this.codes.at(-1)?.()
  }
}

/** As Zalo's: a picture of a code, in base64. */
export const QR_PNG = (await toBuffer('https://id.zalo.me/fictional-code', { margin: 2, width: 256 })).toString(
  'base64',
)
