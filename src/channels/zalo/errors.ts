import type { Verdict } from '../../messaging/receiving.js'
import { SendError } from '../../messaging/vocabulary.js'

/**
 * What a call came to when it did not succeed. `status`: the envelope's error_code (HTTP says 200 to some refusals),
 * else the HTTP status, or 0 when there was no readable answer; then `description` is our own code.
 */
export class ApiFailure extends Error {
  readonly code: string | number
  constructor(
    readonly status: number,
    readonly description: string,
  ) {
    super(`zalo answered ${status || description}`)
    this.name = 'ApiFailure'
    this.code = status || description
  }
}

/** An empty poll: nobody wrote. */
export const isEmptyPoll = (error: unknown): boolean => error instanceof ApiFailure && error.status === 408

export const isUnauthorized = (error: unknown): boolean => error instanceof ApiFailure && error.status === 401

/** What a failure to receive means. */
export const judge = (error: unknown): Verdict => ({ code: isUnauthorized(error) ? 'unauthorized' : 'unreachable' })

/** 400s that speak of what we wrote, not of whom we wrote to. */
const OUR_MISTAKE =
  /\b(text|caption|photo|parameters?|json|body|parse_mode|method)\b|chat_id.{0,20}(empty|required|missing)/i
const SPEAKS_OF_CHAT = /\b(chat|chat_id|user|user_id|conversation|recipient)\b/i

type Failure = SendError['failure']

/**
 * The platform words its 400s freely. One that names our text or a parameter is our mistake; any other speaks of the
 * address: whoever blocked the bot or never wrote to it. (Our own requests are two fields that are always there.) Were
 * that wrong, the person would be reached another way or stand on the call list, and a word of theirs mends it.
 */
const badRequest = ({ description }: ApiFailure): Failure =>
  OUR_MISTAKE.test(description)
    ? { kind: 'rejected', code: 'bad-request' }
    : { kind: 'unreachable', code: 'chat-refused' }

function classify(failure: ApiFailure): Failure {
  const { status, description } = failure
  if (status === 0) return { kind: 'transient', code: description }
  if (status === 400) return badRequest(failure)
  if (status === 401) return { kind: 'unauthorized', code: 'unauthorized' }
  if (status === 404 && SPEAKS_OF_CHAT.test(description)) return { kind: 'unreachable', code: 'chat-not-found' }
  if (status === 429) return { kind: 'quota', code: 'quota' }
  // 403 is the platform's "internal server error"; 404 without a chat is a wrong ZALO_API_ROOT, which somebody mends.
  return { kind: 'transient', code: `http-${status}` }
}

/** Zalo's refusals in the house's words. What was never an answer (a bug of ours before the call) is `rejected`. */
export function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const failure: Failure = error instanceof ApiFailure ? classify(error) : { kind: 'rejected', code: 'not-encodable' }
  return new SendError(failure, { cause: error })
}
