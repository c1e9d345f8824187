import { z } from 'zod'
import type { Context } from '../conversation/types.js'
import { renderer } from '../messaging/renderer.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { createGrant, PAGE_PURPOSES, type PagePurpose } from './grants.js'
import { sealPage } from './tokens.js'

/** A link to a page for one person: what it is for, how long it holds, that it is theirs alone. */
export const pageLink = renderer(
  'pages.once',
  1,
  z.object({ purpose: z.enum(PAGE_PURPOSES), grantId: z.string() }),
  ({ purpose, grantId }, t) => ({
    text: [t(`pages.once.${purpose}`), t('pages.once.yours')].join('\n'),
    link: { label: t(`pages.once.open-${purpose}`), url: sealPage('once', grantId) },
  }),
)

/**
 * Says the link to a one-time page in a message of its own, or where no page of ours can be reached from outside what to
 * do instead (`pages.none.<purpose>`).
 */
export async function offerPage(
  ctx: Context,
  codeKey: Uint8Array,
  purpose: PagePurpose,
  args: JsonObject,
): Promise<void> {
  if (!ctx.can.pages) return ctx.note(`pages.none.${purpose}`)
  const grant = { personId: ctx.actor.personId, chatId: ctx.chat.id, purpose, args }
  const grantId = await createGrant(ctx.tx, ctx.now, grant, codeKey)
  await ctx.say(pageLink, { purpose, grantId }, { fresh: true })
}
