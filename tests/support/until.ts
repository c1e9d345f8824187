import type { EventEmitter } from 'node:events'

/** A stand-in's world: `changed` fires after each change, `patienceMs` is how long people wait for what they expect. */
export type Watched = Readonly<{ events: EventEmitter; patienceMs: number }>

/** Waits for something to become true on the server, looking after each change; rejects with what was seen instead. */
export async function until<T>(
  world: Watched,
  look: () => T | undefined,
  told: () => string,
  ms = world.patienceMs,
): Promise<T> {
  const first = look()
  if (first !== undefined) return first
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error(told()))), ms)
    const check = () => {
      const found = look()
      if (found !== undefined) end(() => resolve(found))
    }
    const end = (settle: () => void) => {
      clearTimeout(timer)
      world.events.off('changed', check)
      settle()
    }
    world.events.on('changed', check)
  })
}
