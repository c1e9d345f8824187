import {
  addDays,
  addMonths,
  daysInMonth,
  monthOf,
  type PlainDate,
  parsePlainDate,
  plainDate,
  startOfMonth,
  yearOf,
} from '../../core/dates.js'
import { nextDate } from '../../meetings/parse-day.js'
import { cleanText } from '../../meetings/parse-tokens.js'

/** From `from` to `until`, both inside. */
export type Period = Readonly<{ from: PlainDate; until: PlainDate }>

export type PeriodReading =
  | Readonly<{ kind: 'period'; period: Period; rest: string }>
  /** `unreal`: a day that the calendar does not have. */
  | Readonly<{ kind: 'wrong'; because: 'unreal' | 'order' | 'past' | 'long' }>

/** Longer absences are a transfer, or an exemption by the cell's decision. */
const LONGEST_MONTHS = 12

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const NAMED = `(?:(?:ngày|ngay|mùng|mung|mồng|mong)\\s*)?`
const MONTH = `(?:\\s*[/.]\\s*(\\d{1,2})|\\s*(?:tháng|thang)\\s*(\\d{1,2})|\\s*(${MONTHS})[a-z]*)`
const YEAR = '(?:\\s*(?:[/.,]|năm|nam)\\s*|\\s+)(\\d{4})|\\s*[/.]\\s*(\\d{2})(?!\\d)'
const DATE = `${NAMED}(\\d{1,2})(?:${MONTH}(?:${YEAR})?)`
const START = `${NAMED}(\\d{1,2})(?:${MONTH}(?:${YEAR})?)?`
const ISO = '(\\d{4}-\\d{2}-\\d{2})'
const NOW = '(hôm nay|hom nay|bây giờ|bay gio|today|now|nay)'
const TOMORROW = '(ngày mai|ngay mai|tomorrow|mai)'
const TO = '\\s*(?:-+>?|→|đến|den|tới|toi|until|till|to)\\s*(?:hết|het|cuối|cuoi|the end of)?\\s*'
const FROM = '(?:từ|tu|from|kể từ|ke tu)?\\s*'
const EDGE = '(?![\\p{L}\\p{N}/])'
const BEFORE = '(?<![\\p{L}\\p{N}/]|\\d-)'

const RANGES = [START, ISO, NOW, TOMORROW].flatMap((first) =>
  [DATE, ISO].map((last) => ({
    first,
    last,
    rule: new RegExp(`${BEFORE}${FROM}${first}${TO}${last}${EDGE}`, 'iu'),
  })),
)
/** "đến hết 20/12": from today on. "Đến 20/12" alone would also be "I come on the 20th". */
const UNTIL = new RegExp(`${BEFORE}(?:đến hết|den het|tới hết|toi het|until|till)\\s+${DATE}${EDGE}`, 'iu')
const WHOLE_MONTH = new RegExp(
  `${BEFORE}(?:cả|ca|trọn|tron|suốt|suot|nguyên|nguyen|hết|het|all of|all|whole of)\\s+(?:tháng|thang)?\\s*` +
    `(?:(\\d{1,2})|(này|nay)|(sau|tới|toi)|(${MONTHS})[a-z]*)(?:(?:\\s*[/.]\\s*|\\s+(?:năm|nam)?\\s*)(\\d{4}))?${EDGE}`,
  'iu',
)
const SAYS_MONTH = /tháng|thang|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/iu

/** `longest`: in months. */
type Bounds = Readonly<{ today: PlainDate; longest: number }>

/** Day, month and year as they were written; what was not is undefined. */
type Written = Readonly<{ day: number; month?: number; year?: number }>

const monthNamed = (name: string): number => MONTHS.split('|').indexOf(name.toLowerCase()) + 1

/** Reads the six groups of `DATE` and `START`. */
function writtenOf([day, slashed, worded, named, year, short]: readonly (string | undefined)[]): Written {
  const month = slashed ?? worded
  const years = year ?? (short && `20${short}`)
  return {
    day: Number(day),
    ...(month ? { month: Number(month) } : named ? { month: monthNamed(named) } : {}),
    ...(years ? { year: Number(years) } : {}),
  }
}

