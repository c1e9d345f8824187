// `npm run bench [-- part of a file's name]`: prints ratios measured within one run; asserts no times.
import { prepare } from './lib/prepare.mjs'
import { runNode } from './lib/run.mjs'

try {
  await prepare({ dev: true, say: (line) => console.log(line), output: 'show' })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
const args = ['run', '--config', 'vitest.bench.config.ts', ...process.argv.slice(2)]
const { code } = await runNode('node_modules/vitest/vitest.mjs', args)
process.exit(code)
