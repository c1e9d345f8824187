import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { Prisma } from '../../src/database/client.js'
import {
  attachTemporarily,
  createUnit,
  dissolveUnit,
  exempt,
  findUnitsByName,
  placeUnit,
  transferMember,
} from '../../src/organization/units.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'

const NOW = new Date('2026-11-20T01:00:00Z')
const day = (text: string): PlainDate => text as PlainDate
const LONG_AGO = day('2020-01-01')

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const unit = (name: string, kind: 'cell' | 'commune' = 'cell', parentId: string | null = null) =>
  createUnit(database.db, NOW, { name, kind, zone: 'Asia/Ho_Chi_Minh', parentId, startsOn: LONG_AGO })

async function memberOf(cellId: string): Promise<string> {
  const id = newId()
  await database.db.person.create({ data: { id, fullName: 'Vàng Thị Mẫu', createdAt: NOW } })
  await transferMember(database.db, id, cellId, LONG_AGO)
  return id
}

const rosterOf = async (cellId: string, on: string): Promise<string[]> => {
  const rows = await database.db.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT person_id AS id FROM cell_roster(${cellId}::uuid, ${toDateColumn(day(on))}::date)`,
  )
  return rows.map((one) => one.id)
}

const refuses = (work: Promise<unknown>, code: string) =>
  expect(work).rejects.toMatchObject({ code: `organization.error.${code}` })

describe('the tree', () => {
  test('a unit moves from a day on, and where it stood stays known', async () => {
    const [old, next] = [await unit('Đảng ủy Cũ', 'commune'), await unit('Đảng ủy Mới', 'commune')]
    const cell = await unit('Chi bộ Di Chuyển', 'cell', old)
    await placeUnit(database.db, { unitId: cell, parentId: next, startsOn: day('2026-12-01') })
    const placements = await database.db.unitPlacement.findMany({
      where: { unitId: cell },
      orderBy: { startsOn: 'asc' },
    })
    expect(placements.map((one) => [one.parentId, one.endsOn])).toEqual([
      [old, toDateColumn(day('2026-12-01'))],
      [next, null],
    ])
    await refuses(placeUnit(database.db, { unitId: cell, parentId: old, startsOn: day('2026-11-01') }), 'overlap')
  })

  test('no unit stands under itself, below a cell or below what is gone', async () => {
    const top = await unit('Đảng ủy Vòng', 'commune')
    const below = await unit('Đảng ủy Dưới', 'commune', top)
    const cell = await unit('Chi bộ Dưới', 'cell', below)
    const from = { startsOn: day('2026-12-01') }
    await refuses(placeUnit(database.db, { unitId: top, parentId: below, ...from }), 'circle')
    await refuses(placeUnit(database.db, { unitId: top, parentId: top, ...from }), 'circle')
    await refuses(placeUnit(database.db, { unitId: below, parentId: cell, ...from }), 'cell-above')
    await refuses(placeUnit(database.db, { unitId: cell, parentId: newId(), ...from }), 'no-unit')
  })

  test('dissolving ends what belongs to the unit and keeps every row', async () => {
    const committee = await unit('Đảng ủy Giải Thể', 'commune')
    const cell = await unit('Chi bộ Giải Thể', 'cell', committee)
    const person = await memberOf(cell)
    await refuses(dissolveUnit(database.db, committee, day('2026-12-01')), 'has-units')
    await dissolveUnit(database.db, cell, day('2026-12-01'))
    expect(await rosterOf(cell, '2026-11-30')).toEqual([person])
    expect(await rosterOf(cell, '2026-12-01')).toEqual([])
    expect(await database.db.membership.findMany({ where: { cellId: cell } })).toMatchObject([
      { personId: person, endsOn: toDateColumn(day('2026-12-01')) },
    ])
    expect(await findUnitsByName(database.db, 'chi bo giai the', day('2026-11-30'))).toHaveLength(1)
    expect(await findUnitsByName(database.db, 'chi bo giai the', day('2026-12-01'))).toHaveLength(0)
    await refuses(transferMember(database.db, person, cell, day('2026-12-05')), 'dissolved')
    await dissolveUnit(database.db, committee, day('2026-12-02'))
  })
})

describe('members', () => {
  test('a transfer ends the old membership and the roles in that cell on the day the new one begins', async () => {
    const [from, to] = [await unit('Chi bộ Đi'), await unit('Chi bộ Đến')]
    const person = await memberOf(from)
    const role = { personId: person, unitId: from, role: 'secretary' as const, startsOn: toDateColumn(LONG_AGO) }
    await database.db.appointment.create({ data: { id: newId(), ...role } })
    await transferMember(database.db, person, to, day('2026-12-01'))
    expect(await rosterOf(from, '2026-11-30')).toEqual([person])
    expect(await rosterOf(from, '2026-12-01')).toEqual([])
    expect(await rosterOf(to, '2026-12-01')).toEqual([person])
    const [appointment] = await database.db.appointment.findMany({ where: { personId: person } })
    expect(appointment?.endsOn).toEqual(toDateColumn(day('2026-12-01')))
    await refuses(transferMember(database.db, person, from, day('2026-11-01')), 'overlap')
  })

  test('somebody attached elsewhere attends there for the time, and is back after', async () => {
    const [home, away, committee] = [
      await unit('Chi bộ Nhà'),
      await unit('Chi bộ Xa'),
      await unit('Đảng ủy Xa', 'commune'),
    ]
    const personId = await memberOf(home)
    const period = { from: day('2026-12-01'), to: day('2027-01-01') }
    await attachTemporarily(database.db, { personId, cellId: away, ...period })
    expect(await rosterOf(away, '2026-12-31')).toEqual([personId])
    expect(await rosterOf(home, '2026-12-31')).toEqual([])
    expect(await rosterOf(home, '2027-01-01')).toEqual([personId])
    await refuses(attachTemporarily(database.db, { personId, cellId: away, ...period }), 'overlap')
    await refuses(
      attachTemporarily(database.db, { personId, cellId: away, from: period.to, to: period.from }),
      'period',
    )
    await refuses(attachTemporarily(database.db, { personId, cellId: committee, ...period }), 'no-cell')
  })

  test('an exemption holds from–to, once a kind', async () => {
    const personId = await memberOf(await unit('Chi bộ Miễn'))
    const period = { from: day('2026-12-01'), to: null }
    await exempt(database.db, { personId, kind: 'exempt', ...period })
    await refuses(exempt(database.db, { personId, kind: 'exempt', from: day('2027-06-01'), to: null }), 'overlap')
    await exempt(database.db, { personId, kind: 'special_duty', ...period })
  })
})
