import { decodeCallback } from './callback-data.js'
import type { TelegramClient } from './client.js'
import type { TelegramUpdate } from './raw.js'

export type Acknowledge = Readonly<{
  /**
   * Stops the spinner on the tapped buttons. Does not wait and cannot fail: "query is too old" is nobody's problem.
   * In a group (a negative id) the answer to a tap of ours is what the presser alone sees: a toast of the conversation.
   */
  taps: (updates: readonly TelegramUpdate[]) => void
  settled: () => Promise<void>
}>

export function createAcknowledge(client: TelegramClient, timeoutMs: number): Acknowledge {
  const pending = new Set<Promise<unknown>>()
  const answer = (id: string): void => {
    const call = client
      .call('answerCallbackQuery', { callback_query_id: id }, { lane: 'ack', timeoutMs })
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
