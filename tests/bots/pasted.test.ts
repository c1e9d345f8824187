import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { openOverTelegram, type TelegramStage } from '../month/over-telegram.js'
import type { House } from '../support/house.js'
import { aPerson, aUnit } from '../support/people.js'
import type { Person } from '../support/telegram/index.js'
import { tokenOf } from './scene.js'

let stage: TelegramStage
let member: Person
let stranger: Person
let group: ReturnType<TelegramStage['server']['group']>
beforeAll(async () => {
  stage = await openOverTelegram('polling', '2026-11-20 08:00')
  const house = { db: stage.db, now: stage.clock.moment } as unknown as House
  const personId = await aPerson(house, 'Nông Thị Hạt Mầm', await aUnit(house, 'Chi bộ Suối Mơ'))
  const botId = stage.app.lines[0]?.botId() ?? ''
  const chat = { id: newId(), botId, externalId: '601', kind: 'private' as const, createdAt: house.now }
  await stage.db.chat.create({ data: chat })
  await stage.db.chatLink.create({ data: { id: newId(), personId, chatId: chat.id, linkedAt: house.now } })
  member = stage.server.person({ id: 601, name: 'Hạt Mầm' })
  member.chat.refusal = null
  stranger = stage.server.person({ id: 801, name: 'Người Lạ' })
  group = stage.server.group({ id: -1001, title: 'Xóm Suối Mơ' })
}, 60_000)
afterAll(() => stage.close())

const SECRET = 'AAfictional'
const textsIn = (chat: Person['chat']): string[] => [...chat.messages.values()].map((one) => one.text)
const says = async (who: Person, text: string, where: Person['chat'] = who.chat): Promise<void> => {
  who.says(text, { in: where })
  await stage.server.until(() => stage.server.pendingUpdates() === 0 || undefined)
  await stage.app.settle()
}

/** Neither in the chat nor in what we keep. */
async function isNowhere(): Promise<void> {
  expect([...textsIn(member.chat), ...textsIn(stranger.chat), ...textsIn(group)].join('\n')).not.toContain(SECRET)
  const kept = [
    await stage.db.inboundUpdate.findMany(),
    await stage.db.outbox.findMany(),
    await stage.db.delivery.findMany(),
  ]
  const text = JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  expect(text).not.toContain(SECRET)
}

test('a token that is pasted into the own chat is taken away there', async () => {
  await says(member, 'Chào đồng chí')
  await says(member, `mã đây: ${tokenOf(7000000021)}`)
  await member.sees('/revoke')
  await isNowhere()
  expect(textsIn(member.chat)).toContain('Chào đồng chí')
})

test('in a group it is taken away from the group, and its sender is told in their own chat', async () => {
  const own = textsIn(member.chat)
  await says(member, `/thembot ${tokenOf(7000000022)}`, group)
  await isNowhere()
  // What stands in their own chat under the same number is somebody else's message.
  expect(textsIn(member.chat).slice(0, own.length)).toEqual(own)
  expect(textsIn(member.chat).slice(own.length)).toEqual([expect.stringContaining('/revoke')])
  expect(textsIn(group).join('\n')).not.toContain('/revoke')
})

test('also from somebody who never wrote to the bot: then the group is the only place to say so', async () => {
  await says(stranger, `/start ${tokenOf(7000000023)}`, group)
  await says(stranger, `xem giúp ${tokenOf(7000000024)}`, group)
  await isNowhere()
  expect(textsIn(group).filter((one) => one.includes('/revoke'))).toHaveLength(2)
  expect(textsIn(stranger.chat)).toEqual([])
})
