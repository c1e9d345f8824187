import type { Stream } from 'node:stream'
import type { CellObject, Feature, Sheet } from 'write-excel-file/node'
import { PARTY_PAPER } from '../core/party-layout.js'
import { writable } from '../core/text.js'

/** What a formula came to when the file was written: phones show it without reckoning. A text where there is no number. */
export type Formula = Readonly<{ formula: string; value: number | string }>
export type Cell = Readonly<{ is: string | number | Formula | null; style?: Omit<CellObject, 'value' | 'type'> }>

export type SheetPlan = Readonly<{
  name: string
  rows: readonly (readonly Cell[])[]
  widths: readonly number[]
  /** Rows and columns that stay in sight on the screen. */
  frozen: Readonly<{ rows: number; columns: number }>
  /** Rows that stand on every printed page: from, to. */
  repeated: readonly [number, number]
}>

type Bytes = Stream | Buffer | Blob

export const isFormula = (is: Cell['is']): is is Formula => typeof is === 'object' && is !== null

/** "A", "Z", "AA": the column's name, from nought. */
export const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

/** Null: nothing at all, as the library wants it where another cell spans. */
const toCell = ({ is, style }: Cell): CellObject | null => {
  if (is === null) return style ? { ...style } : null
  if (isFormula(is)) return { ...style, value: is.formula, type: 'Formula' }
  return typeof is === 'number'
    ? { ...style, value: is, type: Number }
    : { ...style, value: writable(is), type: String }
}

const valuesOf = ({ rows }: SheetPlan): Map<string, number | string> =>
  new Map(
    rows.flatMap((row, r) =>
      row.flatMap(({ is }, c) => (isFormula(is) ? [[`${columnName(c)}${r + 1}`, is.value] as const] : [])),
    ),
  )

/** Gives every formula its value; the library writes none. */
const withValues = (xml: string, values: ReadonlyMap<string, number | string>): string =>
  xml.replace(/<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)<\/f><\/c>/g, (_, at: string, rest: string, formula: string) => {
    const value = values.get(at) ?? ''
    const type = typeof value === 'string' ? ' t="str"' : ''
    return `<c r="${at}"${rest}${type}><f>${formula}</f><v>${value}</v></c>`
  })

/** A4 on its side, as wide as the page and as long as it needs to be, with page numbers. */
const PAGE =
  '<printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P/&amp;N</oddFooter></headerFooter>'

const onPages = (xml: string): string =>
  xml
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace(/<pageMargins[^>]*\/>/, '')
    .replace(/<pageSetup[^>]*\/>|(?=<\/worksheet>)/, PAGE)

const titlesOf = (plans: readonly SheetPlan[]): string =>
  plans
    .map(
      ({ name, repeated: [from, to] }, n) =>
        `<definedName name="_xlnm.Print_Titles" localSheetId="${n}">'${name}'!$${from}:$${to}</definedName>`,
    )
    .join('')

/** The order in which Excel's schema wants what is said of letters (ECMA-376 18.8.22, as a sequence). */
const FONT_ORDER = ['b', 'i', 'strike', 'u', 'sz', 'color', 'name', 'family', 'scheme']

/** The library writes it in an order of its own (looked at as 4.1.1, the newest). */
const withFontOrder = (xml: string): string =>
  xml.replace(/<font>(.*?)<\/font>/g, (_, inner: string) => {
    const parts = inner.match(/<[^>]*\/>/g) ?? []
    const place = (part: string): number => FONT_ORDER.indexOf(/^<(\w+)/.exec(part)?.[1] ?? '')
    return `<font>${parts.sort((a, b) => place(a) - place(b)).join('')}</font>`
  })

/** What a workbook needs to be printed and read on a phone, and the library has no word for. */
const printing = (plans: readonly SheetPlan[]): Feature<Bytes> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml, _sheet, { sheetIndex }) => {
          const plan = plans[sheetIndex]
          return plan ? onPages(withValues(xml, valuesOf(plan))) : xml
        },
      },
      'xl/styles.xml': { transform: withFontOrder },
      'xl/workbook.xml': {
        transform: (xml) =>
          xml
            .replace(/<definedNames\s*\/>|<calcPr\s*\/>/g, '')
            .replace(
              '</sheets>',
              `</sheets><definedNames>${titlesOf(plans)}</definedNames><calcPr fullCalcOnLoad="1"/>`,
            ),
      },
    },
  },
})

export const XLSX_MIME = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Makes an Excel workbook. The library is loaded with the first one. */
export async function renderWorkbook(plans: readonly SheetPlan[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const sheets = plans.map(
    ({ name, rows, widths, frozen }): Sheet<Bytes> => ({
      sheet: name,
      data: rows.map((row) => row.map(toCell)),
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: frozen.rows,
      stickyColumnsCount: frozen.columns,
      orientation: 'landscape',
      showGridLines: false,
    }),
  )
  const file = writeXlsxFile(sheets, { fontFamily: PARTY_PAPER.font, fontSize: 12, features: [printing(plans)] })
  return new Uint8Array(await file.toBuffer())
}
