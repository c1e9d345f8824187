import { expect } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { choose, type Dialogue, pick, type } from './driver.js'
import { dayColumn, NAMES, next, running, type Scene } from './scene.js'

const said = ({ db, ids }: Scene) => db.answer.findFirst({ where: { personId: ids.unlinked } })

async function aLeave({ db, ids, unitId, place }: Scene): Promise<void> {
  await db.leave.create({
    data: {
      id: newId(),
      personId: ids.member,
      cellId: unitId,
      startsOn: dayColumn('2026-12-10'),
      endsOn: dayColumn('2026-12-21'),
      reasonKind: 'work',
      state: 'pending',
      byId: ids.member,
      createdAt: place.now,
    },
  })
}

/** Who comes, who came, and what the cell decides about it. */
export const ofAttendance: readonly Dialogue[] = [
  {
    command: '/diemdanh',
    as: 'secretary',
    given: running,
    steps: [choose('attendance.rollcall.rest'), choose('attendance.rollcall.confirm')],
    plainly: [type({ vi: 'còn lại có mặt', en: 'the rest present' }), choose('attendance.rollcall.line.confirm')],
    ends: 'attendance.rollcall.confirmed',
    result: async ({ db, unitId, ids }) => {
      const roll = await db.rollCall.findFirst({ where: { meeting: { cellId: unitId } }, include: { marks: true } })
      expect(roll?.confirmedById).toBe(ids.secretary)
      expect(roll?.marks.map((one) => one.state)).toEqual(['present', 'present', 'present'])
    },
  },
  {
    command: 'trang điểm danh, roll call page',
    as: 'secretary',
    given: running,
    ends: 'pages.once.roll-call',
    result: async ({ db, ids }) =>
      expect(await db.pageGrant.count({ where: { personId: ids.secretary, purpose: 'roll-call' } })).toBe(1),
  },
  {
    command: '/traloithay',
    as: 'secretary',
    given: next,
    steps: [pick(NAMES.unlinked), choose('attendance.answer.label.absent'), choose('attendance.reason.health')],
    ends: 'attendance.behalf.recorded',
    result: async (scene) => expect(await said(scene)).toMatchObject({ state: 'absent', reasonKind: 'health' }),
  },
  {
    command: '/goidien',
    as: 'secretary',
    given: next,
    steps: [pick(NAMES.unlinked), choose('attendance.answer.label.present')],
    ends: 'attendance.behalf.recorded',
    result: async (scene) => expect(await said(scene)).toMatchObject({ state: 'present' }),
  },
  { command: 'tin đến đâu', as: 'secretary', given: next, ends: 'reach.fates.count' },
  { command: '/tonghop', as: 'secretary', given: next, ends: 'attendance.summary.replied' },
  {
    command: '/mien',
    as: 'secretary',
    steps: [type('Hùng 1/12-31/5'), choose('attendance.exemption.write')],
    ends: 'attendance.exemption.written',
    result: async ({ db, ids }) =>
      expect(await db.exemption.findFirst({ where: { personId: ids.unlinked } })).toMatchObject({
        kind: 'exempt',
        startsOn: new Date('2026-12-01'),
        endsOn: new Date('2027-06-01'),
      }),
  },
  {
    command: '/donvang',
    as: 'secretary',
    given: aLeave,
    steps: [choose('attendance.leave.open'), choose('attendance.leave.approve')],
    ends: 'attendance.leave.decided-approved',
    result: async ({ db, ids }) =>
      expect(await db.leave.findFirst({ where: { personId: ids.member } })).toMatchObject({ state: 'approved' }),
  },
  {
    command: '/baoketqua',
    as: 'secretary',
    steps: [choose('attendance.policy.switch-on')],
    ends: 'attendance.policy.on',
    result: async ({ db, unitId }) =>
      expect(await db.attendancePolicy.findUnique({ where: { cellId: unitId } })).toMatchObject({ tellsAbsent: true }),
  },
  {
    command: '/madiemdanh',
    as: 'secretary',
    given: running,
    steps: [choose('attendance.checkin.switch-on')],
    ends: 'attendance.checkin.code',
    result: async ({ db, ids }) =>
      expect(await db.checkIn.count({ where: { openedById: ids.secretary, closedAt: null } })).toBe(1),
  },
]
