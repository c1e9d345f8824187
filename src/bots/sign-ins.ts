import type { Candidate } from './candidate.js'

export type SignInState =
  | Readonly<{ kind: 'starting' | 'declined' | 'expired' | 'failed' }>
  /** `image`: the code to be scanned, a PNG in base64. */
  | Readonly<{ kind: 'waiting'; image: string }>
  /** Whose phone has scanned it and is asked whether it was them. */
  | Readonly<{ kind: 'scanned'; name: string }>
  | Readonly<{ kind: 'done' } & Omit<Candidate, 'platform'>>

/** One attempt to sign in to an account by a code that its owner scans. It begins when it is made. */
export type SignIn = Readonly<{ state: () => SignInState; stop: () => void }>

/** Attempts of this process, each under the id of the page that shows it. */
export type SignIns = Readonly<{
  find: (id: string) => SignInState | null
  /** In the place of one that was begun there before. */
  begin: (id: string) => void
  end: (id: string) => void
  stop: () => void
}>

/** An attempt that its page has left is ended when so many others have begun. */
const MOST = 5

export function createSignIns(begin: () => SignIn): SignIns {
  const attempts = new Map<string, SignIn>()
  const end = (id: string): void => {
    attempts.get(id)?.stop()
    attempts.delete(id)
  }
  return {
    find: (id) => attempts.get(id)?.state() ?? null,
    begin: (id) => {
      end(id)
      const [oldest] = attempts.size >= MOST ? attempts.keys() : []
      if (oldest) end(oldest)
      attempts.set(id, begin())
    },
    end,
    stop: () => {
      for (const id of [...attempts.keys()]) end(id)
    },
  }
}
