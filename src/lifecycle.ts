import type { Log } from './core/log.js'

/** Something that is started in its turn and stopped in the reverse one. */
export type Part = Readonly<{ name: string; stop: () => Promise<void> }>

export type Lifecycle = Readonly<{
  /** Remembers a started part. */
  add: (name: string, stop: () => Promise<void>) => void
  /** Stops what was added, last first, once. Resolves when all is stopped or the deadline has passed. */
  stop: () => Promise<'stopped' | 'late'>
}>

/** A part that hangs must not keep the others, and never the process, past the deadline. */
export function createLifecycle(log: Log, deadlineMs: number): Lifecycle {
  const parts: Part[] = []
  let stopping: Promise<'stopped' | 'late'> | null = null

  const stopAll = async (): Promise<'stopped'> => {
    for (let part = parts.pop(); part; part = parts.pop()) {
      const { name } = part
      await part.stop().catch((err: unknown) => log.error({ err, part: name }, 'a part did not stop cleanly'))
    }
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
