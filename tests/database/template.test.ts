import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

test('a test database is migrated, empty, and answers the generated client', async () => {
  const { db } = database
  expect(await db.unit.count()).toBe(0)
  const createdAt = new Date('2026-11-01T00:00:00Z')
  const unit = {
    id: newId(),
    kind: 'cell',
    name: 'Chi bộ A',
    nameKey: 'chi bo a',
    zone: 'Asia/Ho_Chi_Minh',
    createdAt,
  } as const
  await db.unit.create({ data: unit })
  expect(await db.unit.findMany()).toMatchObject([unit])
})
