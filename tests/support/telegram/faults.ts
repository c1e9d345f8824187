import type { Fault } from './types.js'

export type Faults = ReturnType<typeof createFaults>

/** What will go wrong: what a test ordered for the next calls of a method, else what `decide` says. */
export function createFaults(decide: (method: string) => Fault | null = () => null) {
  const ordered = new Map<string, Fault[]>()
  return {
    take: (method: string): Fault | null => ordered.get(method)?.shift() ?? decide(method),
    /** The next calls of a method, as often as said. */
    next: (method: string, fault: Fault, times = 1): void => {
      ordered.set(method, [...(ordered.get(method) ?? []), ...Array<Fault>(times).fill(fault)])
    },
    clear: (): void => ordered.clear(),
  }
}
