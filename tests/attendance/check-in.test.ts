import { beforeEach, describe, expect, test } from 'vitest'
import { codeAt, judgeCheckInCode } from '../../src/attendance/check-in/code.js'
import { MINUTE } from '../../src/core/dates.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

let house: House
let cell: Cell
const open = async (plain?: true) => {
  house = await openHouse({ now: '2026-12-03 19:30', ...(plain ? { plain } : {}) })
  cell = await aCell(house, 2)
  await aMeeting(house, cell.unitId, '2026-12-03 19:30')
  await house.to('2026-12-03 19:31')
}
const member = () => cell.members[0] as Player
const code = async () => codeAt((await house.db.checkIn.findFirstOrThrow()).secret, house.now)
const mark = () => house.db.rollCallMark.findFirst({ where: { personId: cell.memberIds[0] as string } })

describe('over buttons', () => {
  beforeEach(async () => {
    await open()
    return () => house.close()
  })

  test('off by default: four digits mean nothing, and the secretary switches it on for one meeting', async () => {
    await member().says('4821')
    expect(await house.db.outbox.count({ where: { kind: { startsWith: 'checkin.' } } })).toBe(0)
    await cell.secretary.says('/madiemdanh')
    await cell.secretary.sees('Tự điểm danh đang tắt')
    await cell.secretary.taps('Bật cho buổi này')
    await cell.secretary.sees(`Mã lúc này: ${await code()}`)
    await member().says(`mã ${await code()}`)
    await member().sees('Đã ghi đồng chí có mặt')
    expect(await mark()).toMatchObject({ state: 'present', proposed: true })
    await member().says(await code())
    await member().sees('đã tự điểm danh buổi')
  })

  test('an old code gets a clear sentence, a wrong one another; five wrong ones make it wait', async () => {
    await cell.secretary.says('/madiemdanh')
    await cell.secretary.taps('Bật cho buổi này')
    const first = await code()
    await house.to('2026-12-03 19:36')
    await member().says(first)
    await member().sees('Mã này đã đổi')
    const { secret } = await house.db.checkIn.findFirstOrThrow()
    const wrong = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0')).find(
      (one) => judgeCheckInCode(secret, one, house.now) === 'wrong',
    ) as string
    for (let n = 0; n < 5; n += 1) {
      await member().says(wrong)
      await member().sees('Mã chưa đúng')
    }
    await member().says(await code())
    await member().sees('Xin đợi 60 phút')
    expect(await mark()).toMatchObject({ state: 'unknown' })
  })

  test("the secretary's word wins, and a confirmed sheet takes no code", async () => {
    await cell.secretary.says('/madiemdanh')
    await cell.secretary.taps('Bật cho buổi này')
    await cell.secretary.says('vắng 1 không lý do')
    await cell.secretary.taps('Đúng, ghi lại')
    await member().says(await code())
    await member().sees('Đồng chí bí thư đã điểm danh đồng chí')
    expect(await mark()).toMatchObject({ state: 'unexcused', proposed: false })
    await cell.secretary.says('còn lại có mặt')
    await cell.secretary.taps('Đúng, xác nhận')
    await cell.members[1]?.says(await code())
    await cell.members[1]?.sees('đã được xác nhận')
  })
})

test('over plain text, in English', async () => {
  await open(true)
  await house.db.person.updateMany({ data: { locale: 'en' } })
  await cell.secretary.says('/checkin')
  await cell.secretary.picks('Switch it on for this meeting')
  await cell.secretary.sees('The code now')
  await member().says(await code())
  await member().sees('You are noted as present')
  await cell.secretary.picks('Switch it off')
  await cell.secretary.sees('It is off. 1 member has checked in.')
  await house.close()
})

test('a code is taken for this minute and the one before, then called old', () => {
  const secret = new Uint8Array(32).fill(9)
  const now = new Date('2026-12-03T12:31:05Z')
  const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE)
  expect([0, 1, 2, 15].map((n) => judgeCheckInCode(secret, codeAt(secret, now), later(n)))).toEqual([
    'good',
    'good',
    'old',
    'old',
  ])
})
