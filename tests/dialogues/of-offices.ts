import { expect } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { choose, type Dialogue, pick, type } from './driver.js'
import type { Scene } from './scene.js'

const grants = ({ db }: Scene, who: string, purpose: 'upload' | 'bot-token' | 'sign-in') =>
  db.pageGrant.count({ where: { personId: who, purpose } })

/** Inviting people, the papers and rules of a committee, and the bots. */
export const ofOffices: readonly Dialogue[] = [
  {
    command: '/mamoi',
    as: 'secretary',
    ends: 'organization.invite.title',
    result: async ({ db, ids }, last) => {
      expect(await db.invitation.count({ where: { personId: ids.unlinked } })).toBe(1)
      expect(last.map((one) => one.text).join()).toMatch(/Đỗ Văn Hùng: \d{4} \d{4}/)
    },
  },
  {
    command: '/trangrieng',
    as: 'secretary',
    steps: [choose('pages.personal.all')],
    ends: 'pages.once.papers',
    result: async ({ db, ids }) =>
      expect(await db.personalPage.count({ where: { personId: ids.unlinked, revokedAt: null } })).toBe(1),
  },
  {
    command: '/taitep',
    as: 'secretary',
    ends: 'pages.once.upload',
    refused: 'pages.error.not-yours',
    result: async (scene) => expect(await grants(scene, scene.ids.secretary, 'upload')).toBe(1),
  },
  {
    command: '/donvi',
    as: 'leader',
    ends: 'organization.units.cell',
    result: (_, last) => expect(last[0]?.text).toContain('Chi bộ Tổ dân phố 1'),
  },
  { command: '/baocao', as: 'leader', ends: 'digests.heading.now' },
  {
    command: '/mochop',
    as: 'office',
    steps: [type({ vi: 'Báo cáo: sau 3 ngày', en: 'Report: 3 days after' }), choose('gates.button.save')],
    ends: 'gates.sheet.saved',
    result: async ({ db, committeeId }) => expect(await db.gateSheet.count({ where: { unitId: committeeId } })).toBe(1),
  },
  {
    command: '/phieudiem',
    as: 'office',
    steps: [
      type({ vi: 'Chuẩn bị nội dung: 40\nTiến hành sinh hoạt: 60', en: 'Preparation: 40\nConduct: 60' }),
      choose('scoring.own.confirm'),
    ],
    ends: 'scoring.own.set',
    result: async ({ db, committeeId }) =>
      expect(await db.scoreSheet.count({ where: { unitId: committeeId } })).toBe(1),
  },
  {
    command: '/mau',
    as: 'office',
    steps: [choose('papers.template.button.sample')],
    ends: 'papers.template.sample',
    result: (_, last) => expect(last.map((one) => one.fileName).join()).toMatch(/\.docx/),
  },
  {
    command: '/thembot',
    as: 'secretary',
    ends: 'bots.add.how',
    result: async (scene) => expect(await grants(scene, scene.ids.secretary, 'bot-token')).toBe(1),
  },
  { command: '/bot', as: 'secretary', ends: 'bots.list.title' },
  {
    command: '/xoabot',
    as: 'secretary',
    given: ({ db, unitId, place, over }) =>
      db.bot.create({
        data: {
          id: newId(),
          // One of the platform that runs here would be taken for what the environment named before.
          platform: over === 'plain' ? 'telegram' : 'zalo',
          externalId: `bot-of-${unitId}`,
          username: 'chi_bo_1_bot',
          unitId,
          state: 'active',
          createdAt: place.now,
        },
      }),
    steps: [pick('chi_bo_1_bot'), choose('bots.retire.yes')],
    ends: 'bots.retire.done',
    result: async ({ db, unitId }) =>
      expect(await db.bot.findFirst({ where: { unitId } })).toMatchObject({ state: 'retired' }),
  },
  {
    command: '/zalocanhan',
    as: 'administrator',
    steps: [
      type({
        vi: 'Zalo có thể khóa tài khoản này, chủ tài khoản đã đồng ý',
        en: 'Zalo may lock this account, and its owner has agreed',
      }),
    ],
    ends: 'pages.once.sign-in',
    result: async (scene) => expect(await grants(scene, scene.ids.administrator, 'sign-in')).toBe(1),
  },
]
