import type { Claimed, Finished } from './deliveries.js'
import { SendError } from './vocabulary.js'

const BACKOFF_MS = 1_000
const BACKOFF_MAX_MS = 300_000

/** Doubling from 1 s to 5 min, with up to half of it as jitter, so that failures do not return in step. */
export const backoffMs = (attempts: number, random: number): number =>
  Math.min(BACKOFF_MS * 2 ** (attempts - 1), BACKOFF_MAX_MS) * (1 + random / 2)

const base = (claimed: Claimed) => ({
  id: claimed.id,
  outboxId: claimed.outboxId,
  chatId: claimed.chatId,
  operation: claimed.operation,
  messageId: null,
  code: null,
  content: null,
  retryAt: null,
  attempts: claimed.attempts,
  partIds: [],
  unreachable: false,
  onward: false,
  bot: null,
  movedTo: null,
  frozen: null,
  file: null,
})

export const succeeded = (
  claimed: Claimed,
  result: Pick<Finished, 'messageId' | 'content' | 'partIds' | 'file'>,
): Finished => ({ ...base(claimed), state: 'sent', ...result })

/**
 * What becomes of a delivery whose call failed. Pure; `real` in ms.
 * A refused edit becomes a new message: the old one may be deleted or too old to change.
 */
export function failed(claimed: Claimed, error: unknown, real: number, random: number): Finished {
  const one = base(claimed)
  if (!(error instanceof SendError)) return { ...one, state: 'failed', code: 'render' }
  const { failure } = error
  switch (failure.kind) {
    case 'retry-after': {
      const until = new Date(real + failure.seconds * 1000)
      const frozen = { scope: failure.scope, until }
      return { ...retry(one, until, claimed.attempts - 1, 'retry-after'), frozen }
    }
    case 'moved':
      return { ...retry(one, new Date(real), claimed.attempts, 'moved'), movedTo: failure.externalId }
    case 'unreachable':
      return { ...one, state: 'failed', code: failure.code, unreachable: true, onward: true }
    case 'quota':
      return { ...retry(one, null, claimed.attempts - 1, failure.code), onward: true, bot: 'rests' }
    case 'unauthorized':
      return { ...retry(one, null, claimed.attempts - 1, failure.code), onward: true, bot: 'refused' }
    case 'transient':
      return retry(one, new Date(real + backoffMs(claimed.attempts, random)), claimed.attempts, failure.code)
    case 'rejected':
      return claimed.operation === 'edit'
        ? { ...retry(one, null, claimed.attempts, failure.code), operation: 'send' }
        : { ...one, state: 'failed', code: failure.code, onward: true }
  }
}

const retry = (one: ReturnType<typeof base>, retryAt: Date | null, attempts: number, code: string): Finished => ({
  ...one,
  state: 'queued',
  retryAt,
  attempts,
  code,
})
