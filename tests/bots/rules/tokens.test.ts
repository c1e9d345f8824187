import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findTokens, recogniseToken } from '../../../src/bots/rules.js'

const TELEGRAM = '7000000001:AAfictionalTokenForTests_0123456789'
const ZALO = '459232241454765289:abcdefghijklmnopqrstuvwxyzABCDEFGH-fiction'

describe('a token', () => {
  test('tells its platform by its shape', () => {
    expect(recogniseToken(TELEGRAM)).toBe('telegram')
    expect(recogniseToken(ZALO)).toBe('zalo')
    for (const text of ['', 'xin chào', '12345678', 'a b:c', '1234:short']) expect(recogniseToken(text)).toBeNull()
  })

  test('is found wherever it is pasted', () => {
    for (const text of [
      TELEGRAM,
      `mã đây: ${TELEGRAM}`,
      `Use this token to access the HTTP API:\n${TELEGRAM}\nKeep your token secure`,
      `/thembot ${TELEGRAM}`,
      `https://api.telegram.org/bot${TELEGRAM}/getMe`,
    ])
      expect(findTokens(text)).toEqual([TELEGRAM])
    expect(findTokens(`${ZALO}, ${TELEGRAM}`)).toEqual([ZALO, TELEGRAM])
  })

  test('is nothing that people write', () => {
    for (const text of [
      '1234 5678',
      'mã mời 12345678',
      'họp 19:30 ngày 25/12/2026',
      '0912345678: gọi cho tôi nhé',
      'https://example.vn:8443/a/very/long/path/with/many/letters',
      '2026-11-26T19:30:00+07:00',
    ])
      expect(findTokens(text)).toEqual([])
  })

  test('property: no run of Vietnamese words and numbers is taken for one', () => {
    const word = fc.oneof(fc.constantFrom('có mặt', 'vắng', 'họp', 'ngày', ':', '19:30', '25/12'), fc.nat().map(String))
    fc.assert(fc.property(fc.array(word), (words) => findTokens(words.join(' ')).length === 0))
  })
})
