import type { Verdict } from '../../messaging/receiving.js'
import { SendError } from '../../messaging/vocabulary.js'

/** The web socket was closed. 1000: by us or the server; 1006: broken; 3000, 3003: somebody listens in our place. */
export class Closed extends Error {
  constructor(readonly code: number) {
    super(`the listener was closed: ${code}`)
    this.name = 'Closed'
  }
}

/** Nothing was heard, not even an answer to a question. */
export class Silent extends Error {
  readonly code = 'silent'
  constructor() {
    super('the listener hears nothing')
    this.name = 'Silent'
  }
}

/** What the library throws; `code` where Zalo's own answer had one. Known by its name, so that nothing loads it. */
type LibraryError = Error & Readonly<{ code: number | null }>

const isLibraryError = (error: unknown): error is LibraryError => error instanceof Error && error.name === 'ZcaApiError'

const TAKEN_OVER = [3000, 3003]
const SESSION_OVER = [102, 600]
const TOO_MANY = 221
const REFUSES_STRANGERS = [122, 123]

/** Of zca-js 2.2.0, for a cookie that opens nothing any more: the one refusal of a sign-in, and it has no code. */
export const SIGN_IN_REFUSED = 'Đăng nhập thất bại'
/** Of zca-js 2.2.0, for an answer that was none: these have no code either, as its own complaints about our arguments. */
export const NO_ANSWER = ['Request failed with status code', 'Failed to parse response data', 'Failed to fetch']

const isSessionOver = (error: LibraryError): boolean =>
  SESSION_OVER.includes(error.code ?? 0) || error.message === SIGN_IN_REFUSED

/** What a failure to receive, or to sign in, means. */
export function judge(error: unknown): Verdict {
  if (error instanceof Closed && TAKEN_OVER.includes(error.code)) return { code: 'taken-over' }
  if (isLibraryError(error) && isSessionOver(error)) return { code: 'unauthorized' }
  return { code: 'unreachable' }
}

type Failure = SendError['failure']

function classify(error: LibraryError): Failure {
  const { code, message } = error
  if (isSessionOver(error)) return { kind: 'unauthorized', code: 'unauthorized' }
  if (code === TOO_MANY) return { kind: 'quota', code: 'too-many' }
  if (REFUSES_STRANGERS.includes(code ?? 0)) return { kind: 'unreachable', code: 'refuses-strangers' }
  if (code) return { kind: 'rejected', code: `zalo-${code}` }
  if (NO_ANSWER.some((one) => message.startsWith(one))) return { kind: 'transient', code: 'no-answer' }
  return { kind: 'rejected', code: 'not-accepted' }
}

/** The library's failures in the house's words. What is no word of Zalo's (the network) is tried again. */
export function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const failure: Failure = isLibraryError(error) ? classify(error) : { kind: 'transient', code: 'network' }
  return new SendError(failure, { cause: error })
}
