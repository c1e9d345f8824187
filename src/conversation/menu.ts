import { z } from 'zod'
import { renderer } from '../messaging/renderer.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { type Command, type Context, command, type MenuEntry } from './types.js'

/** One glance: more entries than this are read by nobody on a small phone. */
const MOST = 7

const MORE = 'conversation.menu.more'

export const menuEntry = z.object({ label: z.string(), command: z.string(), args: z.record(z.string(), z.json()) })

export const menu = renderer(
  'menu-list',
  1,
  z.object({ because: z.string().nullable(), entries: z.array(menuEntry) }),
  (data, t) => ({
    text: data.because
      ? `${t.dynamic(`conversation.menu.${data.because}`)}\n${t('conversation.menu.ask')}`
      : t('conversation.menu.ask'),
    choices: data.entries.map((one) => [
      {
        label: t.dynamic(one.label),
        command: one.command,
        args: one.args as JsonObject,
        ...(one.label === MORE ? { next: true as const } : {}),
      },
    ]),
  }),
)

type Entry = z.infer<typeof menuEntry>

const turn = (label: 'more' | 'first', page: number): Entry => ({
  label: `conversation.menu.${label}`,
  command: 'menu.open',
  args: { page },
})

/** Seven entries at most; where there are more, the last one leads to the others, so that nobody needs a command. */
export function pageOf(all: readonly Entry[], page: number): Entry[] {
  if (all.length <= MOST) return [...all]
  const size = MOST - 1
  const start = page * size < all.length ? page * size : 0
  const rest = all.length > start + size
  return [...all.slice(start, start + size), rest ? turn('more', start / size + 1) : turn('first', 0)]
}

/** The entries for one person at one moment, the likeliest first. */
export async function listMenu(ctx: Pick<Context, 'tx' | 'now' | 'actor'>, all: readonly MenuEntry[]) {
  // One after the other: they share one connection.
  const ranked: { one: MenuEntry; rank: number | null }[] = []
  for (const one of all) ranked.push({ one, rank: await one.rank({ tx: ctx.tx, now: ctx.now, actor: ctx.actor }) })
  return ranked
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (b.rank ?? 0) - (a.rank ?? 0))
    .map(({ one }) => ({ label: one.label, command: one.command, args: one.args ?? {} }))
}

const args = z.object({
  because: z.enum(['unknown', 'unreadable', 'greeting']).optional(),
  page: z.number().int().min(0).default(0),
})

/** `entries`: what the rooms offer; `app.ts` joins them. */
export const menuCommands = (entries: readonly MenuEntry[]): Command[] => [
  command(
    'menu.open',
    {
      args,
      scope: 'self',
      permission: 'self',
      slash: ['menu'],
      words: ['thực đơn', 'bắt đầu lại', 'thôi', 'hủy', 'cancel'],
    },
    async (ctx, { because, page }) =>
      ctx.say(menu, { because: because ?? null, entries: pageOf(await listMenu(ctx, entries), page) }),
  ),
  command('menu.thanks', { args: z.object({}), scope: 'self', permission: 'self' }, (ctx) =>
    ctx.note(
      'conversation.menu.thanks',
      {},
      { choices: [[{ label: 'conversation.menu.open', command: 'menu.open', args: {} }]] },
    ),
  ),
]
