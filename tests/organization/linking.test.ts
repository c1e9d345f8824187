import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { note } from '../../src/conversation/messages.js'
import { enqueue, outgoing, PRIORITY } from '../../src/messaging/outbox.js'
import { codeOf, formatCode } from '../../src/organization/codes.js'
import { inviteEach } from '../../src/organization/invitations.js'
import { type House, openHouse, type Player, ZONE } from '../support/house.js'
import { aCell, aPerson, appoint, aUnit, type Cell } from '../support/people.js'

const KEY = new Uint8Array(32).fill(7)

let house: House
let cell: Cell
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
  cell = await aCell(house, 1)
})
afterAll(() => house.close())

/** A code for somebody, as it stands on the slip. */
async function codeFor(personId: string): Promise<string> {
  const live = await inviteEach(house.db, house.now, [personId], cell.secretaryId, KEY)
  return formatCode(codeOf(KEY, live.get(personId)?.id ?? ''))
}

const newcomer = (name: string): Promise<string> => aPerson(house, name, cell.unitId)
const linksOf = (personId: string) => house.db.chatLink.count({ where: { personId, endedAt: null } })

async function aMeeting(day: string): Promise<string> {
  const id = crypto.randomUUID()
  await house.db.meeting.create({
    data: {
      id,
      cellId: cell.unitId,
      kind: 'regular',
      occurrenceOn: new Date(day),
      day: new Date(day),
      time: '19:00',
      zone: ZONE,
      startsAt: new Date(`${day}T12:00:00Z`),
      durationMinutes: 90,
      place: 'Nhà văn hóa',
      state: 'planned',
      createdAt: house.now,
    },
  })
  return id
}

/** From the code to the last question. */
async function agrees(player: Player, code: string): Promise<void> {
  await player.says(code)
  await player.sees('91/2025/QH15', '[Tôi đồng ý]', '[Không đồng ý]')
  await player.taps('Tôi đồng ý')
}

async function links(player: Player, personId: string): Promise<void> {
  await agrees(player, await codeFor(personId))
  await player.taps('Đúng')
}

describe('a good code', () => {
  test('brings somebody in, after what is stored, consent and who they are', async () => {
    const id = await newcomer('Hà Thị Mới')
    const phone = house.stranger('p1')
    await phone.opens(null)
    await phone.sees('mã mời gồm 8 chữ số', '[Tiếng Việt] [English]')
    await agrees(phone, await codeFor(id))
    await phone.sees('Đây có phải đồng chí Hà Thị Mới, Chi bộ Tổ dân phố 1 không?', '[Đúng] [Không phải tôi]')
    expect(await linksOf(id)).toBe(0)
    await phone.taps('Đúng')
    await phone.sees('Đã liên kết đồng chí Hà Thị Mới, Chi bộ Tổ dân phố 1')
    expect(await linksOf(id)).toBe(1)
    const proof = await house.db.consent.findFirstOrThrow({ where: { personId: id } })
    expect(proof).toMatchObject({ decision: 'given', textVersion: 3, locale: 'vi' })
    const menus = await house.db.delivery.count({ where: { chatId: proof.chatId, operation: 'menu', state: 'sent' } })
    expect(menus).toBe(1)
  })

  test.each([
    ['with a dash', (code: string) => code.replace(' ', '-')],
    ['in one', (code: string) => code.replace(' ', '')],
    ['with a word', (code: string) => `mã ${code}`],
    ['in a sentence', (code: string) => `Dạ em gửi mã mời là ${code} ạ`],
    ['after /start', (code: string) => `/start ${code.replace(' ', '')}`],
  ])('is understood %s', async (form, write) => {
    const phone = house.stranger(`form ${form}`)
    await phone.says(write(await codeFor(await newcomer('Hà Văn Gõ'))))
    await phone.sees('[Tôi đồng ý]')
  })

  test('opens by its deep link', async () => {
    const id = await newcomer('Hà Văn Quét')
    const phone = house.stranger('deep')
    await phone.opens((await codeFor(id)).replace(' ', ''))
    await phone.taps('Tôi đồng ý')
    await phone.taps('Đúng')
    await phone.sees('Đã liên kết đồng chí Hà Văn Quét')
  })

  test('a date is no code for a member', async () => {
    const [member] = cell.members
    await member?.says('25 12 2026')
    await member?.sees('chưa hiểu')
    await member?.says('mã 00 00 00 01')
    await member?.sees('Mã này không đúng')
  })

  test('survives a restart between the steps: the buttons carry all', async () => {
    const id = await newcomer('Hà Thị Chậm')
    const phone = house.stranger('slow')
    await agrees(phone, await codeFor(id))
    await house.sleepsUntil('2026-11-21 08:00')
    await phone.taps('Đúng')
    await phone.sees('Đã liên kết đồng chí Hà Thị Chậm')
    const proof = await house.db.consent.findFirstOrThrow({ where: { personId: id } })
    expect(proof.at).toEqual(new Date('2026-11-20T01:00:00Z'))
  })
})

