import { z } from 'zod'
import { DAY } from '../core/dates.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { renderer } from '../messaging/renderer.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { listMenu, menuEntry } from './menu.js'
import { commandMenu } from './messages.js'
import { type Actor, type Command, type CommandHint, command, concerns, type MenuEntry } from './types.js'

const line = z.object({ vi: z.string(), en: z.string(), description: z.string() })

/** One glance: the likeliest of the menu, before the commands. */
const MOST_NOW = 4

const schema = z.object({ entries: z.array(line), now: z.array(menuEntry).default([]) })

/** What this person can do at this moment comes first, then the commands for their roles. */
export const help = renderer('help', 1, schema, (data, t) => ({
  heading: t('conversation.help.title'),
  text: [
    t('conversation.help.intro'),
    ...(data.now.length > 0
      ? ['', t('conversation.help.now'), ...data.now.map((one) => `• ${t.dynamic(one.label)}`)]
      : []),
    '',
    t('conversation.help.commands'),
    ...data.entries.map((one) => `/${one[t.locale]} – ${t.dynamic(one.description)}`),
  ].join('\n'),
  choices: [
    ...data.now.map((one) => [{ label: t.dynamic(one.label), command: one.command, args: one.args as JsonObject }]),
    [{ label: t('conversation.menu.open'), command: 'menu.open', args: {} }],
  ],
}))

/** The commands that somebody's roles make useful. */
export const hintsFor = (people: readonly Actor[], hints: readonly CommandHint[]) =>
  hints
    .filter((one) => one.for === 'everyone' || people.some((person) => concerns(one.for, person)))
    .map((one) => ({ ...one.slash, description: one.description as string }))

/** Everybody finds the commands from the menu, last of all. */
export const helpEntry: MenuEntry = { command: 'help.open', label: 'conversation.menu.help', rank: async () => 1 }

export const helpCommands = (hints: readonly CommandHint[], menu: readonly MenuEntry[]): Command[] => [
  command(
    'help.open',
    {
      args: z.object({}),
      scope: 'anyone',
      permission: 'self',
      slash: ['trogiup', 'help'],
      words: ['trợ giúp', 'giúp', 'hướng dẫn'],
    },
    async (ctx) => {
      // Several people share the phone: whose moment it is nobody knows, the commands are for them all.
      const [only, ...others] = ctx.people
      const now = only && others.length === 0 ? await listMenu({ ...ctx, actor: only }, menu) : []
      await ctx.say(help, { entries: hintsFor(ctx.people, hints), now: now.slice(0, MOST_NOW) })
    },
  ),
]

/** Sets the platform's command list of a chat anew, after its people, their roles or its language changed. */
export const refreshCommandMenu = async (
  tx: Tx,
  now: Date,
  chatId: string,
  people: readonly Actor[],
  hints: readonly CommandHint[],
): Promise<void> => {
  const [only, ...others] = people
  await enqueue(tx, now, [
    outgoing(
      commandMenu,
      { entries: hintsFor(people, hints) },
      {
        causeKey: `menu:${chatId}:${newId()}`,
        chatId,
        ...(only && others.length === 0 ? { personId: only.personId } : {}),
        operation: 'menu',
        priority: PRIORITY.bulk,
        expiresAt: new Date(now.getTime() + 7 * DAY),
      },
    ),
  ])
}
