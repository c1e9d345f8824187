import { setTimeout as pause } from 'node:timers/promises'
import type { ChannelLimits } from '../../src/messaging/channel.js'
import { startTelegramServer } from '../support/telegram/index.js'

/** What the bench asks of a stand-in that runs in a process of its own. */
export type Order =
  | Readonly<{ do: 'open'; token: string; limits?: ChannelLimits; latencyMs: readonly [number, number] }>
  | Readonly<{ do: 'latency'; latencyMs: readonly [number, number] }>
  /** People who have started the bot; with `data` they have a message with a button that carries it. */
  | Readonly<{ do: 'people'; people: readonly Readonly<{ id: number; data?: string }>[] }>
  /** These tap their button, all at once; answered when each tap is acknowledged and each message edited. */
  | Readonly<{ do: 'tap'; ids: readonly number[] }>
  | Readonly<{ do: 'calls'; method: string }>
  | Readonly<{ do: 'close' }>

type Server = Awaited<ReturnType<typeof startTelegramServer>>

let latency: readonly [number, number] = [0, 0]
let server: Server
const messages = new Map<number, { edits: number }>()

const draw = (): number => latency[0] + Math.random() * (latency[1] - latency[0])
const label = 'Có mặt'
const GIVE_UP_MS = 60_000

function seat({ id, data }: { id: number; data?: string }): number {
  const person = server.person({ id, name: `Member ${id}` })
  person.chat.refusal = null
  if (data === undefined) return 0
  const keyboard = [[{ text: label, callback_data: data }]]
  const message = person.parts.world.addMessage(person.chat, { from: 'bot', text: 'reminder', keyboard })
  messages.set(id, message)
  return message.id
}

async function tap(ids: readonly number[]): Promise<{ ms: number }> {
  const began = performance.now()
  for (const id of ids) await server.person({ id, name: '' }).taps(label)
  const unedited = () => ids.filter((id) => messages.get(id)?.edits === 0).length
  while (server.openTaps() > 0 || unedited() > 0) {
    const ms = performance.now() - began
    if (ms > GIVE_UP_MS) throw new Error(`${server.openTaps()} not acknowledged, ${unedited()} not edited`)
    await pause(2)
  }
  return { ms: performance.now() - began }
}

const orders: { [Do in Order['do']]: (order: Extract<Order, { do: Do }>) => unknown } = {
  open: async ({ token, limits, latencyMs }) => {
    latency = latencyMs
    server = await startTelegramServer({ token, latencyMs: draw, tapLifeMs: 600_000, ...(limits ? { limits } : {}) })
    return { apiRoot: server.apiRoot }
  },
  latency: ({ latencyMs }) => {
    latency = latencyMs
  },
  people: ({ people }) => people.map(seat),
  tap: ({ ids }) => tap(ids),
  calls: ({ method }) =>
    server.callsOf(method).map(({ status, at, payload }) => ({ status, at, chat: payload.chat_id })),
  close: () => server.close(),
}

process.on('message', async (order: Order) => {
  const answer = await (orders[order.do] as (order: Order) => unknown)(order)
  process.send?.({ answer: answer ?? null, violations: server.violations })
})