describe('a code that is not good', () => {
  test('used: works once, whoever comes second is told so', async () => {
    const id = await newcomer('Hà Văn Một')
    const code = await codeFor(id)
    const first = house.stranger('once-1')
    const second = house.stranger('once-2')
    await agrees(first, code)
    await agrees(second, code)
    await first.taps('Đúng')
    await second.taps('Đúng')
    await second.sees('đã kết thúc nên tôi chưa ghi gì')
    await second.says(code)
    await second.sees('Mã này đã được dùng')
    await first.says(code)
    await first.sees('đã liên kết với đồng chí Hà Văn Một rồi')
    expect(await linksOf(id)).toBe(1)
  })

  test('using one withdraws the others of the same person', async () => {
    const id = await newcomer('Hà Văn Hai')
    const old = await codeFor(id)
    await house.db.invitation.updateMany({ where: { personId: id }, data: { expiresAt: new Date('2026-11-25') } })
    const reprint = await codeFor(id)
    expect(reprint).not.toBe(old)
    const phone = house.stranger('two-codes')
    await agrees(phone, old)
    await phone.taps('Đúng')
    const other = house.stranger('two-codes-other')
    await other.says(reprint)
    await other.sees('không còn hiệu lực')
  })

  test('expired, of somebody who left, and not eight digits: a sentence each, without a name', async () => {
    const id = await newcomer('Hà Văn Trễ')
    const code = await codeFor(id)
    await house.db.invitation.updateMany({ where: { personId: id }, data: { expiresAt: new Date('2026-11-01') } })
    const phone = house.stranger('late')
    await phone.says(code)
    const said = await phone.sees('đã hết hạn')
    expect(said.content.text).not.toContain('Trễ')
    const gone = await aPerson(house, 'Hà Văn Đi')
    await phone.says(await codeFor(gone))
    await phone.sees('không còn hiệu lực')
    await phone.says('1234 567')
    await phone.sees('đúng 8 chữ số')
  })

  test('five wrong in an hour stop the chat, also for a good code, and say how long', async () => {
    const id = await newcomer('Hà Văn Đoán')
    const phone = house.stranger('guesser')
    for (const wrong of ['0000 0001', '0000 0002', '0000 0003', '0000 0004', '0000 0005']) {
      await phone.says(wrong)
      await phone.sees('Mã này không đúng')
    }
    await phone.says(await codeFor(id))
    await phone.sees('thử lại sau 60 phút')
    await house.to('2026-11-21 09:30')
    await links(phone, id)
    await phone.sees('Đã liên kết')
  })

  test('many chats together are limited too, a linked one is not', async () => {
    const now = house.now
    const chats = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        house.db.chat.create({
          data: {
            id: crypto.randomUUID(),
            botId: house.botId,
            externalId: `crowd-${n}`,
            kind: 'private',
            createdAt: now,
          },
        }),
      ),
    )
    await house.db.codeGuess.createMany({
      data: chats.flatMap(({ id }) =>
        Array.from({ length: 5 }, () => ({ id: crypto.randomUUID(), chatId: id, at: now })),
      ),
    })
    const code = await codeFor(await newcomer('Hà Thị Kẹt'))
    const phone = house.stranger('unlucky')
    await phone.says(code)
    await phone.sees('tạm ngừng nhận mã')
    const [member] = cell.members
    await member?.says(code)
    await member?.sees('[Tôi đồng ý]')
    await house.db.codeGuess.deleteMany({})
  })
})

