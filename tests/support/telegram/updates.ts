import { setTimeout as pause } from 'node:timers/promises'
import { badRequest, type Payload, Refused } from './types.js'

export type Update = Readonly<{ update_id: number } & Record<string, unknown>>

type Hook = { url: string; secret: string; failures: number }
type Waiter = Readonly<{ end: (error?: Refused) => void }>

const PORTS = ['', '443', '80', '88', '8443']

const KINDS = ['message', 'edited_message', 'callback_query', 'my_chat_member']

/**
 * The queue of what the bot was not told yet. An update leaves it when a later poll's offset passes it, or when the
 * webhook answered 2xx.
 */
export class Updates {
  #queue: Update[] = []
  #nextId = 710_000_001
  #allowed: readonly string[] = []
  #waiter: Waiter | null = null
  #hook: Hook | null = null
  #posting = false
  #closed = false
  /** Where the https address of a webhook really is: tests have no certificate. */
  hookOrigin: string | null = null

  constructor(
    readonly pollSecondMs: number,
    readonly changed: () => void,
  ) {}

  get pending(): number {
    return this.#queue.length
  }

  push(kind: string, content: unknown): void {
    if (!(this.#allowed.length > 0 ? this.#allowed : KINDS).includes(kind)) return
    this.#queue.push({ update_id: this.#nextId++, [kind]: content })
    this.#waiter?.end()
    void this.#post()
  }

  #forget(isKnown: (update: Update) => boolean): void {
    this.#queue = this.#queue.filter((update) => !isKnown(update))
    this.changed()
  }

  /** One at a time and in order; a refusal is repeated with a growing pause. */
  async #post(): Promise<void> {
    if (this.#posting) return
    this.#posting = true
    while (this.#hook && this.#queue[0] && !this.#closed) await this.#postOne(this.#hook, this.#queue[0])
    this.#posting = false
  }

  async #postOne(to: Hook, update: Update): Promise<void> {
    const { pathname, search } = new URL(to.url)
    const address = this.hookOrigin ? new URL(pathname + search, this.hookOrigin) : to.url
    const ok = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': to.secret },
      body: JSON.stringify(update),
    }).then(
      (answer) => answer.ok,
      () => false,
    )
    to.failures = ok ? 0 : to.failures + 1
    if (ok) this.#forget((one) => one === update)
    else await pause(Math.min(10 * 2 ** to.failures, 1000))
  }

  /** A new poll ends the one that waits with 409: whoever asked last has it. */
  async getUpdates(payload: Payload, gone: AbortSignal): Promise<Update[]> {
    if (this.#hook)
      throw new Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
    this.#waiter?.end(new Refused(409, 'Conflict: terminated by other getUpdates request'))
    this.#allow(payload)
    const offset = Number(payload.offset ?? 0)
    if (offset > 0) this.#forget((update) => update.update_id < offset)
    const timeout = Number(payload.timeout ?? 0)
    if (this.#queue.length === 0 && timeout > 0) await this.#wait(timeout * this.pollSecondMs, gone)
    return this.#queue.slice(0, Math.min(Number(payload.limit ?? 100), 100))
  }

  #wait(ms: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error?: Refused) => {
        clearTimeout(timer)
        gone.removeEventListener('abort', giveUp)
        if (this.#waiter?.end === end) this.#waiter = null
        if (error) reject(error)
        else resolve()
      }
      const giveUp = () => end()
      const timer = setTimeout(end, ms)
      gone.addEventListener('abort', giveUp)
      this.#waiter = { end }
    })
  }

  /** Left out, what was asked for last stays. */
  #allow(payload: Payload): void {
    if (Array.isArray(payload.allowed_updates)) this.#allowed = payload.allowed_updates as string[]
  }

  setWebhook(payload: Payload): true {
    const url = String(payload.url)
    const secret = String(payload.secret_token ?? '')
    if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
      throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
    if (!PORTS.includes(new URL(url).port))
      throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
    if (!/^[\w-]{0,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters')
    this.#allow(payload)
    this.#hook = { url, secret, failures: 0 }
    void this.#post()
    return true
  }

  deleteWebhook(payload: Payload): true {
    this.#hook = null
    if (payload.drop_pending_updates === true) this.#forget(() => true)
    return true
  }

  getWebhookInfo() {
    return { url: this.#hook?.url ?? '', has_custom_certificate: false, pending_update_count: this.pending }
  }

  close(): void {
    this.#closed = true
    this.#waiter?.end()
  }
}
