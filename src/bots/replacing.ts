import type { RoomDeps } from '../conversation/room.js'
import { dateIn, toDateColumn } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import { enqueue, type Outgoing, outgoing, PRIORITY } from '../messaging/outbox.js'
import { CODE_LIFE_MS, inviteEach } from '../organization/invitations.js'
import { listServingBots, type ServingBot } from '../organization/serving.js'
import { byHand, moved } from './messages.js'
import { decideMoves, type Move, nameOf } from './rules.js'
import { isAnyReachable, listMoving, listStewards } from './store.js'

export type ReplacingDeps = Pick<RoomDeps, 'zone' | 'codeKey' | 'deepLink' | 'isOpen'>

/** Stands for a code where a link is made before the code is known. */
const HERE = '00000000'

type Replaced = Readonly<{
  /** The bots whose people are to move. */
  botIds: readonly string[]
  platform: string
  /** Only this unit's people; null: everybody. */
  unitId: string | null
  /** Only these; absent: all of them. */
  personIds?: readonly string[]
  by: string | null
  /** What the cause keys of its messages begin with. */
  cause: string
}>

const addressOf = (move: Move) =>
  move.by === 'old'
    ? { chatId: move.person.chatId, personId: move.person.personId }
    : { personId: move.person.personId }

/**
 * Asks the people of bots that are being replaced to link again, each by the way that still works; nobody's other ways
 * change. Written after the old bot's row: one that is retired is no other way any more.
 */
export async function replaceBots(tx: Tx, now: Date, what: Replaced, deps: ReplacingDeps): Promise<Move[]> {
  const day = toDateColumn(dateIn(now, deps.zone))
  const { personIds } = what
  const people = (await listMoving(tx, now, day, what)).filter((one) => personIds?.includes(one.personId) ?? true)
  const bots = new Map<string | null, readonly ServingBot[]>()
  for (const { unitId } of people) if (!bots.has(unitId)) bots.set(unitId, await listServingBots(tx, unitId, day))
  const moves = decideMoves(people, {
    platform: what.platform,
    speaks: deps.isOpen,
    botsOf: (unitId) => bots.get(unitId) ?? [],
    hasLink: (bot) => deps.deepLink(bot, HERE) !== null,
  })
  const ids = moves.map((one) => one.person.personId)
  const live = await inviteEach(tx, now, ids, what.by, deps.codeKey)
  const invited = moves.flatMap((move) => {
    const invitation = live.get(move.person.personId)
    return invitation ? [{ ...move, invitation }] : []
  })
  await enqueue(tx, now, [
    ...invited.filter((one) => one.by !== 'hand').map((one) => invite(one, now, what, deps)),
    ...(await handOver(tx, now, invited, what, deps)),
  ])
  return moves
}

const common = (now: Date) => ({ priority: PRIORITY.notice, expiresAt: new Date(now.getTime() + CODE_LIFE_MS) })

type Invited = Move & Readonly<{ invitation: Readonly<{ id: string; expiresAt: Date }> }>

function invite(move: Invited, now: Date, what: Replaced, deps: ReplacingDeps): Outgoing {
  const link = deps.deepLink(move.to, HERE)
  const data = {
    bot: nameOf(move.to),
    platform: move.to.platform,
    invitationId: move.invitation.id,
    link: link?.endsWith(HERE) ? link.slice(0, -HERE.length) : null,
    until: dateIn(move.invitation.expiresAt, deps.zone),
  }
  const causeKey = `${what.cause}:moved:${move.person.personId}`
  return outgoing(moved, data, { causeKey, ...addressOf(move), ...common(now) })
}

/** Codes of those whom nothing reaches, a message for each unit, to whoever leads it; to administrators if nobody can be told. */
async function handOver(
  tx: Tx,
  now: Date,
  moves: readonly Invited[],
  what: Replaced,
  deps: ReplacingDeps,
): Promise<Outgoing[]> {
  const day = toDateColumn(dateIn(now, deps.zone))
  const byHands = moves.filter((one) => one.by === 'hand')
  const messages: Outgoing[] = []
  for (const unitId of new Set(byHands.map((one) => one.person.unitId))) {
    const ofUnit = byHands.filter((one) => one.person.unitId === unitId)
    const [first] = ofUnit
    if (!first) continue
    const leaders = await listStewards(tx, unitId, day)
    const stewards = (await isAnyReachable(tx, now, leaders)) ? leaders : await listStewards(tx, null, day)
    const rows = ofUnit.map((one) => ({ name: one.person.fullName, invitationId: one.invitation.id }))
    const data = { bot: nameOf(first.to), platform: first.to.platform, unitId, rows }
    for (const personId of stewards)
      messages.push(
        outgoing(byHand, data, {
          causeKey: `${what.cause}:by-hand:${unitId ?? ''}:${personId}`,
          personId,
          ...common(now),
        }),
      )
  }
  return messages
}

/** Retires a bot: nothing that is addressed to a person goes by it any more, and its people are asked to link elsewhere. */
export async function retireBot(
  tx: Tx,
  now: Date,
  bot: Readonly<{ id: string; platform: string }>,
  how: Readonly<{ by: string | null; cause: string }>,
  deps: ReplacingDeps,
): Promise<Move[]> {
  const { count } = await tx.bot.updateMany({
    where: { id: bot.id, state: { not: 'retired' } },
    data: { state: 'retired', stateSince: now },
  })
  if (count === 0) return []
  return replaceBots(tx, now, { botIds: [bot.id], platform: bot.platform, unitId: null, ...how }, deps)
}
