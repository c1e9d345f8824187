import type { BotUse } from './bots-store.js'

/** Percent of a month's quota at which the administrator is told, as `bot_takes` keeps something back from there on. */
export const MARKS = [100, 80] as const
export type QuotaMark = (typeof MARKS)[number]

/** The mark that is reached and was not told of yet, or null. */
export function markOf({
  sent,
  monthlyQuota,
  warnedAt,
}: Pick<BotUse, 'sent' | 'monthlyQuota' | 'warnedAt'>): QuotaMark | null {
  if (monthlyQuota === null) return null
  return MARKS.find((mark) => sent * 100 >= monthlyQuota * mark && warnedAt < mark) ?? null
}
