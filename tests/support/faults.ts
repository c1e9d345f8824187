/** What may happen to a call besides its answer. */
export type Fault =
  | Readonly<{ kind: 'status'; status: number }>
  /** 429, with or without saying how long. */
  | Readonly<{ kind: 'too-many'; retryAfter?: number }>
  /** The call is carried out, then the connection breaks: the caller cannot know. */
  | Readonly<{ kind: 'drop' }>
  /** No answer at all, connection open. */
  | Readonly<{ kind: 'hang' }>
  | Readonly<{ kind: 'malformed' }>
  | Readonly<{ kind: 'slow'; ms: number }>

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
