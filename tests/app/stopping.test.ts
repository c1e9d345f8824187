import { EventEmitter } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/core/log.js'
import { createLifecycle } from '../../src/lifecycle.js'
import { onStopSignal } from '../../src/signals.js'
import { startWebServer } from '../../src/web/server.js'

const log = createLog('silent')

describe('stopping', () => {
  test('a second signal does not cut short what the first began: npm passes on the Ctrl-C that the terminal sent', () => {
    const process = new EventEmitter()
    let stopped = 0
    onStopSignal(process, () => {
      stopped += 1
    })
    process.emit('SIGINT')
    process.emit('SIGINT')
    process.emit('SIGTERM')
    expect(stopped).toBe(1)
    // Without a listener the next signal would end the process at once.
    expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual([1, 1])
  })

  test('a part that hangs does not keep the ones behind it from stopping', async () => {
    const stopped: string[] = []
    const life = createLifecycle(log, 1_000)
    life.add('database', async () => void stopped.push('database'))
    life.add('app', () => new Promise(() => {}))
    life.add('web', async () => void stopped.push('web'))
    const began = performance.now()
    await life.stop()
    expect(stopped).toEqual(['web', 'database'])
    expect(performance.now() - began).toBeLessThan(1_500)
  })

  test('a client that sends half a request does not keep the web server open', async () => {
    const app = new Hono().post('/telegram/x', async (c) => c.text(await c.req.text()))
    const server = await startWebServer(app, { host: '127.0.0.1', port: 0 })
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('error', () => {})
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
    socket.write('POST /telegram/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf')
    await wait(100)
    const began = performance.now()
    await server.close()
    expect(performance.now() - began).toBeLessThan(3_000)
    socket.destroy()
  })
})
