import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Log } from '../core/log.js'
import type { RawUpdate, Receive, Webhook } from './channel.js'

/** The door at which a platform posts: its path and secret follow from the account's token, the same after every start. */
export type Entrance = Readonly<{
  webhook: Webhook
  /** What the platform has to show in the header. */
  secret: string
  /** The whole address, for telling the platform. */
  urlAt: (publicUrl: string) => string
  open: (receive: Receive) => void
  /** Takes nothing more; resolves when what was taken is stored. */
  close: () => Promise<void>
}>

type Parts<T> = Readonly<{
  platform: string
  token: string
  /** In lower case. */
  secretHeader: string
  /** Null: nothing that another try would mend. */
  read: (body: unknown) => T | null
  toRaw: (update: T) => RawUpdate
  /** After the commit. */
  onStored: (update: T) => void
  log: Log
}>

const derive = (token: string, purpose: string): string =>
  createHmac('sha256', token).update(purpose).digest('base64url')

/** Equal length first by hashing, so that neither length nor place of a difference shows in the time. */
const same = (given: string, expected: string): boolean =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest())

export function createEntrance<T>({ platform, token, secretHeader, log, ...parts }: Parts<T>): Entrance {
  const secret = derive(token, 'webhook-secret')
  const path = `/hook/${platform}/${derive(token, 'webhook-path')}`
  const busy = new Set<Promise<unknown>>()
  let receive: Receive | null = null

  async function store(body: unknown, take: Receive): Promise<200 | 503> {
    const update = parts.read(body)
    if (!update) return 200
    try {
      await take([parts.toRaw(update)])
    } catch (error) {
      log.warn({ err: error }, `${platform}: an update was not stored`)
      return 503
    }
    parts.onStored(update)
    return 200
  }

  async function handle(body: unknown, secretGiven: string | undefined): Promise<200 | 401 | 503> {
    if (!same(secretGiven ?? '', secret)) return 401
    if (!receive) return 503
    const stored = store(body, receive)
    busy.add(stored)
    return stored.finally(() => busy.delete(stored))
  }

  return {
    webhook: { path, secretHeader, handle },
    secret,
    urlAt: (publicUrl) => `${publicUrl.replace(/\/+$/, '')}${path}`,
    open: (take) => {
      receive = take
    },
    close: async () => {
      receive = null
      await Promise.all(busy)
    },
  }
}
