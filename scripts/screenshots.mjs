// node scripts/screenshots.mjs: plays the sandbox and a personal page in a headless browser and keeps the README's pictures in docs/.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runNode } from './lib/run.mjs'

const folder = join(ROOT, 'docs')
mkdirSync(folder, { recursive: true })
process.env.SCREENSHOTS = folder
const { code } = await runNode('node_modules/vitest/vitest.mjs', [
  'run',
  'tests/sandbox/chromium.test.ts',
  'tests/web/pages/chromium.test.ts',
])
process.exit(code)
