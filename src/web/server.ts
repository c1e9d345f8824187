import { type ServerType, serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { AppError } from '../core/errors.js'

export type WebServer = Readonly<{ url: string; close: () => Promise<void> }>

/** Listens; resolves with the real address (port 0: a free one). Throws `web.error.port-taken`. */
export const startWebServer = (app: Hono, address: { host: string; port: number }): Promise<WebServer> =>
  new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, hostname: address.host, port: address.port }, (info) => {
      const host = address.host === '0.0.0.0' || address.host === '::' ? 'localhost' : address.host
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${info.port}`,
        close: () => closeServer(server),
      })
    })
    server.on('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE' ? new AppError('web.error.port-taken', { port: address.port }, { cause }) : cause,
      ),
    )
  })

/** Who waits for an answer gets it within this; who sends half a request must not hold up the end of everything. */
const GRACE_MS = 1_500

const closeServer = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    // Pages keep their connections open.
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
