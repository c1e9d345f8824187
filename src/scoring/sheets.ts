import { z } from 'zod'

/** What the bot knows of a meeting that a line can be filled from. */
export const SOURCES = ['schedule', 'attendance', 'materials', 'speakers', 'tasks'] as const
export type Source = (typeof SOURCES)[number]

export const GRADES = ['good', 'fair', 'average', 'weak'] as const
export type Grade = (typeof GRADES)[number]

const line = z.object({
  key: z.string().min(1).max(40),
  /** Null: the locales' own words for the key. */
  name: z.string().min(1).max(80).nullable(),
  max: z.int().min(1).max(100),
  /** What it is filled from; null: the secretary gives the points. */
  from: z.enum(SOURCES).nullable(),
  /** What stands beside it, for whoever gives the points. */
  beside: z.enum(SOURCES).nullable(),
})
export type SheetLine = z.infer<typeof line>

/** A sheet as data: lines that come to 100 points, and from how many a grade is reached. */
export const sheetSchema = z
  .object({
    lines: z.array(line).min(1).max(20),
    from: z.object({ good: z.int(), fair: z.int(), average: z.int() }),
  })
  .refine(({ lines }) => lines.reduce((sum, one) => sum + one.max, 0) === 100, 'sum')
  .refine(({ lines }) => new Set(lines.map((one) => one.key)).size === lines.length, 'keys')
  .refine(
    ({ from }) => 100 >= from.good && from.good > from.fair && from.fair > from.average && from.average > 0,
    'grades',
  )
export type SheetData = z.infer<typeof sheetSchema>

const given = (key: string, max: number, how: Partial<SheetLine> = {}): SheetLine => ({
  key,
  name: null,
  max,
  from: null,
  beside: null,
  ...how,
})

/** "Good ≥ 90, fair 70–<90, average 50–<70, weak < 50." */
export const DEFAULT_GRADES: SheetData['from'] = { good: 90, fair: 70, average: 50 }

/**
 * The sheet of 100 points that the domain quotes, by version. What share of speakers is worth how many of the points for
 * conduct no text says, so the share stands beside them and gives none.
 */
export const DEFAULT_SHEETS: Readonly<Record<number, SheetData>> = {
  1: {
    lines: [
      given('time', 5, { from: 'schedule' }),
      given('attendance', 5, { from: 'attendance' }),
      given('preparation', 10, { from: 'materials' }),
      given('conduct', 30, { beside: 'speakers' }),
      given('chairing', 10),
      given('principles', 5),
      given('result', 30, { from: 'tasks' }),
      given('closing', 5),
    ],
    from: DEFAULT_GRADES,
  },
}
export const DEFAULT_VERSION = 1

export const gradeOf = (from: SheetData['from'], total: number): Grade => {
  if (total >= from.good) return 'good'
  if (total >= from.fair) return 'fair'
  return total >= from.average ? 'average' : 'weak'
}
