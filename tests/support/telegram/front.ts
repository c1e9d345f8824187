import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { METHODS, type Parts } from './methods.js'
import { readPayload } from './request.js'
import { checkCall } from './spec.js'
import { badRequest, type Fault, type Payload, type RecordedCall, Refused } from './types.js'

export type Desk = Parts &
  Readonly<{
    prefix: string
    token: () => string
    calls: RecordedCall[]
    violations: string[]
    takeFault: (method: string) => Fault | null
    latencyMs: (method: string) => number
  }>

type Answer = Readonly<{ status: number; body: unknown }>

const refusal = ({ status, description, parameters }: Refused): Answer => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) },
})

function write(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Faults that answer instead of the method. */
function refuseBy(fault: Fault): void {
  if (fault.kind === 'status')
    throw new Refused(fault.status, fault.status >= 500 ? 'Internal Server Error' : 'Refused')
  if (fault.kind !== 'too-many') return
  const wait = fault.retryAfter
  throw new Refused(429, 'Too Many Requests', wait === undefined ? undefined : { retry_after: wait })
}

function check({ violations }: Desk, method: string, payload: Payload): void {
  const wrong = checkCall(method, payload)
  violations.push(...wrong)
  if (wrong[0]) throw badRequest(wrong[0])
}

type Call = Readonly<{ method: string; payload: Payload; fault: Fault | null; gone: AbortSignal }>

async function answer(desk: Desk, { method, payload, fault, gone }: Call): Promise<Answer> {
  try {
    check(desk, method, payload)
    if (fault) refuseBy(fault)
    return { status: 200, body: { ok: true, result: await METHODS[method]?.(desk, payload, gone) } }
  } catch (error) {
    if (error instanceof Refused) return refusal(error)
    throw error
  }
}

const record = ({ calls, world }: Desk, { method, payload }: Call, status: number): void => {
  calls.push({ method, payload, status, at: performance.now() })
  world.events.emit('changed')
}

async function serveCall(desk: Desk, method: string, request: IncomingMessage, response: ServerResponse) {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const payload = await readPayload(method, request)
  const fault = desk.takeFault(method)
  const call = { method, payload, fault, gone: gone.signal }
  const wait = desk.latencyMs(method) + (fault?.kind === 'slow' ? fault.ms : 0)
  if (wait > 0) await pause(wait)
  if (fault?.kind === 'hang') return record(desk, call, 0)
  const answered = await answer(desk, call)
  record(desk, call, answered.status)
  if (fault?.kind === 'drop') request.socket.destroy()
  else if (fault?.kind === 'malformed') response.writeHead(200).end('<html>')
  else write(response, answered)
}

function refuseToken(given: string, response: ServerResponse): void {
  const known = /^\d+:[\w-]{20,}$/.test(given)
  write(response, refusal(known ? new Refused(401, 'Unauthorized') : new Refused(404, 'Not Found')))
}

function serveFile({ world }: Desk, path: string, response: ServerResponse): void {
  const file = [...world.files.values()].find((one) => one.path === path)
  if (file) response.writeHead(200).end(file.bytes)
  else response.writeHead(404).end()
}

/** One HTTP request: a method's call, a file's download, or something that is no Bot API at all. */
export async function route(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://stand-in').pathname
  const below = path.startsWith(desk.prefix) ? path.slice(desk.prefix.length) : ''
  const found = /^(\/file)?\/bot([^/]+)\/(.+)$/.exec(below)
  if (!found) return void response.writeHead(404).end('not the Bot API')
  const [, file, given = '', rest = ''] = found
  if (given !== desk.token()) return refuseToken(given, response)
  return file ? serveFile(desk, rest, response) : serveCall(desk, rest, request, response)
}
