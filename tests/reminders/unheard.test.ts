import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSandboxChannel } from '../../src/channels/sandbox/index.js'
import { MINUTE } from '../../src/core/dates.js'
import { recordHearing, recordLastHearing } from '../../src/messaging/hearing.js'
import { at, House } from '../support/house.js'
import { aMeeting } from '../support/meetings.js'
import { aPerson, aUnit } from '../support/people.js'
import { openZaloApp, type ZaloApp } from '../support/zalo/app.js'
import type { Person } from '../support/zalo/index.js'

let zalo: ZaloApp
let house: House
let people: Person[]

const person = (n: number): Person => {
  const found = people[n]
  if (!found) throw new Error(`nobody is number ${n}`)
  return found
}

/** A cell whose members have Zalo, and were asked two days ago about the meeting of 3 December. */
beforeEach(async () => {
  zalo = await openZaloApp({ mode: 'polling', now: '2026-11-20 08:00' })
  house = new House(zalo.app(), createSandboxChannel(), zalo.clock, zalo.url, zalo.close, zalo.dataDir, null)
  const cellId = await aUnit(house, 'Chi bộ Tổ dân phố 1')
  people = [0, 1, 2].map((n) => zalo.server.person({ id: n, name: `Đỗ Văn ${n}` }))
  for (const one of people) {
    const personId = await aPerson(house, one.parts.user.display_name, cellId)
    await house.phoneOf(one.id, personId)
    one.chat.standing = 'open'
  }
  await aMeeting(house, cellId, '2026-12-03 19:30')
  await house.to('2026-11-26 20:00')
  for (const one of people) await one.sees('Còn 7 ngày')
  person(0).says('1')
  await zalo.settle()
  await person(0).sees('Đã ghi')
})
afterEach(async () => {
  await zalo.close()
  expect(zalo.server.violations).toEqual([])
})

const askedAgain = (one: Person) => one.messages().filter(({ text }) => text.includes('có thể đã mất'))

async function isDown(from: string, until: string, during: () => void = () => {}): Promise<void> {
  zalo.clock.moment = at(from)
  await zalo.stop()
  zalo.server.losesWhatIsSaid(true)
  during()
  zalo.server.losesWhatIsSaid(false)
  zalo.clock.moment = at(until)
  await zalo.start()
  await zalo.settle()
}

describe('what was written while nobody listened may be lost', () => {
  test('whoever was asked and is silent is asked once more, and told why; who has answered is left in peace', async () => {
    await isDown('2026-11-27 08:00', '2026-11-27 10:30', () => person(1).says('em vắng'))
    const [{ text = '' } = {}] = askedAgain(person(1))
    expect(text).toContain('Từ 08:00 ngày 27/11 đến 10:30 ngày 27/11')
    expect(text).toContain('19:30 thứ Năm 03/12')
    expect(people.map((one) => askedAgain(one).length)).toEqual([0, 1, 1])
    person(1).says('4')
    await zalo.settle()
    await person(1).sees('Đã ghi: đồng chí vắng mặt')
    await isDown('2026-11-27 11:00', '2026-11-27 11:06')
    expect(people.map((one) => askedAgain(one).length)).toEqual([0, 1, 2])
  })

  test('a restart of a few minutes is nobody’s news', async () => {
    await isDown('2026-11-27 08:00', '2026-11-27 08:04')
    expect(people.flatMap(askedAgain)).toEqual([])
  })

  test('found at night it waits for the morning', async () => {
    await isDown('2026-11-26 20:30', '2026-11-26 23:00')
    expect(people.flatMap(askedAgain)).toEqual([])
    zalo.clock.moment = at('2026-11-27 06:30')
    await zalo.settle()
    expect(people.map((one) => askedAgain(one).length)).toEqual([0, 1, 1])
  })

  test('once the meeting has begun there is nothing to ask', async () => {
    await isDown('2026-12-03 18:00', '2026-12-03 20:00')
    expect(people.flatMap(askedAgain)).toEqual([])
  })
})

describe('listening is noted', () => {
  const gaps = () => zalo.app().db.hearingGap.findMany({ orderBy: { fromAt: 'asc' } })

  test('once for a pause however many instances note it, and what the platform keeps is no pause', async () => {
    const { db } = zalo.app()
    const note = (text: string, keepsMs = 0) => recordHearing(db, at(text), house.botId, keepsMs)
    await recordLastHearing(db, at('2026-11-28 08:00'), house.botId)
    await note('2026-11-28 10:00', 24 * 60 * MINUTE)
    expect(await gaps()).toEqual([])
    await Promise.all([1, 2, 3].map(() => note('2026-11-28 12:00')))
    expect(await gaps()).toMatchObject([{ fromAt: at('2026-11-28 10:00'), untilAt: at('2026-11-28 12:00') }])
    await note('2026-11-28 11:00')
    await note('2026-11-28 12:05')
    expect(await gaps()).toHaveLength(1)
  })

  test('not while the platform cannot be reached', async () => {
    const [line] = zalo.app().lines
    zalo.server.faults.next('getUpdates', { kind: 'status', status: 500 }, 1000)
    person(2).says('x')
    await expect.poll(() => line?.state().state, { interval: 5, timeout: 10_000 }).toBe('failing')
    zalo.clock.moment = at('2026-11-27 08:00')
    await line?.heard()
    expect(await gaps()).toEqual([])
    zalo.server.faults.clear()
    await expect.poll(() => line?.state().state, { interval: 5, timeout: 10_000 }).toBe('running')
    await line?.heard()
    expect(await gaps()).toMatchObject([{ untilAt: at('2026-11-27 08:00') }])
  })
})
