import type { Translate } from '../core/i18n.js'

const PLATFORMS = ['telegram', 'zalo', 'zalo-personal', 'page', 'sandbox'] as const

/** "Zalo", "trang riêng": a platform as people call it. */
export const wayWords = (t: Translate, platform: string | null): string =>
  t(`reach.way.${PLATFORMS.find((one) => one === platform) ?? 'other'}`)
