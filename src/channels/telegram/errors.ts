import type { Verdict } from '../../messaging/receiving.js'
import { SendError } from '../../messaging/vocabulary.js'

/**
 * What a call came to when it did not succeed, cleaned of everything the HTTP library knows (address with token, payload).
 * `status` is the platform's error_code, or 0 when there was no readable answer; then `description` is our own code.
 */
export class ApiFailure extends Error {
  readonly code: string | number
  constructor(
    readonly status: number,
    readonly description: string,
    readonly parameters: Readonly<{ retry_after?: number; migrate_to_chat_id?: number }> = {},
  ) {
    super(`telegram answered ${status || description}`)
    this.name = 'ApiFailure'
    this.code = status || description
  }
}

/** A code of its own: the sender then sends the same content as a new message. */
export const NOT_EDITABLE = 'not-editable'
/** The message is a file: it has a caption, not a text. */
export const NO_TEXT = 'no-text'

type Rule = readonly [pattern: RegExp, code: string]

const FORBIDDEN: readonly Rule[] = [
  [/blocked by the user/i, 'blocked'],
  [/deactivated/i, 'deactivated'],
  [/kicked/i, 'kicked'],
  [/not a member/i, 'not-a-member'],
  [/can't initiate conversation/i, 'never-started'],
]

/** 400s which say that the address, not our request, is at fault. */
const DEAD_ADDRESS: readonly Rule[] = [
  [/chat not found|PEER_ID_INVALID|user not found/i, 'chat-not-found'],
  [/not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|need administrator rights/i, 'no-rights'],
]

const OUR_MISTAKE: readonly Rule[] = [
  [/no text in the message/i, NO_TEXT],
  [/message to edit not found|message can't be edited|MESSAGE_ID_INVALID|no caption in the message/i, NOT_EDITABLE],
  [/query is too old|QUERY_ID_INVALID/i, 'query-too-old'],
  [/message is not modified/i, 'not-modified'],
  [/message is too long|MESSAGE_TOO_LONG|caption is too long|MEDIA_CAPTION_TOO_LONG/i, 'too-long'],
  [/can't parse entities/i, 'bad-markup'],
  [/reply markup is too long/i, 'markup-too-long'],
  [/BUTTON_DATA_INVALID|BUTTON_URL_INVALID|inline keyboard button/i, 'bad-button'],
  [/(message|text) (text )?(is|must be) (non-)?empty/i, 'empty'],
  [/wrong (remote )?file[ _]?id|wrong file identifier/i, 'wrong-file-id'],
  [/file is too big|Request Entity Too Large/i, 'file-too-large'],
]

const match = (rules: readonly Rule[], text: string): string | null =>
  rules.find(([pattern]) => pattern.test(text))?.[1] ?? null

/** The short name of a refused request (`not-modified`, `wrong-file-id` …), or null when it is none of the known ones. */
export const refusal = (error: unknown): string | null =>
  error instanceof ApiFailure && (error.status === 400 || error.status === 413)
    ? match(OUR_MISTAKE, error.description)
    : null

/** 404 with a readable answer is what the Bot API says to a token that is no token. */
export const isUnauthorized = (error: unknown): boolean =>
  error instanceof ApiFailure && (error.status === 401 || error.status === 404)

/** What a failure to receive means. 409: a second poller, or a webhook is set. */
export function judge(error: unknown): Verdict {
  if (isUnauthorized(error)) return { code: 'unauthorized' }
  if (!(error instanceof ApiFailure)) return { code: 'unreachable' }
  const waitMs = (error.parameters.retry_after ?? 0) * 1000
  return { code: error.status === 409 ? 'conflict' : 'unreachable', waitMs }
}

type Failure = SendError['failure']

const isGroup = (chatExternalId: string): boolean => chatExternalId.startsWith('-')

/** 20 a minute is a group's own limit; anywhere else a 429 speaks to the whole bot. */
function tooMany(failure: ApiFailure, chatExternalId: string): Failure {
  const seconds = failure.parameters.retry_after
  if (seconds === undefined) return { kind: 'transient', code: 'too-many-requests' }
  return { kind: 'retry-after', seconds, scope: isGroup(chatExternalId) ? 'chat' : 'bot' }
}

function badRequest({ description, parameters }: ApiFailure): Failure {
  if (parameters.migrate_to_chat_id !== undefined)
    return { kind: 'moved', externalId: String(parameters.migrate_to_chat_id) }
  const dead = match(DEAD_ADDRESS, description)
  if (dead) return { kind: 'unreachable', code: dead }
  const code = match(OUR_MISTAKE, description) ?? 'bad-request'
  return { kind: 'rejected', code: code === NO_TEXT ? NOT_EDITABLE : code }
}

function classify(failure: ApiFailure, chatExternalId: string): Failure {
  const { status, description } = failure
  if (status === 0) return { kind: 'transient', code: description }
  if (status >= 500) return { kind: 'transient', code: `http-${status}` }
  if (status === 401 || status === 404) return { kind: 'unauthorized', code: 'unauthorized' }
  if (status === 403) return { kind: 'unreachable', code: match(FORBIDDEN, description) ?? 'forbidden' }
  if (status === 429) return tooMany(failure, chatExternalId)
  if (status === 409) return { kind: 'transient', code: 'conflict' }
  return badRequest(failure)
}

/** Telegram's refusals in the house's words. What was never an answer (a bug of ours before the call) is `rejected`. */
export function toSendError(error: unknown, chatExternalId: string): SendError {
  if (error instanceof SendError) return error
  const failure: Failure =
    error instanceof ApiFailure ? classify(error, chatExternalId) : { kind: 'rejected', code: 'not-encodable' }
  return new SendError(failure, { cause: error })
}
