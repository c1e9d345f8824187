import type { FileChild, IParagraphOptions, ParagraphChild, TableCell } from 'docx'

/** A paper of the Party, in the words that stand on it. Its form is below, and the same for every paper. */
export type PartyPaper = Readonly<{
  /** The unit above the one that issues it; null: there is none. */
  superior: string | null
  unit: string
  /** "Số …-GM/CB": the office writes the number in. */
  number: string
  /** "Tân Lộc, ngày 03 tháng 12 năm 2026". */
  placeAndDate: string
  title: string
  about: string
  to: string
  body: readonly string[]
  /** Role above role: "T/M CHI BỘ", "BÍ THƯ". */
  signature: readonly string[]
  copies: Readonly<{ title: string; lines: readonly string[] }>
}>

/**
 * Guides 11-HD/VPTW (2004) and 36-HD/VPTW (2018): no national motto; the issuing units at the top left, the Party's name
 * with a rule of its own length under it at the top right. Lengths in millimetres, letters in points.
 */
export const PARTY_PAPER = {
  party: 'ĐẢNG CỘNG SẢN VIỆT NAM',
  font: 'Times New Roman',
  size: 14,
  partySize: 15,
  copiesSize: 12,
  titleSize: 16,
  page: { width: 210, height: 297 },
  margin: { top: 20, right: 20, bottom: 20, left: 30 },
  columns: [74, 86],
  /** The Party's name in bold at 15 points; what is left of its column stands free at both sides of the rule. */
  ruleLength: 74,
  firstLine: 12.7,
  /** Between lines, as a multiple, and below a paragraph. */
  line: 1.3,
  below: 6,
  /** For the hand that signs. */
  signatureSpace: 60,
} as const

export const PARTY_PAPER_MIME = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Word counts in twentieths of a point. */
const TWIPS_PER_MM = 1440 / 25.4
const mm = (length: number): number => Math.round(length * TWIPS_PER_MM)
const pt = (points: number): number => points * 20

type Line = Readonly<{ text: string; bold?: boolean; italics?: boolean; size?: number }> &
  Omit<IParagraphOptions, 'run'>

type Library = typeof import('docx')
type Lines = InstanceType<Library['Paragraph']>[]

/** What every part of a paper is written with. */
function createPen(docx: Library) {
  const { columns } = PARTY_PAPER
  const runs = ({ text, bold, italics, size }: Line): ParagraphChild[] =>
    text.split('\n').map(
      (part, n) =>
        new docx.TextRun({
          text: part,
          ...(n > 0 ? { break: 1 } : {}),
          ...(bold ? { bold } : {}),
          ...(italics ? { italics } : {}),
          ...(size ? { size: size * 2 } : {}),
        }),
    )
  const line = (one: Line) => {
    const { text: _, bold: __, italics: ___, size: ____, ...rest } = one
    return new docx.Paragraph({ ...rest, children: runs(one) })
  }
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' }
  const unframed = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }
  const cell = (n: 0 | 1, children: Lines): TableCell =>
    new docx.TableCell({ children, width: { size: mm(columns[n]), type: docx.WidthType.DXA } })
  return {
    line,
    centred: (one: Line) => line({ alignment: docx.AlignmentType.CENTER, ...one }),
    sideBySide: (left: Lines, right: Lines) =>
      new docx.Table({
        columnWidths: columns.map(mm),
        width: { size: mm(columns[0] + columns[1]), type: docx.WidthType.DXA },
        layout: docx.TableLayoutType.FIXED,
        borders: unframed,
        margins: { left: 0, right: 0 },
        rows: [new docx.TableRow({ cantSplit: true, children: [cell(0, left), cell(1, right)] })],
      }),
  }
}

type Pen = ReturnType<typeof createPen>

function writeHead(docx: Library, { centred, sideBySide }: Pen, paper: PartyPaper): FileChild {
  const free = mm((PARTY_PAPER.columns[1] - PARTY_PAPER.ruleLength) / 2)
  return sideBySide(
    [
      ...(paper.superior ? [centred({ text: paper.superior.toUpperCase() })] : []),
      centred({ text: paper.unit.toUpperCase(), bold: true }),
      centred({ text: '*' }),
      centred({ text: paper.number }),
    ],
    [
      centred({ text: PARTY_PAPER.party, bold: true, size: PARTY_PAPER.partySize }),
      // A paragraph of its own, so that the rule's length never breaks the name above it.
      centred({
        text: ' ',
        size: 2,
        indent: { left: free, right: free },
        border: { top: { style: docx.BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
      }),
      centred({ text: paper.placeAndDate, italics: true, spacing: { before: pt(6) } }),
    ],
  )
}

function writeBody(docx: Library, { line, centred }: Pen, paper: PartyPaper): Lines {
  const { titleSize, firstLine, below, line: spaced } = PARTY_PAPER
  return [
    centred({ text: paper.title, bold: true, size: titleSize, spacing: { before: pt(24) } }),
    centred({ text: paper.about, bold: true, spacing: { after: pt(12) } }),
    centred({ text: paper.to, spacing: { after: pt(12) } }),
    ...paper.body.map((text) =>
      line({
        text,
        alignment: docx.AlignmentType.JUSTIFIED,
        indent: { firstLine: mm(firstLine) },
        spacing: { after: pt(below), line: 240 * spaced, lineRule: docx.LineRuleType.AUTO },
      }),
    ),
    line({ text: '', spacing: { after: pt(6) } }),
  ]
}

function writeFoot({ line, centred, sideBySide }: Pen, { copies, signature }: PartyPaper): FileChild {
  const { copiesSize: size, signatureSpace } = PARTY_PAPER
  const last = signature.length - 1
  return sideBySide(
    [
      line({ text: copies.title, italics: true, bold: true, size }),
      ...copies.lines.map((text) => line({ text: `- ${text}`, size })),
    ],
    signature.map((text, n) => centred({ text, bold: true, spacing: { after: n === last ? pt(signatureSpace) : 0 } })),
  )
}

/** Makes a Word file. The library is loaded with the first paper: few services ever make one. */
export async function renderPartyPaper(paper: PartyPaper): Promise<Uint8Array> {
  const docx = await import('docx')
  const pen = createPen(docx)
  const { margin, page } = PARTY_PAPER
  const children = [writeHead(docx, pen, paper), ...writeBody(docx, pen, paper), writeFoot(pen, paper)]
  const file = new docx.Document({
    styles: {
      default: {
        document: { run: { font: PARTY_PAPER.font, size: PARTY_PAPER.size * 2, language: { value: 'vi-VN' } } },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(page.width), height: mm(page.height) },
            margin: { top: mm(margin.top), right: mm(margin.right), bottom: mm(margin.bottom), left: mm(margin.left) },
          },
        },
        children,
      },
    ],
  })
  return new Uint8Array(await docx.Packer.toBuffer(file))
}
