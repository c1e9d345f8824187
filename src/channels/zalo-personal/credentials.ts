import type { Credentials } from 'zca-js'
import { z } from 'zod'

const stored = z.object({
  imei: z.string().min(1),
  userAgent: z.string().min(1),
  cookie: z.array(z.looseObject({ key: z.string(), value: z.string() })).min(1),
  /** When the account was signed in, milliseconds: what was said to it before is none of ours. */
  since: z.int(),
})

/** What a sign-in gave, as it is sealed in the place of a token. */
export type StoredCredentials = z.infer<typeof stored>

export const toToken = (credentials: StoredCredentials): string => JSON.stringify(credentials)

/** Throws where it is none of ours. */
export const fromToken = (token: string): StoredCredentials => stored.parse(JSON.parse(token))

/** The library's own shape. A copy each time, because it changes what it is given. */
export const toCredentials = ({ imei, userAgent, cookie }: StoredCredentials): Credentials => ({
  imei,
  userAgent,
  cookie: structuredClone(cookie) as Extract<Credentials['cookie'], unknown[]>,
})
