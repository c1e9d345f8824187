import { expect } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { choose, type Dialogue, pick, type } from './driver.js'
import { dayColumn, held, NAMES, next, running, type Scene } from './scene.js'

const meetingOf = ({ db, unitId }: Scene) =>
  db.meeting.findFirst({ where: { cellId: unitId }, orderBy: { createdAt: 'desc' } })

async function probationary({ db, ids }: Scene): Promise<void> {
  await db.person.update({ where: { id: ids.member }, data: { admittedOn: dayColumn('2025-11-30') } })
}

const aFile = (name: RegExp) => (_: Scene, last: readonly { fileName: string | null }[]) =>
  expect(last.map((one) => one.fileName).join()).toMatch(name)

/** Planning meetings, what is due around them, and their papers. */
export const ofMeetings: readonly Dialogue[] = [
  {
    command: '/lichdinhky',
    as: 'secretary',
    steps: [
      type({
        vi: 'ngày 3 hằng tháng 19:00 tại Hội trường tầng 2',
        en: 'the 3rd of every month 19:00 at the Town Hall',
      }),
      choose('meetings.button.save-series'),
    ],
    ends: 'meetings.series.saved',
    result: async ({ db, unitId, locale }) => {
      const place = locale === 'vi' ? 'Hội trường tầng 2' : 'Town Hall'
      expect(await db.schedule.findFirst({ where: { cellId: unitId } })).toMatchObject({ time: '19:00', place })
    },
  },
  {
    command: '/taohop',
    as: 'secretary',
    steps: [
      type({
        vi: '25/12/2026 19:30 chuyên đề tại Hội trường tầng 2',
        en: '25/12/2026 19:30 thematic at the Town Hall',
      }),
      choose('meetings.button.save-meeting'),
    ],
    ends: 'meetings.created.done',
    result: async (scene) =>
      expect(await meetingOf(scene)).toMatchObject({
        kind: 'thematic',
        day: new Date('2026-12-25'),
        time: '19:30',
        place: scene.locale === 'vi' ? 'Hội trường tầng 2' : 'Town Hall',
      }),
  },
  {
    command: '/doilich',
    as: 'secretary',
    given: next,
    steps: [type('18/12 19:00'), choose('meetings.button.move')],
    ends: 'meetings.moved.done',
    result: async (scene) =>
      expect(await meetingOf(scene)).toMatchObject({ day: new Date('2026-12-18'), time: '19:00', state: 'planned' }),
  },
  {
    command: '/hoanhop',
    as: 'secretary',
    given: next,
    steps: [choose('meetings.button.cancel')],
    ends: 'meetings.cancelled.done-empty',
    result: async (scene) => expect(await meetingOf(scene)).toMatchObject({ state: 'cancelled' }),
  },
  {
    command: '/lichchibo',
    as: 'secretary',
    ends: 'calendar.feed.of-cell',
    result: async ({ db, unitId }) => expect(await db.calendarFeed.count({ where: { cellId: unitId } })).toBe(1),
  },
  {
    command: '/chinhthuc',
    as: 'secretary',
    given: probationary,
    steps: [
      pick(NAMES.member),
      type({ vi: 'số 12-QĐ/ĐU ngày 1/12/2026', en: 'no. 12-QĐ/ĐU of 1/12/2026' }),
      choose('milestones.button.save'),
    ],
    ends: 'milestones.saved',
    result: async ({ db, ids }) =>
      expect(await db.person.findUniqueOrThrow({ where: { id: ids.member } })).toMatchObject({
        fullOn: new Date('2026-11-30'),
      }),
  },
  {
    command: '/lichnhac',
    as: 'secretary',
    steps: [type({ vi: '5 ngày, 2 giờ', en: '5 days, 2 hours' }), choose('reminders.ladder.button.save')],
    ends: 'reminders.ladder.saved',
    result: async ({ db, unitId }) =>
      expect(await db.ladder.findFirst({ where: { cellId: unitId } })).toMatchObject({ offsets: [7_200, 120] }),
  },
  {
    command: '/nhacnho',
    as: 'secretary',
    given: async (scene) => [await next(scene), await scene.phone('member')],
    steps: [choose('reminders.nudge.button.send')],
    ends: 'reminders.nudge.sent',
    result: async ({ db, unitId, phone }) => {
      expect(await db.nudge.count({ where: { meeting: { cellId: unitId } } })).toBe(1)
      expect((await (await phone('member')).reads()).length).toBeGreaterThan(0)
    },
  },
  {
    command: '/tiendo',
    as: 'secretary',
    given: next,
    steps: [choose('gates.done.committee_met')],
    ends: 'gates.line.marked',
    result: async ({ db, ids }) =>
      expect(await db.gate.count({ where: { kind: 'committee_met', state: 'done', doneById: ids.secretary } })).toBe(1),
  },
  {
    command: '/chamdiem',
    as: 'secretary',
    given: held,
    steps: [choose('scoring.button.max')],
    ends: 'scoring.lead.completed',
    result: async ({ db, ids }) => expect(await db.score.count({ where: { completedById: ids.secretary } })).toBe(1),
  },
  { command: '/diemnam', as: 'secretary', given: held, ends: 'scoring.year-title' },
  {
    command: '/giaymoi',
    as: 'secretary',
    given: next,
    steps: [choose('groups.button.paper')],
    ends: 'groups.notice.coming',
    result: aFile(/\.docx/),
  },
  {
    command: '/giayto',
    as: 'secretary',
    given: held,
    steps: [choose('papers.button.minutes')],
    ends: 'papers.ready.minutes',
    result: aFile(/\.docx/),
  },
  {
    command: '/thongbao',
    as: 'secretary',
    given: (scene) => scene.phone('member'),
    steps: [
      type({ vi: 'Sáng thứ Bảy dọn vệ sinh đường làng', en: 'On Saturday we clean the village road' }),
      choose('announcements.button.send'),
    ],
    ends: 'announcements.sent.now',
    result: async ({ db, unitId, phone, locale }) => {
      expect(await db.announcement.count({ where: { cellId: unitId } })).toBe(1)
      await (await phone('member')).sees(locale === 'vi' ? 'dọn vệ sinh đường làng' : 'clean the village road')
    },
  },
  {
    command: '/ganchibo',
    as: 'secretary',
    inGroup: true,
    steps: [choose('groups.button.tie')],
    ends: 'groups.tie.done',
    result: async ({ db, unitId }) => expect(await db.cellGroup.count({ where: { unitId, endedAt: null } })).toBe(1),
  },
  {
    command: '/gochibo',
    as: 'secretary',
    given: async ({ db, unitId, ids, place }) => {
      const { id: botId } = await db.bot.findFirstOrThrow()
      const chat = { id: newId(), botId, externalId: `g-${unitId}`, kind: 'group' as const, createdAt: place.now }
      await db.chat.create({ data: chat })
      await db.cellGroup.create({
        data: { id: newId(), chatId: chat.id, unitId, tiedBy: ids.secretary, tiedAt: place.now },
      })
    },
    steps: [choose('groups.button.untie-yes')],
    ends: 'groups.untie.done',
    result: async ({ db, unitId }) => expect(await db.cellGroup.count({ where: { unitId, endedAt: null } })).toBe(0),
  },
  {
    command: '/phatbieu',
    as: 'secretary',
    given: running,
    steps: [pick(NAMES.member)],
    plainly: [type({ vi: 'phát biểu Lan', en: 'speakers Lan' })],
    ends: 'opinions.speakers.count',
    result: async ({ db, ids }) => expect(await db.speaker.count({ where: { personId: ids.member } })).toBe(1),
  },
]
