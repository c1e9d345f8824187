import type { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import type { OutgoingMessage } from './vocabulary.js'

/**
 * How a kind of message is worded. Pure: the same data gives the same message, in the recipient's language and the words
 * of the moment of sending (`now`): what an outage delays past midnight does not say "tomorrow". `kind@version` is a contract with rows that are still queued: a change of the data's shape is a
 * new version beside the old one.
 */
export type Renderer<D extends object> = Readonly<{
  kind: string
  version: number
  schema: z.ZodType<D>
  render: (data: D, t: Translate, now: Date) => OutgoingMessage
}>

export const renderer = <D extends object>(
  kind: string,
  version: number,
  schema: z.ZodType<D>,
  render: (data: D, t: Translate, now: Date) => OutgoingMessage,
): Renderer<D> => ({ kind, version, schema, render })

/** A renderer among others: its data is whatever its own schema lets through. */
export type AnyRenderer = Readonly<{
  kind: string
  version: number
  schema: z.ZodType
  render: (data: never, t: Translate, now: Date) => OutgoingMessage
}>

export type Renderers = Readonly<{
  render: (kind: string, version: number, data: unknown, t: Translate, now: Date) => OutgoingMessage
}>

/** Joins what the rooms export. Two renderers of one `kind@version` are a mistake in the wiring. */
export function joinRenderers(all: readonly AnyRenderer[]): Renderers {
  const byKey = new Map<string, AnyRenderer>()
  for (const one of all) {
    const key = `${one.kind}@${one.version}`
    if (byKey.has(key)) throw new Error(`two renderers for ${key}`)
    byKey.set(key, one)
  }
  return {
    render: (kind, version, data, t, now) => {
      const found = byKey.get(`${kind}@${version}`)
      if (!found) throw new Error(`no renderer for ${kind}@${version}`)
      return found.render(found.schema.parse(data) as never, t, now)
    },
  }
}
