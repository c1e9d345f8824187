import { defineConfig } from 'vitest/config'

/** What takes minutes: `npm run soak`. */
export default defineConfig({ test: { include: ['tests/**/*.soak.ts'], pool: 'forks', maxWorkers: 1 } })
