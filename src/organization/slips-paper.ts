import { type Paper, printedPage } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import { dateIn, toDateColumn } from '../core/dates.js'
import { fold } from '../core/text.js'
import type { Tx } from '../database/client.js'
import type { Unit } from '../database/generated/client.js'
import type { DeepLink } from '../messaging/bots.js'
import { outgoing } from '../messaging/outbox.js'
import { createInvitations, type Invited, type Keys, toInvite } from './invitations.js'
import { listInvitees, listWaitingCells } from './invitations-store.js'
import { slipsReady } from './messages.js'
import { renderSlips, type SlipPack } from './slips.js'

/** A camera opens only a whole address: any other link is left out, and the square holds the code. */
export const scannable =
  (deps: Pick<RoomDeps, 'deepLink' | 'publicUrl'>): DeepLink =>
  (bot, code) => {
    const link = deps.deepLink(bot, code)
    const whole = link?.startsWith('/') && deps.publicUrl ? `${deps.publicUrl}${link}` : link
    return whole && /^https?:/.test(whole) ? whole : null
  }

const toPack = (unit: Unit, invited: readonly Invited[]): SlipPack => {
  const first = invited.map((one) => one.expiresAt.getTime()).sort((a, b) => a - b)[0] ?? 0
  return { unit: unit.name, until: dateIn(new Date(first), unit.zone), slips: invited }
}

/** The slips of a cell, or a pack for each cell below whose secretary is not linked; whoever leads the cell first. */
export async function collectPacks(
  tx: Tx,
  now: Date,
  unitId: string,
  by: string | null,
  keys: Keys,
): Promise<SlipPack[]> {
  const root = await tx.unit.findUniqueOrThrow({ where: { id: unitId } })
  const day = toDateColumn(dateIn(now, root.zone))
  const cells = root.kind === 'cell' ? [{ cellId: unitId }] : await listWaitingCells(tx, unitId, day)
  const packs: SlipPack[] = []
  for (const { cellId } of cells) {
    const unit = await tx.unit.findUniqueOrThrow({ where: { id: cellId } })
    const leaders = new Set(
      (await listInvitees(tx, { unitId: cellId, day, role: 'secretary' })).map((one) => one.personId),
    )
    const people = toInvite(await listInvitees(tx, { unitId: cellId, day }))
    people.sort((a, b) => Number(leaders.has(b.personId)) - Number(leaders.has(a.personId)))
    if (people.length > 0) packs.push(toPack(unit, await createInvitations(tx, now, { people, by }, keys)))
  }
  return packs
}

/** The slips of a cell; for a committee a pack for every cell below whose secretary is not linked. */
export function slipsPaper(deps: Pick<RoomDeps, 'codeKey' | 'deepLink' | 'publicUrl' | 'zone'>): Paper {
  const keys = { codeKey: deps.codeKey, deepLink: scannable(deps), zone: deps.zone }
  return {
    name: 'slips',
    failed: 'organization.print.failed',
    read: async (tx, now, job) => {
      const unit = await tx.unit.findUniqueOrThrow({ where: { id: job.unitId } })
      const packs = await collectPacks(tx, now, job.unitId, job.personId, keys)
      const count = packs.reduce((sum, one) => sum + one.slips.length, 0)
      return (t) => ({
        ...printedPage(renderSlips(packs, t)),
        fileName: `phieu-moi-${fold(unit.name).replaceAll(' ', '-')}.html`,
        message: (file, rest) => outgoing(slipsReady, { unitId: unit.id, unit: unit.name, count, ...file }, rest),
      })
    },
  }
}
