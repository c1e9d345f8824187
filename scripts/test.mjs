// `npm test [-- arguments for vitest]`: types, lint, structure, tests. Installs what it needs; every check runs, whatever failed before.
import { prepareSources } from './lib/prepare.mjs'
import { runNode } from './lib/run.mjs'

const CHECKS = [
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['--noEmit'] },
  {
    name: 'lint and format',
    script: 'node_modules/@biomejs/biome/bin/biome',
    args: ['check', '--diagnostic-level=warn', '.'],
  },
  {
    name: 'who imports whom',
    script: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
  },
  { name: 'sizes and edges', script: 'scripts/lib/structure.mjs', args: [] },
  { name: 'weights as learned', script: 'scripts/lib/learned.mjs', args: [] },
]

async function check({ name, script, args }) {
  const began = performance.now()
  const { code, output } = await runNode(script, args, 'keep')
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (code !== 0) console.log(output.trimEnd())
  return code === 0
}

try {
  await prepareSources({ dev: true, say: (line) => console.log(line), output: 'show' })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
// The types take as long as the others together: two at a time fill two cores.
const [types, ...others] = CHECKS
const inTurn = async () => {
  const results = []
  for (const other of others) results.push(await check(other))
  return results
}
const results = (await Promise.all([check(types), inTurn()])).flat()
const { code } = await runNode('node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)])
process.exit(code === 0 && results.every(Boolean) ? 0 : 1)
