import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ZaloApiError } from 'zca-js'
import { NO_ANSWER, SIGN_IN_REFUSED } from '../../../src/channels/zalo-personal/errors.js'
import { personalLimits, personalQuota } from '../../../src/channels/zalo-personal/pacing.js'
import type { SendError } from '../../../src/messaging/vocabulary.js'
import { anAccount, request, signal } from './setup.js'

const bytes = Buffer.from('%PDF-1.4 một văn bản')
const file = { fileName: 'Nghị quyết.pdf', mime: 'application/pdf', platformFileId: null, open: async () => bytes }

describe('what goes out', () => {
  test('words to a person and to a group, a file without words', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    const receipt = await channel.send(request('2001', 'Mời đồng chí', 'Họp'), signal())
    await channel.send(request('g300', 'Họp lúc 19:30'), signal())
    await channel.send({ ...request('2001', ''), file }, signal())
    expect(receipt.messageId).toMatch(/^\d+$/)
    expect(zalo.arrived).toMatchObject([
      { thread: '2001', isGroup: false, text: 'Họp\nMời đồng chí', fileName: null },
      { thread: '300', isGroup: true, text: 'Họp lúc 19:30', fileName: null },
      { thread: '2001', isGroup: false, text: '', fileName: 'Nghị quyết.pdf' },
    ])
    expect(zalo.violations).toEqual([])
    await channel.stop()
  })

  test('a name without an ending gets one, or the library would not take it', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    await channel.send({ ...request('2001', ''), file: { ...file, fileName: 'biên bản' } }, signal())
    expect(zalo.arrived[0]?.fileName).toBe('biên bản.bin')
    await channel.stop()
  })

  const refusals: readonly (readonly [what: string, error: Error | 'empty', failure: SendError['failure']])[] = [
    ['an empty result', 'empty', { kind: 'unreachable', code: 'not-taken' }],
    ['102', new ZaloApiError('x', 102), { kind: 'unauthorized', code: 'unauthorized' }],
    ['600', new ZaloApiError('x', 600), { kind: 'unauthorized', code: 'unauthorized' }],
    ['221', new ZaloApiError('x', 221), { kind: 'quota', code: 'too-many' }],
    ['122', new ZaloApiError('x', 122), { kind: 'unreachable', code: 'refuses-strangers' }],
    ['123', new ZaloApiError('x', 123), { kind: 'unreachable', code: 'refuses-strangers' }],
    ['a code nobody knows', new ZaloApiError('x', 114), { kind: 'rejected', code: 'zalo-114' }],
    [
      'an HTTP failure',
      new ZaloApiError('Request failed with status code 502'),
      { kind: 'transient', code: 'no-answer' },
    ],
    ['no JSON', new ZaloApiError('Failed to parse response data'), { kind: 'transient', code: 'no-answer' }],
    [
      'its own refusal',
      new ZaloApiError('File extension "exe" is not allowed'),
      { kind: 'rejected', code: 'not-accepted' },
    ],
    ['no network', new TypeError('fetch failed'), { kind: 'transient', code: 'network' }],
  ]
  test.each(refusals)('%s', async (_, error, failure) => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    zalo.fails.set('2001', error)
    await expect(channel.send(request('2001'), signal())).rejects.toMatchObject({ failure })
    await channel.stop()
  })

  test('a file that is dropped without a word is a failure too', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    zalo.fails.set('2001', 'empty')
    const sending = channel.send({ ...request('2001', ''), file }, signal())
    await expect(sending).rejects.toMatchObject({ failure: { kind: 'unreachable', code: 'not-taken' } })
    await channel.stop()
  })

  test('a call that the library never ends is given up', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    zalo.fails.set('2001', 'hang')
    const sending = channel.send(request('2001'), AbortSignal.timeout(10))
    await expect(sending).rejects.toMatchObject({ failure: { kind: 'transient', code: 'timeout' } })
    await channel.stop()
  })

  test('before a sign-in nothing goes, and nobody signs in for it', async () => {
    const { zalo, channel } = anAccount()
    const sending = channel.send(request('2001'), signal())
    await expect(sending).rejects.toMatchObject({ failure: { kind: 'transient', code: 'not-signed-in' } })
    expect(zalo.sessions).toEqual([])
  })

  test('what it cannot do is refused for good', async () => {
    const { channel } = anAccount()
    expect(channel.can).toMatchObject({ buttons: false, edits: false, menus: false, deletes: false, toasts: false })
    const failure = { failure: { kind: 'rejected', code: 'not-possible' } }
    await expect(channel.edit({ ...request('2001'), messageId: '1' }, signal())).rejects.toMatchObject(failure)
    await expect(channel.setMenu('2001', [], signal())).rejects.toMatchObject(failure)
    await expect(channel.delete('2001', '1', signal())).rejects.toMatchObject(failure)
    await expect(channel.toast('1', { text: '', url: null }, signal())).rejects.toMatchObject(failure)
  })
})

test('who it is; a cookie that opens nothing is a refusal, a network that is away is not', async () => {
  const { zalo, channel } = anAccount()
  expect(await channel.identify()).toEqual({ externalId: '7000111222333', username: 'Tổ Hòa Bình' })
  zalo.cookieOpens = false
  const refused = anAccount()
  refused.zalo.cookieOpens = false
  await expect(refused.channel.identify()).rejects.toThrow('common.error.zalo-unauthorized')
  const away = anAccount()
  away.zalo.offline = true
  await expect(away.channel.identify()).rejects.toThrow('common.error.zalo-unreachable')
})

test('the pace: one in 2–4 seconds, one at a time, 80 strangers a day', () => {
  const { sendsPerSecond, sendJitterMs = 0, sendWindow } = personalLimits
  expect([1000 / sendsPerSecond, 1000 / sendsPerSecond + sendJitterMs, sendWindow]).toEqual([2_000, 4_000, 1])
  expect(personalQuota.strangersPerDay).toBe(80)
})

test('the sentences by which the library’s failures without a code are known stand in the version that is installed', () => {
  const read = (path: string): string => readFileSync(`node_modules/zca-js/dist/${path}`, 'utf8')
  expect(read('zalo.js')).toContain(`"${SIGN_IN_REFUSED}"`)
  const places = ['utils.js', 'utils.js', 'apis/login.js']
  for (const [at, sentence] of NO_ANSWER.entries()) expect(read(places[at] ?? '')).toContain(`"${sentence}`)
})
