import { z } from 'zod'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { renderer } from '../messaging/renderer.js'
import { commandMenu } from './messages.js'
import { type Actor, type Command, type CommandHint, command, type MenuEntry } from './types.js'

const line = z.object({ vi: z.string(), en: z.string(), description: z.string() })

export const help = renderer('help', 1, z.object({ entries: z.array(line) }), (data, t) => ({
  heading: t('conversation.help.title'),
  text: [
    t('conversation.help.intro'),
    '',
    ...data.entries.map((one) => `/${one[t.locale]} – ${t.dynamic(one.description)}`),
  ].join('\n'),
  choices: [[{ label: t('conversation.menu.open'), command: 'menu.open', args: {} }]],
}))

/** The commands that somebody's roles make useful. */
export const hintsFor = (people: readonly Actor[], hints: readonly CommandHint[]) =>
  hints
    .filter((one) => {
      const roles = one.for
      return roles === 'everyone' || people.some((person) => person.roles.some(({ role }) => roles.includes(role)))
    })
    .map((one) => ({ ...one.slash, description: one.description as string }))

/** Everybody finds the commands from the menu, last of all. */
export const helpEntry: MenuEntry = { command: 'help.open', label: 'conversation.menu.help', rank: async () => 1 }

export const helpCommands = (hints: readonly CommandHint[]): Command[] => [
  command(
    'help.open',
    {
      args: z.object({}),
      scope: 'anyone',
      permission: 'self',
      slash: ['trogiup', 'help'],
      words: ['trợ giúp', 'giúp', 'hướng dẫn'],
    },
    (ctx) => ctx.say(help, { entries: hintsFor(ctx.people, hints) }),
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
  await enqueue(tx, now, [
    outgoing(
      commandMenu,
      { entries: hintsFor(people, hints) },
      {
        causeKey: `menu:${chatId}:${newId()}`,
        chatId,
        operation: 'menu',
        priority: PRIORITY.bulk,
        expiresAt: new Date(now.getTime() + 7 * 24 * 3_600_000),
      },
    ),
  ])
}
