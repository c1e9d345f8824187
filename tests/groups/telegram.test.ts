import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { CARD_GAP_MS } from '../../src/groups/rules.js'
import { NOW } from '../materials/setup.js'
import { openOverTelegram, type TelegramStage } from '../month/over-telegram.js'
import { aPdf } from '../support/files.js'
import type { House } from '../support/house.js'
import { aPerson, appoint, aUnit } from '../support/people.js'
import type { Person } from '../support/telegram/index.js'

/** 25 members; all that a group must never read is said in their month. */
const NAMES = Array.from({ length: 24 }, (_, n) => `Nông Thị Hạt Mầm ${n + 1}`)
const SECRETARY = 'Lục Văn Đầu Nguồn'
const AGENDA = 'kiểm điểm việc bán đất công'
const MATERIAL = 'Nghị quyết số 7 về đất công'
const REASON = 'bị sỏi thận'

let stage: TelegramStage
let secretary: Person
let members: Person[]
let neighbour: Person
let group: ReturnType<TelegramStage['server']['group']>

const asHouse = (): House => ({ db: stage.db, now: stage.clock.moment }) as unknown as House

/** Somebody with a phone that is linked to them. */
async function linked(name: string, unitId: string, id: number): Promise<Person> {
  const personId = await aPerson(asHouse(), name, unitId)
  if (name === SECRETARY) await appoint(asHouse(), personId, 'secretary', unitId)
  const chat = {
    id: newId(),
    botId: stage.app.lines[0]?.botId() ?? '',
    externalId: String(id),
    kind: 'private' as const,
  }
  await stage.db.chat.create({ data: { ...chat, createdAt: stage.clock.moment } })
  await stage.db.chatLink.create({ data: { id: newId(), personId, chatId: chat.id, linkedAt: stage.clock.moment } })
  const person = stage.server.person({ id, name })
  person.chat.refusal = null
  return person
}

const settle = async (): Promise<void> => {
  await stage.server.until(() => stage.server.pendingUpdates() === 0 || undefined)
  await stage.app.settle()
}

const inGroup = () => [...group.messages.values()].filter((one) => one.from === 'bot')
const newest = () => inGroup().at(-1)

async function presses(person: Person, label: string) {
  const tap = await person.taps(label, { in: group })
  await settle()
  return tap.answer()
}

