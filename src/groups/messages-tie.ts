import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'

/** How a cell comes to a group; `link`: where the platform lets one choose the group right away. */
export const howToTie = renderer(
  'groups.how-to-tie',
  1,
  z.object({ cell: z.string(), link: z.string().nullable() }),
  ({ cell, link }, t) => ({
    text: t(link ? 'groups.tie.how-link' : 'groups.tie.how', { cell }),
    ...(link ? { link: { label: t('groups.button.choose'), url: link } } : {}),
  }),
)
