import type { MessageKey } from '../core/message-keys.js'
import { fold } from '../core/text.js'

export type LadderCode = Extract<MessageKey, `reminders.parse.${string}`>
export type LadderUnit = 'minute' | 'hour' | 'day' | 'week'
export type Rung = Readonly<{ count: number; unit: Exclude<LadderUnit, 'week'> }>

export const MOST_STEPS = 8
export const SHORTEST_MINUTES = 15
export const LONGEST_MINUTES = 31 * 1440

const MINUTES: Readonly<Record<LadderUnit, number>> = { minute: 1, hour: 60, day: 1440, week: 10_080 }
const UNITS: Readonly<Record<string, LadderUnit>> = {
  phut: 'minute',
  p: 'minute',
  ph: 'minute',
  m: 'minute',
  min: 'minute',
  mins: 'minute',
  minute: 'minute',
  minutes: 'minute',
  gio: 'hour',
  g: 'hour',
  h: 'hour',
  tieng: 'hour',
  hour: 'hour',
  hours: 'hour',
  hr: 'hour',
  hrs: 'hour',
  ngay: 'day',
  n: 'day',
  d: 'day',
  hom: 'day',
  day: 'day',
  days: 'day',
  tuan: 'week',
  t: 'week',
  w: 'week',
  week: 'week',
  weeks: 'week',
}
const FILLERS = new Set(['truoc', 'va', 'nhac', 'roi', 'and', 'before', 'moi', 'lan', 'luc'])

export type LadderRead = Readonly<
  { ok: true; offsets: readonly number[] } | { ok: false; code: LadderCode; params: Readonly<Record<string, number>> }
>

const failed = (code: LadderCode, params: Readonly<Record<string, number>> = {}): LadderRead => ({
  ok: false,
  code,
  params,
})

/** "1,5 ngày" would be read as 1 and 5 days: a single comma or point inside a number is asked about. */
const hasFraction = (text: string): boolean => /(^|[^\d,.])\d+[.,]\d+(?![\d,.])/.test(text)

/** Minutes in the order of the text, or null. "7, 3 và 1 ngày": a number without its unit takes the next one's. */
function readSteps(text: string): number[] | null {
  const steps: number[] = []
  let pending: number[] = []
  for (const [word] of fold(text).matchAll(/\d+|[a-z]+/g)) {
    const unit = UNITS[word]
    if (/^\d+$/.test(word)) pending.push(Number(word))
    else if (unit && pending.length > 0) {
      steps.push(...pending.map((count) => count * MINUTES[unit]))
      pending = []
    } else if (!FILLERS.has(word)) return null
  }
  return pending.length > 0 ? null : steps
}

/**
 * "7 ngày, 3 ngày, 1 ngày, 3 giờ", "7d 3d 1d 3h", "30 phút" → minutes before the start, descending and unique: at most
 * 8, each from 15 minutes to 31 days. Fails with a key of `reminders.parse`.
 */
export function parseLadder(text: string): LadderRead {
  if (fold(text) === '') return failed('reminders.parse.empty')
  const steps = hasFraction(text) ? null : readSteps(text)
  if (!steps || steps.length === 0) return failed('reminders.parse.unread')
  const offsets = [...new Set(steps)].sort((a, b) => b - a)
  if (offsets.length > MOST_STEPS) return failed('reminders.parse.too-many', { most: MOST_STEPS })
  if (offsets.some((minutes) => minutes < SHORTEST_MINUTES))
    return failed('reminders.parse.too-short', { least: SHORTEST_MINUTES })
  if (offsets.some((minutes) => minutes > LONGEST_MINUTES)) return failed('reminders.parse.too-long', { most: 31 })
  return { ok: true, offsets }
}

const rungOf = (minutes: number): Rung => {
  if (minutes % 1440 === 0) return { count: minutes / 1440, unit: 'day' }
  return minutes % 60 === 0 ? { count: minutes / 60, unit: 'hour' } : { count: minutes, unit: 'minute' }
}

/** The steps as counts of their largest whole unit, weeks left as days ("7 ngày"): data for `reminders.parse.unit`. */
export const formatLadder = (offsets: readonly number[]): Rung[] => offsets.map(rungOf)
