import { addDays, type PlainDate, parsePlainDate, plainDate, yearOf } from '../../core/dates.js'
import type { Cell } from './types.js'

export type ReadDate =
  | Readonly<{ kind: 'date'; date: PlainDate }>
  | Readonly<{ kind: 'year'; year: number }>
  | Readonly<{ kind: 'blank' }>
  | Readonly<{ kind: 'bad'; why: 'date_unreal' | 'date_unreadable' | 'date_implausible'; year?: number }>

const BLANK: ReadDate = { kind: 'blank' }
const bad = (why: 'date_unreal' | 'date_unreadable' | 'date_implausible', year?: number): ReadDate =>
  year === undefined ? { kind: 'bad', why } : { kind: 'bad', why, year }

const EARLIEST = 1900
/** Day 0 of the 1900 day count, which has a 29/02/1900 that never was; right from 01/03/1900 on. */
const DAY_ZERO = parsePlainDate('1899-12-30') as PlainDate
const FIRST_RIGHT_SERIAL = 61

const inRange = (year: number, latest: number): boolean => year >= EARLIEST && year <= latest

/** "75" is the latest year that it can be: 1975, for a birth or an admission that lies behind us. */
const fullYear = (digits: string, latest: number): number => {
  if (digits.length === 4) return Number(digits)
  const recent = Math.floor(latest / 100) * 100 + Number(digits)
  return recent <= latest ? recent : recent - 100
}

function fromParts(day: number, month: number, year: number, latest: number): ReadDate {
  if (day === 0 && month === 0) return fromYear(year, latest)
  if (!inRange(year, latest)) return bad('date_implausible')
  const date = plainDate(year, month, day)
  return date ? { kind: 'date', date } : bad('date_unreal', year)
}

const fromYear = (year: number, latest: number): ReadDate =>
  inRange(year, latest) ? { kind: 'year', year } : bad('date_implausible')

function fromSerial(serial: number, latest: number): ReadDate {
  if (serial < FIRST_RIGHT_SERIAL || serial > 100_000) return bad('date_implausible')
  const date = addDays(DAY_ZERO, Math.floor(serial))
  return inRange(yearOf(date), latest) ? { kind: 'date', date } : bad('date_implausible')
}

function fromNumber(value: number, latest: number): ReadDate {
  // A year typed into a cell that is formatted as a day would be shown as a day of 1905: nobody means that.
  if (Number.isInteger(value) && value >= EARLIEST && value <= 2100) return fromYear(value, latest)
  if (value < 100_000) return fromSerial(value, latest)
  return fromText(String(value), latest)
}

const DAY_MONTH_YEAR = /^(\d{1,2})\s*[/.,\-–\s]\s*(\d{1,2})\s*[/.,\-–\s]\s*(\d{4}|\d{2})$/
const YEAR_MONTH_DAY = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/
/** 05121975 or, its leading zero lost, 5121975. */
const RUN_TOGETHER = /^(\d{1,2})(\d{2})((?:19|20)\d{2})$/
/** A year where the rest is left open: "1975", "năm 1975", "../../1975", "?/1975", "05/1975". */
const YEAR_ALONE = /^(?:[?.…_x*\-/\s]*[/\s]|\d{1,2}\s*[/.-]\s*)?(\d{4})$/i

const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\s+\d{1,2}:\d{2}(:\d{2})?.*$|T\d{2}:.*$/, '')
    .replace(/^['’"`]+/, '')
    .replace(/\b(ngày|ngay|sinh|năm)\b/giu, ' ')
    .replace(/ngày|năm/giu, ' ')
    .replace(/tháng|thang/giu, '/')
    .replace(/\s*\/\s*/g, '/')
    .trim()

function fromText(text: string, latest: number): ReadDate {
  const tidy = clean(text)
  if (/^[-–.?…_x/\s]*$/i.test(tidy)) return BLANK
  const backwards = YEAR_MONTH_DAY.exec(tidy)
  if (backwards) return fromParts(Number(backwards[3]), Number(backwards[2]), Number(backwards[1]), latest)
  const parts = DAY_MONTH_YEAR.exec(tidy) ?? RUN_TOGETHER.exec(tidy)
  if (parts) return fromParts(Number(parts[1]), Number(parts[2]), fullYear(parts[3] ?? '', latest), latest)
  const year = YEAR_ALONE.exec(tidy)
  return year ? fromYear(Number(year[1]), latest) : bad('date_unreadable')
}

/**
 * A day as offices write it, day before month; a year alone stays a year. Nothing is guessed: what is no day of the
 * calendar (31/02), or lies outside 1900 to `latestYear`, is named. `latestYear` also decides what "75" means.
 */
export function readDate(cell: Cell | undefined, latestYear: number): ReadDate {
  if (!cell) return BLANK
  return cell.number === undefined ? fromText(cell.text, latestYear) : fromNumber(cell.number, latestYear)
}
