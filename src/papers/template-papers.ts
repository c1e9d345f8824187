import type { Paper } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import { getUpload } from '../conversation/uploads.js'
import { PARTY_PAPER_MIME } from '../core/party-layout.js'
import { renderPartyPaper, renderWorkingPaper } from '../core/party-paper.js'
import { outgoing } from '../messaging/outbox.js'
import { EXAMPLE } from './example.js'
import { fieldsOf } from './fields.js'
import { LAYOUTS, PAPER_NAMES, type PaperName } from './layouts.js'
import { namesReady, previewReady, sampleReady } from './messages-templates.js'
import { FILE_NAMES } from './names.js'
import { checkTemplate, fillTemplate } from './template.js'
import { namesPaper } from './template-names.js'

type Deps = Pick<RoomDeps, 'translations' | 'blobs'>

export const previewName = (paper: PaperName): string => `preview-${paper}`
export const NAMES = 'template-names'
export const sampleName = (paper: PaperName): string => `sample-${paper}`

/** What somebody sent, filled with a made-up meeting; refused with what is wrong in it. The subject is the upload. */
const preview = (paper: PaperName, { translations, blobs }: Deps): Paper => ({
  name: previewName(paper),
  failed: 'papers.template.failed',
  read: async (tx, _now, job) => {
    const upload = await getUpload(tx, job.subjectId ?? '', job.personId)
    const fields = fieldsOf(EXAMPLE, translations.for('vi'))
    const data = { paper, unitId: job.unitId, uploadId: upload.id }
    return async () => {
      const template = await blobs.get(upload.sha256)
      checkTemplate(template, fields)
      return {
        mime: PARTY_PAPER_MIME,
        bytes: await fillTemplate(template, fields),
        fileName: `xem-thu-${FILE_NAMES[paper]}.docx`,
        message: (file, rest) => outgoing(previewReady, { ...data, ...file }, rest),
      }
    }
  },
})

/** Our own paper with its braces: where an office begins. */
const sample = (paper: PaperName): Paper => ({
  name: sampleName(paper),
  failed: 'papers.template.failed',
  read: async () => async () => ({
    mime: PARTY_PAPER_MIME,
    bytes: await renderPartyPaper(LAYOUTS[paper]),
    fileName: `mau-${FILE_NAMES[paper]}.docx`,
    message: (file, rest) => outgoing(sampleReady, { paper, ...file }, rest),
  }),
})

/** Which names a template may have. */
const names = ({ translations }: Deps): Paper => ({
  name: NAMES,
  failed: 'papers.template.failed',
  read: async () => async (t) => ({
    mime: PARTY_PAPER_MIME,
    bytes: await renderWorkingPaper(namesPaper(fieldsOf(EXAMPLE, translations.for('vi')), t)),
    fileName: 'ten-dien-vao-mau.docx',
    message: (file, rest) => outgoing(namesReady, file, rest),
  }),
})

export const templatePapers = (deps: Deps): Paper[] => [
  ...PAPER_NAMES.flatMap((paper) => [preview(paper, deps), sample(paper)]),
  names(deps),
]
