import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSeal } from '../../src/core/seal.js'

const key = randomBytes(32)
const { seal, open, isReady } = createSeal(key)

test('what is sealed opens again, and no two seals of it are alike', () => {
  expect(isReady).toBe(true)
  expect(open(seal('123:TOKEN', 'bot-1'), 'bot-1')).toBe('123:TOKEN')
  expect(seal('123:TOKEN', 'bot-1')).not.toBe(seal('123:TOKEN', 'bot-1'))
  expect(Buffer.from(seal('123:TOKEN', 'bot-1'), 'base64').toString('latin1')).not.toContain('TOKEN')
})

test('another row, another key, a changed or a cut seal do not open', () => {
  const sealed = seal('123:TOKEN', 'bot-1')
  const bytes = Buffer.from(sealed, 'base64')
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  const wrong = { code: 'bots.error.wrong-key' }
  expect(() => open(sealed, 'bot-2')).toThrow(expect.objectContaining(wrong))
  expect(() => createSeal(randomBytes(32)).open(sealed, 'bot-1')).toThrow(expect.objectContaining(wrong))
  expect(() => open(bytes.toString('base64'), 'bot-1')).toThrow(expect.objectContaining(wrong))
  expect(() => open('AAAA', 'bot-1')).toThrow(expect.objectContaining(wrong))
})

test('without a key nothing is sealed or opened, and the sentence says what to do', () => {
  const none = createSeal(null)
  expect(none.isReady).toBe(false)
  expect(() => none.seal('x', 'y')).toThrow(expect.objectContaining({ code: 'bots.error.no-key' }))
  expect(() => none.open('x', 'y')).toThrow(expect.objectContaining({ code: 'bots.error.no-key' }))
})
