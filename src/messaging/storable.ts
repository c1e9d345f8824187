/**
 * A platform's JSON as PostgreSQL's jsonb takes it: it refuses NUL and half surrogates, and one such text would keep its
 * whole batch, and every later one, from being stored.
 */
export const storable = (value: unknown): unknown => (ESCAPED.test(JSON.stringify(value)) ? cleaned(value) : value)

/** How JSON writes NUL and a half surrogate: next to no update holds one, and looking for it here is ten times as fast. */
const ESCAPED = /\\u(?:0000|d[89a-f])/

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]))
}
