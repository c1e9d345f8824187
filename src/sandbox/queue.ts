export type Queue = <T>(work: () => Promise<T>) => Promise<T>

/** One thing at a time: a reset must not take the world away from under a page that is being read. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}
