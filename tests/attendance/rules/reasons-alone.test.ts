import { describe, expect, test } from 'vitest'
import { readReason } from '../../../src/attendance/answers-words.js'

/** Its kind, or what else it was. */
const read = (text: string): string => {
  const reading = readReason(text)
  return reading.kind === 'reason' ? (reading.reason.reasonKind ?? 'none') : reading.kind
}

describe('a text that is asked for as the reason of an absence', () => {
  test.each([
    ['đi công tác', 'work'],
    ['em đi mổ mắt ở Hà Nội', 'health'],
    ['di mo', 'health'],
    ['đi thăm con ở Hà Nội', 'family'],
    ['business trip', 'work'],
    ['on a business trip', 'work'],
    ['surgery', 'health'],
    ['family wedding', 'family'],
    ['my son is ill', 'family'],
    ['di voi anh Son', 'other'],
  ])('%s: %s', (text, kind) => expect(read(text)).toBe(kind))

  test.each(['em đi', 'em vẫn đi họp', 'đi được ạ', 'đi muộn', 'em đi cùng anh Nam'])('“%s” is asked back', (text) =>
    expect(read(text)).toBe('other'),
  )
})
