import { dayOf, monthOf, type PlainDate, type WallTime, weekdayOf, yearOf } from './dates.js'

export type DateStyle =
  | 'paper'
  | 'day-month'
  | 'day-month-year'
  | 'weekday-day-month'
  | 'weekday-day-month-year'
  | 'month-year'

type Language = 'vi' | 'en'

const WEEKDAYS: Record<Language, readonly string[]> = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}

const pad = (n: number): string => String(n).padStart(2, '0')

const numeric = (date: PlainDate): string => `${pad(dayOf(date))}/${pad(monthOf(date))}`

/** "ngày 03 tháng 12 năm 2026": days below ten and the first two months bear a nought, against forgery. */
const paperDate = (date: PlainDate): string => {
  const month = monthOf(date)
  return `ngày ${pad(dayOf(date))} tháng ${month < 3 ? pad(month) : month} năm ${yearOf(date)}`
}

/** "thứ Năm 03/12/2026" · "Thursday 03/12/2026": day before month in both languages, as the readers write it. */
export function formatDate(date: PlainDate, style: DateStyle, language: Language): string {
  const weekday = WEEKDAYS[language][weekdayOf(date) - 1]
  switch (style) {
    case 'paper':
      return language === 'en' ? `${numeric(date)}/${yearOf(date)}` : paperDate(date)
    case 'day-month':
      return numeric(date)
    case 'day-month-year':
      return `${numeric(date)}/${yearOf(date)}`
    case 'weekday-day-month':
      return `${weekday} ${numeric(date)}`
    case 'weekday-day-month-year':
      return `${weekday} ${numeric(date)}/${yearOf(date)}`
    case 'month-year':
      return `${pad(monthOf(date))}/${yearOf(date)}`
  }
}

/** "19:30 thứ Năm 03/12/2026" · "19:30 on Thursday 03/12/2026". */
export const formatDateTime = (date: PlainDate, time: WallTime, language: Language): string =>
  `${time}${language === 'en' ? ' on' : ''} ${formatDate(date, 'weekday-day-month-year', language)}`
