import { z } from 'zod'
import { type Command, command } from '../conversation/types.js'
import { CONSENT_VERSION } from './linking-rules.js'
import { recordConsent } from './linking-store.js'

/** Today's text, for whoever agreed to an older one. Its number is part of the choice: the proof says what was read. */
export const agreeAgain = {
  key: 'organization.consent.again',
  params: { text: { key: `organization.consent.v${CONSENT_VERSION}` } },
  choices: [
    [
      {
        label: 'organization.consent.agree',
        command: 'link.agree-again',
        args: { version: CONSENT_VERSION },
      },
      { label: 'organization.consent.decline', command: 'link.withdraw', args: {} },
    ],
  ],
} as const

const SELF = { scope: 'self', permission: 'self' } as const

export const consentCommands: Command[] = [
  command('link.read-again', { ...SELF, args: z.object({}) }, (ctx) =>
    ctx.note(agreeAgain.key, { ...agreeAgain.params }, { choices: agreeAgain.choices }),
  ),
  command('link.agree-again', { ...SELF, args: z.object({ version: z.int() }) }, async (ctx, { version }) => {
    const { tx, now, actor } = ctx
    const newest = await tx.consent.findFirst({ where: { personId: actor.personId }, orderBy: { at: 'desc' } })
    // A second tap, or one on another phone, is the same word.
    if (newest?.decision !== 'given' || newest.textVersion < version)
      await recordConsent(tx, {
        personId: actor.personId,
        chatId: ctx.chat.id,
        decision: 'given',
        textVersion: version,
        locale: ctx.t.locale,
        at: now,
      })
    await ctx.note('organization.consent.agreed-again')
  }),
]
