import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { dayField, kindField, titleOf } from '../meetings/describe.js'
import type { Meeting } from '../meetings/store.js'
import { renderer } from '../messaging/renderer.js'
import type { OutgoingMessage } from '../messaging/vocabulary.js'
import { PAPER_NAMES } from './layouts.js'

const named = { kind: kindField, day: dayField }
/** Whose paper it is: its link opens for who may still make papers there. */
const owned = { unitId: z.uuid() }

/** Where the points that are still open are given; null: none are, or another paper is spoken of. */
const toScore = z.object({ unitId: z.string(), meetingId: z.string() }).nullable().default(null)

const scoreChoice = (t: Translate, place: z.infer<typeof toScore>): Pick<OutgoingMessage, 'choices'> =>
  place ? { choices: [[{ label: t('scoring.menu'), command: 'scoring.open', args: { ...place, fresh: true } }]] } : {}

/** Two of a kind may fall into one month: the day tells them apart. */
const meetingOf = (meeting: Pick<Meeting, 'kind' | 'day'>, t: Translate) => ({
  meeting: titleOf(meeting, t),
  day: t.date(meeting.day, 'day-month'),
})

/** All papers of a meeting: what its confirmation brings. */
export const packReady = renderer(
  'papers.pack',
  1,
  z.object({
    ...named,
    ...owned,
    revised: z.boolean(),
    toScore,
    strength: z.string(),
    papers: z.array(z.object({ paper: z.enum(PAPER_NAMES), sha256: z.string(), fileName: z.string() })),
  }),
  ({ revised, papers, strength, ...data }, t) => ({
    heading: t('papers.pack.heading', meetingOf(data, t)),
    text: [
      ...(revised ? [t('papers.pack.revised')] : []),
      t('papers.pack.how'),
      t(data.toScore ? 'papers.pack.score-open' : 'papers.pack.again'),
    ].join('\n'),
    files: papers.map(({ paper, ...file }) => ({
      ...file,
      label: t(`papers.paper.${paper}`),
      elsewhere: t('papers.ready.numbers', { strength }),
    })),
    ...scoreChoice(t, data.toScore),
  }),
)

/** One paper of a meeting, as a file. */
export const paperReady = renderer(
  'papers.ready',
  1,
  z.object({
    ...named,
    ...owned,
    paper: z.enum(PAPER_NAMES),
    revised: z.boolean(),
    toScore,
    /** The numbers in one sentence: what is left of the minutes where no file arrives. */
    strength: z.string(),
    sha256: z.string(),
    fileName: z.string(),
  }),
  ({ paper, revised, toScore, strength, sha256, fileName, ...meeting }, t) => {
    const what = t(revised ? 'papers.ready.revised' : 'papers.ready.what', {
      paper: t(`papers.paper.${paper}`),
      ...meetingOf(meeting, t),
    })
    const elsewhere = paper === 'minutes' ? t('papers.ready.numbers', { strength }) : t('papers.ready.elsewhere')
    return {
      text: [what, toScore ? t('papers.ready.score-open') : t(`papers.ready.${paper}`)].join('\n'),
      attachment: { sha256, fileName, elsewhere },
      ...scoreChoice(t, toScore),
    }
  },
)

/** Attendance of a year, as a file. */
export const tableReady = renderer(
  'papers.table',
  1,
  z.object({
    ...owned,
    form: z.enum(['xlsx', 'csv']),
    year: z.number(),
    meetings: z.number(),
    sha256: z.string(),
    fileName: z.string(),
  }),
  ({ form, year, meetings, sha256, fileName }, t) => ({
    text: t(`papers.table-ready.${form}`, { year, meetings }),
    attachment: { sha256, fileName, elsewhere: t('papers.table-ready.elsewhere') },
  }),
)

export const paperRenderers = [packReady, paperReady, tableReady]
