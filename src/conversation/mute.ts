import { z } from 'zod'
import { listMuted, setMuted } from '../messaging/mutes.js'
import { renderer } from '../messaging/renderer.js'
import { type Command, type Context, command, concerns, type MutableKind } from './types.js'

const row = z.object({ kind: z.string(), label: z.string(), on: z.boolean() })

/** What may be switched off, how it stands, and a choice each to turn it. */
export const muteList = renderer('mute-list', 1, z.object({ rows: z.array(row) }), (data, t) => ({
  heading: t('conversation.mute.title'),
  text: [
    ...data.rows.map((one) =>
      t(one.on ? 'conversation.mute.on' : 'conversation.mute.off', { what: t.dynamic(one.label) }),
    ),
    '',
    t('conversation.mute.always'),
  ].join('\n'),
  choices: data.rows.map((one) => [
    {
      label: t(one.on ? 'conversation.mute.turn-off' : 'conversation.mute.turn-on', { what: t.dynamic(one.label) }),
      command: 'mute.set',
      args: { kind: one.kind, on: !one.on },
    },
  ]),
}))

async function show(ctx: Context, kinds: readonly MutableKind[]): Promise<void> {
  const muted = await listMuted(ctx.tx, ctx.actor.personId)
  const rows = kinds
    .filter((one) => concerns(one.for, ctx.actor))
    .map(({ kind, label }) => ({ kind, label: label as string, on: !muted.has(kind) }))
  await ctx.say(muteList, { rows })
}

/** `kinds`: what the rooms let people switch off. */
export const muteCommands = (kinds: readonly MutableKind[]): Command[] => [
  command(
    'mute.show',
    {
      args: z.object({}),
      scope: 'self',
      permission: 'self',
      slash: ['tatbao', 'mute'],
      words: [
        'tắt báo',
        'bật báo',
        'bớt tin nhắn',
        'không muốn nhận nữa',
        'tôi không muốn nhận nữa',
        'đừng nhắn nữa',
        'nhắn ít thôi',
      ],
    },
    (ctx) => show(ctx, kinds),
  ),
  command(
    'mute.set',
    { args: z.object({ kind: z.string(), on: z.boolean() }), scope: 'self', permission: 'self' },
    async (ctx, { kind, on }) => {
      if (kinds.some((one) => one.kind === kind)) await setMuted(ctx.tx, ctx.now, ctx.actor.personId, kind, !on)
      await show(ctx, kinds)
    },
  ),
]
