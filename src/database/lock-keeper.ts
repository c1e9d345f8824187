import type { Log } from '../core/log.js'
import { type LockConnection, openLockConnection } from './locks.js'

/** A lock that is held, and the statements that may be run under it: they fail once the lock is lost, never without it. */
export type HeldLock = Readonly<{
  query: LockConnection['query']
  release: () => Promise<void>
}>

export type LockKeeper = Readonly<{
  /** Null: somebody else has it. */
  acquire: (key: number) => Promise<HeldLock | null>
  close: () => Promise<void>
}>

/** One dedicated connection for all locks of this instance; after a loss the next `acquire` opens another. */
export function createLockKeeper(directUrl: string, log: Log): LockKeeper {
  let opening: Promise<LockConnection> | null = null

  const connection = (): Promise<LockConnection> => {
    if (opening) return opening
    const mine = openLockConnection(directUrl, log)
    opening = mine
    const forget = (): void => {
      if (opening === mine) opening = null
    }
    mine.then((opened) => opened.lost.then(forget), forget)
    return mine
  }

  return {
    acquire: async (key) => {
      const held = await connection()
      if (!(await held.tryLock(key))) return null
      return { query: held.query, release: () => held.unlock(key) }
    },
    close: async () => {
      const last = await opening?.catch(() => null)
      await last?.close()
    },
  }
}
