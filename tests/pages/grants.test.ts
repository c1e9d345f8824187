import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.js'
import { createGrant, findGrant, GRANT_LIFE_MS, spendGrant } from '../../src/pages/grants.js'
import { hashToken, revealPages, sealPage, tokenOf } from '../../src/pages/tokens.js'
import { openTestDatabase, type TestDatabase } from '../support/database.js'

const key = randomBytes(32)
const now = new Date('2026-12-01T08:00:00Z')
const wanted = { personId: newId(), chatId: newId(), purpose: 'upload', args: {} } as const
let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const aGrant = () => createGrant(database.db, now, wanted, key)
const find = (token: string, at = now) => findGrant(database.db, at, token, key)

test('the address of a grant opens it, for half an hour', async () => {
  const id = await aGrant()
  const address = revealPages(key, 'https://kyhop.example')(`Mở: ${sealPage('once', id)}`)
  const token = /^Mở: https:\/\/kyhop\.example\/p\/([\w-]{22,})$/.exec(address)?.[1] ?? ''
  expect((await find(token))?.id).toBe(id)
  expect(await find(token, new Date(now.getTime() + GRANT_LIFE_MS))).toBeNull()
  expect(await find(`${token}x`)).toBeNull()
})

test('it is spent once', async () => {
  const id = await aGrant()
  const token = tokenOf(key, 'once', id)
  expect(await Promise.all([spendGrant(database.db, now, id), spendGrant(database.db, now, id)])).toContain(false)
  expect(await find(token)).toBeNull()
})

test('the database holds no token, and a token of one kind is none of the other', async () => {
  const id = await aGrant()
  const row = await database.db.pageGrant.findUniqueOrThrow({ where: { id } })
  expect(JSON.stringify(row)).not.toContain(tokenOf(key, 'once', id))
  expect(row.tokenHash).toBe(hashToken(key, tokenOf(key, 'once', id)))
  expect(tokenOf(key, 'personal', id)).not.toBe(tokenOf(key, 'once', id))
})
