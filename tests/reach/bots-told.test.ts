import { beforeEach, expect, test } from 'vitest'
import { loadTranslations } from '../../src/core/i18n.js'
import { newId } from '../../src/core/ids.js'
import { checkBots } from '../../src/doctor-bots.js'
import { type House, openHouse, type Player, ZONE } from '../support/house.js'
import { aCell, aPerson, appoint, type Cell } from '../support/people.js'

let house: House
let cell: Cell
let administrator: Player
beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01 15:00' })
  cell = await aCell(house, 2)
  const personId = await aPerson(house, 'Nông Thị Trị')
  await appoint(house, personId, 'administrator', null)
  administrator = await house.phoneOf('administrator', personId)
  return () => house.close()
})

const zalo = (sent: number) =>
  house.db.bot.create({
    data: {
      id: newId(),
      platform: 'zalo',
      externalId: 'z1',
      username: 'bot_mot',
      monthlyQuota: 3000,
      peopleQuota: 2,
      createdAt: house.now,
      usage: { create: { month: new Date('2026-12-01'), sent } },
    },
  })

test('told once at 80 %, once at 100 %, and again in another month', async () => {
  const bot = await zalo(2399)
  await house.app.settle()
  await administrator.seesNothingMore()
  const send = (sent: number) => house.db.botUsage.updateMany({ where: { botId: bot.id }, data: { sent } })
  await send(2400)
  await house.app.settle()
  await administrator.sees('Bot bot_mot đã gửi 2400/3000 tin trong tháng (80%)')
  await send(2999)
  await house.app.settle()
  await administrator.seesNothingMore()
  await send(3000)
  await house.app.settle()
  await administrator.sees('đã gửi hết 3000 tin của tháng này')
  await house.app.settle()
  await house.to('2027-01-02 08:00')
  await administrator.seesNothingMore()
  await house.db.botUsage.create({ data: { botId: bot.id, month: new Date('2027-01-01'), sent: 3000 } })
  await house.app.settle()
  await administrator.sees('đã gửi hết 3000 tin')
  await administrator.seesNothingMore()
})

test('a refused bot is told of once, by another way; refused again later, again', async () => {
  const bot = await zalo(0)
  const refuse = () => house.db.bot.update({ where: { id: bot.id }, data: { state: 'refused', stateSince: house.now } })
  await refuse()
  await house.app.settle()
  await administrator.sees('Zalo không còn nhận mã của bot bot_mot')
  await house.to('2026-12-02 08:00')
  await administrator.seesNothingMore()
  await house.db.bot.update({ where: { id: bot.id }, data: { state: 'active', stateSince: house.now } })
  await house.to('2026-12-03 08:00')
  await refuse()
  await house.app.settle()
  await administrator.sees('không còn nhận mã của bot')
})

test('doctor: what each bot has used, how many are needed and which cell goes to which', async () => {
  const bot = await zalo(2400)
  const [member = ''] = cell.memberIds
  const chat = { id: newId(), botId: bot.id, externalId: 'z', kind: 'private' as const, createdAt: house.now }
  await house.db.chat.create({ data: chat })
  await house.db.chatLink.create({ data: { id: newId(), personId: member, chatId: chat.id, linkedAt: house.now } })
  const t = loadTranslations(`${import.meta.dirname}/../../locales`).for('vi')
  const found = await checkBots(house.db, house.now, ZONE)
  expect(found.map((one) => `${one.state}: ${t.dynamic(`cli.doctor.${one.code}`, { ...one.params })}`)).toEqual([
    'ok: Bot sandbox: 4 người liên kết, không giới hạn số tin.',
    'warning: Bot bot_mot: tháng này gửi 2400/3000 tin, 1/2 người liên kết.',
    'warning: zalo: 3 đảng viên, mỗi bot 2 người, cần 2 bot, hiện có 1.',
    'ok:   Bot 1 (2 người): Chi bộ Tổ dân phố 1 (2).',
    'ok:   Bot 2 (1 người): Chi bộ Tổ dân phố 1 (1).',
  ])
})
