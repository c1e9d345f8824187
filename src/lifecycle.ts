import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from './core/log.js'

/** Something that is started in its turn and stopped in the reverse one. */
export type Part = Readonly<{ name: string; stop: () => Promise<void> }>

export type Lifecycle = Readonly<{
  /** Remembers a started part. */
  add: (name: string, stop: () => Promise<void>) => void
  /** Stops what was added, last first, once. Resolves when all is stopped or the deadline has passed. */
  stop: () => Promise<'stopped' | 'late'>
}>

/** Of the deadline, kept for each part that still has to stop: a database's clean end takes 0.1 s. */
const KEPT = 1 / 6

/** A part that hangs must not keep the others, and never the process, past the deadline. */
export function createLifecycle(log: Log, deadlineMs: number): Lifecycle {
  const parts: Part[] = []
  let stopping: Promise<'stopped' | 'late'> | null = null

  const stopOne = async ({ name, stop }: Part, ms: number): Promise<void> => {
    const ended = stop().catch((err: unknown) => log.error({ err, part: name }, 'a part did not stop cleanly'))
    const timer = new AbortController()
    const late = wait(ms, 'late', { signal: timer.signal }).catch(() => 'in time')
    if ((await Promise.race([ended, late])) === 'late') log.error({ part: name }, 'a part did not stop in time')
    timer.abort()
  }

  const stopAll = async (): Promise<'stopped'> => {
    const end = performance.now() + deadlineMs
    for (let part = parts.pop(); part; part = parts.pop())
      await stopOne(part, Math.max(0, end - performance.now() - parts.length * KEPT * deadlineMs))
    return 'stopped'
  }

  return {
    add: (name, stop) => {
      parts.push({ name, stop })
    },
    stop: () => {
      stopping ??= Promise.race([
        stopAll(),
        new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), deadlineMs).unref()),
      ])
      return stopping
    },
  }
}
