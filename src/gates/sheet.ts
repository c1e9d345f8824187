import { z } from 'zod'
import type { WallTime } from '../core/dates.js'

/** What the assistant can see by itself, so that nobody is asked for it. */
export const FACTS = ['committee_meeting', 'told', 'materials', 'roll_call', 'duration'] as const
export type Fact = (typeof FACTS)[number]

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .transform((text) => text as WallTime)

const gateSchema = z.object({
  /** Names the gate for good: what is marked under it stays marked when the sheet changes. */
  key: z.string().min(1).max(60),
  anchor: z.enum(['start', 'end']),
  /** Minutes after the anchor (before it: negative), or the end of a day counted from the anchor's. */
  due: z.union([z.strictObject({ minutes: z.int() }), z.strictObject({ endOfDay: z.int() })]),
  /** When the secretary is reminded, counted from the day on which it is due; null: never. */
  remind: z.object({ daysBefore: z.int().min(0), time }).nullable(),
  seenBy: z.enum(FACTS).nullable(),
  /** A sheet's own words; null: those of the guide, by the key. */
  text: z.object({ vi: z.string(), en: z.string() }).nullable(),
})

export const sheetSchema = z.object({
  /** The least length of a session: of one meeting, and of a regular and a thematic one together. */
  minutes: z.object({ one: z.int(), joint: z.int() }),
  gates: z.array(gateSchema).min(1).max(12),
})

export type GateRule = z.infer<typeof gateSchema>
export type Sheet = z.infer<typeof sheetSchema>

const MORNING = '08:00' as WallTime
const DAY_MINUTES = 1_440

/**
 * Guide 42-HD/BTCTW as data. What is due before the meeting is reminded of on one morning, two days before, in one
 * message; what is due after it, on the morning of the last day.
 */
export const DEFAULT_SHEET: Sheet = {
  minutes: { one: 90, joint: 120 },
  gates: [
    {
      key: 'committee_met',
      anchor: 'start',
      due: { minutes: -DAY_MINUTES },
      remind: { daysBefore: 1, time: MORNING },
      seenBy: 'committee_meeting',
      text: null,
    },
    {
      key: 'members_told',
      anchor: 'start',
      due: { minutes: -2 * DAY_MINUTES },
      remind: { daysBefore: 0, time: MORNING },
      seenBy: 'told',
      text: null,
    },
    {
      key: 'materials_sent',
      anchor: 'start',
      due: { minutes: -DAY_MINUTES },
      remind: { daysBefore: 1, time: MORNING },
      seenBy: 'materials',
      text: null,
    },
    { key: 'long_enough', anchor: 'end', due: { minutes: 0 }, remind: null, seenBy: 'duration', text: null },
    { key: 'roll_call', anchor: 'end', due: { endOfDay: 0 }, remind: null, seenBy: 'roll_call', text: null },
    {
      key: 'reported',
      anchor: 'end',
      due: { endOfDay: 2 },
      remind: { daysBefore: 0, time: MORNING },
      seenBy: null,
      text: null,
    },
  ],
}

/** Gates that have words of their own in the locales. */
export const KNOWN = [
  'committee_met',
  'members_told',
  'materials_sent',
  'long_enough',
  'roll_call',
  'reported',
] as const
export type KnownKey = (typeof KNOWN)[number]
export const isKnown = (key: string): key is KnownKey => (KNOWN as readonly string[]).includes(key)
