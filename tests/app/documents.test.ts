import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[]
}
const rooms = forbidden.flatMap(({ name }) => /^(.+)-looks-up$/.exec(name)?.[1] ?? [])

test('ARCHITECTURE lists the rooms in the order in which they may see each other', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8')
  const layout = [...text.matchAll(/^ {2}([a-z]+)\/ {3,}/gm)].map(([, room]) => room)
  const chain = /core ←[^`]+/.exec(text)?.[0].split('\n').slice(0, 2).join(' ').split('←')
  expect(rooms.length).toBeGreaterThan(10)
  expect(layout).toEqual(rooms)
  expect(chain?.map((one) => one.trim()).filter(Boolean)).toEqual([...rooms, 'web'])
})
