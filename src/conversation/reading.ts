import { z } from 'zod'
import { AppError } from '../core/errors.js'
import type { Translations } from '../core/i18n.js'
import { firstOf, fold } from '../core/text.js'
import { Prisma } from '../database/client.js'
import { readTogether } from '../database/side-by-side.js'
import type { Chat } from '../messaging/chats.js'
import type { Incoming } from '../messaging/inbox.js'
import type { Renderers } from '../messaging/renderer.js'
import type { IncomingContent, IncomingMessage, JsonObject } from '../messaging/vocabulary.js'
import { optionOf } from './choice-commands.js'
import { type Chosen, choose, isNumbers } from './choosing.js'
import type { Moment } from './context.js'
import { FALLBACK } from './fallback.js'
import { listOffers, type Offer } from './offers.js'
import type { Called, Registry } from './registry.js'
import type { Interpreter, Way } from './types.js'

/** A command that was chosen, with what is known of its arguments. `forPerson`: whom the tapped message was for. */
export type Call = Readonly<{
  command: string
  args: JsonObject
  way: Way
  forPerson: string | null
  /** Says what stands there once more: a question that waits for a typed answer still does. */
  aside?: true
}>

type Parts = Readonly<{
  registry: Registry
  interpreters: readonly Interpreter[]
  renderers: Renderers
  translations: Translations
}>

/** Longer texts are cut: nothing that we read is longer. */
const MAX_TEXT = 2_000

const call = (command: string, args: JsonObject = {}, way: Way = 'words', forPerson: string | null = null): Call => ({
  command,
  args,
  way,
  forPerson,
})

/** Everything that somebody wrote, of whatever length. */
function wordsIn(content: IncomingContent): string {
  if (content.kind === 'text') return content.text
  if (content.kind === 'start') return content.code ?? ''
  return content.kind === 'file' ? (content.caption ?? '') : ''
}

/** What is asked of every text before anything else; null: there is nothing that must not stand in a chat. */
export const readGuarded = (moment: Moment, { message }: Incoming, { interpreters }: Parts): Promise<Call | null> =>
  interpret(
    moment,
    wordsIn(message.content),
    interpreters.filter((one) => one.guards),
  )

/** What somebody's message asks for. Null: nothing to answer (small talk in a group). */
export async function readContent(moment: Moment, incoming: Incoming, parts: Parts): Promise<Call | null> {
  const { content } = incoming.message
  const guarded = await readGuarded(moment, incoming, parts)
  if (guarded) return guarded
  if (incoming.chat.kind === 'group' && content.kind !== 'choice') return readInGroup(moment, incoming, parts)
  switch (content.kind) {
    case 'choice':
      return readChoice(moment, incoming.chat.id, content, parts)
    case 'call':
      return call(content.command, content.args, 'button')
    case 'start':
      return call(FALLBACK.start, content.code ? { code: content.code } : {})
    case 'file':
      return call(FALLBACK.file, { file: { ...content } })
    case 'text':
      return readText(moment, incoming, firstOf(content.text, MAX_TEXT), parts)
    case 'unreadable':
      return offeredAgain(await offersTo(moment), 'unreadable') ?? call(FALLBACK.menu, { because: 'unreadable' })
    case 'reachability':
      return null
  }
}

const DIGIT = /^\s*([1-9])\s*[.)]?\s*$/

/** What many say at the same time: buttons and bare digits, each in a chat of their own. */
export const isHot = ({ chat, content }: IncomingMessage): boolean =>
  chat.kind === 'private' && (content.kind === 'choice' || (content.kind === 'text' && DIGIT.test(content.text)))

type Shown = Readonly<{
  id: string
  chatId: string
  state: string
  content: unknown
  outbox: Readonly<{ kind: string; version: number; data: unknown; personId: string | null }>
}>