/** The end without its year is the next such date. */
const endOf = ({ day, month = 0, year }: Written, today: PlainDate): PlainDate | null =>
  year ? plainDate(year, month, day) : nextDate(day, month, today)

/** The start without its month or year is the last such date before the end. */
function startOf({ day, month, year }: Written, until: PlainDate): PlainDate | null {
  const at = month ?? monthOf(until)
  const same = plainDate(year ?? yearOf(until), at, day)
  if (year || !same || same <= until) return same
  return month ? plainDate(yearOf(until) - 1, at, day) : null
}

function checked(
  from: PlainDate | null,
  until: PlainDate | null,
  { today, longest }: Bounds,
  rest: string,
): PeriodReading {
  if (!from || !until) return { kind: 'wrong', because: 'unreal' }
  if (until < from) return { kind: 'wrong', because: 'order' }
  if (until < today) return { kind: 'wrong', because: 'past' }
  if (until > addMonths(from < today ? today : from, longest)) return { kind: 'wrong', because: 'long' }
  return { kind: 'period', period: { from, until }, rest }
}

const without = (text: string, found: RegExpExecArray): string =>
  `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`
    .replace(/^[\s,;:.–-]+|[\s,;:.–-]+$/gu, '')
    .replace(/\s+/g, ' ')

function readRange(text: string, bounds: Bounds): PeriodReading | null {
  const { today } = bounds
  for (const { first, last, rule } of RANGES) {
    const found = rule.exec(text)
    if (!found) continue
    const groups = found.slice(1)
    const ends = last === ISO ? groups.slice(-1) : groups.slice(-6)
    const starts = groups.slice(0, groups.length - ends.length)
    const until = last === ISO ? parsePlainDate(ends[0] ?? '') : endOf(writtenOf(ends), today)
    if (!until) return { kind: 'wrong', because: 'unreal' }
    const from =
      first === NOW
        ? today
        : first === TOMORROW
          ? addDays(today, 1)
          : first === ISO
            ? parsePlainDate(starts[0] ?? '')
            : startOf(writtenOf(starts), until)
    return checked(from, until, bounds, without(text, found))
  }
  return null
}

function readMonth(text: string, bounds: Bounds): PeriodReading | null {
  const { today } = bounds
  const found = WHOLE_MONTH.exec(text)
  if (!found || !SAYS_MONTH.test(found[0])) return null
  const [, number, current, next, named, year] = found
  const month = number ? Number(number) : named ? monthNamed(named) : 0
  const first =
    current || next
      ? addMonths(startOfMonth(today), next ? 1 : 0)
      : plainDate(year ? Number(year) : yearOf(today) + (month < monthOf(today) ? 1 : 0), month, 1)
  const last = first && plainDate(yearOf(first), monthOf(first), daysInMonth(yearOf(first), monthOf(first)))
  const from = first && last && first < today && today <= last ? today : first
  return checked(from, last, bounds, without(text, found))
}

/**
 * A period that a text names: "1/12-20/12", "từ 28/12 đến 5/1", "từ nay đến 20/12", "cả tháng 12", "from 1 Dec to 20 Dec".
 * Null: it names none; one day is none. Pure.
 */
export function readPeriod(text: string, today: PlainDate, longest = LONGEST_MONTHS): PeriodReading | null {
  const clean = cleanText(text)
  const bounds = { today, longest }
  const range = readRange(clean, bounds) ?? readMonth(clean, bounds)
  if (range) return range
  const until = UNTIL.exec(clean)
  return until ? checked(today, endOf(writtenOf(until.slice(1)), today), bounds, without(clean, until)) : null
}

/** The first day after it: how periods are kept. */
export const dayAfter = ({ until }: Period): PlainDate => addDays(until, 1)
