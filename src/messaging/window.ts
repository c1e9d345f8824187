/** The longest memory of a window: a limit of very many a second is kept over a part of one. */
const MOST_REMEMBERED = 100
/** Messages travel for different times: as many as are allowed must not arrive in one second of the platform's. */
const MARGIN = 1.005

/**
 * At most `perSecond` in any second, wherever it begins. Real time in milliseconds. A look that comes late costs its
 * lateness once a second; evenly spaced permits would lose it with every message (96 % of 30 a second instead of 99 %).
 */
export class Window {
  readonly #times: number[] = []
  readonly #size: number
  readonly #ms: number
  #frozenUntil = 0

  constructor(perSecond: number) {
    this.#size = Math.max(1, Math.min(Math.floor(perSecond), MOST_REMEMBERED))
    this.#ms = (this.#size / perSecond) * 1000 * MARGIN
  }

  /** Milliseconds until the next may go; 0: now. */
  waitMs(now: number): number {
    const first = this.#times.length < this.#size ? undefined : this.#times[0]
    const wait = Math.max(first === undefined ? 0 : first + this.#ms - now, this.#frozenUntil - now)
    return wait < 1 ? 0 : wait
  }

  /** Somebody else may have sent all that a second holds until now: what we send follows theirs, evenly. */
  follow(now: number): void {
    const times = Array.from({ length: this.#size }, (_, n) => now - this.#ms + (n * this.#ms) / this.#size)
    this.#times.splice(0, this.#times.length, ...times)
  }

  take(now: number): void {
    this.#times.push(now)
    if (this.#times.length > this.#size) this.#times.shift()
  }

  /** Nothing before `until`: the platform said so. */
  freeze(until: number): void {
    this.#frozenUntil = Math.max(this.#frozenUntil, until)
  }
}
