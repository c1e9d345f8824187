/**
 * Evenly spaced permits (GCRA): `perSecond` on average, at most `burst` at once. Real time in milliseconds.
 * Spacing instead of a refilled bucket: a bucket lets through up to twice its size in one window of the platform.
 */
export class Pace {
  #free = 0
  readonly #gap: number
  readonly #slack: number

  constructor(perSecond: number, burst: number) {
    this.#gap = 1000 / perSecond
    this.#slack = this.#gap * (burst - 1)
  }

  /** Milliseconds until the next permit; 0: now. */
  waitMs(now: number): number {
    return Math.max(0, this.#free - this.#slack - now)
  }

  take(now: number): void {
    this.#free = Math.max(this.#free, now) + this.#gap
  }
}
