import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { sealPage } from './tokens.js'

const person = z.object({ personId: z.string(), name: z.string(), has: z.boolean() })

const printing = (t: Translate, unitId: string): Choice => ({
  label: t('pages.personal.print'),
  command: 'invite.pages-print',
  args: { unitId },
})

/** Whose page? Those who have one are marked. `without`: so many are neither linked nor have one. */
export const personalList = renderer(
  'pages.list',
  1,
  z.object({
    unitId: z.string(),
    unit: z.string(),
    page: z.int(),
    pages: z.int(),
    without: z.int().default(0),
    rows: z.array(person),
  }),
  ({ unitId, unit, page, pages, without, rows }, t) => {
    const all: Choice = {
      label: t('pages.personal.all', { count: without }),
      command: 'invite.pages-all',
      args: { unitId },
    }
    const turn = (label: 'previous' | 'next', to: number): Choice => ({
      label: t(`organization.invite.${label}`),
      command: 'invite.pages',
      args: { unitId, page: to },
    })
    const turns = [...(page > 1 ? [turn('previous', page - 1)] : []), ...(page < pages ? [turn('next', page + 1)] : [])]
    return {
      heading: t('pages.personal.title', { unit }),
      text: t('pages.personal.choose'),
      choices: [
        ...(without > 1 ? [[all]] : []),
        ...rows.map(({ personId, name, has }) => [
          { label: has ? `✓ ${name}` : name, command: 'invite.page', args: { unitId, personId } },
        ]),
        ...(turns.length > 0 ? [turns] : []),
        ...(rows.some((one) => one.has) ? [[printing(t, unitId)]] : []),
      ],
    }
  },
)

/** The address of somebody's page, to be handed on; in the text, so that it can be copied and forwarded. */
export const personalLink = renderer(
  'pages.personal',
  1,
  z.object({ unitId: z.string(), personId: z.string(), name: z.string(), pageId: z.string() }),
  ({ unitId, personId, name, pageId }, t) => ({
    heading: t('pages.personal.of', { name }),
    text: [t('pages.personal.how'), '', sealPage('personal', pageId)].join('\n'),
    choices: [
      [printing(t, unitId)],
      [{ label: t('pages.personal.end'), command: 'invite.page-end', args: { unitId, personId } }],
    ],
  }),
)
