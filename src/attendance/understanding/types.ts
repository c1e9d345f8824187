import type { AnswerState, ReasonKind } from '../../database/generated/enums.js'

export type { AnswerState, ReasonKind }

/** What a text about a meeting says. Only `answer` may be recorded; everything else is answered or asked back. */
export type Understanding =
  | Readonly<{
      kind: 'answer'
      state: AnswerState
      reasonKind?: ReasonKind
      /** As the member wrote it, without the courtesies around it. */
      reasonText?: string
      /** 1–180. */
      minutesLate?: number
    }>
  | Readonly<{ kind: 'unsure'; candidates: readonly AnswerState[] }>
  | Readonly<{ kind: 'question'; about: QuestionTopic }>
  | Readonly<{ kind: 'none' }>

export type Answer = Extract<Understanding, { kind: 'answer' }>

export type QuestionTopic = 'time' | 'place' | 'agenda' | 'materials' | 'other'

export const NONE: Understanding = { kind: 'none' }

/** A word as it is matched (`word`: canonical spelling, compounds joined by `_`) and where it stood in the text. */
export type Token = Readonly<{ word: string; start: number; end: number }>

/** A clause. `reason`: it began with vì, do, tại …: what is said in it explains and decides nothing by itself. `contrast`: after nhưng, mà. */
export type Segment = Readonly<{ tokens: readonly Token[]; reason: boolean; contrast: boolean }>
