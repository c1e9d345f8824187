import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { openOverTelegram, type TelegramStage } from '../month/over-telegram.js'
import type { House } from '../support/house.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import type { Person } from '../support/telegram/index.js'

type Chat = ReturnType<TelegramStage['server']['group']>

let stage: TelegramStage
let secretary: Person
let members: Person[]
let group: Chat
let minute = 0

const asHouse = (): House => ({ db: stage.db, now: stage.clock.moment }) as unknown as House

async function linked(personId: string, id: number): Promise<Person> {
  const botId = stage.app.lines[0]?.botId() ?? ''
  const chat = { id: newId(), botId, externalId: String(id), kind: 'private' as const, createdAt: stage.clock.moment }
  await stage.db.chat.create({ data: chat })
  await stage.db.chatLink.create({
    data: { id: newId(), personId, chatId: chat.id, linkedAt: stage.clock.moment },
  })
  const person = stage.server.person({ id, name: `${id}` })
  person.chat.refusal = null
  return person
}

/** What is said is handled, and the card's own minute passes. */
async function settle(): Promise<void> {
  await stage.server.until(() => stage.server.pendingUpdates() === 0 || undefined)
  minute += 1
  await stage.to(`2026-11-20 08:${String(minute).padStart(2, '0')}`)
}

const textsIn = (chat: Chat) => [...chat.messages.values()].filter((one) => one.from === 'bot').map((one) => one.text)
const cardsIn = (chat: Chat) => textsIn(chat).flatMap((text) => /Đã trả lời: \d+\/\d+/.exec(text)?.[0] ?? [])
const callsTo = (chat: Chat) =>
  stage.server.calls.filter((one) => one.payload.chat_id === chat.id).map((one) => one.status)

/** The next member says that they come. */
async function answers(): Promise<void> {
  members.shift()?.says('1')
  await settle()
}

beforeAll(async () => {
  stage = await openOverTelegram('polling', '2026-11-20 08:00')
  const cell = await aUnit(asHouse(), 'Chi bộ Suối Mơ')
  const id = await aPerson(asHouse(), 'Lục Văn Đầu Nguồn', cell)
  await appoint(asHouse(), id, 'secretary', cell)
  secretary = await linked(id, 501)
  members = []
  for (const n of [1, 2, 3, 4, 5]) members.push(await linked(await aPerson(asHouse(), `Nông Thị ${n}`, cell), 600 + n))
  group = stage.server.group({ id: -1001, title: 'Xóm Suối Mơ' })
  secretary.says('/ganchibo', { in: group })
  await secretary.taps('Đúng, gắn nhóm này')
  await secretary.sees('Đã gắn nhóm')
  secretary.says('/taohop 3/12 19:30 tại Hội trường tầng 2, nội dung: tổng kết')
  await secretary.taps('Đúng, tạo buổi họp')
  await secretary.sees('Đã tạo')
  await settle()
  expect(cardsIn(group)).toEqual(['Đã trả lời: 0/6'])
})
afterAll(async () => {
  await stage.close()
})

test('the platform says that the group became another: what is next goes there, and nothing to the old', async () => {
  const old = group
  const calls = callsTo(old).length
  group = stage.server.upgradeGroup(old, -100_200)
  stage.server.tellsOfUpgrade(old, group)
  await settle()
  expect(cardsIn(group)).toEqual(['Đã trả lời: 0/6'])
  await answers()
  expect(cardsIn(group)).toEqual(['Đã trả lời: 1/6'])
  expect(callsTo(old)).toHaveLength(calls)
  await answers()
  expect(cardsIn(group)).toEqual(['Đã trả lời: 2/6'])
})

test('a refused message says so first, the platform afterwards: nothing is lost, doubled or made twice', async () => {
  const old = group
  group = stage.server.upgradeGroup(old, -100_300)
  await answers()
  await settle()
  expect(cardsIn(group)).toEqual(['Đã trả lời: 3/6'])
  stage.server.tellsOfUpgrade(old, group)
  await settle()
  await answers()
  expect(cardsIn(group)).toEqual(['Đã trả lời: 4/6'])
  expect(await stage.db.chat.count({ where: { kind: 'group' } })).toBe(3)
  expect(callsTo(old).filter((status) => status !== 200)).toHaveLength(1)
})

test('the new group was heard of before: the tie goes to it, whichever word comes first', async () => {
  const old = group
  group = stage.server.upgradeGroup(old, -100_400)
  secretary.takesIn(group)
  await settle()
  stage.server.tellsOfUpgrade(old, group)
  await settle()
  await answers()
  expect(cardsIn(group)).toEqual(['Đã trả lời: 5/6'])
  expect(stage.server.violations).toEqual([])
  const tie = await stage.db.cellGroup.findFirstOrThrow({ where: { endedAt: null } })
  expect(await stage.db.chat.findUniqueOrThrow({ where: { id: tie.chatId } })).toMatchObject({ externalId: '-100400' })
  secretary.says('/ganchibo')
  await secretary.sees('đang gắn một nhóm chat')
})
