import type { Log } from '../core/log.js'
import type { Channel, Receive } from './channel.js'

/** Whether this instance receives for a bot. */
export type Listening = Readonly<{
  /** Begins or ends to receive, after whatever it was told before. */
  follow: (isOurs: boolean) => Promise<void>
  /** Resolves when all that it was told is done. */
  idle: () => Promise<void>
  /** Ends for good. */
  close: () => Promise<void>
}>

/** The bot's lock can change hands faster than a poll ends: each turn waits for the one before. */
export function createListening(channel: Channel, receive: Receive, log: Log): Listening {
  let listens = false
  let closed = false
  let turns: Promise<void> = Promise.resolve()

  const turn = async (isOurs: boolean): Promise<void> => {
    if (isOurs === listens || (closed && isOurs)) return
    listens = isOurs
    await (isOurs ? channel.start(receive) : channel.stop())
  }
  const follow = (isOurs: boolean): Promise<void> => {
    turns = turns
      .then(() => turn(isOurs))
      .catch((err) => log.error({ err, platform: channel.platform }, 'receiving could not be begun or ended'))
    return turns
  }
  return {
    follow,
    idle: () => turns,
    close: () => {
      closed = true
      return follow(false)
    },
  }
}
