import { EventEmitter, once } from 'node:events'
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

/** `changed` is called with each state after the first. */
export type BeginSignIn = (changed: () => void) => SignIn

/** Attempts of this process, each under the id of the page that shows it. */
export type SignIns = Readonly<{
  find: (id: string) => SignInState | null
  /** Resolves when the attempt is no longer in the state `seen`, at the latest after `ms`. */
  change: (id: string, seen: string, ms: number) => Promise<void>
  /** In the place of one that was begun there before. */
  begin: (id: string) => void
  end: (id: string) => void
  stop: () => void
}>

/** An attempt that its page has left is ended when so many others have begun. */
const MOST = 5

export function createSignIns(begin: BeginSignIn): SignIns {
  const attempts = new Map<string, SignIn>()
  const changes = new EventEmitter().setMaxListeners(0)
  const end = (id: string): void => {
    attempts.get(id)?.stop()
    attempts.delete(id)
    changes.emit(id)
  }
  return {
    find: (id) => attempts.get(id)?.state() ?? null,
    change: async (id, seen, ms) => {
      if (attempts.get(id)?.state().kind !== seen) return
      await once(changes, id, { signal: AbortSignal.timeout(ms) }).catch(() => {})
    },
    begin: (id) => {
      end(id)
      const [oldest] = attempts.size >= MOST ? attempts.keys() : []
      if (oldest) end(oldest)
      attempts.set(
        id,
        begin(() => changes.emit(id)),
      )
    },
    end,
    stop: () => {
      for (const id of [...attempts.keys()]) end(id)
    },
  }
}
