import type { ChannelLimits } from '../../../src/messaging/channel.js'
import { Refused } from './types.js'

type Bucket = { tokens: number; at: number }

/** A tenth above what is allowed passes: answers travel, and the real server is no stop-watch either. */
const TOLERANCE = 1.1

/** A bucket per key that refills by `perSecond` up to `capacity`; returns the seconds to wait, 0 when there is room. */
function createBuckets(perSecond: number, capacity: number) {
  const buckets = new Map<number, Bucket>()
  return {
    wait: (key: number, now: number): number => {
      const found = buckets.get(key) ?? { tokens: capacity, at: now }
      const tokens = Math.min(capacity, found.tokens + ((now - found.at) / 1000) * perSecond)
      buckets.set(key, { tokens, at: now })
      return tokens >= 1 ? 0 : (1 - tokens) / perSecond
    },
    take: (key: number): void => {
      const found = buckets.get(key)
      if (found) found.tokens -= 1
    },
  }
}

/** 30 a second in all, 1 a second a chat with a short burst, 20 a minute a group; throws 429 with retry_after. */
export function createRates(limits: ChannelLimits): (chatId: number, now: number) => void {
  const all = createBuckets(limits.sendsPerSecond * TOLERANCE, Math.ceil(limits.sendsPerSecond * TOLERANCE))
  const chats = createBuckets(limits.sendsPerSecondPerChat * TOLERANCE, limits.chatBurst + 1)
  const groups = createBuckets(limits.sendsPerMinutePerGroup / 60, limits.sendsPerMinutePerGroup)
  return (chatId, now) => {
    const wait = Math.max(all.wait(0, now), chats.wait(chatId, now), chatId < 0 ? groups.wait(chatId, now) : 0)
    if (wait > 0) {
      const seconds = Math.max(1, Math.ceil(wait))
      throw new Refused(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
    }
    all.take(0)
    chats.take(chatId)
    if (chatId < 0) groups.take(chatId)
  }
}
