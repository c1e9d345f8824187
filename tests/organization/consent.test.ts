import { afterAll, beforeAll, expect, test } from 'vitest'
import { note } from '../../src/conversation/messages.js'
import { enqueue, outgoing, PRIORITY } from '../../src/messaging/outbox.js'
import { codeOf, formatCode } from '../../src/organization/codes.js'
import { inviteEach } from '../../src/organization/invitations.js'
import { type House, openHouse } from '../support/house.js'
import { aCell, aPerson, type Cell } from '../support/people.js'

const KEY = new Uint8Array(32).fill(7)

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 1)
})
afterAll(() => house.close())

async function invited(name: string) {
  const personId = await aPerson(house, name, cell.unitId)
  const invitationId =
    (await inviteEach(house.db, house.now, [personId], cell.secretaryId, KEY)).get(personId)?.id ?? ''
  return { personId, invitationId, code: formatCode(codeOf(KEY, invitationId)) }
}

const proofOf = (personId: string) => house.db.consent.findFirstOrThrow({ where: { personId } })

test('the text says that the secretary sees the telephone, what became of messages and when a page was opened', async () => {
  const { personId, code } = await invited('Hà Thị Đọc')
  const phone = house.stranger('reads')
  await phone.says(code)
  await phone.sees(
    'trang riêng này',
    'lần gần nhất đồng chí mở trang riêng',
    'ghi chép chỉ đồng chí đọc; góp ý chỉ bí thư đọc',
    'trong nhóm chat chỉ có thời gian, địa điểm họp và số người đã trả lời',
    'Telegram hoặc Zalo',
  )
  await phone.taps('Tôi đồng ý')
  await phone.taps('Đúng')
  expect(await proofOf(personId)).toMatchObject({ decision: 'given', textVersion: 3 })
})

test('whoever agrees under the older text, still standing in their chat, is kept as having read that one', async () => {
  const { personId, invitationId, code } = await invited('Hà Văn Cũ')
  const phone = house.stranger('older')
  await phone.says(code)
  await phone.sees('[Tôi đồng ý]')
  const where = { botId_externalId: { botId: house.botId, externalId: 'older' } }
  const { id: chatId } = await house.db.chat.findUniqueOrThrow({ where })
  const args = { invitationId, version: 1, agree: true }
  const choices = [[{ label: 'organization.consent.agree', command: 'link.consent', args }]]
  const shown = { key: 'organization.consent.v1', params: {}, choices }
  const expiresAt = new Date(house.now.getTime() + 3_600_000)
  const sending = { chatId, causeKey: 'older-text', priority: PRIORITY.reply, expiresAt }
  await enqueue(house.db, house.now, [outgoing(note, shown, sending)])
  await house.app.settle()
  await phone.sees('Tin nhắn đi qua nền tảng đồng chí đang dùng')
  await phone.taps('Tôi đồng ý')
  await phone.taps('Đúng')
  expect(await proofOf(personId)).toMatchObject({ decision: 'given', textVersion: 1 })
})
