import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { at, type House, openHouse, type Player } from '../support/house.js'
import { aPerson, appoint, type Cell } from '../support/people.js'
import { aFreshCell } from './support.js'

let house: House
let cell: Cell
let member: Player
beforeAll(async () => {
  house = await openHouse({ now: '2026-12-01 08:00' })
})
beforeEach(async () => {
  cell = await aFreshCell(house, '2026-12-01 08:00')
  member = cell.members[0] as Player
})
afterAll(() => house.close())

async function aMeeting(line = '10/12/2026 19:30 tại Hội trường') {
  await cell.secretary.says(`/taohop ${line}`)
  await cell.secretary.taps('Đúng, tạo buổi họp')
  for (const one of [cell.secretary, ...cell.members]) await one.reads()
}
const aSeries = async () => {
  await cell.secretary.says('/lichdinhky ngày 10 hằng tháng 19:30 tại Hội trường')
  await cell.secretary.taps('Đúng, lưu lịch')
  for (const one of [cell.secretary, ...cell.members]) await one.reads()
}
const stored = () => house.db.meeting.findMany({ where: { cellId: cell.unitId }, orderBy: { startsAt: 'asc' } })

describe('moving', () => {
  test('one meeting: confirmed, told once with old and new, history kept', async () => {
    await aMeeting()
    const { secretary } = cell
    await secretary.says('/doilich 11/12 20:00')
    await secretary.sees('Từ: 19:30 thứ Năm 10/12/2026', 'Sang: 20:00 thứ Sáu 11/12/2026')
    await member.seesNothingMore()
    await secretary.taps('Đúng, đổi lịch')
    await secretary.sees('Đã đổi lịch', 'Đã báo 2 đồng chí')
    await member.sees('Đổi lịch: 19:30 thứ Năm 10/12/2026 → 20:00 thứ Sáu 11/12/2026', '[1 Có mặt]')
    await member.seesNothingMore()
    const [meeting] = await stored()
    expect(meeting).toMatchObject({ revision: 2, time: '20:00' })
    const change = await house.db.meetingChange.findFirst({ where: { meetingId: meeting?.id ?? '', kind: 'moved' } })
    expect(change).toMatchObject({
      revision: 2,
      byId: cell.secretaryId,
      before: { day: '2026-12-10', time: '19:30' },
      after: { day: '2026-12-11', time: '20:00' },
    })
  })

  test('asked for step by step, with the meeting and the day offered', async () => {
    await aSeries()
    const { secretary } = cell
    await secretary.says('đổi lịch')
    await secretary.sees(
      'đổi buổi nào',
      '[thứ Năm 10/12, 19:30]',
      '[Chủ nhật 10/01, 19:30]',
      '[Đổi cả lịch: ngày 10 hằng tháng]',
    )
    await secretary.taps('thứ Năm 10/12')
    await secretary.sees('hiện là 19:30 thứ Năm 10/12/2026', '[thứ Năm 17/12]')
    await secretary.says('8 giờ')
    await secretary.sees('08:00 sáng hay 20:00')
    await secretary.taps('20:00')
    await secretary.sees('Sang: 20:00 thứ Năm 10/12/2026')
    await secretary.taps('Chọn ngày khác')
    await secretary.taps('thứ Năm 17/12')
    await secretary.taps('Đúng, đổi lịch')
    await secretary.sees('19:30 thứ Năm 17/12/2026')
    expect((await stored()).map((one) => one.day.toISOString().slice(0, 10))).toEqual(['2026-12-17', '2027-01-10'])
  })

  test('the whole series: its parts are changed, and the new one confirmed', async () => {
    await aSeries()
    const { secretary } = cell
    await secretary.says('/doilich')
    await secretary.taps('Đổi cả lịch')
    await secretary.taps('Sửa giờ')
    await secretary.says('20:00')
    await secretary.sees('Ngày 10 hằng tháng, lúc 20:00', 'sẽ thay lịch này')
    await secretary.taps('Đúng, lưu lịch')
    expect((await stored()).map((one) => one.time)).toEqual(['20:00', '20:00'])
  })

  test.each([
    ['30/11/2026 19:30', 'đã qua'],
    ['01/12 07:00', 'đã qua'],
    ['31/2/2027', 'không có trong lịch'],
    ['11/12 25:70', 'không có trên đồng hồ'],
    ['10/12 19:30', 'không có gì thay đổi'],
    ['vui vẻ', 'chưa thấy ngày giờ mới'],
  ])('to "%s" is refused with a sentence', async (to, sentence) => {
    await aMeeting()
    await cell.secretary.says(`/doilich ${to}`)
    await cell.secretary.sees(sentence)
    expect(await stored()).toMatchObject([{ revision: 1, time: '19:30' }])
    await member.seesNothingMore()
  })

  test('only the place', async () => {
    await aMeeting()
    await cell.secretary.says('/doilich tại Nhà văn hoá tổ 3')
    await cell.secretary.sees('Nhà văn hoá tổ 3')
    await cell.secretary.taps('Đúng, đổi lịch')
    await member.sees('Đổi địa điểm: Hội trường → Nhà văn hoá tổ 3')
    expect(await stored()).toMatchObject([{ revision: 2, place: 'Nhà văn hoá tổ 3' }])
  })

  test('into another month says that this one is left without a meeting, and offers days', async () => {
    await aMeeting()
    await cell.secretary.says('/doilich 05/01/2027')
    await cell.secretary.sees('tháng 12/2026 không còn buổi sinh hoạt thường kỳ nào', '[thứ Năm 17/12]')
    await cell.secretary.says('/doilich 01/01/2027')
    await cell.secretary.sees('01/01 là ngày nghỉ')
  })

  test('an answer given before is shown, and asked anew', async () => {
    await aMeeting()
    const [meeting] = await stored()
    await house.db.answer.create({
      data: {
        id: newId(),
        meetingId: meeting?.id ?? '',
        personId: cell.memberIds[0] ?? '',
        state: 'absent',
        answeredAt: house.now,
      },
    })
    await cell.secretary.says('/doilich 11/12')
    await cell.secretary.taps('Đúng, đổi lịch')
    await member.sees('Đổi lịch', 'Đồng chí đã trả lời: vắng', '[1 Có mặt]')
  })

  test('the button pressed twice, or by two people, moves once', async () => {
    await aMeeting()
    const { secretary } = cell
    await secretary.says('/doilich 11/12 20:00')
    const asked = await secretary.sees('Đổi lịch, đúng chưa')
    const index = asked.content.choices.flat().findIndex((one) => one.label === 'Đúng, đổi lịch')
    await secretary.tapsRaw(asked.deliveryId, index)
    await secretary.tapsRaw(asked.deliveryId, index)
    await secretary.sees('vừa được đổi', '20:00 thứ Sáu 11/12/2026')
    expect(await stored()).toMatchObject([{ revision: 2 }])
    await member.sees('Đổi lịch')
    await member.seesNothingMore()
  })
})