describe('ways out', () => {
  test('who declines stays as "liên hệ trực tiếp", may change their mind, and the secretary sees it', async () => {
    const id = await newcomer('Lù Thị Không')
    const code = await codeFor(id)
    const phone = house.stranger('decliner')
    await phone.says(code)
    await phone.taps('Không đồng ý')
    await phone.sees('Đồng chí bí thư sẽ liên hệ trực tiếp')
    expect(await house.db.person.findUniqueOrThrow({ where: { id } })).toMatchObject({ contact: 'direct' })
    expect(await house.db.consent.findFirst({ where: { personId: id } })).toMatchObject({ decision: 'declined' })
    expect(await house.db.answer.count({ where: { personId: id } })).toBe(0)
    await cell.secretary.sees('Lù Thị Không không đồng ý', 'không tính là từ chối dự họp')
    await cell.secretary.says('/mamoi')
    await cell.secretary.sees('Liên hệ trực tiếp: Lù Thị Không', '[Cấp mã: Lù Thị Không]')
    await agrees(phone, code)
    await phone.taps('Đúng')
    expect(await house.db.person.findUniqueOrThrow({ where: { id } })).toMatchObject({ contact: 'chat' })
  })

  test('"not me" ends it: nothing linked, no consent kept, the code withdrawn, the secretary told privately', async () => {
    const id = await newcomer('Lù Văn Nhầm')
    const code = await codeFor(id)
    const phone = house.stranger('finder')
    await agrees(phone, code)
    await phone.taps('Không phải tôi')
    await phone.sees('chưa có gì được liên kết')
    await cell.secretary.sees('Lù Văn Nhầm đã đến tay người khác')
    await phone.says(code)
    await phone.sees('không còn hiệu lực')
    expect(await linksOf(id)).toBe(0)
    expect(await house.db.consent.count({ where: { personId: id } })).toBe(0)
  })

  test('withdrawing is two taps, ends every phone, keeps the proof and stops what waits', async () => {
    const id = await newcomer('Lù Thị Thôi')
    const phone = house.stranger('leaver')
    await links(phone, id)
    await phone.says('/canhan')
    await phone.sees('Lù Thị Thôi', 'Đồng ý lưu dữ liệu ngày: 21/11/2026', 'Đã liên kết trên 1 điện thoại')
    await phone.taps('Rút lại sự đồng ý')
    await phone.sees('gỡ liên kết trên mọi điện thoại')
    const later = new Date(house.now.getTime() + 3_600_000)
    const waiting = { key: 'organization.tell.declined', params: { name: 'X' }, choices: [] }
    await enqueue(house.db, house.now, [
      outgoing(note, waiting, {
        causeKey: 'waiting',
        personId: id,
        priority: PRIORITY.notice,
        notBefore: later,
        expiresAt: new Date(later.getTime() + 3_600_000),
      }),
    ])
    await phone.taps('Rút lại')
    await phone.sees('Đã gỡ liên kết của đồng chí Lù Thị Thôi')
    expect(await linksOf(id)).toBe(0)
    const proofs = await house.db.consent.findMany({ where: { personId: id }, orderBy: { id: 'asc' } })
    expect(proofs.map((one) => one.decision)).toEqual(['given', 'withdrawn'])
    expect(await house.db.person.findUniqueOrThrow({ where: { id } })).toMatchObject({ contact: 'direct' })
    await cell.secretary.sees('Lù Thị Thôi đã rút lại')
    expect(await house.db.outbox.findUnique({ where: { causeKey: 'waiting' } })).toMatchObject({ state: 'withdrawn' })
    await phone.says('/canhan')
    await phone.sees('Tôi chưa được biết đồng chí')
  })
})

