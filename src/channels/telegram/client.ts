import http from 'node:http'
import https from 'node:https'
import { Telegram, TelegramError } from 'telegraf'
import { ApiFailure } from './errors.js'
import { type Begun, createJsonCalls } from './json-call.js'

/**
 * Connections of one purpose. They never share a pool: a long poll or a hundred edits in flight must not hold up the
 * acknowledgement that stops a button's spinner.
 */
export type Lane = 'poll' | 'ack' | 'send' | 'edit'

export type CallOptions = Readonly<{ lane: Lane; timeoutMs: number; signal?: AbortSignal }>

export type TelegramClient = Readonly<{
  /** Rejects with `ApiFailure` only. */
  call: <T>(method: string, payload: object, options: CallOptions) => Promise<T>
  /** Where a file of `getFile` lies. Holds the token: never to be logged. */
  fileUrl: (filePath: string) => URL
}>

type Begin = (method: string, payload: object) => Begun

const SOCKETS: Record<Lane, number> = { poll: 1, ack: 32, send: 16, edit: 64 }

/** `URL` drops the last segment of a root without a trailing slash, a path prefix with it. */
const withSlash = (root: string): string => (root.endsWith('/') ? root : `${root}/`)

function openLane(token: string, apiRoot: string, lane: Lane): Begin {
  const { Agent } = apiRoot.startsWith('https:') ? https : http
  const agent = new Agent({ keepAlive: true, keepAliveMsecs: 10_000, maxSockets: SOCKETS[lane] })
  const callJson = createJsonCalls(new URL(`./bot${token}/`, apiRoot), agent)
  const telegram = new Telegram(token, { apiRoot, webhookReply: false })
  // The constructor forgets the agent of an http:// root, so it is set afterwards.
  telegram.options.agent = agent
  return (method, payload) => (isUpload(payload) ? beginUpload(telegram, method, payload) : callJson(method, payload))
}

function beginUpload(telegram: Telegram, method: string, payload: object): Begun {
  const controller = new AbortController()
  const { signal } = controller
  // telegraf writes into the payload of an upload.
  const answer = telegram.callApi(method as 'sendDocument', { ...payload } as never, { signal } as never)
  return { answer, stop: () => controller.abort() }
}

/** Files go as a form, which telegraf makes; everything else is JSON. */
const isUpload = (payload: object): boolean =>
  Object.values(payload).some((one) => typeof one === 'object' && one !== null && 'source' in one)

/** node-fetch quotes the address, token included, in its messages; only its short code is kept. */
function toFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error
  if (error instanceof TelegramError)
    return new ApiFailure(Number(error.code) || 0, error.description ?? 'malformed', error.parameters ?? {})
  const { code, type } = error as { code?: unknown; type?: unknown }
  if (type === 'invalid-json') return new ApiFailure(0, 'malformed')
  return new ApiFailure(0, typeof code === 'string' ? code : 'network')
}

/** Waits for a call until it settles, its time is over, or the caller gives up; whichever comes first decides. */
function within({ timeoutMs, signal }: CallOptions, begin: () => Begun): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw new ApiFailure(0, 'aborted')
    const { answer, stop } = begin()
    const end = (code: string) => {
      reject(new ApiFailure(0, code))
      stop()
    }
    const giveUp = () => end('aborted')
    const timer = setTimeout(end, timeoutMs, 'timeout')
    signal?.addEventListener('abort', giveUp)
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
    })
  })
}

export function createTelegramClient(token: string, root: string): TelegramClient {
  const apiRoot = withSlash(root)
  const lanes = {
    poll: openLane(token, apiRoot, 'poll'),
    ack: openLane(token, apiRoot, 'ack'),
    send: openLane(token, apiRoot, 'send'),
    edit: openLane(token, apiRoot, 'edit'),
  }
  return {
    call: async <T>(method: string, payload: object, options: CallOptions) => {
      try {
        return (await within(options, () => lanes[options.lane](method, payload))) as T
      } catch (error) {
        throw toFailure(error)
      }
    },
    fileUrl: (filePath) => new URL(`./file/bot${token}/${filePath}`, apiRoot),
  }
}
