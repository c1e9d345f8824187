import { type PlainDate, toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import type { MarkState, ReasonKind } from '../../src/database/generated/enums.js'
import { openBlobs } from '../../src/messaging/blobs.js'
import type { House, Player } from '../support/house.js'
import { aPerson, type Cell } from '../support/people.js'

const day = (text: string) => toDateColumn(text as PlainDate)

/** The bytes of the file that somebody got last, or of the one whose name begins so. */
export async function fileOf(house: House, player: Player, name = ''): Promise<Uint8Array> {
  const chat = await house.db.chat.findFirstOrThrow({ where: { externalId: player.handle } })
  const rows = await house.db.delivery.findMany({ where: { chatId: chat.id }, orderBy: { finishedAt: 'asc' } })
  const files = rows.map((row) => (row.content ?? {}) as { fileName?: string; sha256?: string })
  const found = files.filter((one) => one.fileName?.startsWith(name)).at(-1)
  if (!found?.sha256) throw new Error(`${player.handle} has no file ${name}`)
  return openBlobs(`${house.dataDir}/files`).get(found.sha256)
}

/** Somebody in probation. */
export async function aProbationer(house: House, name: string, cellId: string): Promise<string> {
  const id = await aPerson(house, name, cellId)
  await house.db.person.update({ where: { id }, data: { admittedOn: day('2026-06-01') } })
  return id
}

export const exempt = (house: House, personId: string, kind: 'exempt' | 'special_duty' = 'exempt') =>
  house.db.exemption.create({ data: { id: newId(), personId, kind, startsOn: day('2026-01-01') } })

/** A member of another cell who attends here for a period. */
export async function anAttached(house: House, name: string, cellId: string, homeId: string): Promise<string> {
  const id = await aPerson(house, name, homeId)
  await house.db.membership.create({
    data: { id: newId(), personId: id, cellId, kind: 'temporary', startsOn: day('2026-01-01') },
  })
  return id
}

type Marks = Readonly<Record<string, readonly [MarkState, ReasonKind | null]>>

/** The secretary opens the sheet of the meeting that runs; everybody is present but these. It is left to be confirmed. */
export async function fillRollCall(house: House, { secretary }: Cell, marks: Marks): Promise<void> {
  await secretary.says('/diemdanh')
  await secretary.taps('Còn lại có mặt')
  for (const [personId, [state, reasonKind]] of Object.entries(marks))
    await house.db.rollCallMark.updateMany({ where: { personId }, data: { state, reasonKind } })
}
