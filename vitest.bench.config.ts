import { defineConfig } from 'vitest/config'

/** `npm run bench`: one measurement at a time, on a server with its usual settings (every commit reaches the disk). */
export default defineConfig({
  test: {
    include: ['tests/bench/**/*.bench.ts'],
    globalSetup: ['tests/bench/global-setup.ts'],
    testTimeout: 900_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    pool: 'forks',
    disableConsoleIntercept: true,
  },
})
