import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** A channel's own entrance: what a platform posts to us. */
export type WebhookRoute = Readonly<{
  path: string
  secretHeader: string
  handle: (body: unknown, secretHeader: string | undefined) => Promise<200 | 401 | 503>
}>

/** Larger than any update of a platform. */
const MAX_BODY = 1024 * 1024

/** Routes what platforms post; the answer is only a status, and 200 means that it is stored. */
export function webhookPages(routes: readonly WebhookRoute[]): Hono {
  const app = new Hono()
  for (const route of routes)
    app.post(route.path, bodyLimit({ maxSize: MAX_BODY }), async (c) => {
      const body: unknown = await c.req.json().catch(() => null)
      if (body === null) return c.body(null, 400)
      return c.body(null, await route.handle(body, c.req.header(route.secretHeader)))
    })
  return app
}
