import { z } from 'zod'
import type { RoomDeps } from '../conversation/room.js'
import { type Command, type Context, command } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { offerPage } from '../pages/offer.js'
import { isRiskSentence } from './rules.js'

/** A person's own account is switched on by whoever runs the installation, after their own words for what may happen. */
async function switchOn(ctx: Context, deps: RoomDeps, text: string | undefined): Promise<void> {
  if (!deps.personalZalo) throw new AppError('bots.error.no-personal')
  await ctx.require('bot.manage', null)
  if (!deps.seal.isReady) throw new AppError('bots.error.no-key')
  const sentences = (['vi', 'en'] as const).map((locale) => deps.translations.for(locale)('bots.personal.sentence'))
  if (text === undefined || !isRiskSentence(text, sentences)) {
    await ctx.expect('bots.personal', {})
    const key = text === undefined ? 'bots.personal.risk' : 'bots.personal.not-it'
    return ctx.note(key, { sentence: ctx.t('bots.personal.sentence') }, { fresh: true })
  }
  await offerPage(ctx, deps.codeKey, 'sign-in', {})
}

export const personalCommands = (deps: RoomDeps): Command[] => [
  command(
    'bots.personal',
    {
      args: z.object({ text: z.string().optional() }),
      scope: 'self',
      permission: 'self',
      slash: ['zalocanhan', 'personalzalo'],
      words: ['zalo cá nhân', 'personal zalo'],
    },
    (ctx, { text }) => switchOn(ctx, deps, text),
  ),
]
