import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session } from '../../src/cli/session.js'
import { parseConfig } from '../../src/config.js'
import { loadTranslations } from '../../src/core/i18n.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import { openTestDatabase } from './database.js'

export type TestSession = Readonly<{ session: Session; folder: string; url: string; close: () => Promise<void> }>

/** What a command of the command line works with, on a database of its own. */
export async function openTestSession(env: Readonly<Record<string, string>> = {}): Promise<TestSession> {
  const database = await openTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kyhop-cli-'))
  const { url } = database
  return {
    folder,
    url,
    session: {
      config: parseConfig({ DATA_DIR: folder, ...env }, folder),
      db: database.db,
      server: { kind: 'external', url, directUrl: url, sibling: () => Promise.reject(), stop: async () => {} },
      migrations: '',
      blobs: openBlobs(folder),
      t: loadTranslations(join(import.meta.dirname, '../../locales')).for('vi'),
      codeKey: new Uint8Array(32).fill(3),
      channels: [],
      now: new Date('2026-11-20T01:00:00Z'),
    },
    close: async () => {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
