import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { listFiles } from './scripts/lib/stamp.mjs'
import base from './vitest.config.js'

const properties = listFiles('tests', /\.test\.tsx?$/).filter((path) =>
  readFileSync(path, 'utf8').includes("from 'fast-check'"),
)
const first = Number(process.env.FC_SEED ?? randomInt(1_000_000_000))
const seeds = Array.from({ length: Number(process.env.SOAK_SEEDS ?? 20) }, (_, at) => String(first + at))

const { globalSetup, ...likeTests } = base.test ?? {}

/**
 * What takes minutes: `npm run soak`. The kills, alone; then every property again with each of SOAK_SEEDS fresh seeds. A
 * failing one is named by its seed, and `FC_SEED=<seed> npx vitest run <file>` plays it again.
 */
export default defineConfig({
  test: {
    ...(globalSetup ? { globalSetup } : {}),
    projects: [
      { test: { name: 'kills', include: ['tests/**/*.soak.ts'], pool: 'forks', maxWorkers: 1 } },
      ...seeds.map((seed) => ({
        test: {
          ...likeTests,
          name: `seed ${seed}`,
          include: properties,
          env: { FC_SEED: seed },
          sequence: { groupOrder: 1 },
        },
      })),
    ],
  },
})
