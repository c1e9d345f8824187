import type { App } from '../../src/app.js'
import type { Db } from '../../src/database/client.js'
import { at } from '../support/house.js'

/** What stands on a phone's screen: one message of the bot, as it is now. */
export type Sight = Readonly<{ text: string; buttons: readonly string[]; fileName: string | null; link?: string }>

/** A phone with the bot's chat open, on whatever platform. Every action resolves when all that follows from it is done. */
export type Phone = Readonly<{
  /** What the platform calls its owner, where others meet them as well. */
  id?: string
  /** What it cost: buttons and links pressed; lines and files sent. */
  counts: { taps: number; lines: number }
  says: (text: string) => Promise<void>
  /** The newest button with this label. */
  taps: (label: string) => Promise<void>
  opens: (code: string) => Promise<void>
  sendsFile: (fileName: string, bytes: Uint8Array, caption?: string) => Promise<void>
  /** Something new holds every one of `parts`; it counts as seen. */
  sees: (...parts: string[]) => Promise<Sight>
  /** Everything new, the oldest first; it counts as seen. */
  reads: () => Promise<readonly Sight[]>
}>

/** `chatId`: as its platform names the chat. */
export type ChatPhone = Phone & Readonly<{ chatId: string; saysInGroup: (n: number, text: string) => Promise<void> }>

/** A group chat that the bot is in. */
export type Group = Readonly<{
  /** To the bot, as one does there: a command, or words behind its name. */
  says: (phone: Phone, text: string) => Promise<void>
}> &
  Pick<Phone, 'sees' | 'reads'>

/** The service with people around it, and a clock that the play moves. */
export type Stage = Readonly<{
  app: App
  db: Db
  clock: { moment: Date }
  codeKey: Uint8Array
  phone: (name: string) => Phone
  /** Nothing can be pressed: a roll-call is a line. */
  inPlain?: true
  /** The members have neither app. From the page of slips to somebody's browser, at the address on theirs. */
  browsers?: (slips: string) => Promise<(name: string) => Phone>
  /** The cell's group, where the play has one. */
  group?: () => Group
  /** Lets time pass up to `2026-12-02 08:00`, stopping at everything that falls due on the way. */
  to: (text: string) => Promise<void>
}>

export const CODE_KEY = new Uint8Array(32).fill(7)

export const printSight = ({ text, buttons, fileName }: Sight): string =>
  [text, fileName ? `(${fileName})` : '', ...buttons.map((label) => `[${label}]`)].filter(Boolean).join('\n')

/** Walks to `text` through everything that falls due; `settle` resolves when all that is due is done and delivered. */
export async function walk(
  app: App,
  clock: { moment: Date },
  text: string,
  settle = () => app.settle(),
): Promise<void> {
  const target = at(text)
  for (let due = await app.nextDue(); due && due <= target; due = await app.nextDue()) {
    if (due > clock.moment) clock.moment = due
    await settle()
  }
  clock.moment = target
  await settle()
}

type Screen = Readonly<{ key: string; sight: Sight }>

/** What is new on a screen, and what was looked at. `list` gives all messages, the oldest first. */
export function createEyes(who: string, list: () => Promise<readonly Screen[]> | readonly Screen[]) {
  const seen = new Set<string>()
  const fresh = async () => (await list()).filter(({ key }) => !seen.has(key))
  return {
    sees: async (...parts: string[]): Promise<Sight> => {
      const unread = await fresh()
      const found = unread.find(({ sight }) => parts.every((part) => printSight(sight).includes(part)))
      const all = unread.map(({ sight }) => printSight(sight)).join('\n---\n')
      if (!found) throw new Error(`${who} does not see ${JSON.stringify(parts)} in what is new:\n${all || '(nothing)'}`)
      seen.add(found.key)
      return found.sight
    },
    reads: async (): Promise<readonly Sight[]> => {
      const unread = await fresh()
      for (const { key } of unread) seen.add(key)
      return unread.map(({ sight }) => sight)
    },
  }
}
