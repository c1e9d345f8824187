import { PERSONAL_ZALO } from './bots/rules.js'
import { dateIn, toDateColumn, type Zone } from './core/dates.js'
import type { Db } from './database/client.js'
import type { Finding } from './doctor-finding.js'
import { packCells } from './reach/bots-needed.js'
import { MARKS } from './reach/bots-rules.js'
import { type BotUse, listBotUse, listCellSizes } from './reach/bots-store.js'

/** The accounts that the environment's tokens name and that answer now. */
export type Named = Readonly<{ platform: string; externalId: string }>

function whyRefused({ platform, externalId, added, stateCode }: BotUse, named: readonly Named[]): string {
  if (platform === PERSONAL_ZALO) return stateCode === 'taken-over' ? 'bot-taken-over' : 'bot-signed-out'
  if (named.some((one) => one.platform === platform && one.externalId === externalId)) return 'bot-restart'
  return added ? 'bot-refused' : 'bot-refused-env'
}

/** ∞ stands for a quota that a platform does not have. */
function useOf(bot: BotUse, accounts: readonly Named[]): Finding {
  const { name, sent, people, monthlyQuota, peopleQuota } = bot
  const setting = `${bot.platform.toUpperCase()}_BOT_TOKEN`
  if (bot.state === 'refused') return { state: 'wrong', code: whyRefused(bot, accounts), params: { name, setting } }
  if (monthlyQuota === null && peopleQuota === null) return { state: 'ok', code: 'bot-free', params: { name, people } }
  const shares = [monthlyQuota ? sent / monthlyQuota : 0, peopleQuota ? people / peopleQuota : 0]
  const isFull = shares.some((share) => share * 100 >= MARKS[1])
  const params = { name, sent, people, quota: monthlyQuota ?? '∞', most: peopleQuota ?? '∞' }
  return { state: isFull ? 'warning' : 'ok', code: 'bot-use', params }
}

/** Which cell should go to which bot, where a platform lets a bot serve only so many people. */
async function listNeeded(db: Db, day: Date, bots: readonly BotUse[]): Promise<Finding[]> {
  const limited = bots.filter((one) => one.peopleQuota !== null)
  const most = Math.min(...limited.map((one) => one.peopleQuota ?? 0))
  if (limited.length === 0) return []
  const cells = await listCellSizes(db, day)
  const needed = packCells(cells, most)
  const members = cells.reduce((sum, one) => sum + one.people, 0)
  const platform = limited[0]?.platform ?? ''
  const params = { platform, members, most, count: needed.length, have: limited.length }
  const plan = needed.map(({ people, cells: its }, at): Finding => {
    const names = its.map((one) => `${one.cell} (${one.people})`).join(', ')
    return { state: 'ok', code: 'bots-needed-one', params: { number: at + 1, people, cells: names } }
  })
  return [{ state: needed.length > limited.length ? 'warning' : 'ok', code: 'bots-needed', params }, ...plan]
}

/** What the bots have used of what they may, and how many are needed. */
export async function checkBots(db: Db, now: Date, zone: Zone, named: readonly Named[] = []): Promise<Finding[]> {
  const bots = await listBotUse(db, now)
  return [...bots.map((bot) => useOf(bot, named)), ...(await listNeeded(db, toDateColumn(dateIn(now, zone)), bots))]
}
