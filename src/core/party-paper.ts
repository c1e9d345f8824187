import type { FileChild, IParagraphOptions, Paragraph, ParagraphChild, Table, TableCell } from 'docx'

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

type Docx = typeof import('docx')

/** What papers are made of, over the library. */
function createKit(docx: Docx) {
  const { AlignmentType, BorderStyle, TableLayoutType, WidthType } = docx
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

  const line = ({ text, bold, italics, size, ...rest }: Line): Paragraph =>
    new docx.Paragraph({
      ...rest,
      children: runs({ text, ...(bold ? { bold } : {}), ...(italics ? { italics } : {}), ...(size ? { size } : {}) }),
    })

  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const unframed = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }
  const cell = (n: 0 | 1, children: Paragraph[]): TableCell =>
    new docx.TableCell({ children, width: { size: mm(columns[n]), type: WidthType.DXA } })

  const sideBySide = (left: Paragraph[], right: Paragraph[]): Table =>
    new docx.Table({
      columnWidths: columns.map(mm),
      width: { size: mm(columns[0] + columns[1]), type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      borders: unframed,
      margins: { left: 0, right: 0 },
      rows: [new docx.TableRow({ cantSplit: true, children: [cell(0, left), cell(1, right)] })],
    })

  const justified = (text: string): Paragraph =>
    line({
      text,
      alignment: AlignmentType.JUSTIFIED,
      indent: { firstLine: mm(PARTY_PAPER.firstLine) },
      spacing: { after: pt(PARTY_PAPER.below), line: 240 * PARTY_PAPER.line, lineRule: docx.LineRuleType.AUTO },
    })

  /** A paragraph of its own, so that the rule's length never breaks the name above it. */
  const rule = (): Paragraph => {
    const free = mm((columns[1] - PARTY_PAPER.ruleLength) / 2)
    return centred({
      text: ' ',
      size: 2,
      indent: { left: free, right: free },
      border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    })
  }

  const centred = (one: Line): Paragraph => line({ alignment: AlignmentType.CENTER, ...one })
  return { line, centred, justified, rule, sideBySide }
}

type Kit = ReturnType<typeof createKit>

const headOf = ({ centred, rule, sideBySide }: Kit, paper: PartyPaper): Table =>
  sideBySide(
    [
      ...(paper.superior ? [centred({ text: paper.superior.toUpperCase() })] : []),
      centred({ text: paper.unit.toUpperCase(), bold: true }),
      centred({ text: '*' }),
      centred({ text: paper.number }),
    ],
    [
      centred({ text: PARTY_PAPER.party, bold: true, size: PARTY_PAPER.partySize }),
      rule(),
      centred({ text: paper.placeAndDate, italics: true, spacing: { before: pt(6) } }),
    ],
  )

const footOf = ({ line, centred, sideBySide }: Kit, { copies, signature }: PartyPaper): Table => {
  const small = PARTY_PAPER.copiesSize
  const after = (n: number): number => (n === signature.length - 1 ? pt(PARTY_PAPER.signatureSpace) : 0)
  return sideBySide(
    [
      line({ text: copies.title, italics: true, bold: true, size: small }),
      ...copies.lines.map((text) => line({ text: `- ${text}`, size: small })),
    ],
    signature.map((text, n) => centred({ text, bold: true, spacing: { after: after(n) } })),
  )
}

/** Makes a Word file. The library is loaded with the first paper: few services ever make one. */
export async function renderPartyPaper(paper: PartyPaper): Promise<Uint8Array> {
  const docx = await import('docx')
  const kit = createKit(docx)
  const { line, centred, justified } = kit
  const { margin, page } = PARTY_PAPER
  const children: FileChild[] = [
    headOf(kit, paper),
    centred({ text: paper.title, bold: true, size: PARTY_PAPER.titleSize, spacing: { before: pt(24) } }),
    centred({ text: paper.about, bold: true, spacing: { after: pt(12) } }),
    centred({ text: paper.to, spacing: { after: pt(12) } }),
    ...paper.body.map(justified),
    line({ text: '', spacing: { after: pt(6) } }),
    footOf(kit, paper),
  ]
  const run = { font: PARTY_PAPER.font, size: PARTY_PAPER.size * 2, language: { value: 'vi-VN' } }
  const file = new docx.Document({
    styles: { default: { document: { run } } },
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
