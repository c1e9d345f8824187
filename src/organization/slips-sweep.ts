import { note } from '../conversation/messages.js'
import type { RoomDeps } from '../conversation/room.js'
import type { Sweep } from '../conversation/types.js'
import { DAY, dateIn, MINUTE, toDateColumn } from '../core/dates.js'
import { isLocale } from '../core/i18n.js'
import { fold } from '../core/text.js'
import { type Db, inTransaction, type Tx } from '../database/client.js'
import type { PrintJob, Unit } from '../database/generated/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { createInvitations, type Invited, type Keys, toInvite } from './invitations.js'
import { listInvitees, listWaitingCells } from './invitations-store.js'
import { slipsReady } from './messages.js'
import { renderSlips, type SlipPack } from './slips.js'

const ATTEMPTS = 5

/** A camera opens only a whole address: any other link is left out, and the square holds the code. */
export const scannable =
  (deps: Pick<RoomDeps, 'deepLink' | 'publicUrl'>) =>
  (code: string): string | null => {
    const link = deps.deepLink(code)
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

const fileNameOf = (unit: Unit): string => `phieu-moi-${fold(unit.name).replaceAll(' ', '-')}.html`

/** Makes the papers that were asked for: rows in one transaction, the file outside, the message in another. */
export function printSweep(deps: RoomDeps): Sweep {
  const keys = { codeKey: deps.codeKey, deepLink: scannable(deps) }

  const make = async (db: Db, now: Date, job: PrintJob): Promise<void> => {
    const { unit, packs, locale } = await inTransaction(db, async (tx) => ({
      unit: await tx.unit.findUniqueOrThrow({ where: { id: job.unitId } }),
      packs: await collectPacks(tx, now, job.unitId, job.personId, keys),
      locale: (await tx.person.findUniqueOrThrow({ where: { id: job.personId } })).locale ?? '',
    }))
    const t = deps.translations.for(isLocale(locale) ? locale : deps.defaultLocale)
    const bytes = new TextEncoder().encode(renderSlips(packs, t))
    const sha256 = await deps.blobs.put(bytes)
    const count = packs.reduce((sum, one) => sum + one.slips.length, 0)
    await inTransaction(db, async (tx) => {
      if (!(await finish(tx, job))) return
      const file = { mime: 'text/html', size: bytes.byteLength, createdAt: now }
      await tx.file.upsert({ where: { sha256 }, create: { sha256, ...file }, update: {} })
      const data = { unit: unit.name, count, sha256, fileName: fileNameOf(unit) }
      await enqueue(tx, now, [outgoing(slipsReady, data, address(job, now))])
    })
  }

  const postpone = (db: Db, now: Date, job: PrintJob): Promise<void> =>
    inTransaction(db, async (tx) => {
      const attempts = job.attempts + 1
      const dueAt = attempts < ATTEMPTS ? new Date(now.getTime() + attempts * MINUTE) : null
      await tx.printJob.update({ where: { id: job.id }, data: { attempts, dueAt } })
      if (dueAt) return
      const data = { key: 'organization.print.failed', params: {}, choices: [] }
      await enqueue(tx, now, [outgoing(note, data, address(job, now))])
    })

  return {
    name: 'slips',
    nextDue: async (db) =>
      (await db.printJob.findFirst({ where: { dueAt: { not: null } }, orderBy: { dueAt: 'asc' } }))?.dueAt ?? null,
    run: async (db, now) => {
      const due = await db.printJob.findMany({ where: { dueAt: { lte: now } }, orderBy: { dueAt: 'asc' }, take: 10 })
      for (const job of due)
        await make(db, now, job).catch((err) => {
          deps.log.error({ err, job: job.id }, 'slips could not be made')
          return postpone(db, now, job)
        })
      return false
    },
  }
}

/** False: another instance was faster. */
const finish = async (tx: Tx, job: PrintJob): Promise<boolean> => {
  const { count } = await tx.printJob.updateMany({ where: { id: job.id, dueAt: { not: null } }, data: { dueAt: null } })
  return count === 1
}

const address = (job: PrintJob, now: Date) => ({
  causeKey: `print:${job.id}`,
  chatId: job.chatId,
  personId: job.personId,
  priority: PRIORITY.notice,
  expiresAt: new Date(now.getTime() + DAY),
})
