import type { HeldRole, Permission } from '../conversation/types.js'

type RoleName = HeldRole['role']

/** What a secretary and a deputy may in their own cell. */
const LEADS_CELL: readonly Permission[] = [
  'meeting.plan',
  'attendance.see',
  'attendance.manage',
  'rollcall.record',
  'material.add',
  'member.invite',
  'roster.import',
  'leave.decide',
  'gate.mark',
  'task.manage',
  'score.record',
  'paper.make',
  'announce',
  'standing.change',
]

/**
 * Who may do what: the one place that says so. `own`: in the unit of the appointment. `below`: in that unit and in
 * everything under it. An office sees and prints what its committee may, and decides nothing.
 */
const RIGHTS: Readonly<Record<RoleName, { own: readonly Permission[]; below: readonly Permission[] }>> = {
  // What members confide before a meeting is the secretary's alone; in a cell without one it waits for the next.
  secretary: { own: [...LEADS_CELL, 'bot.manage', 'opinion.see'], below: [] },
  deputy: { own: LEADS_CELL, below: [] },
  meeting_secretary: { own: ['rollcall.record'], below: [] },
  cell_committee: { own: [], below: [] },
  follower: { own: [], below: [] },
  committee_member: { own: [], below: ['report.see', 'unit.invite'] },
  office: { own: [], below: ['report.see', 'unit.invite', 'roster.import', 'sheet.set'] },
  administrator: {
    own: [],
    below: ['report.see', 'unit.invite', 'member.invite', 'roster.import', 'installation.manage', 'bot.manage'],
  },
}

/**
 * Whether these roles give `permission` in a unit. `path`: the unit and its superiors, itself first; an administrator
 * (appointed to no unit) stands above every path. A null path asks for the installation as a whole.
 */
export function isPermitted(
  roles: readonly HeldRole[],
  permission: Permission,
  path: readonly string[] | null,
): boolean {
  if (permission === 'self') return true
  return roles.some(({ role, unitId }) => {
    const { own, below } = RIGHTS[role]
    if (below.includes(permission) && (unitId === null || path?.includes(unitId))) return true
    return own.includes(permission) && path !== null && unitId === path[0]
  })
}

/** The units in which the roles give `permission` directly, in the order of the roles. */
export const unitsOf = (roles: readonly HeldRole[], permission: Permission): string[] => [
  ...new Set(
    roles
      .filter(({ role }) => RIGHTS[role].own.includes(permission) || RIGHTS[role].below.includes(permission))
      .flatMap(({ unitId }) => (unitId ? [unitId] : [])),
  ),
]

/** Whether the roles give `permission` over the whole installation: an administrator is appointed to no unit. */
export const isPermittedEverywhere = (roles: readonly HeldRole[], permission: Permission): boolean =>
  roles.some(({ role, unitId }) => unitId === null && RIGHTS[role].below.includes(permission))
