import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../src/core/log.js'
import { type LockConnection, openLockConnection } from '../../src/database/locks.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let opened: LockConnection[] = []
beforeAll(async () => {
  database = await openTestDatabase()
})
afterEach(async () => {
  await Promise.all(opened.map((connection) => connection.close()))
  opened = []
})
afterAll(() => database.close())

const open = async (): Promise<LockConnection> => {
  const connection = await openLockConnection(database.url, createLog('silent'))
  opened.push(connection)
  return connection
}

test('one instance has the lock of a bot; unlocking or closing gives it to another', async () => {
  const [a, b] = [await open(), await open()]
  expect([await a.tryLock(7), await a.tryLock(7), await b.tryLock(7), await b.tryLock(8)]).toEqual([
    true,
    true,
    false,
    true,
  ])
  await a.unlock(7)
  expect(await b.tryLock(7)).toBe(true)
  await b.close()
  expect(await a.tryLock(8)).toBe(true)
})

test('a lost connection says so, can claim nothing more, and frees its locks', async () => {
  const [a, b] = [await open(), await open()]
  await a.tryLock(9)
  const [own] = await a.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await b.query('SELECT pg_terminate_backend($1, 5000)', [own?.pid])
  await a.lost
  await expect(a.query('SELECT 1')).rejects.toThrow()
  expect(await b.tryLock(9)).toBe(true)
})
