/** The longest memory of a window: a limit of very many a second is kept over a part of one. */
const MOST_REMEMBERED = 100
/** A timer may ring a millisecond before its time. Every one more is a tenth of a per cent of what may be sent. */
const MARGIN_MS = 1

/** When one goes; whoever sends it later than planned says so here, because the platform's second begins with it. */
export type Permit = { at: number }

/**
 * At most `perSecond` in any second, wherever it begins. Real time in milliseconds. A second's lateness is paid once, by
 * the next one; evenly spaced permits would lose it with every message (96 % of 30 a second instead of 99 %).
 */
export class Window {
  readonly #permits: Permit[] = []
  readonly #size: number
  readonly #ms: number
  #frozenUntil = 0

  constructor(perSecond: number) {
    this.#size = Math.max(1, Math.min(Math.floor(perSecond), MOST_REMEMBERED))
    this.#ms = (this.#size / perSecond) * 1000 + MARGIN_MS
  }

  /** Milliseconds until the next may go; 0: now. */
  waitMs(now: number): number {
    const first = this.#permits.length < this.#size ? undefined : this.#permits[0]
    return Math.max(first === undefined ? 0 : first.at + this.#ms - now, this.#frozenUntil - now, 0)
  }

  /** Somebody else may have sent all that a second holds until now: what we send follows theirs, evenly. */
  follow(now: number): void {
    const permits = Array.from({ length: this.#size }, (_, n) => ({
      at: now - this.#ms + (n * this.#ms) / this.#size,
    }))
    this.#permits.splice(0, this.#permits.length, ...permits)
  }

  take(at: number): Permit {
    const permit = { at }
    this.#permits.push(permit)
    if (this.#permits.length > this.#size) this.#permits.shift()
    return permit
  }

  /** Nothing before `until`. */
  freeze(until: number): void {
    this.#frozenUntil = Math.max(this.#frozenUntil, until)
  }
}
