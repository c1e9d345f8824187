import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'

const SOURCES = join(import.meta.dirname, 'src')

/** The flags of Node that `npm start` sets. */
const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'))
const FLAGS: string[] = scripts.start.match(/--\S+/g)

/** What is measured is what `npm start` runs: the built program, loaded by Node itself and not through the test runner. */
const built: Plugin = {
  name: 'built',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!source.startsWith('.') || !importer) return null
    const path = relative(SOURCES, resolve(importer, '..', source))
    return path.startsWith('..') ? null : { id: join(import.meta.dirname, 'dist', path), external: true }
  },
}

/** `npm run bench`: one measurement at a time, on a server with its usual settings (every commit reaches the disk). */
export default defineConfig({
  plugins: [built],
  test: {
    server: { deps: { external: [/\/dist\//] } },
    include: ['tests/bench/**/*.bench.ts'],
    globalSetup: ['tests/bench/global-setup.ts'],
    testTimeout: 900_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    pool: 'forks',
    execArgv: FLAGS,
    disableConsoleIntercept: true,
  },
})
