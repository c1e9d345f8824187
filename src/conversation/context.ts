import { DAY, MINUTE } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import type { Translate } from '../core/i18n.js'
import type { Tx } from '../database/client.js'
import { setAwaiting } from '../messaging/chats.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import type { Renderer } from '../messaging/renderer.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { note, toast } from './messages.js'
import type { Abilities, Actor, ChatRef, Context, May, Way } from './types.js'
import { recordUndo } from './undo.js'

/** One moment of a conversation, shared by every context that it goes through. */
export type Moment = {
  readonly tx: Tx
  readonly now: Date
  readonly updateId: string
  /** What the replies' cause keys begin with. */
  readonly cause: string
  readonly chat: ChatRef
  /** Looked up again before another command is called: linking adds somebody. */
  people: readonly Actor[]
  /** The delivery whose button was pressed, if it stands in this chat. */
  readonly tapped: string | null
  readonly written: Written | null
  /** A button that was pressed in a group, where a word can be said to its presser alone. */
  readonly tap: GroupTap | null
  /** Whether its presser was told something. */
  whispered: boolean
  /** How many messages were said so far. */
  said: number
}

/** What was said, as its platform can take it away again: its id there, and the chat in which it stands. */
export type Written = Readonly<{ messageId: string; chatId: string }>

export type GroupTap = Readonly<{ id: string; chatId: string }>

/** How long a question of ours waits for a typed answer. Later the text is read as anything else. */
const AWAIT_MS = 30 * MINUTE

/** A reply that cannot be delivered within a day answers nothing any more. */
const REPLY_USE_MS = DAY

/** Whom something is for that names nobody: the only one of the chat, in whose language it is said. */
const addressee = (moment: Moment, personId: string): { personId?: string } => {
  const [only, ...others] = moment.people
  const id = personId || (others.length === 0 ? only?.personId : '')
  return id ? { personId: id } : {}
}

export async function say<D extends object>(
  moment: Moment,
  personId: string,
  renderer: Renderer<D>,
  data: D,
  fresh = false,
): Promise<void> {
  const edits = moment.tapped !== null && moment.said === 0 && !fresh
  const n = moment.said
  moment.said += 1
  await enqueue(moment.tx, moment.now, [
    outgoing(renderer, data, {
      causeKey: `${moment.cause}:${n}`,
      chatId: moment.chat.id,
      ...addressee(moment, personId),
      priority: PRIORITY.reply,
      expiresAt: new Date(moment.now.getTime() + REPLY_USE_MS),
      ...(edits && moment.tapped ? { operation: 'edit' as const, targetId: moment.tapped } : {}),
    }),
  ])
}

/** A word that comes after the button has stopped to wait for it is seen by nobody. */
const TOAST_USE_MS = MINUTE

/** A word to the presser of a button in a group, once; `opens`: the tap leads on to their own chat with us. */
export async function whisper(
  moment: Moment,
  tap: GroupTap,
  personId: string,
  what: Readonly<{ key: string; params: JsonObject; opens: boolean }>,
): Promise<void> {
  moment.whispered = true
  await enqueue(moment.tx, moment.now, [
    outgoing(
      toast,
      { tapId: tap.id, ...what },
      {
        causeKey: `toast:${moment.updateId}`,
        chatId: tap.chatId,
        ...addressee(moment, personId),
        operation: 'toast',
        priority: PRIORITY.reply,
        expiresAt: new Date(moment.now.getTime() + TOAST_USE_MS),
      },
    ),
  ])
}

/** What a command gets to work with. */
export function createContext(
  moment: Moment,
  options: {
    actor: Actor
    way: Way
    can: Abilities
    t: Translate
    permissions: May
    redirect: (command: string, args: JsonObject) => Promise<void>
  },
): Context {
  const { actor, permissions } = options
  const { tx, now, chat } = moment
  const context: Context = {
    tx,
    now,
    chat,
    updateId: moment.updateId,
    actor,
    people: moment.people,
    way: options.way,
    written: moment.written,
    can: options.can,
    t: options.t,
    say: (renderer, data, how) => say(moment, actor.personId, renderer, data, how?.fresh),
    whisper: (key, params = {}) =>
      moment.tap
        ? whisper(moment, moment.tap, actor.personId, { key, params, opens: false })
        : say(moment, actor.personId, note, { key, params, choices: [] }),
    note: (key, params = {}, how = {}) =>
      say(moment, how.personId ?? actor.personId, note, { key, params, choices: how.choices ?? [] }, how.fresh),
    expect: async (command, args) => {
      const until = new Date(now.getTime() + AWAIT_MS).toISOString()
      await setAwaiting(tx, chat.id, { command, args: { ...args, as: actor.personId }, until })
    },
    undoable: (command, args) => recordUndo(tx, now, { chatId: chat.id, personId: actor.personId }, { command, args }),
    may: (permission, unitId) => permissions.may(tx, actor, permission, unitId, now),
    require: async (permission, unitId) => {
      if (!(await context.may(permission, unitId)))
        throw new AppError('conversation.error.forbidden', { permission, unit: unitId ?? '' })
    },
    redirect: options.redirect,
  }
  return context
}
