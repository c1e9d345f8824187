import { listLines } from '../core/text.js'
import { capitalized } from './describe.js'

/** Without the full stop that the sentence brings. */
export const bare = (text: string): string => text.trim().replace(/[.;,]+$/, '')

/** The points of an agenda as it was typed: on lines of its own or behind semicolons. */
export const agendaPoints = (agenda: string | null): string[] =>
  listLines(agenda ?? '', /[\n;]/)
    .map((one) => capitalized(bare(one)))
    .filter(Boolean)

/** As a list on paper ends its lines: the last one with a full stop. */
export const listed = (points: readonly string[]): string[] =>
  points.map((one, n) => `${one}${n === points.length - 1 ? '.' : ';'}`)
