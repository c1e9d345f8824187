import type { MadeFile, Paper } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import { PARTY_PAPER_MIME } from '../core/party-layout.js'
import { renderPartyPaper } from '../core/party-paper.js'
import type { Tx } from '../database/client.js'
import type { PrintJob } from '../database/generated/client.js'
import { findMeeting } from '../meetings/store.js'
import { outgoing } from '../messaging/outbox.js'
import { findFacts } from './facts.js'
import { fieldsOf } from './fields.js'
import { LAYOUTS, PAPER_NAMES, type PaperName } from './layouts.js'
import { packReady, paperReady } from './messages.js'
import { FILE_NAMES, PACK } from './names.js'
import { fillLayout } from './placeholders.js'
import { fillTemplate } from './template.js'
import { findTemplate } from './template-store.js'

type Deps = Pick<RoomDeps, 'translations' | 'blobs'>

/** A meeting's papers as its roll-call stands; null where that is open again: its confirmation brings new ones. */
async function readPapers(tx: Tx, now: Date, { subjectId }: PrintJob, { translations, blobs }: Deps) {
  const meeting = await findMeeting(tx, subjectId ?? '')
  const facts = meeting && (await findFacts(tx, meeting, now))
  if (!meeting || !facts) return null
  const { kind, day, id: subject, cellId: unitId } = meeting
  const fields = fieldsOf(facts, translations.for('vi'))
  const strength = fields.si_so && 'text' in fields.si_so ? fields.si_so.text : ''
  const open = facts.score?.result ? null : { unitId, meetingId: subject }
  const make = async (name: PaperName, template: Readonly<{ sha256: string }> | null): Promise<MadeFile> => ({
    mime: PARTY_PAPER_MIME,
    bytes: template
      ? await fillTemplate(await blobs.get(template.sha256), fields)
      : await renderPartyPaper(fillLayout(LAYOUTS[name], fields)),
    fileName: `${FILE_NAMES[name]}-${day}.docx`,
  })
  return {
    subject,
    data: { kind, day, unitId, revised: facts.corrections > 0, strength },
    /** Where the points that are open yet are given. */
    open,
    templateOf: (name: PaperName) => findTemplate(tx, unitId, facts.madeOn, name),
    make,
  }
}

const meetingPaper = (paper: PaperName, deps: Deps): Paper => ({
  name: paper,
  failed: 'papers.failed',
  read: async (tx, now, job) => {
    const papers = await readPapers(tx, now, job, deps)
    if (!papers) return null
    const { subject } = papers
    const data = { ...papers.data, paper, toScore: paper === 'score' ? papers.open : null }
    const template = await papers.templateOf(paper)
    return async () => ({
      ...(await papers.make(paper, template)),
      message: (file, rest) => outgoing(paperReady, { ...data, ...file }, { ...rest, subject }),
    })
  },
})

/** All of them at once: what a confirmation brings. */
const meetingPack = (deps: Deps): Paper => ({
  name: PACK,
  failed: 'papers.failed',
  read: async (tx, now, job) => {
    const papers = await readPapers(tx, now, job, deps)
    if (!papers) return null
    const { subject } = papers
    const data = { ...papers.data, toScore: papers.open }
    const templates: (Readonly<{ sha256: string }> | null)[] = []
    for (const name of PAPER_NAMES) templates.push(await papers.templateOf(name))
    return async () => {
      const files: MadeFile[] = []
      for (const [n, name] of PAPER_NAMES.entries()) files.push(await papers.make(name, templates[n] ?? null))
      return {
        files,
        messageOf: (kept, rest) => {
          const named = kept.map((file, n) => ({ ...file, paper: PAPER_NAMES[n] ?? 'minutes' }))
          return outgoing(packReady, { ...data, papers: named }, { ...rest, subject })
        },
      }
    }
  },
})

export const meetingPapers = (deps: Deps): Paper[] => [
  ...PAPER_NAMES.map((name) => meetingPaper(name, deps)),
  meetingPack(deps),
]
