import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBlobs } from '../../src/messaging/blobs.js'
import { type House, openHouse } from '../support/house.js'
import { faultsOfCalendar } from '../support/ics-check.js'
import { aMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'
import { openSiteOf, PUBLIC_URL, type Site } from '../support/site.js'

const PLACE = 'Phòng họp lớn, tầng 2; nhà văn hóa \\ xóm Đoài\u000b, đường Nguyễn Thị Minh Khai 😀, phường Hoa Ban'

type Served = Readonly<{ text: string; type: string }>

let house: House
let cell: Cell
let site: Site
const served: Record<string, Served> = {}

/** Every calendar that goes out: a member's and a cell's address, a notice's file, the file in the chat. */
beforeAll(async () => {
  house = await openHouse({ now: '2026-11-20 08:00', publicUrl: PUBLIC_URL })
  cell = await aCell(house, 1)
  site = await openSiteOf(house)
  const { secretary, members } = cell
  const [member] = members
  if (!member) throw new Error('nobody')
  const see = async (name: string, link: string): Promise<void> => {
    const { html, headers, status } = await site.get(link)
    expect(status).toBe(200)
    served[name] = { text: html, type: headers.get('content-type') ?? '' }
  }
  await secretary.says('/lichdinhky ngày 31 hằng tháng 19h30 tại Hội trường tầng 2')
  await secretary.taps('Đúng, lưu lịch')
  await house.db.schedule.updateMany({ data: { place: PLACE } })
  await secretary.says('/doilich 2/12 18h')
  await secretary.taps('thứ Hai 30/11')
  await secretary.taps('Đúng, đổi lịch')
  await house.db.meeting.updateMany({ data: { place: PLACE } })
  await aMeeting(house, cell.unitId, '2026-12-20 14:00', {
    kind: 'thematic',
    place: PLACE,
    state: 'cancelled',
    revision: 2,
  })
  await house.app.settle()
  const linkIn = (text: string): string => /https:\S+\.ics/.exec(text)?.[0] ?? 'no address'
  await member.says('lịch điện thoại')
  await see('member', linkIn((await member.sees('trong điện thoại')).content.text))
  await secretary.says('lịch chi bộ')
  await see('cell', linkIn((await secretary.sees('trong điện thoại')).content.text))
  await see('notice', (await member.sees('Đổi lịch:')).content.url ?? '')
})
afterAll(async () => {
  await site?.close()
  await house?.close()
})

test('the address of a member and of a cell, and the file of a notice, as they are served', () => {
  expect(Object.keys(served)).toEqual(['member', 'cell', 'notice'])
  for (const { text, type } of Object.values(served)) expect(faultsOfCalendar(text, type)).toEqual([])
})

test('they do hold what is hard: a rule with its exceptions, a cancelled meeting, a place of every sign', () => {
  const { text = '' } = served.cell ?? {}
  const unfolded = text.replaceAll('\r\n ', '')
  expect(unfolded).toMatch(/RRULE:[\s\S]*RECURRENCE-ID;TZID=[\s\S]*STATUS:CANCELLED/)
  const [event] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
  expect(event?.getFirstPropertyValue('location')).toBe(PLACE.replace('\u000b', ' '))
  expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 60).length).toBeGreaterThan(5)
})

test('the file that comes into a chat where there is no address', async () => {
  const home = await openHouse({ now: '2026-11-20 08:00' })
  const { secretary, unitId } = await aCell(home, 1)
  await aMeeting(home, unitId, '2026-12-03 19:30', { place: PLACE })
  await secretary.says('/calendar')
  const { content } = await secretary.sees('(lich-hop.ics)')
  const file = await home.db.file.findUniqueOrThrow({ where: { sha256: content.sha256 ?? '' } })
  const text = new TextDecoder().decode(await openBlobs(`${home.dataDir}/files`).get(file.sha256))
  expect(text).toContain('BEGIN:VEVENT')
  expect(faultsOfCalendar(text, file.mime)).toEqual([])
  await home.close()
})

test.each([
  ['a bare line feed', (text: string) => text.replace('\r\nVERSION', '\nVERSION')],
  ['a line of 76 octets', (text: string) => text.replace('VERSION:2.0', `VERSION:2.0\r\nX-A:${'ệ'.repeat(24)}`)],
  ['no UID', (text: string) => text.replace(/\r\nUID:.*(\r\n .*)*/, '')],
  ['no DTSTAMP', (text: string) => text.replace(/\r\nDTSTAMP:.*/, '')],
  ['no VTIMEZONE', (text: string) => text.replace(/BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n/, '')],
  [
    'a METHOD that the content type has not',
    (text: string) => text.replace('VERSION:2.0', 'VERSION:2.0\r\nMETHOD:PUBLISH'),
  ],
])('%s is found', (_, spoil) => {
  const { text = '', type = '' } = served.cell ?? {}
  expect(spoil(text)).not.toBe(text)
  expect(faultsOfCalendar(spoil(text), type).length).toBeGreaterThan(0)
})
