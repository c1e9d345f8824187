import { firstOf, fold, nfc } from '../core/text.js'
import type { GivenAnswer } from './rules.js'
import type { AnswerState, QuestionTopic } from './understanding/types.js'
import { understand } from './understanding/understand.js'

/** Longer reasons are letters; the secretary needs a line. */
const MAX_REASON = 200

type Reason = Pick<GivenAnswer, 'reasonKind' | 'reasonText'>

/** What stands behind "báo vắng", or follows the question for a reason. */
export type ReasonReading =
  | Readonly<{ kind: 'reason'; reason: Reason }>
  /** Says another answer, or one that contradicts the absence: asked back. */
  | Readonly<{ kind: 'other'; states: readonly AnswerState[] }>
  | Readonly<{ kind: 'question'; about: QuestionTopic }>
  /** Thanks, a nod, a mistyped command: nothing to keep. */
  | Readonly<{ kind: 'courtesy' }>

const COURTESY =
  /^(?:(?:da|vang|ok|oke|okie|uh?|um|dc|duoc|roi|nhe|a|em|toi|minh|xin|cam|on|cx|thank|thanks|you|yes|no|khong|ko|thoi|dong|chi|bi|thu|chao) ?)+$/

const cut = (text: string): string => firstOf(nfc(text).trim(), MAX_REASON)

/** Reads a text that is expected to be the reason of an absence. Pure. */
export function readReason(text: string): ReasonReading {
  const said = understand(text)
  if (said.kind === 'question') return said
  if (COURTESY.test(fold(text)) || !/\p{L}/u.test(text) || text.trim().startsWith('/')) return { kind: 'courtesy' }
  const states = said.kind === 'answer' ? [said.state] : said.kind === 'unsure' ? said.candidates : []
  if (states.some((state) => state !== 'absent')) return { kind: 'other', states }
  if (said.kind === 'answer') return { kind: 'reason', reason: reasonOf(said) }
  const asReason = understand(`em vắng vì ${text}`)
  const kind = asReason.kind === 'answer' && asReason.state === 'absent' ? asReason.reasonKind : undefined
  return { kind: 'reason', reason: { reasonKind: kind ?? null, reasonText: cut(text) } }
}

const reasonOf = (said: { reasonKind?: Reason['reasonKind']; reasonText?: string }): Reason => ({
  reasonKind: said.reasonKind ?? null,
  reasonText: said.reasonText ? cut(said.reasonText) : null,
})
