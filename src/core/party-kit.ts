import type {
  FileChild,
  IParagraphOptions,
  IRunOptions,
  ITableBordersOptions,
  Paragraph,
  ParagraphChild,
  Table,
} from 'docx'
import { type Block, PARTY_PAPER, type PaperTable } from './party-layout.js'
import { writable } from './text.js'

/** Word counts in twentieths of a point. */
const TWIPS_PER_MM = 1440 / 25.4
export const mm = (length: number): number => Math.round(length * TWIPS_PER_MM)
export const pt = (points: number): number => points * 20

type Line = Readonly<{ text: string; bold?: boolean; italics?: boolean; size?: number }> &
  Omit<IParagraphOptions, 'run'>

export type Docx = typeof import('docx')

const WIDTH = PARTY_PAPER.columns[0] + PARTY_PAPER.columns[1]

/** Letters of what stands in somebody else's file; in one of ours the file's own style says them. */
type Letters = Pick<IRunOptions, 'font' | 'size'>

/** Lines of text over the library. */
function createLines(docx: Docx, letters: Letters) {
  const { AlignmentType, BorderStyle } = docx

  const runs = ({ text, bold, italics, size }: Line): ParagraphChild[] =>
    writable(text)
      .split('\n')
      .map(
        (part, n) =>
          new docx.TextRun({
            ...letters,
            text: part,
            ...(n > 0 ? { break: 1 } : {}),
            ...(bold ? { bold } : {}),
            ...(italics ? { italics } : {}),
            ...(size ? { size: size * 2 } : {}),
          }),
      )

  const line = ({ text, bold, italics, size, ...rest }: Line): Paragraph =>
    new docx.Paragraph({
      ...rest,
      children: runs({ text, ...(bold ? { bold } : {}), ...(italics ? { italics } : {}), ...(size ? { size } : {}) }),
    })

  const centred = (one: Line): Paragraph => line({ alignment: AlignmentType.CENTER, ...one })

  const spacing = { after: pt(PARTY_PAPER.below), line: 240 * PARTY_PAPER.line, lineRule: docx.LineRuleType.AUTO }
  const indent = { firstLine: mm(PARTY_PAPER.firstLine) }
  const justified = (text: string): Paragraph => line({ text, alignment: AlignmentType.JUSTIFIED, indent, spacing })

  const heading = (text: string): Paragraph => line({ text, bold: true, indent, spacing, keepNext: true })

  /** Dots up to the right margin, however wide the letters are. */
  const dotted = (): Paragraph =>
    new docx.Paragraph({
      spacing,
      tabStops: [{ type: docx.TabStopType.RIGHT, position: mm(WIDTH), leader: docx.LeaderType.DOT }],
      children: [new docx.TextRun({ children: [new docx.Tab()] })],
    })

  /** A paragraph of its own, so that the rule's length never breaks the name above it. */
  const rule = (): Paragraph => {
    const free = mm((PARTY_PAPER.columns[1] - PARTY_PAPER.ruleLength) / 2)
    return centred({
      text: ' ',
      size: 2,
      indent: { left: free, right: free },
      border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    })
  }
  return { line, centred, justified, heading, dotted, rule }
}

type Lines = ReturnType<typeof createLines>

/** Tables, framed or not. */
function createTables(docx: Docx, { line, centred }: Lines) {
  const { BorderStyle, TableLayoutType, WidthType } = docx
  const every = (border: { style: (typeof BorderStyle)[keyof typeof BorderStyle]; size: number; color: string }) =>
    ({
      top: border,
      bottom: border,
      left: border,
      right: border,
      insideHorizontal: border,
      insideVertical: border,
    }) satisfies ITableBordersOptions

  const form = (widths: readonly number[]) => ({
    columnWidths: widths.map(mm),
    width: { size: mm(WIDTH), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
  })

  const cell = (width: number, children: Paragraph[]) =>
    new docx.TableCell({ children, width: { size: mm(width), type: WidthType.DXA } })

  const sideBySide = (left: Paragraph[], right: Paragraph[]): Table => {
    const [a, b] = PARTY_PAPER.columns
    return new docx.Table({
      ...form(PARTY_PAPER.columns),
      borders: every({ style: BorderStyle.NONE, size: 0, color: 'auto' }),
      margins: { left: 0, right: 0 },
      rows: [new docx.TableRow({ cantSplit: true, children: [cell(a, left), cell(b, right)] })],
    })
  }

  const framed = ({ head, widths, centred: middle, rows }: PaperTable): Table => {
    const { size, border, padding } = PARTY_PAPER.table
    const lengths = widths.map((share) => (WIDTH * share) / 100)
    const row = (texts: readonly string[], isHead: boolean) =>
      new docx.TableRow({
        cantSplit: true,
        // A property that is false is none: Word's own rules refuse it.
        ...(isHead ? { tableHeader: true } : {}),
        children: texts.map((text, n) =>
          cell(lengths[n] ?? 0, [
            (isHead || middle.includes(n) ? centred : line)({
              text,
              size,
              bold: isHead,
              spacing: { before: 40, after: 40 },
            }),
          ]),
        ),
      })
    return new docx.Table({
      ...form(lengths),
      borders: every({ style: BorderStyle.SINGLE, size: border, color: '000000' }),
      margins: { left: mm(padding), right: mm(padding) },
      rows: [row(head, true), ...rows.map((one) => row(one, false))],
    })
  }
  return { sideBySide, framed }
}

/** What papers are made of, over the library. */
export function createKit(docx: Docx, letters: Letters = {}) {
  const lines = createLines(docx, letters)
  const tables = createTables(docx, lines)

  const block = (one: Block): FileChild[] => {
    if (typeof one === 'string') return [lines.justified(one)]
    if ('heading' in one) return [lines.heading(one.heading)]
    if ('items' in one) return one.items.map((text) => lines.justified(`- ${text}`))
    if ('lines' in one) return Array.from({ length: one.lines }, lines.dotted)
    // A table needs a paragraph after it, or two tables grow together.
    return [tables.framed(one.table), lines.line({ text: '', spacing: { after: 0 } })]
  }
  return { ...lines, ...tables, blocks: (all: readonly Block[]): FileChild[] => all.flatMap(block) }
}

export type Kit = ReturnType<typeof createKit>
