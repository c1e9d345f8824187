import { read, utils } from '@e965/xlsx'
import { Document, Packer, Paragraph } from 'docx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { wordsOf } from '../support/office-files.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'
import { anAttached, aProbationer, exempt, fileOf, fillRollCall } from './setup.js'

/**
 * One evening with everything that makes counting hard, and every figure of every paper about it, by docs/domain.md:
 * the denominator is who attends the cell that day, without exempt, without special duty, without who attends elsewhere.
 */
const COUNTS = {
  tong_so: 16,
  chinh_thuc: 13,
  du_bi: 3,
  tam_thoi: 1,
  mien: 2,
  nhiem_vu: 1,
  phai_du: 13,
  co_mat: 10,
  den_muon: 1,
  truc_tuyen: 1,
  vang_ly_do: 2,
  vang_khong_ly_do: 1,
  ty_le: '76,9%',
  dang_phi: '5/13',
} as const

const STRENGTH =
  'Tổng số đảng viên: 16 đồng chí (chính thức 13, dự bị 3); trong đó sinh hoạt tạm thời 1, được miễn sinh hoạt 2, vắng vì nhiệm vụ 1. ' +
  'Có mặt: 10/13 đồng chí thuộc diện phải dự, đạt 76,9% (đến muộn 1, dự trực tuyến 1). Vắng có lý do: 2 đồng chí; vắng không có lý do: 1 đồng chí.'

const day = (text: string) => toDateColumn(text as PlainDate)
const THAT_DAY = day('2026-12-03')
const NEXT_DAY = day('2026-12-04')

let house: House
let cell: Cell
let elsewhere: string

/** Whoever comes from, goes to or stands between two states on the very day, or a day later. */
async function peopleWhoAreHardToCount(): Promise<Record<'lateFull', string>> {
  const { unitId } = cell
  const member = (name: string) => aPerson(house, name, unitId)
  const membershipOf = (personId: string) => ({ where: { personId } })
  await aProbationer(house, 'Hà Văn Dự Bị', unitId)
  const fullToday = await aProbationer(house, 'Hà Văn Chính Thức', unitId)
  await house.db.person.update({ where: { id: fullToday }, data: { fullOn: THAT_DAY } })
  const lateFull = await aProbationer(house, 'Hà Văn Mai Chính Thức', unitId)
  await house.db.person.update({ where: { id: lateFull }, data: { fullOn: NEXT_DAY } })

  await exempt(house, await member('Cầm Thị Miễn'))
  const back = await member('Cầm Thị Hết Miễn')
  await exempt(house, back)
  await house.db.exemption.updateMany({ where: { personId: back }, data: { endsOn: THAT_DAY } })
  await exempt(house, await aProbationer(house, 'Vi Văn Nhiệm Vụ', unitId), 'special_duty')
  const both = await member('Vi Văn Cả Hai')
  await exempt(house, both)
  await exempt(house, both, 'special_duty')

  await anAttached(house, 'Bế Thị Tạm Thời', unitId, elsewhere)
  const wentHome = await anAttached(house, 'Bế Thị Hết Tạm Thời', unitId, elsewhere)
  await house.db.membership.updateMany({ where: { personId: wentHome, kind: 'temporary' }, data: { endsOn: THAT_DAY } })
  await anAttached(house, 'Mạc Thị Nơi Khác', elsewhere, unitId)

  for (const [name, on] of [
    ['Ma Văn Đã Đi', THAT_DAY],
    ['Ma Văn Mai Đi', NEXT_DAY],
  ] as const)
    await house.db.membership.updateMany({ ...membershipOf(await member(name)), data: { endsOn: on } })
  for (const [name, on] of [
    ['Lù Văn Mới Về', THAT_DAY],
    ['Lù Văn Mai Về', NEXT_DAY],
  ] as const)
    await house.db.membership.updateMany({ ...membershipOf(await member(name)), data: { startsOn: on } })

  await appoint(house, await aPerson(house, 'Mạc Văn Theo Dõi'), 'follower', unitId)
  return { lateFull }
}

