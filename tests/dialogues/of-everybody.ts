import { expect } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { inTransaction } from '../../src/database/client.js'
import { codeOf, formatCode } from '../../src/organization/codes.js'
import { inviteEach } from '../../src/organization/invitations.js'
import { CONSENT_VERSION } from '../../src/organization/linking-rules.js'
import { CODE_KEY } from '../support/house.js'
import { choose, type Dialogue, pick, type } from './driver.js'
import { held, next, type Scene } from './scene.js'

const codes = new WeakMap<Scene, string>()

async function invites(scene: Scene): Promise<void> {
  const live = await inTransaction(scene.db, (tx) =>
    inviteEach(tx, scene.place.now, [scene.ids.unlinked], scene.ids.secretary, CODE_KEY),
  )
  codes.set(scene, formatCode(codeOf(CODE_KEY, live.get(scene.ids.unlinked)?.id ?? '')))
}

const answerOf = ({ db, ids }: Scene) => db.answer.findFirst({ where: { personId: ids.member } })

async function aMaterial(scene: Scene): Promise<void> {
  const { db, unitId, ids, place } = scene
  await db.material.create({
    data: {
      id: newId(),
      cellId: unitId,
      meetingId: await next(scene),
      title: 'NQ 12',
      url: 'https://example.vn/nq',
      push: 'next_step',
      addedById: ids.secretary,
      addedAt: place.now,
    },
  })
}

