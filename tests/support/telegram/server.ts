import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { telegramLimits } from '../../../src/channels/telegram/limits.js'
import { createMethods, type Payload } from './methods.js'
import { createPerson, type Person, until } from './person.js'
import { createRates } from './rates.js'
import { readPayload } from './request.js'
import { checkCall } from './spec.js'
import { badRequest, type Chat, type Fault, type RecordedCall, Refused, type TelegramServerOptions } from './types.js'
import { createUpdates } from './updates.js'
import { createWorld } from './world.js'

type Answer = Readonly<{ status: number; body: unknown }>

const refusalBody = ({ status, description, parameters }: Refused) => ({
  ok: false,
  error_code: status,
  description,
  ...(parameters ? { parameters } : {}),
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

export type TelegramServer = Awaited<ReturnType<typeof startTelegramServer>>

/**
 * A strict stand-in of the Bot API server on a loopback port. A call that the published API does not know is refused
 * and kept in `violations`, which tests assert to be empty; limits, refusals and update semantics are the real ones.
 */
export async function startTelegramServer(options: TelegramServerOptions) {
  const limits = options.limits ?? telegramLimits
  const world = createWorld()
  const updates = createUpdates(options.pollSecondMs ?? 1000)
  const username = options.username ?? 'kyhop_test_bot'
  const bot = { id: Number(options.token.split(':')[0]), is_bot: true as const, first_name: 'Kỳ Họp', username }
  const spend = createRates(limits)
  const methods = createMethods({ world, updates, limits, spend, bot, tapLifeMs: options.tapLifeMs ?? 15_000 })
  const calls: RecordedCall[] = []
  const violations: string[] = []
  const queued = new Map<string, Fault[]>()
  let token = options.token

  const nextFault = (method: string): Fault | null => queued.get(method)?.shift() ?? options.faults?.(method) ?? null

  const latency = (method: string): number => {
    if (method === 'getUpdates') return 0
    return typeof options.latencyMs === 'function' ? options.latencyMs() : (options.latencyMs ?? 0)
  }

  function check(method: string, payload: Payload): void {
    const wrong = checkCall(method, payload)
    violations.push(...wrong)
    if (wrong[0]) throw badRequest(wrong[0])
  }

  async function answer(method: string, payload: Payload, fault: Fault | null, gone: AbortSignal): Promise<Answer> {
    try {
      check(method, payload)
      if (fault) refuseBy(fault)
      return { status: 200, body: { ok: true, result: await methods[method]?.(payload, gone) } }
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, body: refusalBody(error) }
      throw error
    }
  }

  const record = (method: string, payload: Payload, status: number): void => {
    calls.push({ method, payload, status, at: performance.now() })
    world.events.emit('changed')
  }

  async function call(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const payload = await readPayload(method, request)
    const fault = nextFault(method)
    const wait = latency(method) + (fault?.kind === 'slow' ? fault.ms : 0)
    if (wait > 0) await pause(wait)
    if (fault?.kind === 'hang') return record(method, payload, 0)
    const { status, body } = await answer(method, payload, fault, gone.signal)
    record(method, payload, status)
    if (fault?.kind === 'drop') request.socket.destroy()
    else if (fault?.kind === 'malformed') response.writeHead(200).end('<html>')
    else write(response, { status, body })
  }

  function refuseToken(given: string, response: ServerResponse): void {
    const status = /^\d+:[\w-]{20,}$/.test(given) ? 401 : 404
    write(response, { status, body: refusalBody(new Refused(status, status === 401 ? 'Unauthorized' : 'Not Found')) })
  }

  function serveFile(path: string, response: ServerResponse): void {
    const file = [...world.files.values()].find((one) => one.path === path)
    if (file) response.writeHead(200).end(file.bytes)
    else response.writeHead(404).end()
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const prefix = options.prefix ?? ''
    const path = new URL(request.url ?? '/', 'http://stand-in').pathname
    const found = /^(\/file)?\/bot([^/]+)\/(.+)$/.exec(path.startsWith(prefix) ? path.slice(prefix.length) : '')
    if (!found) return void response.writeHead(404).end('not the Bot API')
    const [, file, given = '', rest = ''] = found
    if (given !== token) return refuseToken(given, response)
    return file ? serveFile(rest, response) : call(rest, request, response)
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      violations.push(`the stand-in failed: ${String(error)}`)
      response.destroy()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo

  const people = new Map<number, Person>()

  function person({ id, name, languageCode = 'vi' }: { id: number; name: string; languageCode?: string }): Person {
    const known = people.get(id)
    if (known) return known
    const user = { id, is_bot: false, first_name: name, language_code: languageCode }
    const chat = world.addChat(id, 'private', name, 'never-started')
    const made = createPerson(user, chat, world, updates, bot)
    people.set(id, made)
    return made
  }

  return {
    token: options.token,
    apiRoot: `http://127.0.0.1:${port}${options.prefix ?? ''}`,
    bot,
    limits,
    person,
    /** A group that the bot was added to; its id is negative, as there. */
    group: ({ id, title }: { id: number; title: string }): Chat => world.addChat(id, 'group', title, null),
    /** The platform turns a group into another one; the bot learns it when it writes to the old. */
    upgradeGroup: (group: Chat, id: number): Chat => {
      group.movedTo = id
      return world.addChat(id, 'supergroup', group.title, null)
    },
    calls: calls as readonly RecordedCall[],
    callsOf: (method: string): RecordedCall[] => calls.filter((one) => one.method === method),
    /** Resolves as soon as `look` finds something; it is asked after every call and every change of a chat. */
    until: <T>(look: () => T | undefined, ms?: number): Promise<T> => until(world, look, () => `never: ${look}`, ms),
    violations: violations as readonly string[],
    pendingUpdates: updates.pending,
    webhooksTo: updates.webhooksTo,
    /** An update as raw as one likes. */
    pushUpdate: updates.push,
    faults: {
      /** The next calls of a method, as often as said. */
      next: (method: string, fault: Fault, times = 1): void => {
        queued.set(method, [...(queued.get(method) ?? []), ...Array<Fault>(times).fill(fault)])
      },
      clear: (): void => queued.clear(),
    },
    forgetFiles: (): void => world.files.clear(),
    revokeToken: (): void => {
      token = ''
    },
    close: async (): Promise<void> => {
      updates.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
