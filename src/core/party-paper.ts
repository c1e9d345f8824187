import type { FileChild, Header, Paragraph, Table } from 'docx'
import { createKit, type Docx, type Kit, mm, pt } from './party-kit.js'
import { PARTY_PAPER, type PartyPaper, type Signature, type WorkingPaper } from './party-layout.js'

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

const signatureOf = ({ centred }: Kit, { roles, name }: Signature): Paragraph[] => {
  const space = (n: number) => ({ after: n === roles.length - 1 ? pt(PARTY_PAPER.signatureSpace) : 0 })
  return [
    ...roles.map((text, n) => centred({ text, bold: true, spacing: space(n) })),
    ...(name ? [centred({ text: name, bold: true })] : []),
  ]
}

const footOf = (kit: Kit, { left, signature }: PartyPaper): Table => {
  const { line, sideBySide } = kit
  const small = PARTY_PAPER.copiesSize
  const copies = (title: string, lines: readonly string[]): Paragraph[] => [
    line({ text: title, italics: true, bold: true, size: small }),
    ...lines.map((text) => line({ text: `- ${text}`, size: small })),
  ]
  return sideBySide(
    'title' in left ? copies(left.title, left.lines) : signatureOf(kit, left),
    signatureOf(kit, signature),
  )
}

/** The number of every page but the first. */
const pageNumber = ({ AlignmentType, Header, PageNumber, Paragraph, TextRun }: Docx): Header => {
  const number = new TextRun({ children: [PageNumber.CURRENT], size: PARTY_PAPER.pageNumberSize * 2 })
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })] })
}

async function fileOf(docx: Docx, children: FileChild[]): Promise<Uint8Array> {
  const { margin, page } = PARTY_PAPER
  const run = { font: PARTY_PAPER.font, size: PARTY_PAPER.size * 2, language: { value: 'vi-VN' } }
  const file = new docx.Document({
    styles: { default: { document: { run } } },
    sections: [
      {
        headers: { default: pageNumber(docx) },
        properties: {
          titlePage: true,
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

const titleOf = ({ centred }: Kit, title: string, about: string): Paragraph[] => [
  centred({ text: title, bold: true, size: PARTY_PAPER.titleSize, spacing: { before: pt(24) } }),
  centred({ text: about, bold: true, spacing: { after: pt(12) } }),
]

/** Makes a Word file. The library is loaded with the first paper: few services ever make one. */
export async function renderPartyPaper(paper: PartyPaper): Promise<Uint8Array> {
  const docx = await import('docx')
  const kit = createKit(docx)
  const { line, centred } = kit
  return fileOf(docx, [
    headOf(kit, paper),
    ...titleOf(kit, paper.title, paper.about),
    ...(paper.to ? [centred({ text: paper.to, spacing: { after: pt(12) } })] : []),
    ...kit.blocks(paper.body),
    line({ text: '', spacing: { after: pt(6) } }),
    footOf(kit, paper),
  ])
}

/** A Word file that nobody issues or signs: a list to work with. */
export async function renderWorkingPaper({ title, about, body }: WorkingPaper): Promise<Uint8Array> {
  const docx = await import('docx')
  const kit = createKit(docx)
  return fileOf(docx, [...titleOf(kit, title, about), ...kit.blocks(body)])
}
