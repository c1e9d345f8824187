import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { Prisma } from '../../src/database/client.js'
import { type House, openHouse } from '../support/house.js'
import {
  aMeeting,
  answerRowOf,
  aWaitingReminder,
  cancelMeeting,
  historyOf,
  moveMeeting,
  waitingFor,
} from '../support/meetings.js'
import { aCell, aPerson, aUnit, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let meetingId: string
beforeEach(async () => {
  house = await openHouse({ now: '2026-11-26 08:00' })
  cell = await aCell(house, 2)
  meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  return () => house.close()
})
const member = () => cell.members[0] as NonNullable<(typeof cell.members)[0]>
const memberId = () => cell.memberIds[0] as string
const answer = (personId = memberId()) => answerRowOf(house, meetingId, personId)
const history = (personId = memberId()) => historyOf(house, meetingId, personId)

describe('each answer, by digit, by button, in words', () => {
  test.each([
    ['1', 'đồng chí có mặt', 'present'],
    ['2', 'đồng chí đến muộn', 'late'],
    ['3', 'đồng chí dự trực tuyến', 'online'],
    ['4.', 'đồng chí vắng mặt', 'absent'],
  ])('the digit %s is said back with its meeting and how to change it', async (digit, words, state) => {
    await member().says(digit)
    await member().sees(
      `Đã ghi: ${words}. Sinh hoạt thường kỳ 19:30 thứ Năm 03/12/2026.`,
      'Muốn đổi, đồng chí chọn dưới đây',
      '[Đổi: ',
    )
    expect(await answer()).toMatchObject({ state, reasonKind: null })
    expect(await history()).toMatchObject([{ state, way: 'digit', byId: memberId(), late: null }])
    await member().seesNothingMore()
  })

  test('a button edits its own message and keeps the other choices', async () => {
    await member().says('menu')
    await member().taps('Trả lời dự họp')
    await member().sees('[Có mặt] [Đến muộn]', '[Trực tuyến] [Vắng]')
    await member().taps('Có mặt')
    await member().sees('Đã ghi: đồng chí có mặt.', '[Đổi: Đến muộn] [Đổi: Trực tuyến]', '[Đổi: Vắng]')
    expect((await member().screen()).split('---')).toHaveLength(1)
    expect(await history()).toMatchObject([{ state: 'present', way: 'button' }])
    expect((await history())[0]?.updateId).toBeTruthy()
  })

  test('an absence is recorded at once, then its kind, then a word more', async () => {
    await member().says('4')
    await member().sees('vắng mặt', 'lý do:', '[công tác] [sức khỏe]', '[việc gia đình] [trùng lịch]', '[khác]')
    expect(await answer()).toMatchObject({ state: 'absent', reasonKind: null })
    await member().taps('sức khỏe')
    await member().sees('vắng mặt, lý do sức khỏe', 'nhắn một câu')
    await member().says('con phải nằm viện mổ ruột thừa')
    const reply = await member().sees('Đã ghi', 'chỉ bí thư và phó bí thư chi bộ đọc được')
    expect(reply.content.text).not.toContain('ruột thừa')
    expect(await answer()).toMatchObject({
      state: 'absent',
      reasonKind: 'health',
      reasonText: 'con phải nằm viện mổ ruột thừa',
    })
    expect((await history()).map((one) => one.reasonKind)).toEqual([null, 'health', 'health'])
  })

  test('a lateness takes its minutes by a button', async () => {
    await member().says('2')
    await member().sees('muộn khoảng bao lâu', '[10 phút] [15 phút] [30 phút]')
    await member().taps('15 phút')
    await member().sees('đến muộn khoảng 15 phút')
    expect(await answer()).toMatchObject({ state: 'late', minutesLate: 15 })
  })

  test.each([
    ['em có mặt ạ', { state: 'present' }],
    ['toi den muon 20p', { state: 'late', minutesLate: 20 }],
    ['xin vắng vì bận công tác', { state: 'absent', reasonKind: 'work' }],
    ['vắng ốm', { state: 'absent', reasonKind: 'health', reasonText: 'ốm' }],
    ['em họp online', { state: 'online' }],
  ])('"%s" is understood', async (words, kept) => {
    await member().says(words)
    await member().sees('Đã ghi: đồng chí')
    expect(await answer()).toMatchObject(kept)
    expect(await history()).toMatchObject([{ way: 'words' }])
  })
})

describe('understood or asked back, never guessed', () => {
  test('a bare "vang" (vắng or vâng) is asked about with buttons', async () => {
    await member().says('vang')
    await member().sees('chưa chắc ý đồng chí nên chưa ghi', '[Có mặt] [Vắng]', '[Đến muộn] [Trực tuyến]')
    expect(await answer()).toBeNull()
    await member().taps('Vắng')
    await member().sees('Đã ghi: đồng chí vắng mặt')
  })

  test('"xin vâng" without accents is not taken for a command that reports an absence', async () => {
    await member().says('xin vang')
    await member().sees('chưa ghi')
    await member().says('xin vâng')
    expect(await answer()).toBeNull()
  })

  test('a question is answered from the meeting and records nothing', async () => {
    await member().says('họp lúc mấy giờ ạ?')
    await member().sees('19:30 thứ Năm 03/12/2026, tại Hội trường tầng 2', '[Có mặt]')
    await member().says('họp ở đâu')
    await member().sees('Hội trường tầng 2')
    expect(await history()).toEqual([])
  })

  test('a nod to what stands is no new question', async () => {
    await member().says('1')
    await member().reads()
    await member().says('vâng ạ')
    await member().sees('Đã ghi: đồng chí có mặt')
    expect(await history()).toHaveLength(1)
  })

  test('small talk records nothing', async () => {
    await member().says('cảm ơn đồng chí nhé')
    await member().sees('không có gì ạ')
    await member().says('trời hôm nay đẹp quá')
    await member().sees('chưa hiểu')
    expect(await history()).toEqual([])
  })

  test.each(['15 phút', 'khoảng 15p', 'Dạ 15 phút ạ', '15'])('how late, typed below the question: %s', async (text) => {
    await member().says('2')
    await member().sees('đến muộn khoảng bao lâu')
    await member().says(text)
    await member().sees('Đã ghi: đồng chí đến muộn khoảng 15 phút.')
    expect(await answer()).toMatchObject({ state: 'late', minutesLate: 15 })
  })

  test('a number of minutes without a late answer records nothing', async () => {
    await member().says('15 phút')
    await member().sees('chưa hiểu')
    await member().says('1')
    await member().reads()
    await member().says('15 phút')
    await member().sees('chưa hiểu')
    expect(await answer()).toMatchObject({ state: 'present', minutesLate: null })
  })

  test.each(['5', '9'])('the digit %s, which nothing offers, is asked back with the choices', async (digit) => {
    await member().says(digit)
    await member().sees(`không có lựa chọn ${digit}`, '[Có mặt]', '[Vắng]')
    expect(await history()).toEqual([])
  })

  test('3 where nobody may attend online is asked back without it, and so is an old button', async () => {
    await member().says('menu')
    await member().taps('Trả lời dự họp')
    const old = await member().last()
    await house.db.meeting.update({ where: { id: meetingId }, data: { onlineAllowed: false } })
    await member().says('3')
    const asked = await member().sees('không có lựa chọn 3', '[Có mặt] [Đến muộn]', '[Vắng]')
    expect(asked.content.choices.flat().map((one) => one.digit)).toEqual([1, 2, 4])
    await member().tapsRaw(old.deliveryId, 2)
    await member().sees('không họp trực tuyến')
    await member().says('em họp online')
    await member().sees('không họp trực tuyến')
    expect(await history()).toEqual([])
  })
})

describe('changes', () => {
  test('any number until the start, every one kept', async () => {
    for (const digit of ['1', '4', '2', '1']) await member().says(digit)
    expect((await history()).map((one) => one.state)).toEqual(['present', 'absent', 'late', 'present'])
    expect(await answer()).toMatchObject({ state: 'present', reasonKind: null })
    await house.to('2026-12-03 19:29')
    await member().taps('Đổi: Vắng')
    expect(await answer()).toMatchObject({ state: 'absent' })
    expect((await history()).every((one) => one.late === null)).toBe(true)
  })

  test('an equal tap changes nothing and sends nothing; equal words are told what stands', async () => {
    await member().says('menu')
    await member().taps('Trả lời dự họp')
    const { deliveryId } = await member().last()
    await member().tapsRaw(deliveryId, 0)
    await member().reads()
    const before = await house.db.outbox.count()
    await member().tapsRaw(deliveryId, 0)
    await member().seesNothingMore()
    expect(await house.db.outbox.count()).toBe(before)
    await member().says('1')
    await member().sees('Đã ghi: đồng chí có mặt')
    expect(await history()).toHaveLength(1)
  })

  test('a second tap on "absent" does not wipe the reason', async () => {
    await member().says('/baovang ốm')
    await member().says('4')
    expect(await answer()).toMatchObject({ reasonKind: 'health', reasonText: 'ốm' })
  })

  test('after the reason was asked for, another answer is an answer and thanks are thanks', async () => {
    await member().says('4')
    await member().taps('khác')
    await member().says('cảm ơn đồng chí')
    await member().sees('không ghi thêm gì')
    expect(await answer()).toMatchObject({ reasonText: null })
    await member().taps('Đổi: Có mặt')
    await member().taps('Đổi: Vắng')
    await member().taps('khác')
    await member().says('em có mặt được rồi')
    expect(await answer()).toMatchObject({ reasonText: null })
  })
})

describe('reminders that an answer makes senseless', () => {
  const wait = (audience: 'all' | 'silent' | 'coming', kind?: string) =>
    aWaitingReminder(
      house,
      { meetingId, personId: memberId(), audience, ...(kind ? { kind } : {}) },
      '2026-12-02 08:00',
    )

  test('an answer takes back what is for the silent; an absence every step, but no material', async () => {
    await wait('silent')
    await wait('all')
    await wait('coming')
    await wait('all', 'reminders.nudge')
    await wait('all', 'materials.pushed')
    const other = cell.memberIds[1] as string
    await aWaitingReminder(house, { meetingId, personId: other, audience: 'silent' }, '2026-12-02 08:00')
    await member().says('1')
    expect(await waitingFor(house, memberId())).toEqual(['materials.pushed', 'reminders.step', 'reminders.step'])
    await member().says('4')
    expect(await waitingFor(house, memberId())).toEqual(['materials.pushed'])
    expect(await waitingFor(house, other)).toEqual(['reminders.step'])
  })
})

describe('old buttons, other meetings', () => {
  test('an old button after a move answers for the meeting with its time of today', async () => {
    await member().says('menu')
    await member().taps('Trả lời dự họp')
    await moveMeeting(house, meetingId, '2026-12-04 20:00')
    await member().taps('Có mặt')
    await member().sees('Đã ghi: đồng chí có mặt. Sinh hoạt thường kỳ 20:00 thứ Sáu 04/12/2026.')
  })

  test('a cancelled meeting needs no answer', async () => {
    await member().says('menu')
    await member().taps('Trả lời dự họp')
    await cancelMeeting(house, meetingId)
    await member().taps('Có mặt')
    await member().sees('19:30 thứ Năm 03/12/2026 đã hoãn')
    await member().says('1')
    await member().sees('chưa có buổi họp nào')
    expect(await history()).toEqual([])
  })

  test('a digit with nothing open says so, with the next date where there is one', async () => {
    await cancelMeeting(house, meetingId)
    const later = await aMeeting(house, cell.unitId, '2027-01-20 19:30')
    await member().says('1')
    await member().sees('chưa có buổi họp nào chờ trả lời', 'Buổi tới: 19:30 thứ Tư 20/01/2027', '[Trả lời trước]')
    expect(await historyOf(house, later, memberId())).toEqual([])
    await member().taps('Trả lời trước')
    await member().taps('Có mặt')
    expect(await historyOf(house, later, memberId())).toHaveLength(1)
  })

  test('the next month of a series does not stand in the way of this one', async () => {
    await aMeeting(house, cell.unitId, '2027-01-03 19:30')
    await member().says('1')
    await member().sees('Đã ghi', '03/12/2026')
  })

  test('a meeting far ahead is open once its notice has reached the person', async () => {
    await cancelMeeting(house, meetingId)
    const far = await aMeeting(house, cell.unitId, '2027-01-20 19:30')
    const notice = { kind: 'meetings.created', version: 1, data: {}, subject: far, createdAt: house.now }
    await house.db.outbox.create({
      data: { id: newId(), causeKey: 'notice', personId: memberId(), state: 'sent', ...notice },
    })
    await member().says('1')
    await member().sees('Đã ghi: đồng chí có mặt', '20/01/2027')
    await cell.members[1]?.says('1')
    await cell.members[1]?.sees('chưa có buổi họp nào chờ trả lời')
  })

  test('a cell that is dissolved before the meeting asks nobody any more', async () => {
    await member().says('menu')
    await member().taps('Trả lời dự họp')
    await house.db.unit.update({ where: { id: cell.unitId }, data: { dissolvedOn: new Date('2026-12-01') } })
    await member().taps('Có mặt')
    await member().sees('không thuộc nơi đồng chí đang sinh hoạt')
    await member().says('1')
    await member().sees('chưa có buổi họp nào')
    expect(await history()).toEqual([])
  })

  test('two meetings open: asked which, by digit and in words', async () => {
    const second = await aMeeting(house, cell.unitId, '2026-12-10 14:00', { kind: 'thematic', onlineAllowed: false })
    await member().says('1')
    await member().sees('buổi nào', '[19:30 thứ Năm 03/12 (thường kỳ)]', '[14:00 thứ Năm 10/12 (chuyên đề)]')
    expect(await history()).toEqual([])
    await member().taps('chuyên đề')
    await member().sees('Đã ghi: đồng chí có mặt. Sinh hoạt chuyên đề 14:00')
    expect(await historyOf(house, second, memberId())).toHaveLength(1)
    await member().says('em vắng vì trùng lịch họp cơ quan')
    await member().sees('buổi nào')
    await member().taps('thường kỳ')
    await member().sees('vắng mặt, lý do trùng lịch. Sinh hoạt thường kỳ')
    expect((await answer())?.reasonText).toBeTruthy()
    await member().says('3')
    await member().taps('chuyên đề')
    await member().sees('Sinh hoạt chuyên đề', '[Có mặt] [Đến muộn]', '[Vắng]')
  })

  test('a day that is named means its meeting; a day without one is asked about', async () => {
    await member().says('em vắng ngày 10/12')
    await member().sees('chưa chắc ý đồng chí', 'Sinh hoạt thường kỳ 19:30 thứ Năm 03/12/2026', '[Vắng]')
    await member().says('/baovang ngày 31/2')
    await member().sees('chưa chắc ý đồng chí')
    expect(await history()).toEqual([])
    const second = await aMeeting(house, cell.unitId, '2026-12-10 14:00', { kind: 'thematic' })
    await member().says('em vắng ngày 10/12')
    await member().sees('Đã ghi: đồng chí vắng mặt. Sinh hoạt chuyên đề 14:00 thứ Năm 10/12/2026')
    await member().says('/baovang ngày 3/12 bận công tác')
    await member().sees('Đã ghi: đồng chí vắng mặt, lý do công tác. Sinh hoạt thường kỳ')
    expect(await answer()).toMatchObject({ reasonKind: 'work', reasonText: 'bận công tác' })
    expect(await historyOf(house, second, memberId())).toHaveLength(1)
  })

  test('who was transferred yesterday is told so, and nothing is recorded', async () => {
    await member().says('menu')
    await member().taps('Trả lời dự họp')
    await house.db.membership.updateMany({ where: { personId: memberId() }, data: { endsOn: new Date('2026-11-25') } })
    await member().taps('Có mặt')
    await member().sees('không thuộc nơi đồng chí đang sinh hoạt', 'chưa ghi gì')
    expect(await history()).toEqual([])
  })

  test('an exempt member who answers is heard, and told that it is outside the rate', async () => {
    await house.db.exemption.create({
      data: { id: memberId(), personId: memberId(), kind: 'exempt', startsOn: new Date('2026-01-01') },
    })
    await member().says('menu')
    expect((await member().sees('cần việc gì')).content.choices.flat().map((one) => one.label)).not.toContain(
      'Trả lời dự họp',
    )
    await member().says('em có mặt')
    await member().sees('Đã ghi: đồng chí có mặt', 'được miễn sinh hoạt nên không tính vào tỷ lệ')
    expect(await answer()).toMatchObject({ state: 'present' })
  })
})

describe('/baovang', () => {
  test.each(['/baovang bận công tác', 'báo vắng bận công tác', 'bao vang bận công tác'])(
    '"%s" records absence and reason',
    async (words) => {
      await member().says(words)
      await member().sees('vắng mặt, lý do công tác')
      expect(await answer()).toMatchObject({ state: 'absent', reasonKind: 'work' })
    },
  )

  test('alone it records the absence and asks for the kind; a question records nothing', async () => {
    await member().says('/baovang được không ạ?')
    expect(await history()).toEqual([])
    await member().says('báo vắng')
    await member().sees('Đã ghi: đồng chí vắng mặt', '[công tác]')
    await member().says('/baovang trông nom vườn quýt')
    expect(await answer()).toMatchObject({ reasonKind: 'other', reasonText: expect.stringContaining('vườn quýt') })
  })
})

test('in English, the same words of the same commands', async () => {
  await house.db.person.update({ where: { id: memberId() }, data: { locale: 'en' } })
  await member().says('/absent')
  await member().sees('Recorded: you will be absent. Regular meeting, 19:30 on Thursday 03/12/2026.', '[work] [health]')
  await member().taps('health')
  await member().sees('absent, reason: health', '[Change: Present]')
})

test('two people on one phone: asked whom', async () => {
  const [a, b] = [await aPerson(house, 'Vi Văn Chung', cell.unitId), await aPerson(house, 'Lò Thị Riêng', cell.unitId)]
  const both = await house.phoneOf('couple', a, b)
  await both.says('4')
  await both.sees('của đồng chí nào')
  await both.taps('Lò Thị Riêng')
  await both.sees('Gửi đồng chí Lò Thị Riêng', 'Đã ghi: đồng chí vắng mặt')
  await both.taps('sức khỏe')
  expect(await answer(b)).toMatchObject({ state: 'absent', reasonKind: 'health' })
  expect(await answer(a)).toBeNull()
})

test('whoever has no meeting gets the menu for the same words', async () => {
  const elsewhere = await aUnit(house, 'Chi bộ Không Họp')
  const alone = await house.phoneOf('alone', await aPerson(house, 'Cầm Văn Lẻ', elsewhere))
  await alone.says('em có mặt')
  await alone.sees('chưa hiểu')
  await alone.says('1')
  await alone.sees('chưa có buổi họp nào')
})

test('a reminder that arrived at a death and was then taken back still works, and one that was erased is called old', async () => {
  await house.to('2026-11-26 19:30')
  const reminder = await member().sees('Còn 7 ngày')
  await member().says('4')
  await member().reads()
  // It reached the phone, but its record died with the process; then the answer took back what seemed to be waiting.
  const { outboxId } = await house.db.delivery.update({
    where: { id: reminder.deliveryId },
    data: { content: Prisma.DbNull, state: 'withdrawn', platformMessageId: null, finishedAt: house.now },
  })
  await member().tapsRaw(reminder.deliveryId, 0)
  await member().sees('Đã ghi: đồng chí có mặt')
  expect(await answer()).toMatchObject({ state: 'present' })

  await house.db.outbox.update({ where: { id: outboxId }, data: { data: {} } })
  await member().tapsRaw(reminder.deliveryId, 1)
  await member().sees('Lựa chọn này đã cũ')
  expect(await answer()).toMatchObject({ state: 'present' })
})
