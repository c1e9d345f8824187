import { note } from '../conversation/messages.js'
import type { RoomDeps } from '../conversation/room.js'
import { DAY } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import { quotasOf } from '../messaging/bots.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import type { Candidate } from './candidate.js'
import { type ReplacingDeps, replaceBots } from './replacing.js'
import { nameOf } from './rules.js'
import type { SignIns } from './sign-ins.js'

/** What the page for tokens needs of the house. */
export type BotDoor = Readonly<{
  /** Asks the platform whose token it is. Throws `bots.error.no-platform`, `.refused` and `.unreachable`. */
  identify: (platform: string, token: string) => Promise<Candidate>
  add: (tx: Tx, now: Date, wanted: NewBot) => Promise<void>
  /** Null: nobody can sign in to an account of their own here. */
  signIns: SignIns | null
}>

/** `unitId`: whose own it will be; null: everybody's. */
export type NewBot = Candidate &
  Readonly<{
    unitId: string | null
    /** Null: it was added on the command line. */
    by: Readonly<{ personId: string; chatId: string }> | null
    /** What the cause keys of its messages begin with. */
    cause: string
  }>

type Deps = ReplacingDeps & Pick<RoomDeps, 'seal'>

/**
 * Keeps a bot with its token sealed, or the renewed token of one that is known, also of the environment's once that one
 * is refused. A cell's new bot takes over its people.
 * Throws `bots.error.from-environment`, `bots.error.elsewhere` (it serves another unit), `bots.error.no-key`.
 */
export async function addBot(tx: Tx, now: Date, wanted: NewBot, deps: Deps): Promise<void> {
  const { platform, account, unitId, by, cause } = wanted
  const known = await tx.bot.findUnique({
    where: { platform_externalId: { platform, externalId: account.externalId } },
  })
  const inUse = known !== null && known.state !== 'retired'
  const isRefused = known?.state === 'refused'
  const isNamed = inUse && known.credentials === null && deps.isOpen(known.id)
  if (isNamed && !isRefused) throw new AppError('bots.error.from-environment')
  if (inUse && (known.credentials !== null || isRefused) && known.unitId !== unitId)
    throw new AppError('bots.error.elsewhere')
  const id = known?.id ?? newId()
  const row = {
    username: account.username,
    ...quotasOf(account.quota),
    credentials: deps.seal.seal(wanted.token, id),
    state: 'active' as const,
    stateSince: now,
    restsUntil: null,
    unitId,
    addedBy: by?.personId ?? null,
  }
  await tx.bot.upsert({
    where: { id },
    create: { id, platform, externalId: account.externalId, createdAt: now, ...row },
    update: row,
  })
  if (by) await tellAdder(tx, now, wanted, by)
  if (unitId === null || inUse) return
  const others = await tx.bot.findMany({ where: { platform, state: 'active', id: { not: id } }, select: { id: true } })
  const botIds = others.map((one) => one.id)
  await replaceBots(tx, now, { botIds, platform, unitId, by: by?.personId ?? null, cause }, deps)
}

const tellAdder = (
  tx: Tx,
  now: Date,
  { platform, account, cause }: NewBot,
  by: NonNullable<NewBot['by']>,
): Promise<number> => {
  const params = { name: nameOf({ platform, username: account.username }) }
  const data = { key: 'bots.added', params, choices: [] }
  const address = { chatId: by.chatId, personId: by.personId }
  const expiresAt = new Date(now.getTime() + DAY)
  return enqueue(tx, now, [
    outgoing(note, data, { causeKey: `${cause}:added`, ...address, priority: PRIORITY.notice, expiresAt }),
  ])
}
