import { z } from 'zod'
import type { DateStyle } from '../core/date-words.js'
import { parsePlainDate, parseWallTime } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, Json, JsonObject } from '../messaging/vocabulary.js'

const jsonObject = z.record(z.string(), z.json())

const noteChoice = z.object({
  label: z.string(),
  params: jsonObject.optional(),
  command: z.string(),
  args: jsonObject,
})

const noteSchema = z.object({
  key: z.string(),
  params: jsonObject,
  choices: z.array(z.array(noteChoice).readonly()).readonly(),
})

type Words = string | number

/**
 * A parameter as words in the reader's language: `{ date }`, `{ date, time }` and `{ date, style }` are printed as
 * dates, `{ key, params? }` as another text of the locales, everything else as it is.
 */
function wordOf(value: Json | undefined, t: Translate): Words {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (value === null || value === undefined || typeof value === 'boolean' || Array.isArray(value)) return String(value)
  const { date, time, style, key, params } = value as JsonObject
  if (typeof key === 'string') return t.dynamic(key, wordsOf((params ?? {}) as JsonObject, t))
  const day = typeof date === 'string' ? parsePlainDate(date) : null
  if (!day) return JSON.stringify(value)
  const hour = typeof time === 'string' ? parseWallTime(time) : null
  return hour ? t.dateTime(day, hour) : t.date(day, style as DateStyle | undefined)
}

export const wordsOf = (params: JsonObject, t: Translate): Record<string, Words> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, wordOf(value, t)]))

const toChoice = (one: z.infer<typeof noteChoice>, t: Translate): Choice => ({
  label: t.dynamic(one.label, wordsOf((one.params ?? {}) as JsonObject, t)),
  command: one.command,
  args: one.args as JsonObject,
})

/** One sentence of the locales with choices below it: most of what is said needs nothing more. */
export const note = renderer('note', 1, noteSchema, (data, t) => ({
  text: t.dynamic(data.key, wordsOf(data.params as JsonObject, t)),
  ...(data.choices.length > 0 ? { choices: data.choices.map((row) => row.map((one) => toChoice(one, t))) } : {}),
}))

/** The platform's own command list; the sender hands its entries to the channel. */
export const commandMenu = renderer(
  'menu',
  1,
  z.object({ entries: z.array(z.object({ vi: z.string(), en: z.string(), description: z.string() })) }),
  () => ({ text: '' }),
)

/** A word to the presser of a button; the sender hands `tapId` and `opens` to the channel. */
export const toast = renderer(
  'toast',
  1,
  z.object({ tapId: z.string(), key: z.string(), params: jsonObject, opens: z.boolean() }),
  (data, t) => ({ text: t.dynamic(data.key, wordsOf(data.params as JsonObject, t)) }),
)

const named = z.object({ name: z.string(), command: z.string(), args: jsonObject })

/** "Which of these?": the same command again, with what was missing filled in. Names come from data, not from locales. */
export const pick = renderer('pick', 1, z.object({ key: z.string(), options: z.array(named) }), (data, t) => ({
  text: t.dynamic(data.key),
  choices: data.options.map((one) => [{ label: one.name, command: one.command, args: one.args as JsonObject }]),
}))

export const renderers = [note, commandMenu, toast, pick]
