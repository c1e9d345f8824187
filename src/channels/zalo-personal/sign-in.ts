import type { LoginQRCallback } from 'zca-js'
import { type StoredCredentials, toToken } from './credentials.js'
import { whoIs } from './index.js'
import type { PersonalLibrary } from './library.js'
import { personalQuota } from './pacing.js'

type Told = Readonly<{
  externalId: string
  username: string | null
  quota: Readonly<{ messagesPerMonth: number | null; people: number | null; strangersPerDay: number | null }>
}>

export type SignInState =
  | Readonly<{ kind: 'starting' }>
  /** `image`: the code as a PNG, base64. It holds for 100 seconds. */
  | Readonly<{ kind: 'waiting'; image: string }>
  /** `name`: whose phone has scanned it and is asked whether it was them. */
  | Readonly<{ kind: 'scanned'; name: string }>
  | Readonly<{ kind: 'done'; token: string; account: Told }>
  | Readonly<{ kind: 'declined' | 'expired' | 'failed' }>

/** One attempt to sign in by a code that its owner scans. */
export type SignIn = Readonly<{ state: () => SignInState; stop: () => void }>

/** Begins at once. `changed` is called with each state after the first. */
export function beginSignIn(
  load: () => Promise<PersonalLibrary>,
  changed: (state: SignInState) => void = () => {},
): SignIn {
  let state: SignInState = { kind: 'starting' }
  let given: Omit<StoredCredentials, 'since'> | null = null
  let abort: () => unknown = () => {}
  let stopped = false

  const become = (next: SignInState): void => {
    if (stopped) return
    state = next
    changed(next)
  }

  const tell: LoginQRCallback = (event) => {
    if (event.actions) abort = event.actions.abort
    if (stopped) return abort()
    switch (event.type) {
      case 0:
        return become({ kind: 'waiting', image: event.data.image })
      case 1:
        return become({ kind: 'expired' })
      case 2:
        return become({ kind: 'scanned', name: event.data.display_name })
      case 3:
        become({ kind: 'declined' })
        // The library would wait for ever.
        return abort()
      case 4: {
        const { imei, userAgent, cookie } = event.data
        given = { imei, userAgent, cookie: cookie as unknown as StoredCredentials['cookie'] }
      }
    }
  }

  const run = async (): Promise<void> => {
    const api = await (await load()).loginQR(tell)
    const since = Date.now()
    if (!given) return become({ kind: 'failed' })
    const quota = { messagesPerMonth: null, people: null, strangersPerDay: personalQuota.strangersPerDay ?? null }
    become({ kind: 'done', token: toToken({ ...given, since }), account: { ...(await whoIs(api)), quota } })
  }

  run().catch(() => {
    if (state.kind !== 'declined' && state.kind !== 'expired') become({ kind: 'failed' })
  })
  return {
    state: () => state,
    stop: () => {
      stopped = true
      abort()
    },
  }
}