describe('two at once', () => {
  test('two who lead the cell move it: the second is told what it is now', async () => {
    await aMeeting()
    const { secretary } = cell
    const deputyId = await aPerson(house, 'Hà Thị Phó', cell.unitId)
    await appoint(house, deputyId, 'deputy', cell.unitId)
    const deputy = await house.phoneOf('deputy', deputyId)
    await secretary.says('/doilich 11/12 20:00')
    await deputy.says('/doilich 12/12 18:00')
    await Promise.all([secretary.taps('Đúng, đổi lịch'), deputy.taps('Đúng, đổi lịch')])
    expect(await stored()).toMatchObject([{ revision: 2 }])
    const screens = [await secretary.screen(), await deputy.screen()].join('\n')
    expect(screens).toContain('vừa được đổi nên tôi chưa làm gì thêm')
  })

  test('the deadline for answers keeps its distance from the start', async () => {
    await aMeeting()
    const [meeting] = await stored()
    await house.db.meeting.update({
      where: { id: meeting?.id ?? '' },
      data: { answerDeadline: at('2026-12-09 19:30') },
    })
    await cell.secretary.says('/doilich 11/12 20:00')
    await cell.secretary.taps('Đúng, đổi lịch')
    expect(await stored()).toMatchObject([{ answerDeadline: at('2026-12-10 20:00') }])
  })
})

