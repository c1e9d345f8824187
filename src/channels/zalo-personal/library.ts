import type { EventEmitter } from 'node:events'
import type { API, Credentials, LoginQRCallback } from 'zca-js'

/** What we use of the library, by its own types: a version that changes them does not compile. */
export type ListenerEvents = API['listener'] extends EventEmitter<infer Events> ? Events : never
export type PersonalListener = Pick<API['listener'], 'start' | 'stop' | 'requestOldMessages'> &
  Readonly<{ on: EventEmitter<ListenerEvents>['on'] }>
export type PersonalApi = Pick<API, 'sendMessage' | 'keepAlive' | 'getOwnId' | 'fetchAccountInfo'> &
  Readonly<{ listener: PersonalListener }>

export type PersonalLibrary = Readonly<{
  /** By what an earlier sign-in gave. Each one makes a session and a listener of its own. */
  login: (credentials: Credentials) => Promise<PersonalApi>
  /** Shows a code to be scanned; resolves signed in. Never settles once the code was declined. */
  loginQR: (tell: LoginQRCallback) => Promise<PersonalApi>
}>

/** Nothing of it is printed, it asks no registry for its newest version, and it does not hear us ourselves. */
const QUIET = { checkUpdate: false, logging: false, selfListen: false }

/** The one place that loads the package: it is optional, and nobody has it loaded who has not switched it on. */
export async function loadLibrary(): Promise<PersonalLibrary> {
  const { Zalo } = await import('zca-js')
  return {
    login: (credentials) => new Zalo(QUIET).login(credentials),
    loginQR: (tell) => new Zalo(QUIET).loginQR({}, tell),
  }
}
