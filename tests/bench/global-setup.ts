import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/database/embedded/index.js'
import { migrate } from '../../src/database/migrate.js'
import { MIGRATIONS, TEMPLATE } from '../support/database.js'

/** The server as an installation has it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kyhop-bench-'))
  const server = await openEmbedded({ dataDir })
  await migrate(await server.ensureDatabase(TEMPLATE), MIGRATIONS)
  project.provide('databaseServer', server.url('postgres'))
  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
