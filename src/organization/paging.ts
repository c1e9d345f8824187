/** One page of a list; a page that does not exist is the nearest one that does. */
export function pageOf<T>(all: readonly T[], wanted: number, size: number) {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const page = Math.min(Math.max(1, wanted), pages)
  return { rows: all.slice((page - 1) * size, page * size), page, pages }
}
