import type { ChannelLimits, ChannelQuota } from '../../messaging/channel.js'
import type { BackoffTimes } from '../../messaging/receiving.js'

/**
 * The one place that says how much a person's account does. Nothing here is published: accounts are said to be banned
 * for hundreds of messages to strangers and for messages in an even rhythm, so one goes every 2–4 seconds.
 */
export const personalLimits: ChannelLimits = {
  textLength: 2000,
  uploadBytes: 20 * 1024 * 1024,
  downloadBytes: 20 * 1024 * 1024,
  sendsPerSecond: 0.5,
  sendJitterMs: 2_000,
  sendsPerSecondPerChat: 0.5,
  chatBurst: 1,
  sendsPerMinutePerGroup: 6,
  sendWindow: 1,
  editWindow: 1,
  callTimeoutMs: 30_000,
  // What was said meanwhile is asked for when it listens again, but nothing promises that it is given.
  keepsUnheardMs: 0,
  captions: false,
}

/** People who never wrote to the account: about a hundred a day are said to be borne. */
export const personalQuota: ChannelQuota = { messagesPerMonth: null, people: null, strangersPerDay: 80 }

/** Milliseconds; tests scale them down. */
export type PersonalTimes = Readonly<{
  /** From the start of a listener until it can hear. */
  connectMs: number
  /** Nothing heard for so long: the server is asked over the same socket, because pongs are shown to nobody. */
  quietMs: number
  /** No answer for so long: the socket is dead. Noticed within 75 s together with `quietMs`. */
  answerMs: number
  /** The session is used at least so often. */
  keepAliveMs: number
  /** What was said before this, when the listener comes back, is too old to be answered. */
  missedMs: number
}> &
  BackoffTimes

export const personalTimes: PersonalTimes = {
  connectMs: 20_000,
  quietMs: 60_000,
  answerMs: 14_000,
  keepAliveMs: 5 * 60_000,
  missedMs: 24 * 60 * 60_000,
  // Every try is a sign-in, which must not look like a storm.
  backoffMs: 5_000,
  backoffMaxMs: 15 * 60_000,
}
