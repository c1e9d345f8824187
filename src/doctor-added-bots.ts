import type { Client } from 'pg'
import { isRefusal } from './bot-keeper.js'
import { PERSONAL_ZALO } from './bots/rules.js'
import type { Config } from './config.js'
import { AppError } from './core/errors.js'
import { createLog } from './core/log.js'
import { createSeal, type Seal } from './core/seal.js'
import type { Named } from './doctor-bots.js'
import { type Finding, finding } from './doctor-finding.js'
import { openChannel } from './platforms.js'

type Row = Readonly<{
  id: string
  platform: string
  externalId: string
  name: string
  state: string
  credentials: string | null
  people: number
}>

/** Bots that people are linked at, or that were added; of one that is refused the counts say so (`doctor-bots.ts`). */
const ROWS = `SELECT b.id, b.platform, b.external_id AS "externalId", coalesce(b.username, b.platform) AS name, b.state,
    b.credentials, p.people
  FROM bot b CROSS JOIN LATERAL (SELECT count(DISTINCT l.person_id)::int AS people FROM chat_link l
    JOIN chat c ON c.id = l.chat_id WHERE c.bot_id = b.id AND l.ended_at IS NULL) p
  WHERE b.platform NOT IN ('sandbox', 'page') AND b.state = 'active' AND (b.credentials IS NOT NULL OR p.people > 0)
  ORDER BY b.lock_key`

async function checkAdded(row: Row, credentials: string, seal: Seal, config: Config): Promise<Finding> {
  const { name, people, platform } = row
  if (platform === PERSONAL_ZALO && !config.personalZalo)
    return finding('wrong', 'added.personal-off', { name, count: people })
  try {
    const channel = openChannel(platform, seal.open(credentials, row.id), config, createLog('silent'))
    if (!channel) return finding('wrong', 'added.no-platform', { name, platform })
    await channel.identify()
    return finding('ok', 'added.answers', { name, count: people })
  } catch (error) {
    if (isRefusal(error) && platform === PERSONAL_ZALO) return finding('wrong', 'bot-signed-out', { name })
    if (isRefusal(error)) return finding('wrong', 'added.refused', { name, count: people })
    if (error instanceof AppError && error.code === 'bots.error.wrong-key')
      return finding('wrong', 'added.wrong-key', { name, count: people })
    return finding('wrong', 'added.unreachable', { name, count: people })
  }
}

/** Its platform has a token and did not answer: whose that token is, is not known now. */
const isSilent = ({ platform }: Row, config: Config, named: readonly Named[]): boolean =>
  (platform === 'telegram' || platform === 'zalo') &&
  config[platform].token !== null &&
  !named.some((one) => one.platform === platform)

/** Every bot that was added, and every one of the environment that it does not name any more. `named`: those it does. */
export async function checkAddedBots(client: Client, config: Config, named: readonly Named[]): Promise<Finding[]> {
  const { rows } = await client.query<Row>(ROWS)
  const added = rows.filter((row) => row.credentials !== null)
  const isNamed = (row: Row) => named.some((one) => one.platform === row.platform && one.externalId === row.externalId)
  const left = rows.filter((row) => row.credentials === null && !isNamed(row) && !isSilent(row, config, named))
  const lost = left.map(({ name, people }) => finding('warning', 'added.without-token', { name, count: people }))
  if (added.length > 0 && !config.botKey) return [...lost, finding('wrong', 'added.no-key', { count: added.length })]
  const seal = createSeal(config.botKey)
  const checked: Finding[] = []
  for (const row of added) checked.push(await checkAdded(row, row.credentials ?? '', seal, config))
  return [...lost, ...checked]
}
