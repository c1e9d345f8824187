import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Webhook } from '../messaging/channel.js'

/** Larger than any update of a platform. */
const MAX_BODY = 1024 * 1024

/**
 * Hands on what platforms post; the answer is only a status, and 200 means that it is stored. `find`: the entrance at a
 * path, looked up each time, because bots come and go while the service runs.
 */
export const webhookPages = (find: (path: string) => Webhook | null): Hono =>
  new Hono().post('/hook/:platform/:key', bodyLimit({ maxSize: MAX_BODY }), async (c) => {
    const hook = find(c.req.path)
    if (!hook) return c.body(null, 404)
    const body: unknown = await c.req.json().catch(() => null)
    if (body === null) return c.body(null, 400)
    return c.body(null, await hook.handle(body, c.req.header(hook.secretHeader)))
  })
