// `npm run soak`: kills the running service at random moments, again and again (SOAK_KILLS, SOAK_SEED: how often and when),
// then runs every property with fresh seeds (SOAK_SEEDS: how many; FC_SEED: the first).
import { prepare, prepareSources } from './lib/prepare.mjs'
import { runNode } from './lib/run.mjs'

try {
  await prepareSources({ dev: true, say: (line) => console.log(line), output: 'show' })
  await prepare({ say: (line) => console.log(line), output: 'show' })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
const config = ['--config', 'vitest.soak.config.ts']
const { code } = await runNode('node_modules/vitest/vitest.mjs', ['run', ...config, ...process.argv.slice(2)])
process.exit(code)