/** What any member may ask for. */
export const ofEverybody: readonly Dialogue[] = [
  {
    command: '/batdau',
    as: 'stranger',
    given: invites,
    behind: (scene) => codes.get(scene) ?? '',
    steps: [choose('organization.consent.agree'), choose('organization.confirm.yes')],
    ends: 'organization.linked.welcome',
    result: async ({ db, ids }) => {
      expect(await db.chatLink.count({ where: { personId: ids.unlinked, endedAt: null } })).toBe(1)
      const consent = await db.consent.findFirst({ where: { personId: ids.unlinked } })
      expect(consent).toMatchObject({ decision: 'given', textVersion: CONSENT_VERSION })
    },
  },
  { command: '/menu', as: 'member', given: next, steps: [choose('meetings.menu.next')], ends: 'meetings.next.heading' },
  { command: '/trogiup', as: 'member', steps: [choose('conversation.menu.open')], ends: 'conversation.menu.ask' },
  {
    command: '/canhan',
    as: 'member',
    steps: [choose('organization.person.withdraw'), choose('organization.withdraw.yes')],
    ends: 'organization.withdraw.done',
    result: async ({ db, ids }) => {
      expect(await db.chatLink.count({ where: { personId: ids.member, endedAt: null } })).toBe(0)
      expect(await db.consent.findFirst({ where: { personId: ids.member } })).toMatchObject({ decision: 'withdrawn' })
    },
  },
  {
    command: 'rút lại sự đồng ý, withdraw consent',
    as: 'member',
    steps: [choose('organization.withdraw.no')],
    ends: 'organization.person.phones',
    result: async ({ db, ids }) =>
      expect(await db.chatLink.count({ where: { personId: ids.member, endedAt: null } })).toBe(1),
  },
  {
    command: '/ngonngu',
    as: 'member',
    steps: ({ locale }) => [choose(locale === 'vi' ? 'organization.language.en' : 'organization.language.vi')],
    ends: 'organization.language.done',
    endsIn: (locale) => (locale === 'vi' ? 'en' : 'vi'),
    result: async ({ db, ids, locale }) =>
      expect((await db.person.findUniqueOrThrow({ where: { id: ids.member } })).locale).not.toBe(locale),
  },
  {
    command: '/tatbao',
    as: 'member',
    steps: [choose('conversation.mute.turn-off')],
    ends: 'conversation.mute.off',
    result: async ({ db, ids }) => expect(await db.mute.count({ where: { personId: ids.member } })).toBe(1),
  },
  {
    command: '/hoantac',
    as: 'member',
    given: async (scene) => {
      await next(scene)
      await (await scene.phone('member')).says('1')
      expect(await answerOf(scene)).toMatchObject({ state: 'present' })
    },
    ends: 'attendance.undo.done',
    result: async (scene) => expect(await answerOf(scene)).toBeNull(),
  },
  {
    command: '/lich',
    as: 'member',
    given: next,
    steps: [choose('meetings.answer.present')],
    ends: 'attendance.answer.recorded',
    result: async (scene) => expect(await answerOf(scene)).toMatchObject({ state: 'present' }),
  },
  {
    command: '/baovang',
    as: 'member',
    given: next,
    behind: { vi: 'đi công tác', en: 'business trip' },
    ends: 'attendance.answer.recorded',
    result: async (scene) => expect(await answerOf(scene)).toMatchObject({ state: 'absent', reasonKind: 'work' }),
  },
  {
    command: 'báo vắng dài ngày, leave',
    as: 'member',
    given: async (scene) => [await next(scene), await scene.phone('secretary')],
    steps: [type({ vi: '10/12-20/12 đi công tác', en: '10/12-20/12 business trip' }), choose('attendance.leave.send')],
    ends: 'attendance.leave.sent',
    result: async (scene) => {
      const leave = await scene.db.leave.findFirst({ where: { personId: scene.ids.member } })
      expect(leave).toMatchObject({ state: 'pending', reasonKind: 'work' })
      expect(await answerOf(scene)).toMatchObject({ state: 'absent', reasonKind: 'work' })
    },
  },
  {
    command: 'về sớm, back early',
    as: 'member',
    given: async (scene) => {
      const [startsOn, endsOn] = [new Date('2026-12-01'), new Date('2026-12-21')]
      const { db, ids, unitId, place } = scene
      await db.leave.create({
        data: {
          id: newId(),
          personId: ids.member,
          cellId: unitId,
          startsOn,
          endsOn,
          reasonKind: 'work',
          state: 'approved',
          byId: ids.member,
          createdAt: place.now,
        },
      })
    },
    steps: [choose('attendance.leave.end')],
    ends: 'attendance.leave.ended',
    result: async ({ db, ids }) => {
      const leave = await db.leave.findFirstOrThrow({ where: { personId: ids.member } })
      expect(leave.endsOn).toEqual(new Date('2026-12-03'))
    },
  },
  {
    command: 'điểm danh của tôi, my roll call',
    as: 'member',
    given: async (scene) => [await held(scene), await scene.phone('secretary')],
    steps: [choose('attendance.mine.object')],
    ends: 'attendance.mine.objected',
    result: async ({ db, ids }) =>
      expect(await db.objection.findFirst({ where: { personId: ids.member } })).toMatchObject({ closedAt: null }),
  },
  {
    command: 'năm nay của tôi, my year',
    as: 'member',
    given: held,
    steps: [choose('attendance.mine.object-this'), choose('attendance.mine.object')],
    ends: 'attendance.mine.objected',
    result: async ({ db, ids }) => expect(await db.objection.count({ where: { personId: ids.member } })).toBe(1),
  },
  {
    command: '/tailieu',
    as: 'member',
    given: aMaterial,
    steps: [pick('NQ 12'), choose('materials.button.read')],
    ends: 'materials.item.read',
    result: async ({ db, ids }) => expect(await db.reading.count({ where: { personId: ids.member } })).toBe(1),
  },
  {
    command: '/ghichu',
    as: 'member',
    steps: [choose('notes.button.add'), type({ vi: 'Hỏi lại về đường', en: 'Ask about the road' })],
    ends: 'notes.written',
    result: async ({ db, ids }) => expect(await db.note.count({ where: { personId: ids.member } })).toBe(1),
  },
  {
    command: '/nhiemvu',
    as: 'secretary',
    given: held,
    steps: [
      choose('tasks.button.add'),
      type({ vi: 'Hùng: sửa loa nhà văn hóa, trước 20/12', en: 'Hùng: mend the loudspeaker, by 20/12' }),
      choose('tasks.button.record'),
    ],
    ends: 'tasks.lead.recorded',
    result: async ({ db, ids }) =>
      expect(await db.task.findFirst({ where: { ownerId: ids.unlinked } })).toMatchObject({
        state: 'open',
        dueOn: new Date('2026-12-20'),
      }),
  },
  {
    command: '/gopy',
    as: 'member',
    given: async (scene) => [await next(scene), await scene.phone('secretary')],
    steps: [type({ vi: 'Đề nghị sửa đường làng', en: 'Please mend the village road' })],
    ends: 'opinions.recorded.opinion-told',
    result: async ({ db, ids, locale, phone }) => {
      expect(await db.opinion.findFirst({ where: { personId: ids.member } })).toMatchObject({ kind: 'opinion' })
      await (await phone('secretary')).sees(locale === 'vi' ? 'Đề nghị sửa đường làng' : 'Please mend the village road')
    },
  },
  {
    command: '/lichdienthoai',
    as: 'member',
    ends: 'calendar.feed.own',
    result: async ({ db, ids }) =>
      expect(await db.calendarFeed.count({ where: { personId: ids.member, cellId: null } })).toBe(1),
  },
]
