import { type StoredCredentials, toCredentials } from './credentials.js'
import type { PersonalApi, PersonalLibrary } from './library.js'

export type Account = Readonly<{
  /** The session that messages go by; null before the first sign-in. */
  now: () => PersonalApi | null
  /** A session, signed in if there is none. Rejects as the library does. */
  session: () => Promise<PersonalApi>
  /** A session that nobody has listened by. Rejects as the library does. */
  sessionToListen: () => Promise<PersonalApi>
}>

/**
 * One signed-in account. A listener keeps the address and the cookie that it was made with, so each gets a session of
 * its own; where none can be had, the older one stays for what is to be sent.
 */
export function createAccount(load: () => Promise<PersonalLibrary>, credentials: StoredCredentials): Account {
  let current: PersonalApi | null = null
  let listenedBy: PersonalApi | null = null

  const signIn = async (): Promise<PersonalApi> => {
    const library = await load()
    current = await library.login(toCredentials(credentials))
    return current
  }

  return {
    now: () => current,
    session: async () => current ?? signIn(),
    sessionToListen: async () => {
      listenedBy = current && current !== listenedBy ? current : await signIn()
      return listenedBy
    },
  }
}
