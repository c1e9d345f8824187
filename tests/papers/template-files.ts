import { Document, Footer, Header, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'

const p = (...runs: (string | TextRun)[]): Paragraph =>
  new Paragraph({ children: runs.map((one) => (typeof one === 'string' ? new TextRun(one) : one)) })

const pack = async (children: (Paragraph | Table)[], headers?: Paragraph[]): Promise<Uint8Array> =>
  new Uint8Array(
    await Packer.toBuffer(
      new Document({
        sections: [{ children, ...(headers ? { headers: { default: new Header({ children: headers }) } } : {}) }],
      }),
    ),
  )

/** As Word leaves what people typed: names cut into pieces, in capitals, in a table, in the head of the page. */
export const officeTemplate = (): Promise<Uint8Array> =>
  pack(
    [
      p(new TextRun({ text: '{{CHI', bold: true }), new TextRun({ text: '_BO}}', bold: true })),
      p('Mẫu của phường. Hôm nay {{', 'ngày họp', '}}: ', new TextRun({ text: '{{ si_so }}', italics: true })),
      new Table({
        rows: [
          new TableRow({ children: [new TableCell({ children: [p('{{co_mat}}/{{phai_du}}, lại {{co_mat}}')] })] }),
        ],
      }),
      p('{{danh_sach_vang}}'),
      p('{{noi_dung}}'),
    ],
    [p('Đầu trang {{cuoc_hop}}')],
  )

const inCell = (...children: Paragraph[]): Table =>
  new Table({ rows: [new TableRow({ children: [new TableCell({ children })] })] })

/** Lists where only a paragraph may end: alone in a cell, last in the file; names in the foot of the page and in a list of Word's. */
export const demandingTemplate = async (): Promise<Uint8Array> =>
  new Uint8Array(
    await Packer.toBuffer(
      new Document({
        sections: [
          {
            footers: { default: new Footer({ children: [p('{{chi_bo}}, {{ngay_lap}}')] }) },
            children: [
              new Paragraph({ text: '{{CUOC_HOP}}', heading: 'Heading1' }),
              new Paragraph({ text: '{{co_mat}}/{{phai_du}}', bullet: { level: 0 } }),
              inCell(p('{{danh_sach_vang}}')),
              inCell(p('Nội dung:'), p('{{noi_dung}}')),
              p('{{bang_diem}}'),
            ],
          },
        ],
      }),
    ),
  )

/** Asks for two things that nobody knows. */
export const wrongTemplate = (): Promise<Uint8Array> =>
  pack([p('{{chi_bo}} {{thoi_tiet}}'), p('{{', 'Số dư quỹ', '}}')])

export const emptyTemplate = (): Promise<Uint8Array> => pack([p('Biên bản của chi bộ')])
