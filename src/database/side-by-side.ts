import type { Tx } from './client.js'

/** A statement for any number of keys; its values come in the order of the keys. */
export type Many<K, V> = (tx: Tx, keys: readonly K[]) => Promise<readonly V[]>

const GATHERING = Symbol('gathering')

type Call = { key: unknown; resolve: (value: never) => void; reject: (error: unknown) => void }

/** The calls of many works that wait for one statement. */
class Gathering {
  readonly #tx: Tx
  readonly #waiting = new Map<Many<never, unknown>, Call[]>()
  #running = false
  /** A statement that failed: the transaction is lost for everybody. */
  failure: { error: unknown } | null = null

  constructor(tx: Tx) {
    this.#tx = tx
  }

  load<K, V>(many: Many<K, V>, key: K): Promise<V> {
    return new Promise((resolve, reject) => {
      const calls = this.#waiting.get(many as never)
      const call = { key, resolve, reject } as Call
      if (calls) calls.push(call)
      else this.#waiting.set(many as never, [call])
      this.#soon()
    })
  }

  /** Once every work that can go on has gone on: then what they asked for meanwhile is asked together. */
  #soon(): void {
    if (this.#running) return
    this.#running = true
    setImmediate(async () => {
      for (let next = this.#take(); next; next = this.#take()) {
        await this.#run(...next)
        // Those that have their value go on first, so that they may join the next statement.
        await new Promise((done) => setImmediate(done))
      }
      this.#running = false
    })
  }

  /** What most are waiting for; the few that took another way may still join it. */
  #take(): [Many<never, unknown>, Call[]] | null {
    const [most] = [...this.#waiting].sort(([, a], [, b]) => b.length - a.length)
    if (!most) return null
    this.#waiting.delete(most[0])
    return most
  }

  async #run(many: Many<never, unknown>, calls: Call[]): Promise<void> {
    try {
      if (this.failure) throw this.failure.error
      const values = await many(this.#tx, calls.map((one) => one.key) as never[])
      for (const [n, one] of calls.entries()) one.resolve(values[n] as never)
    } catch (error) {
      this.failure ??= { error }
      for (const one of calls) one.reject(error)
    }
  }
}

type View = { readonly gathering: Gathering; touched: boolean }
type Seen = Tx & { readonly [GATHERING]?: View }

function gathered<K, V>(many: Many<K, V>, writes: boolean): (tx: Tx, key: K) => Promise<V> {
  return async (tx, key) => {
    const view = (tx as Seen)[GATHERING]
    if (!view) return (await many(tx, [key]))[0] as V
    if (writes) view.touched = true
    return view.gathering.load(many, key)
  }
}

/**
 * A read of which one is the special case of many. In a transaction of its own it is one statement for one key; for works
 * that run side by side in one transaction, what they read at the same time is read by one statement.
 */
export const readTogether = <K, V>(many: Many<K, V>) => gathered(many, false)

/** The same for what writes. Two keys that are the same row are a mistake: PostgreSQL refuses the whole statement. */
export const writeTogether = <K, V>(many: Many<K, V>) => gathered(many, true)

/** The rows of each key, where a row says which one it is of (`n`, from 1). */
export function inOrder<Row extends { n: number }>(keys: readonly unknown[], rows: readonly Row[]): Omit<Row, 'n'>[][] {
  const ordered: Omit<Row, 'n'>[][] = keys.map(() => [])
  for (const { n, ...row } of rows) ordered[n - 1]?.push(row)
  return ordered
}

/** The transaction as one of the works sees it: whatever it does past `readTogether` counts as touching rows. */
function viewOf(tx: Tx, view: View): Tx {
  return new Proxy(tx, {
    get: (target, key) => {
      if (key === GATHERING) return view
      view.touched = true
      const value = Reflect.get(target, key) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

export type Ended = Readonly<{ done: true }> | Readonly<{ done: false; error: unknown }>

/**
 * Runs works side by side in one transaction, each as if it were alone. One that gives up before it has touched a row
 * has had no part in it, and the others go on; any other failure is everybody's and is thrown.
 */
export async function sideBySide(tx: Tx, works: readonly ((tx: Tx) => Promise<void>)[]): Promise<Ended[]> {
  const gathering = new Gathering(tx)
  const views = works.map((): View => ({ gathering, touched: false }))
  const ends = await Promise.allSettled(works.map((work, n) => work(viewOf(tx, views[n] as View))))
  if (gathering.failure) throw gathering.failure.error
  return ends.map((end, n) => {
    if (end.status === 'fulfilled') return { done: true }
    if (views[n]?.touched) throw end.reason
    return { done: false, error: end.reason }
  })
}
