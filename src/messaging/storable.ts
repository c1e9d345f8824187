/**
 * A platform's JSON as PostgreSQL's jsonb takes it: it refuses NUL and half surrogates, and one such text would keep its
 * whole batch, and every later one, from being stored.
 */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storable(inner)]))
}
