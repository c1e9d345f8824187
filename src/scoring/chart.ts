import type { PlainDate } from '../core/dates.js'

/** Ten cells fit beside a date and a grade on the narrowest phone; both blocks are of one width in any font. */
const CELLS = 10

/** "█████████░": a bar of a hundred points. At least one cell is left empty below 100, as 99 is not 100. */
export function bar(total: number): string {
  const full = total >= 100 ? CELLS : Math.min(CELLS - 1, Math.round(total / CELLS))
  return '█'.repeat(full) + '░'.repeat(CELLS - full)
}

export type Bar = Readonly<{ day: PlainDate; total: number }>

/** The mean of a year to a tenth, as whole tenths. Null: there is none. */
export const meanTenths = (bars: readonly Bar[]): number | null =>
  bars.length === 0 ? null : Math.round((bars.reduce((sum, one) => sum + one.total, 0) * 10) / bars.length)
