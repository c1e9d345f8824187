import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFaults } from '../faults.js'
import { until } from '../until.js'
import { type Desk, route } from './front.js'
import { Person } from './person.js'
import type { Chat, RecordedCall, ZaloServerOptions } from './types.js'
import { Updates } from './updates.js'
import { createWorld } from './world.js'

/** What the Basic plan allows. */
const BASIC = { messagesPerMonth: 3000, people: 50 }

function createDesk(options: ZaloServerOptions, token: () => string, takeFault: Desk['takeFault']): Desk {
  const world = createWorld(options.patienceMs ?? 10_000, options.plan ?? BASIC)
  const id = options.token.split(':')[0] ?? ''
  return {
    world,
    updates: new Updates(options.pollSecondMs ?? 1000, () => world.events.emit('changed')),
    bot: { id, account_name: options.accountName ?? 'bot.KyHopThu', account_type: 'BASIC', can_join_groups: false },
    prefix: options.prefix ?? '',
    token,
    calls: [],
    violations: [],
    takeFault,
    latencyMs: options.latencyMs ?? 0,
  }
}

async function listen(desk: Desk): Promise<Server> {
  const server = createServer((request, response) => {
    route(desk, request, response).catch((error: unknown) => {
      desk.violations.push(`the stand-in failed: ${String(error)}`)
      response.destroy()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return server
}

/** Ids as the platform gives them: 20 hexadecimal digits, the same for a person and their private chat. */
const idOf = (n: number): string => (0x6ede9afa66b88fe0_0000n + BigInt(n)).toString(16)

/** People by number; asked for twice, the same one comes. */
function createPeople({ world, updates }: Desk) {
  const people = new Map<number, Person>()
  return ({ id: n, name }: Readonly<{ id: number; name: string }>): Person => {
    const known = people.get(n)
    if (known) return known
    const user = { id: idOf(n), display_name: name, is_bot: false }
    const made = new Person({ user, chat: world.addChat(user.id, 'PRIVATE', 'never-wrote'), world, updates })
    people.set(n, made)
    return made
  }
}

export type ZaloServer = Awaited<ReturnType<typeof startZaloServer>>

/**
 * A strict stand-in of Zalo's Bot Platform on a loopback port. A call that the published API does not know is refused
 * and kept in `violations`, which tests assert to be empty; its refusals come under HTTP 200, as the platform's may.
 */
export async function startZaloServer(options: ZaloServerOptions) {
  let { token } = options
  const faults = createFaults(options.faults)
  const desk = createDesk(options, () => token, faults.take)
  const { world, updates } = desk
  const server = await listen(desk)
  const { port } = server.address() as AddressInfo
  return {
    token,
    apiRoot: `http://127.0.0.1:${port}${desk.prefix}`,
    bot: desk.bot,
    person: createPeople(desk),
    /** A group that the bot was added to. */
    group: (n: number): Chat => world.addChat(idOf(n), 'GROUP', 'open'),
    calls: desk.calls as readonly RecordedCall[],
    callsOf: (method: string): RecordedCall[] => desk.calls.filter((one) => one.method === method),
    /** Resolves as soon as `look` finds something; it is asked after every call and every change of a chat. */
    until: <T>(look: () => T | undefined, ms?: number): Promise<T> => until(world, look, () => `never: ${look}`, ms),
    violations: desk.violations as readonly string[],
    pendingUpdates: () => updates.pending,
    webhooksTo: (origin: string): void => {
      updates.hookOrigin = origin
    },
    /** What is said from now on is lost, as it may be while the bot is off. */
    losesWhatIsSaid: (isLosing: boolean): void => {
      updates.isLosing = isLosing
    },
    sentThisMonth: world.sentThisMonth,
    newMonth: world.newMonth,
    faults,
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
