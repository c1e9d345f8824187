import { z } from 'zod'
import { AppError } from '../core/errors.js'
import { shorten } from '../core/text.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { pick } from './messages.js'
import { choiceRows, findOffer, type Offer, type OfferedChoice } from './offers.js'
import { type Command, type Context, command } from './types.js'

type Rows = z.infer<typeof choiceRows>

/** Whom the message was for goes along: a shared phone is not asked again. */
const forThem = ({ choices, personId }: Offer): Rows =>
  choices.map((row) => row.map((one) => ({ ...one, args: personId ? { as: personId, ...one.args } : one.args })))

const shown = z.object({
  lead: z.enum(['unreadable', 'number', 'unknown', 'rest']),
  heading: z.string().nullable(),
  text: z.string(),
  choices: choiceRows,
  from: z.number(),
})

/** A question as it was sent, once more below a sentence, or what was left of its choices. */
export const again = renderer('choice.again', 1, shown, ({ lead, heading, text, choices, from }, t) => ({
  text: [t(`conversation.choice.${lead}`), heading, text].filter(Boolean).join('\n'),
  choices: choices as Choice[][],
  from,
}))

/** On a shared phone the first line said whom it is for; it will again. */
const unaddressed = (ctx: Context, { text, personId }: Offer): string =>
  personId && ctx.people.length > 1 ? text.split('\n').slice(1).join('\n') : text

const said = async (ctx: Context, deliveryId: string): Promise<Offer> => {
  const offer = await findOffer(ctx.tx, ctx.chat.id, deliveryId)
  if (!offer) throw new AppError('conversation.error.outdated')
  return offer
}

const NAME = 60

/** A choice under a name that tells it from the same one in another message. */
export const optionOf = (offer: Offer, choice: OfferedChoice): JsonObject => ({
  name: `${choice.label} – ${shorten(offer.heading ?? offer.text.split('\n')[0] ?? '', NAME)}`,
  command: choice.command,
  args: { ...(offer.personId ? { as: offer.personId } : {}), ...(choice.args as JsonObject) },
})

const option = z.object({ name: z.string(), command: z.string(), args: z.record(z.string(), z.json()) })
const rights = { scope: 'anyone', permission: 'self' } as const

export const choiceCommands: Command[] = [
  command(
    'choice.again',
    { args: z.object({ deliveryId: z.uuid(), because: z.enum(['unreadable', 'number', 'unknown']) }), ...rights },
    async (ctx, { deliveryId, because }) => {
      const offer = await said(ctx, deliveryId)
      const { heading = null } = offer
      await ctx.say(again, { lead: because, heading, text: unaddressed(ctx, offer), choices: forThem(offer), from: 0 })
    },
  ),
  command('choice.rest', { args: z.object({ deliveryId: z.uuid() }), ...rights }, async (ctx, { deliveryId }) => {
    const offer = await said(ctx, deliveryId)
    await ctx.say(again, { lead: 'rest', heading: null, text: '', choices: forThem(offer), from: offer.rest ?? 0 })
  }),
  command('choice.which', { args: z.object({ options: z.array(option) }), ...rights }, (ctx, { options }) =>
    ctx.say(pick, { key: 'conversation.choice.which', options }),
  ),
]

export const choiceRenderers = [again]
