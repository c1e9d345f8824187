import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, answerRowOf } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 4)
  for (const [at, personId] of cell.memberIds.entries()) await agreed(personId, at === 3 ? 3 : 1)
})
afterAll(() => house.close())

async function agreed(personId: string, textVersion: number): Promise<void> {
  const { chatId } = await house.db.chatLink.findFirstOrThrow({ where: { personId } })
  const proof = { personId, chatId, decision: 'given' as const, textVersion, locale: 'vi', at: house.now }
  await house.db.consent.create({ data: { id: newId(), ...proof } })
}

const member = (n: number) => cell.members[n] as Player
const idOf = (n: number) => cell.memberIds[n] as string
const newest = (n: number) =>
  house.db.consent.findFirstOrThrow({ where: { personId: idOf(n) }, orderBy: [{ at: 'desc' }, { id: 'desc' }] })
const ASKED = 'Từ lần đồng chí đồng ý trước'

test('nobody is written to because a text has changed', async () => {
  await house.to('2026-11-21 10:00')
  await member(0).seesNothingMore()
})

test('asked once, after the next thing they do, and everything goes on meanwhile', async () => {
  const meetingId = await aMeeting(house, cell.unitId, '2026-11-26 19:30')
  await house.to('2026-11-22 10:00')
  await member(0).says('1')
  await member(0).sees('Đã ghi: đồng chí có mặt')
  await house.to('2026-11-22 10:02')
  await member(0).seesNothingMore()
  await house.to('2026-11-22 10:04')
  await member(0).sees(ASKED, 'góp ý chỉ bí thư đọc', '[Tôi đồng ý]', '[Không đồng ý]')
  await member(0).says('4')
  await member(0).sees('vắng mặt')
  expect(await answerRowOf(house, meetingId, idOf(0))).toMatchObject({ state: 'absent' })
  await house.to('2026-11-22 12:00')
  await member(0).seesNothingMore()
  expect((await newest(0)).textVersion).toBe(1)
})

test('it stands in their own record until it is answered, and a yes is kept with its text, once', async () => {
  await member(0).says('/canhan')
  await member(0).taps('Đọc lại nội dung đồng ý')
  const { deliveryId } = await member(0).sees(ASKED)
  await member(0).taps('Tôi đồng ý')
  await member(0).sees('Tôi đã ghi nhận đồng chí đồng ý')
  expect(await newest(0)).toMatchObject({ decision: 'given', textVersion: 3, locale: 'vi' })
  await member(0).tapsRaw(deliveryId, 0)
  expect(await house.db.consent.count({ where: { personId: idOf(0), textVersion: 3 } })).toBe(1)
  await member(0).says('/canhan')
  expect((await member(0).last()).content.choices.flat().map((one) => one.label)).not.toContain(
    'Đọc lại nội dung đồng ý',
  )
})

test('a question of ours that waits for words is not talked over', async () => {
  await member(1).says('/gopy')
  await member(1).reads()
  await house.to('2026-11-22 12:20')
  await member(1).seesNothingMore()
  await member(1).says('Đề nghị sửa đường')
  await house.to('2026-11-22 12:30')
  await member(1).sees('Đã chuyển ý kiến')
  await member(1).sees(ASKED)
})

test('who says no is asked whether they mean to leave, and stays until they say so', async () => {
  await member(1).taps('Không đồng ý')
  await member(1).sees('sổ tay, góp ý và lý do vắng bằng lời bị xóa ngay', '[Sổ tay của tôi]')
  await member(1).taps('Giữ nguyên')
  expect((await newest(1)).decision).toBe('given')
  expect(await house.db.chatLink.count({ where: { personId: idOf(1), endedAt: null } })).toBe(1)
})

test('who has agreed to this text is left in peace', async () => {
  await member(3).says('1')
  await member(3).reads()
  await house.to('2026-11-22 13:30')
  await member(3).seesNothingMore()
})

test('what somebody confided ends when they withdraw; what the cell recorded of its meetings stays', async () => {
  const [phone, personId] = [member(2), idOf(2)]
  const others = {
    note: await house.db.note.count(),
    opinion: await house.db.opinion.count({ where: { text: { not: null } } }),
  }
  const { id: meetingId } = await house.db.meeting.findFirstOrThrow()
  await phone.says('/ghichu Hỏi lại về đường thoát nước')
  await phone.says('/gopy Đề nghị sửa loa')
  await phone.says('/baovang đi viện mổ mắt')
  await phone.says('/tatbao')
  await phone.taps('Tắt:')
  await house.db.calendarFeed.create({ data: { id: newId(), personId, tokenHash: newId(), createdAt: house.now } })
  expect(await answerRowOf(house, meetingId, personId)).toMatchObject({
    reasonKind: 'health',
    reasonText: expect.any(String),
  })
  await phone.says('/canhan')
  await phone.taps('Rút lại sự đồng ý')
  expect(await house.db.note.count({ where: { personId } })).toBe(1)
  await phone.taps('Rút lại')
  await phone.sees('xóa sổ tay, góp ý, lý do vắng bằng lời')
  expect(await house.db.note.count({ where: { personId } })).toBe(0)
  expect(await house.db.opinion.findFirstOrThrow({ where: { personId } })).toMatchObject({
    text: null,
    withdrawnAt: house.now,
  })
  expect(await house.db.mute.count({ where: { personId } })).toBe(0)
  expect(await house.db.calendarFeed.count({ where: { personId, revokedAt: null } })).toBe(0)
  expect(await answerRowOf(house, meetingId, personId)).toMatchObject({
    state: 'absent',
    reasonKind: 'health',
    reasonText: null,
  })
  expect(await house.db.answerEvent.count({ where: { personId, reasonText: { not: null } } })).toBe(0)
  expect(await house.db.note.count()).toBe(others.note)
  expect(await house.db.opinion.count({ where: { text: { not: null } } })).toBe(others.opinion)
})

test('a phone that is linked later speaks its person’s language, refusals too', async () => {
  await house.db.person.update({ where: { id: idOf(3) }, data: { locale: 'en' } })
  const second = await house.phoneOf('second-of-3', idOf(3))
  await second.says('/taohop')
  await second.sees('outside what you are responsible for', '[Open the menu]')
  await second.sendsFile('a.pdf', new Uint8Array([1]))
  await second.sees('I only take files from secretaries')
})
