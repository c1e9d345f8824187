import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { answerChoices } from './answer-choices.js'
import { capitalized, describedFields, linesOf, titleOf } from './describe.js'

const item = z.object({
  ...describedFields,
  meetingId: z.string(),
  cell: z.string(),
  asked: z.boolean(),
  answered: z.enum(['present', 'late', 'online', 'absent']).nullable(),
})

/** Somebody's next meetings, the nearest with the answer buttons. `planner`: the cells that the reader plans for. */
export const nextMeetings = renderer(
  'meetings.next',
  1,
  z.object({ items: z.array(item), planner: z.boolean() }),
  (data, t) => {
    const several = new Set(data.items.map((one) => one.cell)).size > 1
    const blocks = data.items.map((one) =>
      [
        capitalized(titleOf(one, t)) + (several ? ` – ${one.cell}` : ''),
        ...linesOf(one, t),
        ...(one.answered
          ? [t('meetings.next.answered', { answer: t.dynamic(`meetings.answered.${one.answered}`) })]
          : []),
      ].join('\n'),
    )
    const [first] = data.items
    const answers = first?.asked ? answerChoices(t, first) : []
    const plan: Choice[] = data.planner
      ? [
          { label: t('meetings.menu.move'), command: 'meetings.move', args: {} },
          { label: t('meetings.menu.cancel'), command: 'meetings.cancel', args: {} },
        ]
      : []
    const question = first?.asked && !first.answered ? [t('meetings.next.question')] : []
    return {
      heading: t('meetings.next.heading'),
      text: [...blocks, ...question].join('\n\n'),
      choices: [...answers, ...(plan.length > 0 ? [plan] : [])],
    }
  },
)
