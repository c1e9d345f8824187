import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { BOT_PLATFORM } from '../../../src/channels/zalo/limits.js'
import type { Fault } from '../faults.js'
import { checkCall } from './spec.js'
import { type Payload, type RecordedCall, Refused } from './types.js'
import type { Updates } from './updates.js'
import type { World } from './world.js'

export type Desk = Readonly<{
  world: World
  updates: Updates
  bot: Readonly<{ id: string; account_name: string; account_type: 'BASIC'; can_join_groups: boolean }>
  prefix: string
  token: () => string
  calls: RecordedCall[]
  violations: string[]
  takeFault: (method: string) => Fault | null
  latencyMs: number
}>

type Method = (desk: Desk, payload: Payload, gone: AbortSignal) => unknown

const sendMessage: Method = ({ world }, { chat_id, text }) => {
  const words = String(text)
  if (words.trim() === '' || words.length > BOT_PLATFORM.textLength)
    throw new Refused(400, `Parameter text must have 1-${BOT_PLATFORM.textLength} characters`)
  const chat = world.getChat(chat_id)
  world.spend(chat)
  const { id, date } = world.addMessage(chat, 'bot', words)
  return { message_id: id, date }
}

const METHODS: Readonly<Record<string, Method>> = {
  getMe: ({ bot }) => bot,
  getUpdates: ({ updates }, payload, gone) => updates.getUpdates(payload, gone),
  setWebhook: ({ updates }, payload) => updates.setWebhook(payload),
  deleteWebhook: ({ updates }) => updates.deleteWebhook(),
  getWebhookInfo: ({ updates }) => updates.getWebhookInfo(),
  sendMessage,
  sendChatAction: ({ world }, { chat_id }) => void world.getChat(chat_id),
}

type Answer = Readonly<{ http: number; code: number; body: unknown }>

const refusal = ({ code, description, http }: Refused): Answer => ({
  http,
  code,
  body: { ok: false, error_code: code, description },
})

const write = (response: ServerResponse, { http, body }: Answer): void =>
  void response.writeHead(http, { 'content-type': 'application/json' }).end(JSON.stringify(body))

/** Faults that answer instead of the method. A refusal of 400 and more comes with its own HTTP status here. */
function refuseBy(fault: Fault): void {
  if (fault.kind === 'status') throw new Refused(fault.status, 'Internal server error', fault.status)
  if (fault.kind === 'too-many') throw new Refused(429, 'Quota exceeded')
}

type Call = Readonly<{ method: string; payload: Payload; fault: Fault | null; gone: AbortSignal }>

async function answer(desk: Desk, { method, payload, fault, gone }: Call): Promise<Answer> {
  try {
    const wrong = checkCall(method, payload)
    desk.violations.push(...wrong)
    if (wrong[0]) throw new Refused(wrong[0].startsWith('unknown method') ? 404 : 400, wrong[0])
    if (fault) refuseBy(fault)
    return { http: 200, code: 200, body: { ok: true, result: await METHODS[method]?.(desk, payload, gone) } }
  } catch (error) {
    if (error instanceof Refused) return refusal(error)
    throw error
  }
}

async function readBody(request: IncomingMessage): Promise<Payload> {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text || '{}') as Payload
}

async function serveCall(desk: Desk, method: string, request: IncomingMessage, response: ServerResponse) {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const payload = await readBody(request)
  const fault = desk.takeFault(method)
  const wait = (method === 'getUpdates' ? 0 : desk.latencyMs) + (fault?.kind === 'slow' ? fault.ms : 0)
  if (wait > 0) await pause(wait)
  const record = (code: number): void => {
    desk.calls.push({ method, payload, code, at: performance.now() })
    desk.world.events.emit('changed')
  }
  if (fault?.kind === 'hang') return record(0)
  const answered = await answer(desk, { method, payload, fault, gone: gone.signal })
  record(answered.code)
  if (fault?.kind === 'drop') request.socket.destroy()
  else if (fault?.kind === 'malformed') response.writeHead(200).end('<html>')
  else write(response, answered)
}

/** One HTTP request: a method's call, or something that is no Bot Platform at all. */
export async function route(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://stand-in').pathname
  const below = path.startsWith(desk.prefix) ? path.slice(desk.prefix.length) : ''
  const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(below) ?? []
  if (!token || request.method !== 'POST') return void response.writeHead(404).end('not the Bot Platform')
  if (token !== desk.token()) return write(response, refusal(new Refused(401, 'Unauthorized', 401)))
  return serveCall(desk, method, request, response)
}
