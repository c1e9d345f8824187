import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../support/database.js'
import { organizationOf } from './organization-fixture.js'

let database: TestDatabase
let org: ReturnType<typeof organizationOf>
beforeAll(async () => {
  database = await openTestDatabase()
  org = organizationOf(database.db)
})
afterAll(() => database.close())

type RosterRow = {
  person_id: string
  membership: string
  exempt: boolean
  special_duty: boolean
  probationary: boolean
}
const roster = (cell: string, day: string) =>
  database.db.$queryRaw<RosterRow[]>`SELECT * FROM cell_roster(${cell}::uuid, ${day}::date)`
const who = async (cell: string, day: string) => (await roster(cell, day)).map((row) => row.person_id).sort()
const subtree = async (root: string, day: string) =>
  (
    await database.db.$queryRaw<{ unit_id: string }[]>`SELECT unit_id FROM unit_subtree(${root}::uuid, ${day}::date)`
  ).map((row) => row.unit_id)
const path = (unit: string, day: string) =>
  database.db.$queryRaw<{ unit_id: string; depth: number }[]>`
    SELECT unit_id, depth FROM unit_path(${unit}::uuid, ${day}::date) ORDER BY depth`

describe('cell_roster', () => {
  test('a transfer: the last day belongs to the old cell, the first to the new one', async () => {
    const [a, b, person] = [await org.unit('cell'), await org.unit('cell'), await org.person()]
    await org.member(person, a, '2026-01-01', '2026-06-01')
    await org.member(person, b, '2026-06-01')
    expect([await who(a, '2026-05-31'), await who(b, '2026-05-31')]).toEqual([[person], []])
    expect([await who(a, '2026-06-01'), await who(b, '2026-06-01')]).toEqual([[], [person]])
    expect(await who(a, '2025-12-31')).toEqual([])
  })

  test('a temporary attachment: attends there for its period, at home before and after', async () => {
    const [home, host, person] = [await org.unit('cell'), await org.unit('cell'), await org.person()]
    await org.member(person, home, '2026-01-01')
    await org.member(person, host, '2026-03-01', '2026-05-01', 'temporary')
    expect([await who(home, '2026-02-28'), await who(host, '2026-02-28')]).toEqual([[person], []])
    expect([await who(home, '2026-03-01'), await who(host, '2026-03-01')]).toEqual([[], [person]])
    expect((await roster(host, '2026-04-01'))[0]?.membership).toBe('temporary')
    expect([await who(home, '2026-05-01'), await who(host, '2026-05-01')]).toEqual([[person], []])
  })

  test('exemption and special duty are told apart, each for its own period', async () => {
    const [cell, person] = [await org.unit('cell'), await org.person()]
    await org.member(person, cell, '2026-01-01')
    await org.exempt(person, 'exempt', '2026-02-01', '2026-04-01')
    await org.exempt(person, 'special_duty', '2026-03-01')
    const on = async (day: string) => (await roster(cell, day)).map((row) => [row.exempt, row.special_duty])
    expect(await on('2026-01-31')).toEqual([[false, false]])
    expect(await on('2026-02-01')).toEqual([[true, false]])
    expect(await on('2026-03-01')).toEqual([[true, true]])
    expect(await on('2026-04-01')).toEqual([[false, true]])
  })

  test('probationary from the admission until the day of becoming full', async () => {
    const cell = await org.unit('cell')
    const [unknown, probationary, full] = [
      await org.person(),
      await org.person('2026-01-01'),
      await org.person('2025-01-01', '2026-06-01'),
    ]
    for (const person of [unknown, probationary, full]) await org.member(person, cell, '2026-01-01')
    const on = async (day: string) =>
      Object.fromEntries((await roster(cell, day)).map((row) => [row.person_id, row.probationary]))
    expect(await on('2026-05-31')).toEqual({ [unknown]: false, [probationary]: true, [full]: true })
    expect(await on('2026-06-01')).toEqual({ [unknown]: false, [probationary]: true, [full]: false })
  })

  test('a dissolved cell has nobody, and whoever was attached to it attends at home again', async () => {
    const [home, host] = [await org.unit('cell'), await org.unit('cell', '2026-04-01')]
    const [own, attached] = [await org.person(), await org.person()]
    await org.member(own, host, '2026-01-01')
    await org.member(attached, home, '2026-01-01')
    await org.member(attached, host, '2026-02-01', null, 'temporary')
    expect(await who(host, '2026-03-31')).toEqual([own, attached].sort())
    expect([await who(host, '2026-04-01'), await who(home, '2026-04-01')]).toEqual([[], [attached]])
  })
})

