import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'
import { PAPER_NAMES } from './layouts.js'

const paper = z.enum(PAPER_NAMES)
const file = { sha256: z.string(), fileName: z.string() }

/** A template as it would look, before it counts. */
export const previewReady = renderer(
  'papers.template-preview',
  1,
  z.object({ ...file, paper, unitId: z.string(), uploadId: z.string() }),
  ({ sha256, fileName, ...which }, t) => ({
    text: t('papers.template.preview', { paper: t(`papers.paper.${which.paper}`) }),
    attachment: { sha256, fileName, elsewhere: t('papers.template.elsewhere') },
    choices: [
      [{ label: t('papers.template.button.set'), command: 'papers.template-set', args: which }],
      [
        {
          label: t('papers.template.button.drop'),
          command: 'papers.template-drop',
          args: { unitId: which.unitId, uploadId: which.uploadId },
        },
      ],
    ],
  }),
)

export const sampleReady = renderer('papers.template-sample', 1, z.object({ ...file, paper }), (data, t) => ({
  text: t('papers.template.sample', { paper: t(`papers.paper.${data.paper}`) }),
  attachment: { sha256: data.sha256, fileName: data.fileName, elsewhere: t('papers.template.elsewhere') },
}))

export const namesReady = renderer('papers.template-names', 1, z.object(file), (data, t) => ({
  text: t('papers.template.names.ready'),
  attachment: { ...data, elsewhere: t('papers.template.elsewhere') },
}))

export const templateRenderers = [previewReady, sampleReady, namesReady]
