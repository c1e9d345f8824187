import type Calendar from 'date-holidays'
import { addDays, DAY, type PlainDate, startOfMonth, weekdayOf, yearOf } from '../core/dates.js'

export type HolidayName = Readonly<{ vi: string; en: string }>
/** A day that the office itself declared: off, or worked although the calendar says otherwise. */
export type DayException = Readonly<{ day: PlainDate; kind: 'off' | 'working'; name: string }>

export type Holidays = Readonly<{
  /** The public holiday of this day, or null. An exception decides before the calendar does. */
  holidayOn: (day: PlainDate, exceptions?: readonly DayException[]) => HolidayName | null
}>

/**
 * National Day is two days off: 2 September and the day before or after, chosen by the government each year (Labour
 * Code 2019, article 112). A year that is not listed has 2 September alone until it is announced.
 */
const SECOND_NATIONAL_DAY: Readonly<Record<number, '09-01' | '09-03'>> = {
  2022: '09-01',
  2023: '09-01',
  2024: '09-03',
  2025: '09-01',
  2026: '09-01',
}
const NATIONAL_DAY: HolidayName = { vi: 'Quốc khánh', en: 'National Day' }
/** Resolution 80-NQ/TW of 7 January 2026 makes 24 November a paid day off each year. */
const CULTURE_DAY: HolidayName = { vi: 'Ngày Văn hóa Việt Nam', en: 'Vietnam Culture Day' }
const CULTURE_DAY_SINCE = 2026

const TET: HolidayName = { vi: 'Tết Nguyên Đán', en: 'Lunar New Year' }

function ownHoliday(day: PlainDate): HolidayName | null {
  if (SECOND_NATIONAL_DAY[yearOf(day)] === day.slice(5)) return NATIONAL_DAY
  return day.slice(5) === '11-24' && yearOf(day) >= CULTURE_DAY_SINCE ? CULTURE_DAY : null
}

function namesOfYear(vi: Calendar, en: Calendar, year: number): Map<PlainDate, HolidayName> {
  const english = new Map(en.getHolidays(year).map((holiday) => [holiday.rule, holiday.name]))
  const names = new Map<PlainDate, HolidayName>()
  for (const holiday of vi.getHolidays(year).filter(({ type }) => type === 'public')) {
    // `date` is the wall date in Vietnam; `start` and `end` are instants and only tell how many days it lasts.
    const first = holiday.date.slice(0, 10) as PlainDate
    const days = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY))
    const name = { vi: holiday.name, en: english.get(holiday.rule) ?? holiday.name }
    names.set(first, name)
    // Only Tết lasts: the package counts its five days from the eve, whose name the later ones would bear.
    for (let ahead = 1; ahead < days; ahead++) names.set(addDays(first, ahead), TET)
  }
  return names
}

/**
 * Vietnam's public holidays. The calendar's package takes about 190 ms and 22 MB to load and a year 40 ms to compute,
 * so the app makes one of these at its start, and each year is computed once.
 */
export async function createHolidays(): Promise<Holidays> {
  const { default: CalendarOf } = await import('date-holidays')
  const vi = new CalendarOf('VN', { languages: ['vi'] })
  const en = new CalendarOf('VN', { languages: ['en'] })
  const years = new Map<number, Map<PlainDate, HolidayName>>()
  const ofYear = (year: number): Map<PlainDate, HolidayName> => {
    const known = years.get(year) ?? namesOfYear(vi, en, year)
    years.set(year, known)
    return known
  }
  return {
    holidayOn: (day, exceptions = []) => {
      const exception = exceptions.find((one) => one.day === day)
      if (exception) return exception.kind === 'off' ? { vi: exception.name, en: exception.name } : null
      return ownHoliday(day) ?? ofYear(yearOf(day)).get(day) ?? null
    },
  }
}

export type Instead = Readonly<{ before: PlainDate | null; after: PlainDate | null }>

const inMonthOf = (day: PlainDate, other: PlainDate): boolean => startOfMonth(day) === startOfMonth(other)

function nearest(day: PlainDate, step: 1 | -1, fits: (day: PlainDate) => boolean): PlainDate | null {
  for (let at = addDays(day, step); inMonthOf(at, day); at = addDays(at, step)) if (fits(at)) return at
  return null
}

/**
 * Days of the same month to meet on instead of a holiday, the nearest before and after, not before `earliest`.
 * Where the weekday is what the cell keeps ("first Monday") it is kept if the month allows; otherwise the nearest day
 * that is worked, or a weekend day if the cell meets at weekends.
 */
export function proposeInstead(
  day: PlainDate,
  options: Readonly<{ keepWeekday: boolean; earliest: PlainDate; isOff: (day: PlainDate) => boolean }>,
): Instead {
  const free = (other: PlainDate): boolean => other >= options.earliest && !options.isOff(other)
  const sameWeekday = (other: PlainDate): boolean => free(other) && weekdayOf(other) === weekdayOf(day)
  const worked = (other: PlainDate): boolean => free(other) && (weekdayOf(other) <= 5 || weekdayOf(day) > 5)
  const find = (step: 1 | -1): PlainDate | null =>
    (options.keepWeekday ? nearest(day, step, sameWeekday) : null) ?? nearest(day, step, worked)
  return { before: find(-1), after: find(1) }
}