describe('a month with a group, over the Telegram protocol', () => {
  beforeAll(async () => {
    stage = await openOverTelegram('polling', '2026-11-20 08:00')
    const cell = await aUnit(asHouse(), 'Chi bộ Suối Mơ')
    const other = await aUnit(asHouse(), 'Chi bộ Đồi Gió')
    secretary = await linked(SECRETARY, cell, 501)
    members = []
    for (const [n, name] of NAMES.entries()) members.push(await linked(name, cell, 601 + n))
    neighbour = await linked('Hứa Văn Bên Kia', other, 701)
    group = stage.server.group({ id: -1001, title: 'Xóm Suối Mơ' })
  }, 60_000)
  afterAll(() => stage.close())

  test('the secretary adds the bot by its link and confirms in their own chat', async () => {
    secretary.says('/ganchibo')
    const how = await secretary.sees('chưa gắn nhóm chat nào')
    expect(how.keyboard.flat()[0]?.url).toBe('https://t.me/kyhop_test_bot?startgroup=nhom')
    secretary.says('/start@kyhop_test_bot nhom', { in: group })
    await secretary.sees('Trong nhóm có thể có người ngoài chi bộ')
    await secretary.taps('Đúng, gắn nhóm này')
    await secretary.sees('Đã gắn nhóm')
    await settle()
    expect(inGroup().map((one) => one.text)).toEqual([
      'Tôi chỉ trao đổi công việc trong tin nhắn riêng. Xin đồng chí mở cuộc trò chuyện riêng với tôi.',
    ])
  })

  test('one card a meeting; presses are counted in place, at most every 5 seconds', async () => {
    secretary.says(`/taohop 3/12 19:30 tại Hội trường tầng 2, nội dung: ${AGENDA}`)
    await secretary.taps('Đúng, tạo buổi họp')
    await secretary.sees('Đã tạo')
    await stage.to('2026-11-20 08:01')
    expect(newest()?.text).toContain('Đã trả lời: 0/25')
    const cards = inGroup().length
    for (const [n, member] of members.slice(0, 16).entries()) {
      expect(await presses(member, '1 Có mặt')).toEqual({
        text: 'Đã ghi: đồng chí có mặt. Muốn đổi, xin nhắn riêng cho tôi.',
        url: null,
      })
      if (n % 3 === 0) stage.clock.moment = new Date(stage.clock.moment.getTime() + 1_000)
    }
    await stage.to('2026-11-20 08:02')
    members[16]?.says('em vắng ạ')
    await members[16]?.sees('vắng mặt')
    members[16]?.says(REASON)
    members[17]?.says('2')
    await settle()
    await stage.to('2026-11-20 08:03')
    expect(newest()?.text).toContain('Đã trả lời: 18/25')
    expect(inGroup()).toHaveLength(cards)
    const chat = await stage.db.chat.findFirstOrThrow({ where: { kind: 'group' } })
    const changes = await stage.db.delivery.findMany({
      where: { chatId: chat.id, operation: 'edit', state: 'sent' },
      orderBy: { sequence: 'asc' },
    })
    const times = changes.map((one) => one.finishedAt?.getTime() ?? 0)
    expect(times.length).toBeGreaterThan(1)
    expect(times.slice(1).filter((time, n) => time - (times[n] ?? 0) < CARD_GAP_MS)).toEqual([])
  })

  test('strangers, neighbours and other answers are answered to the presser alone', async () => {
    const before = inGroup().map((one) => one.text)
    const stranger = stage.server.person({ id: 801, name: 'Người Lạ' })
    expect(await presses(stranger, '1 Có mặt')).toEqual({ text: null, url: 'https://t.me/kyhop_test_bot?start=nhom' })
    stranger.opens('nhom')
    await stranger.sees('mã mời')
    expect((await presses(neighbour, '1 Có mặt')).text).toContain('của một chi bộ khác')
    const [member = secretary] = members.slice(20)
    expect(await presses(member, 'Trả lời khác')).toMatchObject({ url: 'https://t.me/kyhop_test_bot?start=nhom' })
    const asked = await member.sees('Đồng chí trả lời giúp')
    await member.taps('Vắng', { on: asked })
    await settle()
    // The absence that was said in private is one more answer to the group, and nothing else.
    await stage.to('2026-11-20 08:04')
    expect(inGroup().map((one) => one.text)).toEqual(before.map((text) => text.replace('18/25', '19/25')))
  })

  test('materials, a move, the ladder and the start: a new card for the move, and the rest in place', async () => {
    secretary.sendsFile('nq7.pdf', aPdf(), MATERIAL)
    await settle()
    await secretary.sees('không phải tài liệu mật?')
    await secretary.taps(NOW)
    await settle()
    secretary.says('/doilich 4/12 19:00')
    await secretary.taps('Đúng, đổi lịch')
    await secretary.sees('Đã đổi lịch')
    await stage.to('2026-11-20 08:30')
    const [old, moved] = inGroup().slice(-2)
    expect(old?.text).toBe('Lịch buổi họp này đã thay đổi. Xin các đồng chí xem tin mới bên dưới.')
    expect(old?.keyboard).toEqual([])
    expect(moved?.text).toContain('19:00 thứ Sáu 04/12/2026')
    expect(moved?.text).toContain('Đã trả lời: 19/25')
    const said = inGroup().length
    await stage.to('2026-12-04 19:01')
    expect(inGroup()).toHaveLength(said)
    expect(newest()?.text).toContain('Buổi họp đã bắt đầu.')
    expect(newest()?.keyboard).toEqual([])
  })

  test('put out of the group: the secretary is told and nothing more is tried', async () => {
    secretary.putsOut(group)
    await settle()
    await secretary.sees('Tôi không còn ở trong nhóm chat của Chi bộ Suối Mơ')
    const calls = stage.server.calls.length
    await settle()
    expect(stage.server.calls.slice(calls).filter((one) => one.payload.chat_id === group.id)).toEqual([])
  })

  test('nothing that was sent, changed or said aside in the group holds a name, an agenda, a file or a reason', async () => {
    const words = [
      ...NAMES,
      SECRETARY,
      'Hứa Văn Bên Kia',
      'Hạt Mầm',
      AGENDA,
      'đất công',
      MATERIAL,
      'nq7',
      REASON,
      'sức khỏe',
    ]
    const chat = await stage.db.chat.findFirstOrThrow({ where: { kind: 'group' } })
    const rows = await stage.db.delivery.findMany({ where: { chatId: chat.id }, include: { outbox: true } })
    expect(rows.length).toBeGreaterThan(20)
    const kept = rows.map(({ content, outbox }) => JSON.stringify({ content, data: outbox.data }))
    const called = stage.server.calls.filter(
      ({ method, payload }) => payload.chat_id === group.id || method === 'answerCallbackQuery',
    )
    for (const text of [...kept, ...called.map((one) => JSON.stringify(one.payload))])
      expect(words.filter((word) => text.toLowerCase().includes(word.toLowerCase()))).toEqual([])
    // They were all said, in people's own chats.
    const own = JSON.stringify(
      stage.server.calls.filter((one) => Number(one.payload.chat_id) > 0).map((one) => one.payload),
    )
    for (const word of [AGENDA, MATERIAL]) expect(own).toContain(word)
    stage.verify()
  })
})
