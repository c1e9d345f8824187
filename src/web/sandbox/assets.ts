import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Hono } from 'hono'

export type Asset = Readonly<{ body: Uint8Array<ArrayBuffer>; type: string }>
export type Assets = Readonly<{ css: string; js: string; pages: Hono }>

/** Read where they lie in the clone: `dist` and `src` both stand one level below it. */
const OWN = join(import.meta.dirname, '../../../src/web/sandbox/assets')

/** In this order: what comes later may refine what came before. */
const STYLES = ['fonts', 'base', 'people', 'chat', 'side', 'phone'].map((name) => `${name}.css`)

const FACES = ['vietnamese', 'latin-ext', 'latin'].flatMap((subset) =>
  [400, 600].map((weight) => `${subset}-${weight}`),
)

const read = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path))

const fontFiles = (): Map<string, Asset> => {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/package.json')),
    'files',
  )
  const name = (face: string) => `be-vietnam-pro-${face}-normal.woff2`
  return new Map(FACES.map((face) => [name(face), { body: read(join(folder, name(face))), type: 'font/woff2' }]))
}

const YEAR = 'private, max-age=31536000, immutable'

/** Style, script and font as files of their own, so that the policy needs no exception for what stands in the page. */
export function openAssets(base: string): Assets {
  const files = fontFiles()
  const add = (parts: readonly string[], extension: string, type: string): string => {
    const body = new Uint8Array(Buffer.concat(parts.map((part) => readFileSync(join(OWN, part)))))
    const name = `sandbox-${createHash('sha256').update(body).digest('hex').slice(0, 12)}.${extension}`
    files.set(name, { body, type: `${type}; charset=utf-8` })
    return `${base}/${name}`
  }
  const css = add(STYLES, 'css', 'text/css')
  const js = add(['sandbox.js'], 'js', 'text/javascript')
  const pages = new Hono().get(`${base}/:name`, (c) => {
    const file = files.get(c.req.param('name'))
    if (!file) return c.notFound()
    return c.body(file.body, 200, { 'Content-Type': file.type, 'Cache-Control': YEAR })
  })
  return { css, js, pages }
}
