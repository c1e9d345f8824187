import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_SHEET } from '../../src/gates/sheet.js'
import { listGates } from '../../src/gates/store.js'
import { aPdf } from '../support/files.js'
import { type House, openHouse, type Player } from '../support/house.js'
import { aCell, type Cell } from '../support/people.js'

/** What a month may cost in a cell of 25 whose schedule is set. Whoever makes it dearer must say so here. */
const MOST = { secretary: 12, member: 1 }

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 24)
  await cell.secretary.says('/lichdinhky ngày 3 hằng tháng 19h30 tại Hội trường tầng 2')
  await cell.secretary.taps('Đúng, lưu lịch')
})
afterAll(() => house.close())

/** The same phone, each tap and line of it counted. */
function counted(player: Player) {
  const effort: string[] = []
  const count = <A extends unknown[]>(name: string, act: (...args: A) => Promise<void>) => {
    return async (...args: A): Promise<void> => {
      effort.push(`${name} ${String(args[0])}`)
      await act(...args)
    }
  }
  return {
    effort,
    taps: count('taps', (label: string) => player.taps(label)),
    says: count('says', (text: string) => player.says(text)),
    sendsFile: count('sends', (name: string, bytes: Uint8Array, words: string) => player.sendsFile(name, bytes, words)),
  }
}

test('a month of a cell of 25: 12 taps or lines for the secretary, one for a member, none for the office', async () => {
  const { secretary } = cell
  const hand = counted(secretary)
  const members = cell.members.map(counted)
  await house.to('2026-11-26 19:30')
  for (const [n, member] of members.entries())
    await (n === 3 ? member.says('em ốm, xin phép vắng') : member.taps('1 Có mặt'))
  await hand.taps('1 Có mặt')
  await house.to('2026-12-01 08:00')
  await hand.taps('Chi ủy đã họp')
  await hand.sendsFile('de cuong.pdf', new Uint8Array(aPdf('x')), 'Đề cương tháng 12')
  await hand.taps('Không mật, gửi cùng lời nhắc')

  await house.to('2026-12-03 19:35')
  await hand.taps('✅ Đỗ Văn Thử 10')
  await hand.taps('➖ Vắng: sức khỏe')
  await secretary.reads()
  await hand.taps('Xác nhận điểm danh')
  const confirmed = house.now
  await secretary.sees('Đã xác nhận điểm danh', 'Tổng số 25: có mặt 23', 'vắng có lý do 2 · không lý do 0', '92%')
  for (const file of ['bien-ban', 'du-thao-nghi-quyet', 'bao-cao', 'phieu-cham-diem'])
    await secretary.sees(`(${file}-2026-12-03.docx)`)
  expect(house.now).toEqual(confirmed)

  await hand.says('/nhiemvu Thử 5: sửa loa nhà văn hóa, trước 20/12')
  await hand.taps('Đúng, ghi 1 nhiệm vụ')
  await hand.says('/chamdiem')
  await hand.says('29 9 4 29 4')
  await secretary.sees('95')
  await house.to('2026-12-05 08:00')
  await hand.taps('Đã gửi nghị quyết, báo cáo')

  expect(hand.effort.length).toBeLessThanOrEqual(MOST.secretary)
  for (const { effort } of members) expect(effort.length).toBeLessThanOrEqual(MOST.member)
  const { id } = await house.db.meeting.findFirstOrThrow({ orderBy: { startsAt: 'asc' } })
  const gates = await listGates(house.db, id, house.now)
  expect(gates.map(({ kind, state }) => [kind, state])).toEqual(DEFAULT_SHEET.gates.map(({ key }) => [key, 'done']))
  expect(await house.db.score.findFirstOrThrow({ where: { meetingId: id } })).toMatchObject({
    total: 95,
    grade: 'good',
  })
  expect(await house.db.task.count({ where: { meetingId: id, state: 'open' } })).toBe(1)
  // Nobody of the office has so much as a chat here.
  expect(await house.db.chat.count()).toBe(1 + cell.members.length)
})
