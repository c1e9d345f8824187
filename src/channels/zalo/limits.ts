import type { ChannelLimits } from '../../messaging/channel.js'
import type { BackoffTimes } from '../../messaging/receiving.js'

/** The Bot Platform's own numbers (docs.zaloplatforms.com/docs/BOT). */
export const BOT_PLATFORM = {
  textLength: 2000,
  secretMin: 8,
  secretMax: 256,
} as const

/**
 * What the sender keeps to. The platform publishes no rate, only a monthly quota, so the pace is a courteous one:
 * a cell of 50 is reached within 5 seconds. No files and no edits: the bytes and the window are never used.
 */
export const zaloLimits: ChannelLimits = {
  textLength: BOT_PLATFORM.textLength,
  uploadBytes: 0,
  downloadBytes: 0,
  sendsPerSecond: 10,
  sendsPerSecondPerChat: 1,
  chatBurst: 3,
  sendsPerMinutePerGroup: 20,
  sendWindow: 8,
  editWindow: 1,
  callTimeoutMs: 15_000,
  // The platform promises nothing.
  keepsUnheardMs: 0,
}

/** How long we wait for what. Milliseconds unless named otherwise; tests scale them down. */
export type ZaloTimes = Readonly<{
  /** Asked of the server. */
  pollSeconds: number
  /** A poll that is silent this long hangs on a dead link: below 75 s together with connecting. */
  pollGiveUpMs: number
}> &
  BackoffTimes

export const zaloTimes: ZaloTimes = { pollSeconds: 30, pollGiveUpMs: 45_000, backoffMs: 3_000, backoffMaxMs: 60_000 }
