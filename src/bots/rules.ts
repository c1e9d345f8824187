import { fold } from '../core/text.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import type { ServingBot } from '../organization/serving.js'

/** Platforms whose bots can be added by a token, in the order of the page. */
export const PLATFORMS = ['telegram', 'zalo'] as const
/** A person's own account: it is signed in to, and has no token. */
export const PERSONAL_ZALO = 'zalo-personal'
export type BotPlatform = (typeof PLATFORMS)[number]

/**
 * Both platforms write `number:letters`. Telegram's numbers have at most 12 digits and its letters are 35; Zalo's numbers
 * are longer. A wrong guess does no harm but to be refused, and the page lets people say which it is.
 */
const TELEGRAM = /^\d{5,12}:[\w-]{30,}$/
const TOKEN = /^\S{20,200}$/

/** What stands somewhere in a text and can be nothing else. "bot" before it: the address of a call. */
const PASTED = /(?<!\d)\d{6,24}:[A-Za-z0-9_-]{20,}/g

/** Null: no token of any platform. */
export function recogniseToken(token: string): BotPlatform | null {
  if (!TOKEN.test(token)) return null
  return TELEGRAM.test(token) ? 'telegram' : 'zalo'
}

/** The tokens that somebody wrote into a chat. */
export const findTokens = (text: string): string[] => text.match(PASTED) ?? []

/** A bot as people call it: its name on its platform. */
export const nameOf = (bot: { platform: string; username: string | null }): string =>
  bot.username ? (bot.platform === 'telegram' ? `@${bot.username}` : bot.username) : bot.platform

/** Whether somebody wrote one of these sentences; accents, punctuation and capitals are as they please. */
export const isRiskSentence = (text: string, sentences: readonly string[]): boolean =>
  sentences.some((one) => fold(one) === fold(text))

/** How long a retired bot still answers whoever writes to it: as long as the codes live that lead to the new one. */
export const FAREWELL_DAYS = 14

/** Somebody who was asked at a bot that is being replaced. */
export type Moving = Readonly<{
  personId: string
  fullName: string
  /** Their cell, else the unit of their office; null: the installation. */
  unitId: string | null
  unit: string | null
  /** The old bot's chat with them, and whether they can be written to there. */
  botId: string
  chatId: string
  open: boolean
  /** Some other way to them works. */
  elsewhere: boolean
  /** Bots at which they are linked already. */
  linkedAt: readonly string[]
}>

/** How somebody hears of their new bot: by the old one while it speaks, else by another way, else by hand. */
export type Move = Readonly<{ person: Moving; to: ServingBot; by: 'old' | 'other' | 'hand' }>

/** Which new bot: one of the platform that they use if there is one, else their unit's first. Null: there is none. */
const newBotFor = (
  bots: readonly ServingBot[],
  platform: string,
  hasLink: (bot: ServingBot) => boolean,
): ServingBot | null => bots.find((one) => one.platform === platform) ?? bots.find(hasLink) ?? bots[0] ?? null

/** Whom to ask to link again, where and how. Whoever is linked there already needs nothing. */
export const decideMoves = (
  people: readonly Moving[],
  what: Readonly<{
    platform: string
    speaks: (botId: string) => boolean
    botsOf: (unitId: string | null) => readonly ServingBot[]
    hasLink: (bot: ServingBot) => boolean
  }>,
): Move[] =>
  people.flatMap((person) => {
    const to = newBotFor(what.botsOf(person.unitId), what.platform, what.hasLink)
    if (!to || person.linkedAt.includes(to.id)) return []
    const other = person.elsewhere ? 'other' : 'hand'
    return [{ person, to, by: person.open && what.speaks(person.botId) ? 'old' : other }]
  })

/** How many by which way, for whoever replaced the bot. */
export const countMoves = (moves: readonly Move[]): JsonObject => {
  const count = (by: Move['by']) => moves.filter((one) => one.by === by).length
  return { count: moves.length, old: count('old'), other: count('other'), hand: count('hand') }
}
