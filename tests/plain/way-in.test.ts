import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, formatCode } from '../../src/organization/codes.js'
import { inviteEach } from '../../src/organization/invitations.js'
import { type House, openHouse } from '../support/house.js'
import { aMeeting, answerRowOf } from '../support/meetings.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

const KEY = new Uint8Array(32).fill(7)

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00', plain: true })
  cell = await aCell(house, 1)
})
afterAll(() => house.close())

async function codeFor(personId: string): Promise<string> {
  const live = await inviteEach(house.db, house.now, [personId], cell.secretaryId, KEY)
  return formatCode(codeOf(KEY, live.get(personId)?.id ?? ''))
}

test('the whole way in by numbers, from the code to the first answer', async () => {
  const id = await aPerson(house, 'Hà Thị Mới', cell.unitId)
  const meetingId = await aMeeting(house, cell.unitId, '2026-11-23 19:30')
  const phone = house.stranger('p1')
  await phone.says('xin chào')
  await phone.sees('mã mời gồm 8 chữ số')
  await phone.says(await codeFor(id))
  await phone.sees('91/2025/QH15', '11. Tôi đồng ý\n12. Không đồng ý', 'Trả lời bằng số, ví dụ 11.')
  await phone.sendsSticker()
  await phone.sees('chỉ đọc được chữ', '91/2025/QH15', '11. Tôi đồng ý')
  await phone.says('1')
  await phone.sees('chưa rõ số này', '11. Tôi đồng ý')
  await phone.says('11 12')
  await phone.sees('chưa rõ số này', '11. Tôi đồng ý')
  await phone.says('toi dong y')
  await phone.sees('Đây có phải đồng chí Hà Thị Mới', '11. Đúng\n12. Không phải tôi')
  await phone.says(' 11. ')
  await phone.sees('Đã liên kết đồng chí Hà Thị Mới')
  await phone.sees('1. Có mặt', '4. Vắng')
  await phone.says('1')
  await phone.sees('Đã ghi: đồng chí có mặt')
  expect((await answerRowOf(house, meetingId, id))?.state).toBe('present')
})

test('the same in English, by words', async () => {
  const id = await aPerson(house, 'Hà Thị Hai', cell.unitId)
  const phone = house.stranger('p2')
  await phone.opens(null)
  await phone.sees('11. Tiếng Việt\n12. English')
  await phone.says('english')
  await phone.sees('8')
  await phone.says(await codeFor(id))
  await phone.sees('11. I agree', 'Reply with a number, for example 11.')
  await phone.says('i agree')
  await phone.sees('Hà Thị Hai', '11. Yes')
  await phone.says('11)')
  await phone.sees('1. Coming')
  await phone.says('4')
  await phone.reads()
})
