import { setTimeout as pause } from 'node:timers/promises'
import { type Payload, Refused } from './types.js'

export type Update = Readonly<{ event_name: string; message: object }>

type Hook = { url: string; secret: string; since: number }

const PRIVATE_HOST = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/
/** How often a post is tried; then the update is lost. */
const TRIES = 6

/**
 * What the bot was not told yet. There are no update ids and no offset: an update is gone as soon as it was given, one a
 * call; whoever asks again is taken to have kept the last one.
 */
export class Updates {
  #queue: Update[] = []
  #waiters: ((update: Update) => void)[] = []
  #unconfirmed = 0
  #hook: Hook | null = null
  #posting = false
  #closed = false
  /** Where the https address of a webhook really is: tests have no certificate. */
  hookOrigin: string | null = null
  /** What is said while the bot is off may be lost: then it is. */
  isLosing = false

  constructor(
    readonly pollSecondMs: number,
    readonly changed: () => void,
  ) {}

  /** What waits, and what was given and may not be stored yet. */
  get pending(): number {
    return this.#queue.length + this.#unconfirmed
  }

  push(update: Update): void {
    if (this.isLosing) return
    const waiter = this.#waiters.shift()
    if (waiter) {
      this.#unconfirmed += 1
      waiter(update)
    } else {
      this.#queue.push(update)
      void this.#post()
    }
  }

  async getUpdates(payload: Payload, gone: AbortSignal): Promise<Update> {
    if (this.#hook) throw new Refused(400, 'Webhook is set, delete it to use getUpdates')
    this.#unconfirmed = 0
    this.changed()
    const waiting = this.#queue.shift()
    if (waiting) {
      this.#unconfirmed += 1
      return waiting
    }
    const update = await this.#wait(Number(payload.timeout ?? 30) * this.pollSecondMs, gone)
    if (!update) throw new Refused(408, 'Request timeout')
    return update
  }

  #wait(ms: number, gone: AbortSignal): Promise<Update | null> {
    return new Promise((resolve) => {
      const end = (update: Update | null) => {
        clearTimeout(timer)
        this.#waiters = this.#waiters.filter((one) => one !== take)
        gone.removeEventListener('abort', giveUp)
        resolve(update)
      }
      const take = (update: Update) => end(update)
      const giveUp = () => end(null)
      const timer = setTimeout(giveUp, ms)
      gone.addEventListener('abort', giveUp)
      this.#waiters.push(take)
    })
  }

  async #posts(to: Hook, body: object): Promise<boolean> {
    const { pathname, search } = new URL(to.url)
    return fetch(this.hookOrigin ? new URL(pathname + search, this.hookOrigin) : to.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Bot-Api-Secret-Token': to.secret },
      body: JSON.stringify(body),
    }).then(
      (answer) => answer.ok,
      () => false,
    )
  }

  /** One at a time and in order; what is refused again and again is lost. */
  async #post(): Promise<void> {
    if (this.#posting) return
    this.#posting = true
    for (let tries = 1; this.#hook && this.#queue[0] && !this.#closed; tries += 1) {
      const isTaken = await this.#posts(this.#hook, { ok: true, result: this.#queue[0] })
      if (!isTaken && tries < TRIES) await pause(10 * 2 ** tries)
      if (!isTaken && tries < TRIES) continue
      this.#queue.shift()
      tries = 0
      this.changed()
    }
    this.#posting = false
  }

  async setWebhook(payload: Payload) {
    const url = String(payload.url)
    const secret = String(payload.secret_token)
    const isPublic = URL.canParse(url) && new URL(url).protocol === 'https:' && !PRIVATE_HOST.test(new URL(url).host)
    if (!isPublic) throw new Refused(400, 'Invalid parameter url')
    if (secret.length < 8 || secret.length > 256) throw new Refused(400, 'Invalid parameter secret_token')
    const hook = { url, secret, since: Date.now() }
    const ok = await this.#posts(hook, { ok: true, result: {} })
    this.#hook = hook
    void this.#post()
    return { url, updated_at: hook.since, verification: { ok } }
  }

  deleteWebhook() {
    this.#hook = null
    return { url: '', updated_at: Date.now() }
  }

  getWebhookInfo() {
    return { url: this.#hook?.url ?? '', updated_at: this.#hook?.since ?? 0 }
  }

  close(): void {
    this.#closed = true
  }
}
