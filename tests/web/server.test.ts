import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { loadTranslations } from '../../src/core/i18n.js'
import { startWebServer } from '../../src/web/server.js'

test('a port that somebody else has is a sentence that names it', async () => {
  const first = await startWebServer(new Hono(), { host: '127.0.0.1', port: 0 })
  const port = Number(new URL(first.url).port)
  const second = startWebServer(new Hono(), { host: '127.0.0.1', port })
  await expect(second).rejects.toMatchObject({ code: 'web.error.port-taken', params: { port } })
  for (const locale of ['vi', 'en'] as const)
    expect(loadTranslations('locales').for(locale).dynamic('web.error.port-taken', { port })).toContain(String(port))
  await first.close()
})
