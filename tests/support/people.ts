import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { fold } from '../../src/core/text.js'
import type { Role, UnitKind } from '../../src/database/generated/enums.js'
import type { House, Player } from './house.js'
import { ZONE } from './house.js'

/** Where rows are written: a house, or a stage of another platform. */
export type Place = Pick<House, 'db' | 'now'>

/** A day long before every test's month. */
const LONG_AGO = toDateColumn('2020-01-01' as PlainDate)

/** A unit under `parentId`. */
export async function aUnit(house: Place, name: string, kind: UnitKind = 'cell', parentId?: string): Promise<string> {
  const id = newId()
  await house.db.unit.create({ data: { id, name, nameKey: fold(name), kind, zone: ZONE, createdAt: house.now } })
  if (parentId) await house.db.unitPlacement.create({ data: { id: newId(), unitId: id, parentId, startsOn: LONG_AGO } })
  return id
}

/** A person; `cellId` makes them a full member there. */
export async function aPerson(house: Place, fullName: string, cellId?: string): Promise<string> {
  const id = newId()
  await house.db.person.create({ data: { id, fullName, createdAt: house.now } })
  if (cellId)
    await house.db.membership.create({ data: { id: newId(), personId: id, cellId, kind: 'home', startsOn: LONG_AGO } })
  return id
}

export const appoint = (house: Place, personId: string, role: Role, unitId: string | null) =>
  house.db.appointment.create({ data: { id: newId(), personId, role, unitId, startsOn: LONG_AGO } })

export type Cell = {
  unitId: string
  committeeId: string
  secretary: Player
  members: Player[]
  secretaryId: string
  memberIds: string[]
}

/** A cell under a committee, with a secretary and `members` more, all linked. Names are made up. */
export async function aCell(house: House, members = 3): Promise<Cell> {
  const committeeId = await aUnit(house, 'Đảng ủy phường Hoa Ban', 'commune')
  const unitId = await aUnit(house, 'Chi bộ Tổ dân phố 1', 'cell', committeeId)
  const secretaryId = await aPerson(house, 'Lò Thị Bí Thư', unitId)
  await appoint(house, secretaryId, 'secretary', unitId)
  const memberIds: string[] = []
  for (let n = 1; n <= members; n += 1) memberIds.push(await aPerson(house, `Đỗ Văn Thử ${n}`, unitId))
  return {
    unitId,
    committeeId,
    secretaryId,
    memberIds,
    secretary: await house.phoneOf(`secretary-${unitId}`, secretaryId),
    members: await Promise.all(memberIds.map((id, n) => house.phoneOf(`member-${n + 1}-${unitId}`, id))),
  }
}