describe('quiet hours', () => {
  test('a notice waits for half past six; of two moves in the night only the last is told', async () => {
    await aMeeting()
    const { secretary } = cell
    await house.to('2026-12-02 22:00')
    for (const to of ['11/12 20:00', '12/12 18:00']) {
      await secretary.says(`/doilich ${to}`)
      await secretary.taps('Đúng, đổi lịch')
      await secretary.sees('Tôi sẽ báo 2 đồng chí lúc 06:30')
    }
    await member.reads()
    await house.to('2026-12-03 06:29')
    await member.seesNothingMore()
    await house.to('2026-12-03 06:31')
    await member.sees('Đổi lịch: 19:30 thứ Năm 10/12/2026 → 18:00 thứ Bảy 12/12/2026')
    await member.seesNothingMore()
  })

  test('moved and moved back before anybody heard: nothing is told', async () => {
    await aMeeting()
    const { secretary } = cell
    await house.to('2026-12-02 22:00')
    for (const to of ['11/12 20:00', '10/12 19:30']) {
      await secretary.says(`/doilich ${to}`)
      await secretary.taps('Đúng, đổi lịch')
    }
    await member.reads()
    await house.to('2026-12-03 07:00')
    await member.seesNothingMore()
  })

  test('a meeting made in the night and moved in the night is told once, as new', async () => {
    await house.to('2026-12-01 22:00')
    await aMeeting()
    await cell.secretary.says('/doilich 11/12')
    await cell.secretary.taps('Đúng, đổi lịch')
    await house.to('2026-12-02 07:00')
    await member.sees('Sinh hoạt thường kỳ tháng 12/2026', '19:30 thứ Sáu 11/12/2026')
    await member.seesNothingMore()
  })

  test('a change within a day of the meeting is told at once', async () => {
    await aMeeting()
    await house.to('2026-12-09 22:30')
    await member.reads()
    await cell.secretary.says('/doilich 11/12')
    await cell.secretary.taps('Đúng, đổi lịch')
    await member.sees('Đổi lịch: 19:30 thứ Năm 10/12/2026 → 19:30 thứ Sáu 11/12/2026')
  })
})

describe('postponing', () => {
  test('is confirmed, says what the month lacks, offers days, and is told', async () => {
    await aMeeting()
    const { secretary } = cell
    await secretary.says('/hoanhop')
    await secretary.sees(
      'Hoãn buổi họp này',
      'tháng 12/2026 không còn buổi',
      '[Dời sang thứ Năm 17/12]',
      '[Đúng, hoãn] [Giữ nguyên lịch]',
    )
    await member.seesNothingMore()
    await secretary.taps('Đúng, hoãn')
    await secretary.sees('Đã hoãn', 'họp bù', '[Họp bù thứ Năm 17/12]', '[Khôi phục buổi họp]')
    await member.sees('Hoãn họp: 19:30 thứ Năm 10/12/2026', 'chưa có ngày mới')
    await secretary.taps('Khôi phục buổi họp')
    await secretary.sees('Đã khôi phục')
    await member.sees('Vẫn họp như cũ', '19:30 thứ Năm 10/12/2026')
    expect(await stored()).toMatchObject([{ state: 'planned', revision: 3 }])
  })

  test('kept after all', async () => {
    await aMeeting()
    await cell.secretary.says('hoãn họp')
    await cell.secretary.taps('Giữ nguyên lịch')
    await cell.secretary.sees('giữ nguyên', '19:30 thứ Năm 10/12/2026')
    expect(await stored()).toMatchObject([{ state: 'planned', revision: 1 }])
  })

  test('cannot be restored after a day', async () => {
    await aMeeting()
    await cell.secretary.says('/hoanhop')
    await cell.secretary.taps('Đúng, hoãn')
    await house.to('2026-12-03 08:00')
    await cell.secretary.taps('Khôi phục buổi họp')
    await cell.secretary.sees('quá một ngày', '/taohop')
  })

  test('takes back what waited for the old date', async () => {
    await aMeeting()
    const [meeting] = await stored()
    const subject = meeting?.id ?? ''
    const { enqueue, outgoing, PRIORITY } = await import('../../src/messaging/outbox.js')
    const { note } = await import('../../src/conversation/messages.js')
    for (const kind of ['reminders.step', 'materials.pushed'])
      await house.db.$transaction((tx) =>
        enqueue(tx, house.now, [
          {
            ...outgoing(
              note,
              { key: 'meetings.dismissed', params: {}, choices: [] },
              {
                causeKey: `${kind}:${subject}`,
                personId: cell.memberIds[0] ?? '',
                subject,
                priority: PRIORITY.notice,
                notBefore: at('2026-12-09 19:00'),
                expiresAt: at('2026-12-10 19:00'),
              },
            ),
            kind,
          },
        ]),
      )
    const states = async () =>
      (await house.db.outbox.findMany({ where: { subject, kind: { in: ['reminders.step', 'materials.pushed'] } } }))
        .filter((row) => row.causeKey.endsWith(subject))
        .sort((a, b) => a.kind.localeCompare(b.kind))
        .map((row) => row.state)
    await cell.secretary.says('/doilich 11/12')
    await cell.secretary.taps('Đúng, đổi lịch')
    expect(await states()).toEqual(['queued', 'withdrawn'])
    await cell.secretary.says('/hoanhop')
    await cell.secretary.taps('Đúng, hoãn')
    expect(await states()).toEqual(['withdrawn', 'withdrawn'])
  })
})
