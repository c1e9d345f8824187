import { describe, expect, test } from 'vitest'
import { fromToken } from '../../../src/channels/zalo-personal/credentials.js'
import { beginSignIn, type SignInState } from '../../../src/channels/zalo-personal/sign-in.js'
import { OWN, PersonalZalo } from '../../support/zalo-personal/index.js'

async function begun() {
  const zalo = new PersonalZalo()
  const states: SignInState[] = []
  const signIn = beginSignIn(zalo.load, (state) => void states.push(state))
  expect(signIn.state()).toEqual({ kind: 'starting' })
  await zalo.until(() => states.length > 0)
  const becomes = (kind: SignInState['kind']) => zalo.until(() => signIn.state().kind === kind)
  return { zalo, signIn, states, becomes }
}

describe('signing in by a code', () => {
  test('scanned and agreed to: what it gave opens the account again', async () => {
    const { zalo, signIn, states, becomes } = await begun()
    expect(states[0]).toMatchObject({ kind: 'waiting', image: expect.stringMatching(/^iVBOR/) })
    zalo.does('scan')
    expect(signIn.state()).toEqual({ kind: 'scanned', name: 'Tổ Hòa Bình' })
    zalo.does('confirm')
    await becomes('done')
    const done = signIn.state()
    if (done.kind !== 'done') throw new Error('it is not done')
    expect(done.account).toMatchObject({ externalId: OWN, username: 'Tổ Hòa Bình', quota: { strangersPerDay: 80 } })
    expect(fromToken(done.token)).toMatchObject({
      imei: 'an-imei',
      cookie: [{ key: 'zpsid' }],
      since: expect.any(Number),
    })
  })

  test('refused on the phone: the library would wait for ever', async () => {
    const { zalo, signIn, becomes } = await begun()
    zalo.does('scan')
    zalo.does('decline')
    await becomes('declined')
    await new Promise(setImmediate)
    expect(signIn.state().kind).toBe('declined')
  })

  test('expired', async () => {
    const { zalo, signIn, becomes } = await begun()
    zalo.does('expire')
    await becomes('expired')
    await new Promise(setImmediate)
    expect(signIn.state().kind).toBe('expired')
  })

  test('no network', async () => {
    const zalo = new PersonalZalo()
    zalo.offline = true
    const signIn = beginSignIn(zalo.load)
    await zalo.until(() => signIn.state().kind === 'failed')
  })

  test('stopped: nothing is told any more', async () => {
    const { zalo, signIn, states } = await begun()
    signIn.stop()
    zalo.does('scan')
    await new Promise(setImmediate)
    expect(states).toHaveLength(1)
  })
})