describe('the tree', () => {
  test('a cell that moves is under one committee each day, at any depth', async () => {
    const [root, left, right, cell] = [
      await org.unit('commune'),
      await org.unit('grassroots'),
      await org.unit('grassroots'),
      await org.unit('cell'),
    ]
    await org.place(left, root, '2026-01-01')
    await org.place(right, root, '2026-01-01')
    await org.place(cell, left, '2026-01-01', '2026-06-01')
    await org.place(cell, right, '2026-06-01')
    expect(await subtree(left, '2026-05-31')).toEqual([left, cell])
    expect(await subtree(left, '2026-06-01')).toEqual([left])
    expect((await subtree(root, '2026-06-01')).sort()).toEqual([root, left, right, cell].sort())
    expect(await path(cell, '2026-05-31')).toEqual([cell, left, root].map((unit_id, depth) => ({ unit_id, depth })))
    expect(await path(cell, '2026-06-01')).toEqual([cell, right, root].map((unit_id, depth) => ({ unit_id, depth })))
  })

  test('a dissolved unit is not in the tree from its day on', async () => {
    const [root, cell] = [await org.unit('grassroots'), await org.unit('cell', '2026-04-01')]
    await org.place(cell, root, '2026-01-01')
    expect(await subtree(root, '2026-03-31')).toEqual([root, cell])
    expect(await subtree(root, '2026-04-01')).toEqual([root])
    expect(await subtree(cell, '2026-04-01')).toEqual([])
  })

  test('a circle in the placements ends', async () => {
    const [a, b] = [await org.unit('grassroots'), await org.unit('grassroots')]
    await org.place(a, b, '2026-01-01')
    await org.place(b, a, '2026-01-01')
    expect((await subtree(a, '2026-02-01')).sort()).toEqual([a, b].sort())
    expect((await path(a, '2026-02-01')).length).toBeLessThan(40)
  })
})

describe('what cannot be true twice is refused', () => {
  test('two parents, two homes, two attachments to one cell, two exemptions of a kind, two appointments', async () => {
    const [a, b, c, person] = [
      await org.unit('grassroots'),
      await org.unit('grassroots'),
      await org.unit('cell'),
      await org.person(),
    ]
    await org.place(c, a, '2026-01-01')
    await expect(org.place(c, b, '2026-05-01')).rejects.toThrow(/unit_placement_one_parent/)
    await org.member(person, c, '2026-01-01')
    await expect(org.member(person, a, '2026-05-01')).rejects.toThrow(/membership_one_home/)
    await expect(org.member(person, c, '2026-05-01', null, 'temporary')).rejects.toThrow(/membership_once_a_cell/)
    await org.exempt(person, 'exempt', '2026-01-01')
    await expect(org.exempt(person, 'exempt', '2026-05-01')).rejects.toThrow(/exemption_once_a_kind/)
    await org.appoint(person, c, 'secretary', '2026-01-01')
    await expect(org.appoint(person, c, 'secretary', '2026-05-01')).rejects.toThrow(/appointment_once/)
    await org.appoint(person, null, 'administrator', '2026-01-01')
    await expect(org.appoint(person, null, 'administrator', '2026-05-01')).rejects.toThrow(/appointment_once/)
    await expect(org.appoint(person, null, 'secretary', '2026-01-01')).rejects.toThrow(/appointment_unit/)
  })

  test('a period that ends when it begins', async () => {
    const [cell, person] = [await org.unit('cell'), await org.person()]
    await expect(org.member(person, cell, '2026-01-01', '2026-01-01')).rejects.toThrow(/membership_period/)
  })
})
