import { describe, expect, test } from 'vitest'
import type { Db } from '../../src/database/client.js'
import { healthPages } from '../../src/web/health.js'

const db = { $queryRaw: async () => [] } as unknown as Db

describe('/readyz', () => {
  test('many questions at once are one look at the database', async () => {
    let looks = 0
    const pages = healthPages({
      db,
      isStopping: () => false,
      pendingMigrations: async () => {
        looks += 1
        return []
      },
      channels: () => [],
    })
    const answers = await Promise.all(Array.from({ length: 200 }, () => pages.request('/readyz')))
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200]))
    expect(looks).toBe(1)
  })

  test('stopping is said at once, whatever was found a moment ago', async () => {
    let stopping = false
    const pages = healthPages({
      db,
      isStopping: () => stopping,
      pendingMigrations: async () => [],
      channels: () => [],
    })
    expect((await pages.request('/readyz')).status).toBe(200)
    stopping = true
    const answer = await pages.request('/readyz')
    expect([answer.status, await answer.json()]).toEqual([503, { status: 'stopping', channels: [] }])
  })
})
