import { badRequest, Refused } from './types.js'

export type Update = Readonly<{ update_id: number } & Record<string, unknown>>

type Hook = { url: string; secret: string; failures: number }
type Waiter = Readonly<{ end: (error?: Refused) => void }>

const PORTS = ['', '443', '80', '88', '8443']

const KINDS = ['message', 'edited_message', 'callback_query', 'my_chat_member']

const isStrings = (value: unknown): value is string[] => Array.isArray(value)

/**
 * The queue of what the bot was not told yet. An update leaves it when a later poll's offset passes it, or when the
 * webhook answered 2xx.
 */
export function createUpdates(pollSecondMs: number) {
  let queue: Update[] = []
  let nextId = 710_000_001
  let allowed: readonly string[] = []
  let waiter: Waiter | null = null
  let hook: Hook | null = null
  let hookOrigin: string | null = null
  let posting = false
  let closed = false

  function push(kind: string, content: unknown): void {
    if (!(allowed.length > 0 ? allowed : KINDS).includes(kind)) return
    queue.push({ update_id: nextId++, [kind]: content })
    waiter?.end()
    void post()
  }

  /** One at a time and in order; a refusal is repeated with a growing pause. */
  async function post(): Promise<void> {
    if (posting) return
    posting = true
    while (hook && queue[0] && !closed) await postOne(hook, queue[0])
    posting = false
  }

  async function postOne(to: Hook, update: Update): Promise<void> {
    const { pathname, search } = new URL(to.url)
    const address = hookOrigin ? new URL(pathname + search, hookOrigin) : to.url
    const ok = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': to.secret },
      body: JSON.stringify(update),
    }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) queue = queue.filter((one) => one !== update)
    to.failures = ok ? 0 : to.failures + 1
    if (!ok) await new Promise((resolve) => setTimeout(resolve, Math.min(10 * 2 ** to.failures, 1000)))
  }

  function setAllowed(value: unknown): void {
    if (isStrings(value)) allowed = value
  }

  /** A new poll ends the one that waits with 409: whoever asked last has it. */
  async function getUpdates(payload: Readonly<Record<string, unknown>>, gone: AbortSignal): Promise<Update[]> {
    if (hook) throw new Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
    waiter?.end(new Refused(409, 'Conflict: terminated by other getUpdates request'))
    setAllowed(payload.allowed_updates)
    const offset = Number(payload.offset ?? 0)
    if (offset > 0) queue = queue.filter((update) => update.update_id >= offset)
    const timeout = Number(payload.timeout ?? 0)
    if (queue.length === 0 && timeout > 0) await wait(timeout * pollSecondMs, gone)
    return queue.slice(0, Math.min(Number(payload.limit ?? 100), 100))
  }

  const wait = (ms: number, gone: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (error?: Refused) => {
        clearTimeout(timer)
        gone.removeEventListener('abort', giveUp)
        if (waiter?.end === end) waiter = null
        if (error) reject(error)
        else resolve()
      }
      const giveUp = () => end()
      const timer = setTimeout(end, ms)
      gone.addEventListener('abort', giveUp)
      waiter = { end }
    })

  function setWebhook(payload: Readonly<Record<string, unknown>>): true {
    const url = String(payload.url)
    const secret = String(payload.secret_token ?? '')
    if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
      throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
    if (!PORTS.includes(new URL(url).port))
      throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
    if (!/^[\w-]{0,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters')
    setAllowed(payload.allowed_updates)
    hook = { url, secret, failures: 0 }
    void post()
    return true
  }

  function deleteWebhook(payload: Readonly<Record<string, unknown>>): true {
    hook = null
    if (payload.drop_pending_updates === true) queue = []
    return true
  }

  return {
    push,
    getUpdates,
    setWebhook,
    deleteWebhook,
    getWebhookInfo: () => ({
      url: hook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: queue.length,
    }),
    /** Where the https address really is: tests have no certificate. */
    webhooksTo: (origin: string) => {
      hookOrigin = origin
    },
    pending: () => queue.length,
    close: () => {
      closed = true
      waiter?.end()
    },
  }
}

export type Updates = ReturnType<typeof createUpdates>
