import { DAY } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { isLocale, type Locale, type Translate, type Translations } from '../core/i18n.js'
import type { Log } from '../core/log.js'
import type { Tx } from '../database/client.js'
import { type Chat, lockPrivateChat, markReachable, markUnreachable, setAwaiting } from '../messaging/chats.js'
import type { InboundHandler, Incoming } from '../messaging/inbox.js'
import type { Renderers } from '../messaging/renderer.js'
import type { IncomingContent, JsonObject } from '../messaging/vocabulary.js'
import { chooseActor } from './actors.js'
import { createContext, type GroupTap, type Moment, say, type Written, whisper } from './context.js'
import { FALLBACK } from './fallback.js'
import { note } from './messages.js'
import { type Call, isHot, readContent, readGuarded } from './reading.js'
import type { Registry } from './registry.js'
import type { Abilities, Actor, Identify, Interpreter, May } from './types.js'

export type ConversationParts = Readonly<{
  registry: Registry
  interpreters: readonly Interpreter[]
  identify: Identify
  permissions: May
  /** Of a bot's platform; one whose line is closed is not asked. */
  abilitiesOf: (botId: string) => Abilities
  renderers: Renderers
  translations: Translations
  defaultLocale: Locale
  log: Log
}>

export type Conversation = InboundHandler &
  Readonly<{
    /** Runs a command that nobody chose just now (a file that has arrived), as one person in their chat. */
    run: (tx: Tx, now: Date, call: SystemCall) => Promise<void>
  }>

export type SystemCall = Readonly<{
  chat: { id: string; botId: string; externalId: string; kind: 'private' | 'group' }
  personId: string
  command: string
  args: JsonObject
  updateId: string
  /** What the cause keys of its messages begin with. */
  cause: string
}>

/** A button that was pressed in a group, on a platform that lets us speak to its presser alone. */
const tapOf = ({ chat, message: { content } }: Incoming): GroupTap | null =>
  chat.kind === 'group' && content.kind === 'choice' && content.tapId ? { id: content.tapId, chatId: chat.id } : null

const writtenOf = ({ chat, message: { messageId } }: Incoming): Written | null =>
  messageId === undefined ? null : { messageId, chatId: chat.id }

/** What is meant for a bot, whichever: what people write to each other is not answered. */
const isCommand = (content: IncomingContent): boolean =>
  content.kind === 'start' || (content.kind === 'text' && content.text.startsWith('/'))

/** How long a dialogue with somebody who is not linked yet may rest. */
const SPOKEN_MS = DAY

const forgetUpdate = async (tx: Tx, id: string): Promise<void> => {
  await tx.inboundUpdate.update({ where: { id }, data: { payload: {} } })
}

/** Whoever leads a cell is not sent to its secretary: what they may not do is done above them. */
const refusalOf = ({ people }: Moment, code: string): string =>
  code === 'conversation.error.forbidden' && people.some((one) => one.roles.some(({ role }) => role === 'secretary'))
    ? 'conversation.error.forbidden-lead'
    : code

/** A redirect that goes round in circles is a mistake of ours. */
const MAX_REDIRECTS = 5

/**
 * What somebody said → who it is → which command with which arguments → may they → run.
 * All in the transaction in which the update becomes handled.
 */
