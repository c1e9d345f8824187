import type { Cell, Grid } from './types.js'

const FIELD = (separator: string): RegExp =>
  new RegExp(`(?:${separator}|\\r\\n|\\n|\\r)(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))`, 'g')

const toCell = (text: string): Cell | undefined => (text.trim() === '' ? undefined : { text })

/**
 * RFC 4180, with any separator and line end. The workbook library is not asked: it takes a file that begins with
 * "ID" for another format, turns "0912…" into a number and guesses at dates in American order.
 */
export function parseCsv(text: string, separator: ',' | ';' | '\t', limit: number): Grid {
  const rows: (Cell | undefined)[][] = []
  let row: (Cell | undefined)[] = []
  const pattern = FIELD(separator === '\t' ? '\\t' : separator)
  const source = `\n${text.replace(/^\uFEFF/, '')}`
  for (const match of source.matchAll(pattern)) {
    if (!match[0].startsWith(separator)) {
      row = []
      if (rows.push(row) > limit) break
    }
    row.push(toCell((match[1] ?? '').replaceAll('""', '"') || (match[2] ?? '')))
  }
  return { name: '', rows, merges: [] }
}

/** A file read with each separator; the one whose header is understood best is the right one. */
export const parseEveryWay = (text: string, limit: number): Grid[] =>
  ([',', ';', '\t'] as const).map((separator) => parseCsv(text, separator, limit))
