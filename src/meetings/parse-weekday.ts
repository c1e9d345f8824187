import type { Weekday } from '../core/dates.js'
import { type Found, match, numberOf, pattern, type Slots } from './parse-tokens.js'

const SUNDAY = [pattern('chủ|chúa nhật'), pattern('cn')]
const NUMBERED = pattern('thứ %')
const SHORT = pattern('t ~#')
const NOT_SHORT = pattern('/|- #')
const ENGLISH: readonly (readonly [ReturnType<typeof pattern>, Weekday])[] = (
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
).map((name, index) => [pattern(`${name}|${name}s`), (index + 1) as Weekday])
/** "tuần thứ 2", "lần thứ 3" count, they name no day. */
const COUNTED = pattern('tuần|lần|quý|kỳ')

/** "thứ Hai" is the second day of the week as it is counted here, Sunday has a name of its own. */
function numbered(slots: Slots, at: number): Found<Weekday> | null {
  const long = match(NUMBERED, slots, at)
  const short = long ? null : match(SHORT, slots, at)
  if (short && match(NOT_SHORT, slots, short.next)) return null
  const found = long ?? short
  const [token] = found?.captured ?? []
  const number = token ? numberOf(token) : 0
  return found && number >= 2 && number <= 7 ? { value: (number - 1) as Weekday, next: found.next } : null
}

/** "thứ Năm", "thứ 5", "T5", "CN", "Chủ nhật", "Thursday". */
export function readWeekday(slots: Slots, at: number): Found<Weekday> | null {
  if (match(COUNTED, slots, at - 1)) return null
  for (const rule of SUNDAY) {
    const found = match(rule, slots, at)
    if (found) return { value: 7, next: found.next }
  }
  for (const [rule, value] of ENGLISH) {
    const found = match(rule, slots, at)
    if (found) return { value, next: found.next }
  }
  return numbered(slots, at)
}