export function createConversation(parts: ConversationParts): Conversation {
  const { registry, permissions, log } = parts

  const translateFor = (actor: Actor | null, chatLocale: string | null): Translate => {
    const wanted = actor?.locale ?? chatLocale ?? ''
    return parts.translations.for(isLocale(wanted) ? wanted : parts.defaultLocale)
  }

  const runCall = async (moment: Moment, call: Call, chatLocale: string | null, depth = 0): Promise<void> => {
    const command = registry.find(call.command)
    if (!command || depth > MAX_REDIRECTS) throw new AppError('conversation.error.outdated')
    const choice = await chooseActor(moment, command, call, permissions)
    if (choice.kind === 'ask') return choice.ask(moment)
    const { actor, args } = choice
    const parsed = command.args.safeParse(args)
    if (!parsed.success) throw new AppError('conversation.error.outdated')
    const context = createContext(moment, {
      actor,
      way: call.way,
      can: parts.abilitiesOf(moment.chat.botId),
      t: translateFor(actor, chatLocale),
      permissions,
      redirect: async (name, next) => {
        moment.people = await parts.identify(moment.tx, moment.chat.id, moment.now)
        const args = { as: actor.personId, ...next }
        await runCall(moment, { ...call, command: name, args, forPerson: null }, chatLocale, depth + 1)
      },
    })
    await command.run(context, parsed.data)
  }

  /** `chat`: where it is answered. */
  const momentOf = async (tx: Tx, incoming: Incoming, chat: Chat, tapped: string | null): Promise<Moment> => ({
    tx,
    now: incoming.now,
    updateId: incoming.updateId,
    cause: `reply:${incoming.chat.botId}:${incoming.updateId}`,
    chat,
    people: await parts.identify(tx, chat.id, incoming.now),
    tapped,
    written: writtenOf(incoming),
    tap: tapOf(incoming),
    whispered: false,
    said: 0,
  })

  /**
   * On a person's own account whoever is not linked writes to that person: unless they bring a code, or we have just
   * spoken to them, it is not answered and not kept.
   */
  const isOwners = async ({ tx, now, chat, people }: Moment, call: Call): Promise<boolean> => {
    if (people.length > 0 || !parts.abilitiesOf(chat.botId).ownersChats) return false
    if (call.command === FALLBACK.code || (call.command === FALLBACK.start && call.args.code)) return false
    const since = new Date(now.getTime() - SPOKEN_MS)
    return (await tx.delivery.count({ where: { chatId: chat.id, outbox: { createdAt: { gt: since } } } })) === 0
  }

  /**
   * What somebody did in a group is answered to them alone: by a word to the presser of a button, else in their own
   * chat. The group reads one sentence under a command, the same for everybody.
   */
  const handleInGroup = async (tx: Tx, incoming: Incoming): Promise<void> => {
    const { chat, message } = incoming
    await sayInGroup(tx, incoming)
    const own = await lockPrivateChat(tx, chat.botId, message.senderExternalId)
    const moment = await momentOf(tx, incoming, own ?? chat, null)
    // Who never wrote to us has no chat of their own; what must not stand here is taken away all the same.
    const call = own ? await readContent(moment, incoming, parts) : await readGuarded(moment, incoming, parts)
    if (call) await runCall(moment, call, (own ?? chat).locale)
    if (moment.tap && !moment.whispered)
      await whisper(moment, moment.tap, '', { key: 'conversation.in-private', params: {}, opens: true })
  }

  const sayInGroup = async (tx: Tx, incoming: Incoming): Promise<void> => {
    if (!isCommand(incoming.message.content)) return
    const moment = await momentOf(tx, incoming, incoming.chat, null)
    const aside = { ...moment, cause: `in-group:${incoming.updateId}` }
    await say(aside, '', note, { key: 'conversation.group', params: {}, choices: [] })
  }

  /** Where a refusal is told: beside the pressed button, or in the person's own chat; in a group it is told to nobody. */
  const sayRefusal = async (moment: Moment, key: string, params: JsonObject): Promise<void> => {
    if (moment.tap) return whisper(moment, moment.tap, '', { key, params, opens: false })
    if (moment.chat.kind === 'group') return
    const menu = { label: 'conversation.menu.open', command: FALLBACK.menu, args: {} }
    await say(moment, '', note, { key, params, choices: [[menu]] })
  }

  return {
    joinsOthers: isHot,

    handle: async (tx, incoming) => {
      const { chat, message, now } = incoming
      if (message.content.kind === 'reachability') {
        await (message.content.reachable ? markReachable(tx, chat.id) : markUnreachable(tx, chat.id, now, 'blocked'))
        return
      }
      if (chat.kind === 'group') {
        if (chat.unreachableSince) await markReachable(tx, chat.id)
        return handleInGroup(tx, incoming)
      }
      const tapped = message.content.kind === 'choice' ? message.content.deliveryId : null
      const moment = await momentOf(tx, incoming, chat, tapped)
      const call = await readContent(moment, incoming, parts)
      if (call && (await isOwners(moment, call))) return forgetUpdate(tx, incoming.updateId)
      // No row is touched before this: it leaves the others without a trace and is handled by itself.
      if (incoming.amongOthers && !(call && registry.find(call.command)?.amongOthers))
        throw new Error('not among others')
      if (chat.unreachableSince) await markReachable(tx, chat.id)
      if (!call) return
      if (chat.awaiting !== null && !call.aside) await setAwaiting(tx, chat.id, null)
      await runCall(moment, call, chat.locale)
    },

    refuse: async (tx, incoming, error) => {
      if (incoming.message.content.kind === 'reachability') return
      const { chat, message } = incoming
      const own = chat.kind === 'group' ? await lockPrivateChat(tx, chat.botId, message.senderExternalId) : chat
      if (chat.kind === 'group') await sayInGroup(tx, incoming)
      const moment = await momentOf(tx, incoming, own ?? chat, null)
      if (error)
        log.info(
          {
            code: error.code,
            params: error.params,
            people: moment.people.map((one) => one.personId),
            update: incoming.updateId,
          },
          'refused',
        )
      const key = error ? refusalOf(moment, error.code) : 'conversation.error.fault'
      const params = error?.params ?? { reference: incoming.updateId.slice(-6) }
      await sayRefusal(moment, key, params)
    },

    run: async (tx, now, call) => {
      const moment: Moment = {
        tx,
        now,
        updateId: call.updateId,
        cause: call.cause,
        chat: call.chat,
        people: await parts.identify(tx, call.chat.id, now),
        tapped: null,
        written: null,
        tap: null,
        whispered: false,
        said: 0,
      }
      const args = { ...call.args, as: call.personId }
      await runCall(moment, { command: call.command, args, way: 'button', forPerson: null }, null)
    },
  }
}
