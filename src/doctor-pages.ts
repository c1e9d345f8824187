import type { Db } from './database/client.js'
import { type Finding, finding } from './doctor-finding.js'
import { countLive } from './pages/personal.js'

/** How many have a personal page, and whether it can be opened at all. */
export async function checkPages(db: Db, now: Date, publicUrl: string | null): Promise<Finding[]> {
  const count = await countLive(db, now)
  if (publicUrl) return [finding('ok', 'pages-live', { count })]
  return count > 0 ? [finding('wrong', 'pages-shut', { count })] : []
}
