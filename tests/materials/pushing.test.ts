import { afterEach, describe, expect, test } from 'vitest'
import { fromDateColumn, type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { aPdf } from '../support/files.js'
import { at } from '../support/house.js'
import { aMeeting, cancelMeeting, moveMeeting } from '../support/meetings.js'
import { aPerson, appoint } from '../support/people.js'
import { aScene, exempt, NEXT, NOW, type Scene, sentTo } from './setup.js'

let scene: Scene
const open = async (...args: Parameters<typeof aScene>) => {
  scene = await aScene(...args)
  return { ...scene, secretary: scene.cell.secretary }
}
afterEach(() => scene.house.close())

/** A material in the secretary's hands, declared. */
async function adds(button: string, title = 'Nghị quyết', bytes = aPdf(title.length.toString())): Promise<void> {
  const { secretary } = scene.cell
  await secretary.sendsFile('nq.pdf', bytes, title)
  await secretary.taps(button)
}

const pushes = () => sentTo(scene.house, 'materials.pushed')

describe('when', () => {
  test('with the next step', async () => {
    const { house, cell } = await open()
    await adds(NEXT)
    await house.to('2026-12-03 18:59')
    expect(await pushes()).toBe(0)
    await house.to('2026-12-03 19:00')
    await cell.members[0]?.sees('*Nghị quyết*', '(nq.pdf)', 'thường kỳ 19:00 thứ Năm 10/12/2026', '[Đã đọc]')
    expect(await pushes()).toBe(4)
    await house.to('2026-12-09 20:00')
    expect(await pushes()).toBe(4)
  })

  test('at once, or in the morning if it is night', async () => {
    const { house, secretary } = await open()
    await adds(NOW)
    expect(await pushes()).toBe(4)
    await house.to('2026-12-01 22:00')
    await adds(NOW, 'Báo cáo tháng')
    await secretary.sees('lúc 06:30 thứ Tư 02/12/2026')
    await house.to('2026-12-02 06:29')
    expect(await pushes()).toBe(4)
    await house.to('2026-12-02 06:30')
    expect(await pushes()).toBe(8)
  })

  test('less than 24 hours before the meeting it goes at once, whichever was chosen', async () => {
    const { secretary } = await open('2026-12-10 19:00', '2026-12-10 08:00')
    await adds(NEXT)
    await secretary.sees('đang gửi')
    expect(await pushes()).toBe(4)
  })

  test('a step that the quiet hours move inside the last 24 hours is not waited for', async () => {
    const { secretary } = await open('2026-12-10 06:00', '2026-12-08 12:00')
    await adds(NEXT)
    await secretary.sees('đang gửi')
    expect(await pushes()).toBe(4)
  })

  test('after a downtime it goes late, not in the night and not twice', async () => {
    const { house } = await open()
    await adds(NEXT)
    await house.sleepsUntil('2026-12-04 23:00')
    expect(await pushes()).toBe(0)
    await house.to('2026-12-05 06:30')
    expect(await pushes()).toBe(4)
  })

  test('what was down over the whole meeting sends nothing', async () => {
    const { house } = await open()
    await adds(NEXT)
    await house.sleepsUntil('2026-12-11 08:00')
    await house.to('2026-12-12 08:00')
    expect(await pushes()).toBe(0)
  })
})

describe('to whom', () => {
  test('also to who is exempt, who said absent and who follows the cell; once', async () => {
    const { house, cell } = await open()
    const [first = '', second = ''] = cell.memberIds
    await exempt(house, first)
    await house.db.answer.create({
      data: { id: newId(), meetingId: scene.meetingId, personId: second, state: 'absent', answeredAt: house.now },
    })
    const guest = await aPerson(house, 'Quàng Thị Theo Dõi')
    await appoint(house, guest, 'follower', cell.unitId)
    await house.phoneOf('guest', guest)
    await adds(NOW)
    for (const id of [first, second, guest]) expect(await sentTo(house, 'materials.pushed', id)).toBe(1)
    expect(await pushes()).toBe(5)
  })

  test('who joins after the push sees it in the list', async () => {
    const { house, cell } = await open()
    await adds(NOW)
    const late = await house.phoneOf('late', await aPerson(house, 'Lường Văn Mới', cell.unitId))
    await late.says('tai lieu')
    await late.sees('Nghị quyết – chưa đọc', '[Nghị quyết]')
    await late.taps('Nghị quyết')
    await late.sees('*Nghị quyết*', '(nq.pdf)', '[Đã đọc]')
  })
})

describe('a meeting that changes', () => {
  test('moved: what has not gone out goes by the new day', async () => {
    const { house, meetingId } = await open()
    await adds(NEXT)
    await moveMeeting(house, meetingId, '2026-12-20 19:00')
    await house.to('2026-12-13 18:59')
    expect(await pushes()).toBe(0)
    await house.to('2026-12-13 19:00')
    expect(await pushes()).toBe(4)
    const meeting = await house.db.meeting.findUniqueOrThrow({ where: { id: meetingId } })
    expect(fromDateColumn(meeting.day)).toBe('2026-12-20')
  })

  test('cancelled: it is kept, and moved to the next meeting by one button', async () => {
    const { house, cell, meetingId, secretary } = await open()
    await adds(NEXT)
    await aMeeting(house, cell.unitId, '2026-12-24 19:00')
    await cancelMeeting(house, meetingId)
    await house.to('2026-12-02 08:00')
    await secretary.sees('chưa gửi tài liệu', '• Nghị quyết', 'thứ Năm 24/12/2026', '[Chuyển sang buổi họp tới]')
    await house.to('2026-12-11 08:00')
    expect(await pushes()).toBe(0)
    await secretary.taps('Chuyển sang buổi họp tới')
    await secretary.sees('Đã chuyển sang', 'lúc 19:00 thứ Năm 17/12/2026')
    await house.to('2026-12-17 19:00')
    expect(await pushes()).toBe(4)
    await secretary.taps('Chuyển sang buổi họp tới').catch(() => undefined)
    expect(await house.db.material.count()).toBe(1)
  })

  test('cancelled without a next meeting: it stands in the list', async () => {
    const { house, meetingId, secretary } = await open()
    await adds(NEXT)
    await cancelMeeting(house, meetingId)
    await house.to('2026-12-02 08:00')
    await secretary.sees('Tài liệu vẫn được giữ')
    await secretary.says('/tailieu')
    await secretary.sees('Chưa gửi vì đã hoãn', 'Nghị quyết', '[Chuyển sang buổi họp tới]')
  })

  test('restored: it goes out after all', async () => {
    const { house, meetingId } = await open()
    await adds(NEXT)
    await cancelMeeting(house, meetingId)
    await house.to('2026-12-02 08:00')
    await house.db.meeting.update({ where: { id: meetingId }, data: { state: 'planned', revision: { increment: 1 } } })
    await house.to('2026-12-10 18:00')
    expect(await pushes()).toBe(4)
  })
})

describe('reading', () => {
  test('is kept once, takes the button away and leaves the file', async () => {
    const { house, cell } = await open()
    await adds(NOW)
    const member = cell.members[0]
    const { deliveryId } = (await member?.sees('[Đã đọc]')) ?? { deliveryId: '' }
    await member?.taps('Đã đọc')
    const after = await member?.sees('*Nghị quyết*', 'Đã đọc ✓')
    expect(after?.content.choices).toEqual([])
    await house.to('2026-12-01 09:00')
    await member?.tapsRaw(deliveryId, 0)
    expect(await house.db.reading.findMany()).toMatchObject([
      { personId: cell.memberIds[0], at: at('2026-12-01 08:00') },
    ])
    const edits = await house.db.delivery.findMany({ where: { operation: 'edit', outbox: { kind: 'materials.read' } } })
    expect(edits.map((one) => one.content)).not.toContainEqual(expect.objectContaining({ fileName: 'nq.pdf' }))
    expect(await sentTo(house, 'materials.pushed', cell.memberIds[0])).toBe(1)
  })

  test('is counted for the secretary, without names; members see their own', async () => {
    const { house, cell, secretary } = await open()
    await adds(NOW)
    for (const member of cell.members.slice(0, 2)) await member.taps('Đã đọc')
    await secretary.says('/tailieu')
    await secretary.sees('2/4 đã đọc; chưa đọc')
    await cell.members[0]?.reads()
    await cell.members[0]?.says('xem tài liệu')
    const { content } = (await cell.members[0]?.sees('Nghị quyết – đã đọc ✓')) ?? { content: { text: '' } }
    expect(content.text).not.toContain('2/4')
    await house.to('2026-12-12 08:00')
    await cell.members[0]?.says('xem tài liệu')
    await cell.members[0]?.sees('Đã họp', 'Nghị quyết – đã đọc ✓')
  })

  test("another cell's material is refused", async () => {
    const { house, cell } = await open()
    await adds(NOW)
    const { deliveryId } = (await cell.members[0]?.last()) ?? { deliveryId: '' }
    const stranger = await house.phoneOf('stranger', await aPerson(house, 'Cầm Văn Xa'))
    await stranger.tapsRaw(deliveryId, 0)
    await stranger.sees('dành cho đồng chí khác')
    expect(await house.db.reading.count()).toBe(0)
  })
})

describe('the secretary and a material', () => {
  test('pushes it before its time', async () => {
    const { secretary } = await open()
    await adds(NEXT)
    await secretary.says('/tailieu')
    await secretary.sees('sẽ gửi lúc 19:00 thứ Năm 03/12')
    await secretary.taps('Nghị quyết')
    await secretary.sees('Đồng chí Lò Thị Bí Thư xác nhận không mật ngày 01/12/2026')
    await secretary.taps('Gửi ngay cho các đồng chí')
    expect(await pushes()).toBe(4)
  })

  test('takes it back: nobody gets it any more', async () => {
    const { house, cell, secretary } = await open()
    await adds(NOW)
    await cell.members[0]?.reads()
    await adds(NEXT, 'Bản nháp')
    await secretary.says('/tailieu')
    await secretary.taps('Bản nháp')
    await secretary.taps('Gỡ tài liệu')
    await secretary.taps('Đồng ý gỡ')
    await secretary.sees('Đã gỡ “Bản nháp”')
    await house.to('2026-12-09 20:00')
    expect(await pushes()).toBe(4)
    await cell.members[0]?.says('/tailieu')
    const { content } = (await cell.members[0]?.sees('Nghị quyết')) ?? { content: { text: '' } }
    expect(content.text).not.toContain('Bản nháp')
  })
})

test('the deputy may do all of it; a day of the roster decides, not the day of the push', async () => {
  const { house, cell } = await open()
  const [first = '', second = ''] = cell.memberIds
  await appoint(house, first, 'deputy', cell.unitId)
  const leaves = toDateColumn('2026-12-05' as PlainDate)
  await house.db.membership.updateMany({ where: { personId: second }, data: { endsOn: leaves } })
  await cell.members[0]?.sendsFile('a.pdf', aPdf(newId()), 'Kế hoạch')
  await cell.members[0]?.taps(NOW)
  expect(await sentTo(house, 'materials.pushed', second)).toBe(0)
  expect(await pushes()).toBe(3)
})
