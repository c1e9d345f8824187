import { describe, expect, test } from 'vitest'
import { ZaloApiError } from 'zca-js'
import { OWN } from '../../support/zalo-personal/index.js'
import { anAccount } from './setup.js'

describe('a listener that ends is followed by another', () => {
  test.each([1000, 1001, 1006, 1011, 4999])('after %i', async (code) => {
    const { zalo, channel, begin, received } = anAccount()
    await begin()
    expect(channel.state()).toEqual({ state: 'running' })
    const first = zalo.listener
    first.close(code)
    await zalo.until(() => zalo.isHeard() && zalo.listener !== first)
    // Each by a sign-in of its own: a listener keeps the cookie that it was made with.
    expect(zalo.sessions.length).toBe(2)
    zalo.says('2001', 'em có mặt')
    // What was said is given again with every answer to a question; who stores it knows it by its id.
    await zalo.until(() => received.length > 0)
    await channel.stop()
    expect(zalo.violations).toEqual([])
  })

  test.each([3000, 3003] as const)('after %i none: somebody else listens in its place', async (code) => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    zalo.openedElsewhere(code)
    await zalo.until(() => channel.state().state === 'failing')
    expect(channel.state()).toEqual({ state: 'failing', code: 'taken-over' })
    await channel.stop()
    // It stays said after the end, and nothing was tried.
    expect(channel.state()).toEqual({ state: 'failing', code: 'taken-over' })
    expect(zalo.sessions.length).toBe(1)
    expect(zalo.isHeard()).toBe(false)
  })

  test('after silence: the server is asked by the same socket, and no answer is the end of it', async () => {
    const { zalo, channel, begin, received } = anAccount()
    await begin()
    const first = zalo.listener
    zalo.mute = true
    await zalo.until(() => channel.state().state === 'failing')
    expect(channel.state().code).toBe('unreachable')
    zalo.mute = false
    await zalo.until(() => zalo.isHeard() && zalo.listener !== first)
    // The dead one is turned out by its follower; that is none of our business any more.
    await zalo.until(() => channel.state().state === 'running')
    zalo.says('2001', 'em có mặt')
    await zalo.until(() => received.length > 0)
    await channel.stop()
  })

  test('a quiet evening is no silence: whoever answers is there', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    // Five questions and answers long.
    await zalo.until(() => zalo.keptAlive >= 5)
    expect([channel.state().state, zalo.sessions.length]).toEqual(['running', 1])
    await channel.stop()
  })

  test('a network that is away: it is tried again until it is back', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    zalo.offline = true
    zalo.listener.close(1006)
    await zalo.until(() => channel.state().state === 'failing')
    zalo.offline = false
    await zalo.until(() => zalo.isHeard())
    await channel.stop()
  })

  test.each([
    ['102', new ZaloApiError('session', 102)],
    ['600', new ZaloApiError('session', 600)],
  ])('a session that is over (%s) is over for good', async (_, error) => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    zalo.keepAliveFails = error
    await zalo.until(() => channel.state().code === 'unauthorized')
    await channel.stop()
    expect([zalo.sessions.length, zalo.isHeard()]).toEqual([1, false])
  })

  test('a keep-alive that fails otherwise means nothing', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    zalo.keepAliveFails = new ZaloApiError('Request failed with status code 502')
    const before = zalo.keptAlive
    await zalo.until(() => zalo.keptAlive > before + 1)
    expect(channel.state().state).toBe('running')
    await channel.stop()
  })

  test('a cookie that opens nothing any more ends it', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    zalo.cookieOpens = false
    zalo.listener.close(1006)
    await zalo.until(() => channel.state().code === 'unauthorized')
    await channel.stop()
  })

  test('a start after a stop listens again', async () => {
    const { zalo, channel, begin } = anAccount()
    await begin()
    await channel.stop()
    expect([channel.state().state, zalo.isHeard()]).toEqual(['stopped', false])
    await begin()
    expect([channel.state().state, zalo.isHeard()]).toEqual(['running', true])
    await channel.stop()
  })
})

describe('what was said meanwhile', () => {
  test('is asked for when it listens again; not what is older than the sign-in or a day, nor our own', async () => {
    const { zalo, channel, begin, received } = anAccount()
    const day = 24 * 60 * 60_000
    zalo.says('2001', 'trước khi đăng nhập', { at: Date.now() - day / 2 })
    const missed = zalo.says('2001', '1')
    zalo.says(OWN, 'của chính mình')
    await begin()
    await zalo.until(() => received.length > 0)
    expect(received.map((one) => one.externalId)).toEqual([missed])
    await channel.stop()
  })

  test('what cannot be stored is kept until it is', async () => {
    const { zalo, channel } = anAccount()
    const stored: string[] = []
    let isAway = true
    await channel.identify()
    await channel.start(async (updates) => {
      if (isAway) throw new Error('no database')
      stored.push(...updates.map((one) => one.externalId))
    })
    const first = zalo.says('2001', '1')
    await zalo.until(() => channel.state().code === 'not-stored')
    isAway = false
    await channel.stop()
    expect(stored[0]).toBe(first)
  })
})