describe('phones and people', () => {
  test('a couple on one phone: the second is asked about by name, and each is named from then on', async () => {
    const [wife, husband] = [await newcomer('Tòng Thị Vợ'), await newcomer('Tòng Văn Chồng')]
    const phone = house.stranger('couple')
    await links(phone, wife)
    await phone.reads()
    await agrees(phone, await codeFor(husband))
    await phone.sees('đang dùng cho đồng chí Tòng Thị Vợ', 'Tòng Văn Chồng, Chi bộ Tổ dân phố 1', '[Đúng, cùng máy]')
    await phone.taps('Đúng, cùng máy')
    await phone.sees('Gửi đồng chí Tòng Văn Chồng', 'Đã liên kết đồng chí Tòng Văn Chồng')
    await phone.says('/canhan')
    await phone.sees('của đồng chí nào', '[Tòng Thị Vợ]', '[Tòng Văn Chồng]')
    await phone.taps('Tòng Văn Chồng')
    await phone.sees('Gửi đồng chí Tòng Văn Chồng', 'Thông tin của đồng chí Tòng Văn Chồng')
  })

  test('a second phone is added with one’s own code, and the first hears of it', async () => {
    const id = await newcomer('Tòng Văn Hai Máy')
    const first = house.stranger('first')
    await links(first, id)
    await first.says('/canhan')
    await first.taps('Thêm điện thoại')
    const shown = await first.sees('Trên điện thoại kia')
    const code = /\d{4} \d{4}/.exec(shown.content.text)?.[0] ?? ''
    const second = house.stranger('second')
    await agrees(second, code)
    await second.taps('Đúng')
    await second.sees('Đã liên kết đồng chí Tòng Văn Hai Máy')
    await first.sees('Một điện thoại khác vừa được liên kết')
    expect(await linksOf(id)).toBe(2)
  })

  test('the language is changed at once, for a stranger and for a member', async () => {
    const stranger = house.stranger('foreign')
    await stranger.opens(null)
    await stranger.taps('English')
    await stranger.sees('I will use English', '')
    await stranger.sees('8-digit invitation code')
    const id = await newcomer('Tòng Văn Tiếng')
    await stranger.says(await codeFor(id))
    await stranger.sees('[I agree]')
    await stranger.taps('I agree')
    await stranger.taps('Yes')
    await stranger.sees('Linked: Tòng Văn Tiếng')
    await stranger.says('/ngonngu')
    await stranger.taps('Tiếng Việt')
    await stranger.sees('sẽ dùng tiếng Việt')
    expect(await house.db.person.findUniqueOrThrow({ where: { id } })).toMatchObject({ locale: 'vi' })
  })

  test('/canhan shows what is kept: role, birth, phone and the latest answers; and whom to tell of a mistake', async () => {
    const id = await newcomer('Tòng Thị Hồ Sơ')
    await appoint(house, id, 'cell_committee', cell.unitId)
    await house.db.person.update({ where: { id }, data: { birthYear: 1961, phone: '0900000001' } })
    const meetingId = await aMeeting('2026-11-03')
    const answer = { id: crypto.randomUUID(), meetingId, personId: id, state: 'late' as const, answeredAt: house.now }
    await house.db.answer.create({ data: answer })
    const phone = await house.phoneOf('record', id)
    await phone.says('thông tin của tôi')
    await phone.sees(
      'Sinh hoạt tại: Chi bộ Tổ dân phố 1',
      'Chức vụ: chi ủy viên, Chi bộ Tổ dân phố 1',
      'Ngày sinh: 1961',
      'Điện thoại: 0900000001',
      '• thứ Ba 03/11: đến muộn',
    )
    await phone.taps('Sửa thông tin')
    await phone.sees('xin báo đồng chí Lò Thị Bí Thư để sửa', '[Thông tin của tôi]')
  })

  test('/start greets whoever is linked and shows the menu', async () => {
    const [member] = cell.members
    await member?.reads()
    await member?.opens(null)
    await member?.sees('Rất vui được gặp lại')
    await member?.sees('[Thông tin của tôi]')
  })

  test('an administrator without a cell is asked by role', async () => {
    const id = await aPerson(house, 'Người Quản Trị')
    await appoint(house, id, 'administrator', null)
    await aUnit(house, 'Đảng ủy khối Đá Vôi', 'bloc')
    const phone = house.stranger('admin')
    await agrees(phone, await codeFor(id))
    await phone.sees('Đây có phải đồng chí Người Quản Trị, quản trị hệ thống không?')
    await phone.taps('Đúng')
    await phone.says('/donvi')
    await phone.sees('của đơn vị nào', '[Đảng ủy khối Đá Vôi]')
  })
})

test('whoever comes in sees the next meeting and can answer at once', async () => {
  const id = await newcomer('Hà Thị Kịp')
  const meetingId = await aMeeting('2026-12-03')
  const phone = house.stranger('in-time')
  await links(phone, id)
  await phone.sees('Đã liên kết')
  await phone.sees('03/12', 'Nhà văn hóa', '[1 Có mặt]')
  await phone.says('1')
  expect(await house.db.answer.findFirst({ where: { meetingId, personId: id } })).toMatchObject({ state: 'present' })
})

test('no code of this whole file stands in the database in clear', async () => {
  const invitations = await house.db.invitation.findMany()
  const codes = invitations.map((one) => codeOf(KEY, one.id))
  const rows = await house.db.$queryRaw<{ text: string }[]>`
    SELECT payload::text AS text FROM inbound_update UNION ALL SELECT data::text FROM outbox
    UNION ALL SELECT coalesce(content::text, '') FROM delivery UNION ALL SELECT i::text FROM invitation i
    UNION ALL SELECT coalesce(awaiting::text, '') FROM chat`
  const everything = rows.map((one) => one.text).join('\n')
  expect(codes.length).toBeGreaterThan(10)
  for (const code of codes)
    for (const form of [code, formatCode(code), code.replace(/(....)/, '$1-')]) expect(everything).not.toContain(form)
})
