import type { Paper } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import { PARTY_PAPER_MIME } from '../core/party-layout.js'
import { renderPartyPaper } from '../core/party-paper.js'
import { findMeeting } from '../meetings/store.js'
import { outgoing } from '../messaging/outbox.js'
import { findFacts } from './facts.js'
import { fieldsOf } from './fields.js'
import { LAYOUTS, PAPER_NAMES, type PaperName } from './layouts.js'
import { paperReady } from './messages.js'
import { FILE_NAMES } from './names.js'
import { fillLayout } from './placeholders.js'
import { fillTemplate } from './template.js'
import { findTemplate } from './template-store.js'

type Deps = Pick<RoomDeps, 'translations' | 'blobs'>

/** A paper of a meeting as its roll-call stands; nothing where that is open again: its confirmation brings a new one. */
const meetingPaper = (name: PaperName, { translations, blobs }: Deps): Paper => ({
  name,
  failed: 'papers.failed',
  read: async (tx, now, job) => {
    const meeting = await findMeeting(tx, job.subjectId ?? '')
    const facts = meeting && (await findFacts(tx, meeting, now))
    if (!meeting || !facts) return null
    const fields = fieldsOf(facts, translations.for('vi'))
    const { kind, day, id: subject } = meeting
    const isOpen = name === 'score' && !facts.score?.result
    const toScore = isOpen ? { unitId: meeting.cellId, meetingId: meeting.id } : null
    const data = {
      kind,
      day,
      unitId: meeting.cellId,
      paper: name,
      revised: facts.corrections > 0,
      toScore,
      strength: words(fields.si_so),
    }
    const template = await findTemplate(tx, meeting.cellId, facts.madeOn, name)
    return async () => ({
      mime: PARTY_PAPER_MIME,
      bytes: template
        ? await fillTemplate(await blobs.get(template.sha256), fields)
        : await renderPartyPaper(fillLayout(LAYOUTS[name], fields)),
      fileName: `${FILE_NAMES[name]}-${day}.docx`,
      message: (file, rest) => outgoing(paperReady, { ...data, ...file }, { ...rest, subject }),
    })
  },
})

const words = (field: ReturnType<typeof fieldsOf>[string] | undefined): string =>
  field && 'text' in field ? field.text : ''

export const meetingPapers = (deps: Deps): Paper[] => PAPER_NAMES.map((name) => meetingPaper(name, deps))