/** An office's form that asks for every number alone. */
const numbersForm = async (): Promise<Uint8Array> =>
  new Uint8Array(
    await Packer.toBuffer(
      new Document({
        sections: [{ children: Object.keys(COUNTS).map((name) => new Paragraph(`${name} = {{${name}}}`)) }],
      }),
    ),
  )

beforeAll(async () => {
  house = await openHouse({ now: '2026-12-03 19:20' })
  cell = await aCell(house, 5)
  elsewhere = await aUnit(house, 'Chi bộ Tổ dân phố 9')
  const { lateFull } = await peopleWhoAreHardToCount()
  const [late = '', online = '', ill = '', without = '', speaker = ''] = cell.memberIds
  // Named for the minutes, and then ill.
  const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30', { meetingSecretaryId: ill })
  await house.to('2026-12-03 20:00')
  const { secretary } = cell
  await fillRollCall(house, cell, {
    [late]: ['late', null],
    [online]: ['online', null],
    [ill]: ['excused', 'health'],
    [lateFull]: ['excused', 'work'],
    [without]: ['unexcused', null],
  })
  await house.db.rollCallMark.updateMany({ where: { personId: { in: cell.memberIds } }, data: { feePaid: true } })
  await secretary.taps('Khách')
  await secretary.taps('Mạc Văn Theo Dõi')
  await secretary.says('Hà Thị Khách')
  await house.db.speaker.create({ data: { meetingId, personId: speaker, byId: cell.secretaryId, at: house.now } })
  await secretary.taps('Về danh sách')
  await secretary.taps('Xác nhận điểm danh')
  await secretary.says('/giayto')
  await secretary.taps('Bảng điểm danh năm')
  await secretary.taps('Dữ liệu điểm danh năm')
})
afterAll(() => house.close())

const words = async (name: string): Promise<string[]> => wordsOf(await fileOf(house, cell.secretary, name))

test('the chat', async () => {
  await cell.secretary.sees(
    'Đã xác nhận điểm danh',
    'Tổng số 13: có mặt 8 · muộn 1 · trực tuyến 1 · vắng có lý do 2 · không lý do 1',
    '76,9%',
  )
})

test.each([
  ['bien-ban', STRENGTH],
  ['bien-ban', 'Chủ trì: đồng chí Lò Thị Bí Thư, Bí thư chi bộ.'],
  ['bien-ban', 'Thư ký cuộc họp: ……………'],
  ['bien-ban', 'Khách mời: đồng chí Mạc Văn Theo Dõi, đồng chí Hà Thị Khách.'],
  ['bien-ban', 'Đã nộp đảng phí: 5/13 đồng chí.'],
  ['bien-ban', 'Các đồng chí phát biểu: Đỗ Văn Thử 5.'],
  ['bao-cao', STRENGTH],
  ['bao-cao', 'Lý do vắng: sức khỏe 1, công tác 1, không có lý do 1.'],
  ['phieu-cham-diem', 'Ngày 03 tháng 12 năm 2026; có mặt 10/13 đồng chí thuộc diện phải dự, đạt 76,9%.'],
  ['phieu-cham-diem', 'điểm danh: dự 10/13, vắng không lý do 1'],
] as const)('%s: %s', async (name, line) => {
  expect(await words(name)).toContain(line)
})

test('the resolution says the rate, the minutes who was absent, the score sheet two points for one without a reason', async () => {
  expect((await words('du-thao')).join(' ')).toContain('có mặt 10/13 đồng chí thuộc diện phải dự, đạt 76,9%')
  const minutes = await words('bien-ban')
  const at = minutes.indexOf('Lý do') + 1
  expect(minutes.slice(at, at + 11)).toEqual([
    ...['1', 'Đỗ Văn Thử 3', 'có lý do', 'sức khỏe'],
    ...['2', 'Hà Văn Mai Chính Thức', 'có lý do', 'công tác'],
    ...['3', 'Đỗ Văn Thử 4', 'không có lý do'],
  ])
  const score = await words('phieu-cham-diem')
  const line = score.indexOf('Đảng viên dự sinh hoạt')
  expect(score.slice(line + 1, line + 3)).toEqual(['5', '2'])
})

