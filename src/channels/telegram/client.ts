import http from 'node:http'
import https from 'node:https'
import { Telegram, TelegramError } from 'telegraf'
import { ApiFailure } from './errors.js'
import { callJson } from './json-call.js'

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

type RawCall = (method: string, payload: object, extra: { signal: AbortSignal }) => Promise<unknown>

const SOCKETS: Record<Lane, number> = { poll: 1, ack: 32, send: 16, edit: 64 }

/** `URL` drops the last segment of a root without a trailing slash, a path prefix with it. */
const withSlash = (root: string): string => (root.endsWith('/') ? root : `${root}/`)

function openLane(token: string, apiRoot: string, lane: Lane): RawCall {
  const { Agent } = apiRoot.startsWith('https:') ? https : http
  const agent = new Agent({ keepAlive: true, keepAliveMsecs: 10_000, maxSockets: SOCKETS[lane] })
  const telegram = new Telegram(token, { apiRoot, webhookReply: false })
  // The constructor forgets the agent of an http:// root, so it is set afterwards.
  telegram.options.agent = agent
  const callApi = telegram.callApi.bind(telegram) as unknown as RawCall
  return (method, payload, extra) =>
    isUpload(payload)
      ? // telegraf writes into the payload of an upload.
        callApi(method, { ...payload }, extra)
      : callJson(new URL(`./bot${token}/${method}`, apiRoot), payload, { agent, ...extra })
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

/** Runs a call until it settles, its time is over, or the caller gives up; whichever comes first decides. */
async function within<T>(options: CallOptions, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { timeoutMs, signal: outer } = options
  const controller = new AbortController()
  let stop = (_code: string): void => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = (code) => {
      reject(new ApiFailure(0, code))
      controller.abort()
    }
  })
  const giveUp = () => stop('aborted')
  const timer = setTimeout(() => stop('timeout'), timeoutMs)
  outer?.addEventListener('abort', giveUp)
  if (outer?.aborted) giveUp()
  try {
    return await Promise.race([stopped, outer?.aborted ? stopped : run(controller.signal)])
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', giveUp)
  }
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
        return (await within(options, (signal) => lanes[options.lane](method, payload, { signal }))) as T
      } catch (error) {
        throw toFailure(error)
      }
    },
    fileUrl: (filePath) => new URL(`./file/bot${token}/${filePath}`, apiRoot),
  }
}
