import { expect, test } from 'vitest'
import { loadTranslations } from '../../../src/core/i18n.js'
import { nudge, step } from '../../../src/reminders/messages.js'
import { at, ZONE } from '../../support/house.js'

const t = loadTranslations(`${import.meta.dirname}/../../../locales`).for('vi')

const meeting = {
  meetingId: '01990000-0000-7000-8000-000000000001',
  kind: 'regular',
  day: '2026-12-03',
  time: '19:30',
  place: 'Nhà văn hóa',
  agenda: null,
  onlineAllowed: false,
  cell: 'Chi bộ thôn Đồi Chè',
  zone: ZONE,
  startsAt: at('2026-12-03 19:30').toISOString(),
}
const stepData = step.schema.parse({ ...meeting, audience: 'all', who: 'asked', said: null, materials: [] })
const nudgeData = nudge.schema.parse(meeting)

test.each([
  ['2026-11-26 19:30', 'Còn 7 ngày'],
  ['2026-12-02 19:30', 'Ngày mai họp: 19:30 thứ Năm 03/12'],
  // Written for the evening before, held by an outage until the morning.
  ['2026-12-03 06:30', 'Tối nay họp: 19:30'],
  ['2026-12-03 18:45', 'Sắp đến giờ họp: 19:30'],
])('at %s it says „%s“, whenever it was written', (moment, words) => {
  expect(step.render(stepData, t, at(moment)).heading).toContain(words)
  expect(nudge.render(nudgeData, t, at(moment)).heading).toContain(words)
})
