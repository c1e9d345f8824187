import { Document, Header, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'

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

/** Asks for two things that nobody knows. */
export const wrongTemplate = (): Promise<Uint8Array> =>
  pack([p('{{chi_bo}} {{thoi_tiet}}'), p('{{', 'Số dư quỹ', '}}')])

export const emptyTemplate = (): Promise<Uint8Array> => pack([p('Biên bản của chi bộ')])