/** A delivery with what it was meant to say. */
const findShown = readTogether<string, Shown | null>(async (tx, ids) => {
  const rows = await tx.$queryRaw<Shown[]>(Prisma.sql`
    SELECT d.id, d.chat_id AS "chatId", d.state, d.content,
      jsonb_build_object('kind', o.kind, 'version', o.version, 'data', o.data, 'personId', o.person_id) AS outbox
    FROM delivery d JOIN outbox o ON o.id = d.outbox_id WHERE d.id = ANY(${ids}::uuid[])`)
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => found.get(id.toLowerCase()) ?? null)
})

/** Where a bot hears only its mentions, a command stands behind its name, which may have several words. */
const MOST_NAME_WORDS = 4

/** What may have been said behind a mention, the longest first; empty: nobody was mentioned. */
const behindMention = (text: string): string[] => {
  const words = text.trim().split(/\s+/)
  const most = text.startsWith('@') ? Math.min(MOST_NAME_WORDS, words.length - 1) : 0
  return Array.from({ length: most }, (_, n) => words.slice(n + 1).join(' '))
}

/** What was said to this very bot: behind its own name, as far as its platform tells us that. Null: not to it. */
async function saidTo({ tx }: Moment, { botId }: Chat, text: string): Promise<string | null> {
  const bot = await tx.bot.findUniqueOrThrow({ where: { id: botId }, select: { username: true } })
  const name = `@${bot.username ?? ''}`.toLowerCase()
  const [said, rest] = [text.trim().slice(0, name.length).toLowerCase(), text.trim().slice(name.length)]
  return name.length > 1 && said === name && /^[\s,.:]/.test(rest) ? rest : null
}

/** "Có mặt", "em có mặt ạ", and nothing more. */
const PRESENT = /^(?:da )?(?:(?:em|toi|minh|chau|con) )?co mat(?: a| nhe)?$|^present$/

/** What is said in a group is for the group, unless it calls one of the few commands that may be called there. */
async function readInGroup(moment: Moment, incoming: Incoming, { registry }: Parts): Promise<Call | null> {
  const { chat } = incoming
  const { content } = incoming.message
  const group = { group: chat.id }
  if (content.kind === 'start') return call(FALLBACK.groupStart, group)
  if (content.kind !== 'text') return null
  const mentioned = behindMention(content.text)
  if (mentioned.some((text) => /^1[.)]?$/.test(text))) return call(FALLBACK.groupPresent, group)
  for (const text of [content.text, ...mentioned]) {
    const found = registry.findBySlash(text) ?? registry.findByWords(text)
    if (found?.command.inGroups) return call(found.command.name, group)
  }
  const said = await saidTo(moment, chat, content.text)
  if (!said) return null
  // Anything else is asked back where only they read it.
  return call(PRESENT.test(fold(said)) ? FALLBACK.groupPresent : FALLBACK.groupAsk, group)
}

const choiceSchema = z.object({
  choices: z.array(z.array(z.object({ command: z.string(), args: z.record(z.string(), z.json()) }))),
})

/**
 * Sent and erased after its time: what it offered is not known any more. One that was never recorded as sent may stand in
 * the chat all the same (a death between the call and its record, then taken back): its meaning is still in the outbox.
 */
const isForgotten = (delivery: { state: string; content: unknown; outbox: { data: unknown } }): boolean =>
  delivery.content === null && (delivery.state === 'sent' || Object.keys(delivery.outbox.data as object).length === 0)

/** A button: what it meant is kept with the delivery it stood under, or rendered again if that was not recorded yet. */
async function readChoice(
  moment: Moment,
  chatId: string,
  content: Extract<IncomingContent, { kind: 'choice' }>,
  parts: Parts,
): Promise<Call> {
  const delivery = await findShown(moment.tx, content.deliveryId)
  if (!delivery) throw new AppError('conversation.error.outdated')
  if (delivery.chatId !== chatId) throw new AppError('conversation.error.not-yours')
  const { outbox } = delivery
  if (isForgotten(delivery)) throw new AppError('conversation.error.outdated')
  const shown =
    delivery.content ??
    parts.renderers.render(outbox.kind, outbox.version, outbox.data, parts.translations.for('vi'), moment.now)
  const parsed = choiceSchema.safeParse({ choices: [], ...(shown as object) })
  const chosen = parsed.success ? parsed.data.choices.flat()[content.index] : undefined
  if (!chosen) throw new AppError('conversation.error.outdated')
  return call(chosen.command, chosen.args as JsonObject, 'button', outbox.personId)
}

