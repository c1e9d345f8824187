import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.js'
import { aMeeting, answerRowOf } from '../support/meetings.js'
import { aCell } from '../support/people.js'

let house: House
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00' })
})
afterAll(() => house.close())

describe('what is kept only for a time', () => {
  test('after 90 days texts and reasons are gone, the facts stay, an old button says that it is old', async () => {
    const { members, unitId, memberIds } = await aCell(house, 1)
    const [member] = members
    const [personId = ''] = memberIds
    const meetingId = await aMeeting(house, unitId, '2026-11-25 19:30')
    await member?.says('em xin vắng vì cháu ốm')
    const { deliveryId } = (await member?.last()) ?? { deliveryId: '' }
    expect((await answerRowOf(house, meetingId, personId))?.reasonText).toBeTruthy()

    await house.to('2027-02-17 08:00')
    expect(await house.db.inboundUpdate.count()).toBeGreaterThan(0)
    await house.to('2027-02-19 08:00')
    expect(await house.db.inboundUpdate.count()).toBe(0)
    const sent = await house.db.delivery.findUniqueOrThrow({ where: { id: deliveryId }, include: { outbox: true } })
    expect([sent.state, sent.content, sent.outbox.data]).toEqual(['sent', null, {}])
    expect((await answerRowOf(house, meetingId, personId))?.reasonText).toBeTruthy()

    await house.to('2027-02-23 20:00')
    const answer = await answerRowOf(house, meetingId, personId)
    expect([answer?.state, answer?.reasonKind, answer?.reasonText]).toEqual(['absent', 'family', null])
    expect(await house.db.answerEvent.count({ where: { reasonText: { not: null } } })).toBe(0)
    await member?.tapsRaw(deliveryId, 0)
    await member?.sees('Lựa chọn này đã cũ')
  })
})
