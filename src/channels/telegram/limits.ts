import type { ChannelLimits } from '../../messaging/channel.js'

/** The Bot API's own numbers (core.telegram.org/bots/api and /bots/faq). Characters are counted after entities are parsed. */
export const BOT_API = {
  textLength: 4096,
  captionLength: 1024,
  callbackDataBytes: 64,
  buttons: 100,
  buttonsPerRow: 8,
  markupBytes: 10_240,
  commands: 100,
  toastLength: 200,
  commandDescription: 256,
  updatesPerPoll: 100,
} as const

/** Kept free in every text for the heading that the channel puts above it. */
export const HEADING_ROOM = 256

/**
 * What the sender keeps to. Tests hand the same table, scaled, to the channel and to the stand-in of the server.
 * The window of 8 sends gives 30 a second up to an answer time of 260 ms.
 */
export const telegramLimits: ChannelLimits = {
  textLength: BOT_API.textLength - HEADING_ROOM,
  uploadBytes: 50 * 1024 * 1024,
  downloadBytes: 20 * 1024 * 1024,
  sendsPerSecond: 30,
  sendsPerSecondPerChat: 1,
  chatBurst: 3,
  sendsPerMinutePerGroup: 20,
  sendWindow: 8,
  editWindow: 64,
  callTimeoutMs: 15_000,
  keepsUnheardMs: 24 * 3_600_000,
}

/** How long we wait for what. Milliseconds unless named otherwise; tests scale them down. */
export type TelegramTimes = Readonly<{
  /** Asked of the server. */
  pollSeconds: number
  /** A poll that is silent this long hangs on a dead link: below 75 s together with connecting. */
  pollGiveUpMs: number
  ackMs: number
  /** A file on a slow line takes longer than a text. */
  uploadMs: number
  downloadMs: number
  /** Before the next try after a failure; doubles up to the maximum, with jitter upwards only. */
  backoffMs: number
  backoffMaxMs: number
}>

export const telegramTimes: TelegramTimes = {
  pollSeconds: 50,
  pollGiveUpMs: 65_000,
  ackMs: 5_000,
  uploadMs: 180_000,
  downloadMs: 120_000,
  backoffMs: 3_000,
  backoffMaxMs: 60_000,
}
