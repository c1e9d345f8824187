import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { telegramLimits } from '../../../src/channels/telegram/limits.js'
import { createFaults } from '../faults.js'
import { until } from '../until.js'
import { chatToApi } from './content.js'
import { type Desk, route } from './front.js'
import { Person } from './person.js'
import { createRates } from './rates.js'
import type { Chat, RecordedCall, TelegramServerOptions } from './types.js'
import { Updates } from './updates.js'
import { createWorld } from './world.js'

function createDesk(
  options: TelegramServerOptions,
  token: () => string,
  faults: ReturnType<typeof createFaults>,
): Desk {
  const limits = options.limits ?? telegramLimits
  const world = createWorld(options.patienceMs ?? 10_000)
  const { username = 'kyhop_test_bot', latencyMs = 0 } = options
  return {
    world,
    limits,
    updates: new Updates(options.pollSecondMs ?? 1000, () => world.events.emit('changed')),
    bot: { id: Number(options.token.split(':')[0]), is_bot: true, first_name: 'Kỳ Họp', username },
    spend: createRates(limits),
    tapLifeMs: options.tapLifeMs ?? 15_000,
    prefix: options.prefix ?? '',
    token,
    calls: [],
    violations: [],
    takeFault: faults.take,
    latencyMs: (method) => {
      if (method === 'getUpdates') return 0
      return typeof latencyMs === 'function' ? latencyMs() : latencyMs
    },
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

type NewPerson = Readonly<{ id: number; name: string; languageCode?: string }>

/** People by id; asked for twice, the same one comes. */
function createPeople({ world, updates, bot }: Desk) {
  const people = new Map<number, Person>()
  return ({ id, name, languageCode = 'vi' }: NewPerson): Person => {
    const known = people.get(id)
    if (known) return known
    const user = { id, is_bot: false, first_name: name, language_code: languageCode }
    const made = new Person({ user, chat: world.addChat(id, 'private', name, 'never-started'), world, updates, bot })
    people.set(id, made)
    return made
  }
}

/** As the platform signs what happens to a group by itself. */
const ANONYMOUS = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }

const createGroups = ({ world, updates }: Desk) => ({
  /** A group that the bot was added to; its id is negative, as there. */
  group: ({ id, title }: { id: number; title: string }): Chat => world.addChat(id, 'group', title, null),
  /** The platform turns a group into another one; whoever writes to the old is refused. */
  upgradeGroup: (group: Chat, id: number): Chat => {
    group.movedTo = id
    return world.addChat(id, 'supergroup', group.title, null)
  },
  /** It says so in the old group and in the new one. */
  tellsOfUpgrade: (old: Chat, now: Chat): void => {
    const about = (chat: Chat) => ({ message_id: 1, date: 1, chat: chatToApi(chat), from: ANONYMOUS })
    updates.push('message', { ...about(old), migrate_to_chat_id: now.id })
    updates.push('message', { ...about(now), migrate_from_chat_id: old.id })
  },
})

export type TelegramServer = Awaited<ReturnType<typeof startTelegramServer>>

/**
 * A strict stand-in of the Bot API server on a loopback port. A call that the published API does not know is refused
 * and kept in `violations`, which tests assert to be empty; limits, refusals and update semantics are the real ones.
 */
export async function startTelegramServer(options: TelegramServerOptions) {
  let { token } = options
  const faults = createFaults(options.faults)
  const desk = createDesk(options, () => token, faults)
  const { world, updates } = desk
  const server = await listen(desk)
  const { port } = server.address() as AddressInfo
  return {
    token,
    apiRoot: `http://127.0.0.1:${port}${desk.prefix}`,
    bot: desk.bot,
    limits: desk.limits,
    person: createPeople(desk),
    ...createGroups(desk),
    calls: desk.calls as readonly RecordedCall[],
    callsOf: (method: string): RecordedCall[] => desk.calls.filter((one) => one.method === method),
    /** Resolves as soon as `look` finds something; it is asked after every call and every change of a chat. */
    until: <T>(look: () => T | undefined, ms?: number): Promise<T> => until(world, look, () => `never: ${look}`, ms),
    violations: desk.violations as readonly string[],
    /** How many taps nobody has acknowledged: their buttons still spin. */
    openTaps: () => [...world.taps.values()].filter((tap) => !tap.acknowledged).length,
    pendingUpdates: () => updates.pending,
    webhooksTo: (origin: string): void => {
      updates.hookOrigin = origin
    },
    faults,
    forgetFiles: (): void => world.files.clear(),
    revokeToken: (): void => {
      token = ''
    },
    /** As @BotFather does: another token for the same bot. */
    renewToken: (): string => {
      token = `${desk.bot.id}:AArenewedTokenForTests_0123456789ab`
      return token
    },
    close: async (): Promise<void> => {
      updates.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