/** What the person had before them when they wrote: nothing that was sent since. */
async function offersTo({ tx, chat, updateId }: Moment): Promise<Offer[]> {
  const update = await tx.inboundUpdate.findUnique({ where: { id: updateId }, select: { receivedAt: true } })
  return listOffers(tx, chat.id, update?.receivedAt ?? null)
}

const idOf = ({ deliveryId, personId }: Offer): JsonObject => ({ deliveryId, ...(personId ? { as: personId } : {}) })

/** What was chosen by its number or its words, or the question which of several is meant. */
function readChosen(chosen: Chosen): Call {
  switch (chosen.kind) {
    case 'choice': {
      const { choice, way, offer } = chosen
      return call(choice.command, choice.args as JsonObject, way, offer.personId)
    }
    case 'rest':
      return { ...call('choice.rest', idOf(chosen.offer)), aside: true }
    case 'several':
      return {
        ...call('choice.which', { options: chosen.options.map(({ offer, choice }) => optionOf(offer, choice)) }),
        aside: true,
      }
  }
}

/** In plain text the newest question stands again below one sentence; where buttons are, they are still to be seen. */
function offeredAgain(offers: readonly Offer[], because: 'unreadable' | 'number' | 'unknown'): Call | null {
  const [newest] = offers
  return newest?.below === undefined ? null : { ...call('choice.again', { because, ...idOf(newest) }), aside: true }
}

const awaitingSchema = z.object({ command: z.string(), args: z.record(z.string(), z.json()), until: z.iso.datetime() })

const calledWith = ({ command, text }: Called): Call => call(command.name, text && command.takesText ? { text } : {})

async function readText(moment: Moment, incoming: Incoming, text: string, parts: Parts): Promise<Call> {
  const { registry } = parts
  const slash = registry.findBySlash(text)
  if (slash) return calledWith(slash)
  const digit = DIGIT.exec(text)
  if (digit && moment.people.length > 0) return call(FALLBACK.digit, { digit: Number(digit[1]) }, 'digit')
  const offers = await offersTo(moment)
  const chosen = choose(offers, text)
  if (chosen) return readChosen(chosen)
  const words = registry.findByWords(text)
  if (words) return calledWith(words)
  const interrupting = parts.interpreters.filter((one) => one.interrupts)
  const read = await interpret(moment, text, interrupting)
  if (read) return read
  const awaiting = awaitingSchema.safeParse(incoming.chat.awaiting)
  if (awaiting.success && new Date(awaiting.data.until) > moment.now)
    return call(awaiting.data.command, { ...(awaiting.data.args as JsonObject), text })
  return (
    (await interpret(moment, text, parts.interpreters)) ??
    openingOf(registry, text) ??
    (isNumbers(text) ? offeredAgain(offers, 'number') : null) ??
    (moment.people.length === 0 ? offeredAgain(offers, 'unknown') : null) ??
    call(FALLBACK.menu, { because: 'unknown' })
  )
}

const openingOf = (registry: Registry, text: string): Call | null => {
  const opening = registry.findByOpening(text)
  return opening ? calledWith(opening) : null
}

async function interpret(moment: Moment, text: string, interpreters: readonly Interpreter[]): Promise<Call | null> {
  for (const one of interpreters) {
    const read = await one.interpret(text, moment)
    if (read) return call(read.command, read.args, read.way ?? 'words')
  }
  return null
}
