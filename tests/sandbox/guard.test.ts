import { request } from 'node:http'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { guard } from '../../src/web/sandbox/guard.js'
import { visitor } from './page.js'
import { openPlayed, type Played, translations } from './setup.js'

let played: Played
beforeAll(async () => {
  played = await openPlayed()
})
afterAll(() => played.close())

type Answer = { status: number; body: string }

/** A request with headers that `fetch` would not let through. */
const raw = (path: string, method: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(played.url)
    const call = request({ hostname, port, path, method, headers }, (answer) => {
      let body = ''
      answer.on('data', (part) => {
        body += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    call.on('error', reject)
    call.end()
  })

const host = () => new URL(played.url).host

test('by a foreign name the page is refused with a sentence', async () => {
  for (const name of ['kyhop.example', 'localhost.kyhop.example', '192.168.1.20:3000', '127.0.0.1.nip.io']) {
    const { status, body } = await raw('/sandbox', 'GET', { host: name })
    expect([name, status]).toEqual([name, 403])
    expect(body).toContain('ngay trên máy đang chạy chương trình')
  }
  for (const name of ['localhost:3000', '127.0.0.1', '[::1]:3000'])
    expect((await raw('/sandbox', 'GET', { host: name })).status).toBe(200)
})

test("through a proxy the page is refused: its loopback address is not the player's", async () => {
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
    expect((await raw('/sandbox', 'GET', { host: host(), [header]: '203.0.113.7' })).status).toBe(403)
})

test('from another address the page is refused', async () => {
  const pages = new Hono().use(guard(translations.for('vi'))).get('/sandbox', (c) => c.text('in'))
  const from = async (remoteAddress: string) => {
    const socket = { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' }
    const headers = { host: 'localhost:3000' }
    return (await pages.request('/sandbox', { headers }, { incoming: { socket } })).status
  }
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) expect(await from(address)).toBe(200)
  for (const address of ['192.168.1.9', '10.0.0.1', '::ffff:192.168.1.9', 'fe80::1', '', '1127.0.0.1'])
    expect(await from(address)).toBe(403)
})

test('a form of another page changes nothing', async () => {
  const before = await played.db.inboundUpdate.count()
  const own = `http://${host()}`
  const foreign: Record<string, string>[] = [
    { origin: 'https://kyhop.example' },
    { origin: 'null' },
    { origin: own, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ]
  for (const path of ['/sandbox/say', '/sandbox/clock?step=day', '/sandbox/reset'])
    for (const headers of foreign) expect((await raw(path, 'POST', { host: host(), ...headers })).status).toBe(403)
  expect(await played.db.inboundUpdate.count()).toBe(before)
  expect((await raw('/sandbox/clock?step=hour', 'POST', { host: host(), origin: own })).status).toBe(303)
})

test('the policy allows only files of our own, and fonts are kept', async () => {
  const page = await fetch(played.url)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  const html = await page.text()
  expect(html).not.toMatch(/<style|<script>|style="|onclick=/)
  const css = /href="([^"]+\.css)"/.exec(html)?.[1] ?? ''
  const sheet = await fetch(new URL(css, played.url))
  expect(sheet.headers.get('cache-control')).toContain('immutable')
  const font = /url\("([^"]+)"\)/.exec(await sheet.text())?.[1] ?? ''
  const file = await fetch(new URL(font, new URL(css, played.url)))
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'font/woff2'])
})

test('nobody, nothing and nonsense are answered, not believed', async () => {
  const page = visitor(played)
  const nobody = '00000000-0000-7000-8000-000000000000'
  expect((await page.post(`/sandbox/say?person=${nobody}`, new URLSearchParams({ text: 'menu' }))).status).toBe(404)
  expect((await page.post(`/sandbox/say?person=${nobody}`, new URLSearchParams({ text: ' ' }))).status).toBe(303)
  expect((await page.post('/sandbox/clock?step=year', new URLSearchParams())).status).toBe(303)
  expect((await fetch(`${page.origin}/sandbox/file/${nobody}`)).status).toBe(404)
  expect((await fetch(`${page.origin}/sandbox/assets/../../package.json`)).status).toBe(404)
  expect(await page.get("/sandbox?person=' OR 1=1 --")).toContain('Chào đồng chí!')
})
