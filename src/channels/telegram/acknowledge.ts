import { decodeCallback } from './callback-data.js'
import type { TelegramClient } from './client.js'
import { ApiFailure } from './errors.js'
import type { TelegramUpdate } from './raw.js'

export type Acknowledge = Readonly<{
  /**
   * Stops the spinner on the tapped buttons. Does not wait and cannot fail: "query is too old" is nobody's problem.
   * In a group (a negative id) the answer to a tap of ours is what the presser alone sees: a toast of the conversation.
   */
  taps: (updates: readonly TelegramUpdate[]) => void
  settled: () => Promise<void>
}>

/** A connection that was kept open may be closed by the other side in the moment it is used: saying it again is harmless. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof ApiFailure && (error.status === 0 || error.status >= 500)

export function createAcknowledge(client: TelegramClient, timeoutMs: number): Acknowledge {
  const pending = new Set<Promise<unknown>>()
  const acknowledge = (id: string) =>
    client.call('answerCallbackQuery', { callback_query_id: id }, { lane: 'ack', timeoutMs })
  const answer = (id: string): void => {
    const call = acknowledge(id)
      .catch((error) => (isUnanswered(error) ? acknowledge(id) : null))
      .catch(() => {})
      .finally(() => pending.delete(call))
    pending.add(call)
  }
  return {
    taps: (updates) => {
      for (const { callback_query: tap } of updates)
        if (tap && ((tap.message?.chat.id ?? 0) >= 0 || !decodeCallback(tap.data ?? ''))) answer(tap.id)
    },
    settled: async () => {
      await Promise.all(pending)
    },
  }
}