test('an office’s form, number by number', async () => {
  const clerk = await aPerson(house, 'Lý Thị Văn Phòng')
  await appoint(house, clerk, 'office', cell.committeeId)
  const office = await house.phoneOf('office', clerk)
  await office.sendsFile('mau.docx', await numbersForm())
  await office.taps('Báo cáo kết quả')
  await office.taps('Dùng mẫu này')
  await cell.secretary.says('/giayto')
  await cell.secretary.taps('Báo cáo kết quả')
  expect(await words('bao-cao')).toEqual(Object.entries(COUNTS).map(([name, value]) => `${name} = ${value}`))
})

test('the workbook: a line for everybody on the list that day, their sums, and the month', async () => {
  const book = read(await fileOf(house, cell.secretary, 'diem-danh-2026.xlsx'), { type: 'array' })
  const [members = [], months = []] = book.SheetNames.map((name) =>
    utils.sheet_to_json<unknown[]>(book.Sheets[name] ?? {}, { header: 1, raw: true, defval: '' }),
  )
  const people = members.slice(5, 21)
  expect(people.map((one) => `${one[1]}: ${one[2]}, ${one[3]}`)).toEqual([
    'Đỗ Văn Thử 1: chính thức, m',
    'Đỗ Văn Thử 2: chính thức, t',
    'Đỗ Văn Thử 3: chính thức, p',
    'Đỗ Văn Thử 4: chính thức, k',
    'Đỗ Văn Thử 5: chính thức, x',
    'Hà Văn Dự Bị: dự bị, x',
    'Ma Văn Mai Đi: chính thức, x',
    'Vi Văn Cả Hai: chính thức, –',
    'Cầm Thị Hết Miễn: chính thức, x',
    'Cầm Thị Miễn: chính thức, –',
    'Bế Thị Tạm Thời: chính thức, x',
    'Lò Thị Bí Thư: chính thức, x',
    'Hà Văn Chính Thức: chính thức, x',
    'Hà Văn Mai Chính Thức: dự bị, p',
    'Lù Văn Mới Về: chính thức, x',
    'Vi Văn Nhiệm Vụ: dự bị, n',
  ])
  // Expected, attended, with and without a reason, rate: down the meeting's column and in the last one.
  for (const column of [3, 4]) expect(members.slice(21, 26).map((one) => one[column])).toEqual([13, 10, 2, 1, 10 / 13])
  expect(members).toHaveLength(26)
  expect(months[13]).toEqual(['Tháng 12', 1, 13, 10, 2, 1, 10 / 13])
  expect(months[14]).toEqual(['Cả năm', 1, 13, 10, 2, 1, 10 / 13])
})

test('the raw table: as many lines of each kind', async () => {
  const text = new TextDecoder().decode(await fileOf(house, cell.secretary, 'diem-danh-2026.csv'))
  const marks = text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';')[5] ?? '')
  const counted = Object.fromEntries(
    [...new Set(marks)].map((mark) => [mark, marks.filter((one) => one === mark).length]),
  )
  expect(counted).toEqual({
    'có mặt': 8,
    'đến muộn': 1,
    'trực tuyến': 1,
    'vắng có lý do': 2,
    'vắng không lý do': 1,
    'miễn sinh hoạt': 2,
    'vắng vì nhiệm vụ': 1,
  })
})

test('what is entered afterwards for that day changes no number of a confirmed roll-call', async () => {
  await exempt(house, cell.memberIds[0] ?? '')
  await house.db.membership.updateMany({ where: { personId: cell.memberIds[1] ?? '' }, data: { endsOn: THAT_DAY } })
  await cell.secretary.says('/giayto')
  await cell.secretary.taps('Biên bản')
  expect(await words('bien-ban')).toContain(STRENGTH)
  await house.db.exemption.create({
    data: { id: newId(), personId: cell.memberIds[4] ?? '', kind: 'special_duty', startsOn: day('2026-01-01') },
  })
  await cell.secretary.taps('Biên bản')
  expect(await words('bien-ban')).toContain(STRENGTH)
})
