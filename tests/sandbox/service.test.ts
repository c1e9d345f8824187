import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseConfig } from '../../src/config.js'
import { createLog } from '../../src/core/log.js'
import { startService } from '../../src/service.js'
import { createEmptyDatabase } from '../support/database.js'

const ROOT = join(import.meta.dirname, '../..')
const TOKEN = '123456789:AAtest-token-of-nobody-0123456789abcdef'

let database: Awaited<ReturnType<typeof createEmptyDatabase>>
let dataDir: string
beforeAll(async () => {
  database = await createEmptyDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'kyhop-service-'))
})
afterAll(async () => {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${new URL(database.url).pathname.slice(1)}_sandbox WITH (FORCE)`)
  await client.end()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

/** Starts the service with these settings and asks for the sandbox page. */
async function visit(env: Record<string, string>): Promise<{ shown: string; status: number; people: number }> {
  const settings = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ...env }
  const service = await startService({
    config: parseConfig(settings, ROOT),
    root: ROOT,
    log: createLog('silent'),
    say: () => {},
    onFatal: () => {},
  })
  const main = new Client({ connectionString: database.url })
  await main.connect()
  try {
    const { status } = await fetch(new URL('/sandbox', service.url))
    const { rows } = await main.query<{ count: number }>('SELECT count(*)::int AS count FROM membership')
    return { shown: new URL(service.url).pathname, status, people: rows[0]?.count ?? -1 }
  } finally {
    await main.end()
    await service.stop()
  }
}

test('without a token the sandbox runs, in a database of its own', async () => {
  expect(await visit({})).toEqual({ shown: '/sandbox', status: 200, people: 0 })
})

test('beside a real channel there is no sandbox, unless SANDBOX=1', async () => {
  const telegram = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:9' }
  expect(await visit(telegram)).toMatchObject({ shown: '/', status: 404 })
  expect(await visit({ ...telegram, SANDBOX: '1' })).toMatchObject({ shown: '/sandbox', status: 200, people: 0 })
})
