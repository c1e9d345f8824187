import { z } from 'zod'
import type { Actor, May, Permission } from '../../conversation/types.js'
import type { Tx } from '../../database/client.js'
import { isReader } from '../../materials/sections.js'
import { findMeeting } from '../../meetings/store.js'

type Reader = Readonly<{ tx: Tx; now: Date; actor: Actor; permissions: May }>
type Guard = (reader: Reader, data: unknown) => Promise<boolean>

const material = z.object({ materialId: z.uuid() })

/** Taken back, or of a meeting that is theirs no more: not opened, whenever the link was made. */
const mayRead: Guard = async ({ tx, now, actor, permissions }, data) => {
  const { materialId } = material.parse(data)
  const found = await tx.material.findFirst({ where: { id: materialId, withdrawnAt: null } })
  const meeting = found && (await findMeeting(tx, found.meetingId))
  if (!meeting) return false
  return (await permissions.may(tx, actor, 'material.add', meeting.cellId, now)) || (await isReader(tx, actor, meeting))
}

/** Null: of a message from before its unit was kept with it; such a file is opened by nobody. */
const ofUnit = z.object({ unitId: z.uuid().nullable().default(null) })

/** A paper of a unit: for who holds one of these rights there, and no longer than they do. */
const mayIn =
  (...anyOf: Permission[]): Guard =>
  async ({ tx, now, actor, permissions }, data) => {
    const { unitId } = ofUnit.parse(data)
    for (const one of unitId ? anyOf : []) if (await permissions.may(tx, actor, one, unitId, now)) return true
    return false
  }

const ofPerson = z.object({ personId: z.uuid() })

/** Private notes: for their writer and nobody else, whatever they hold. */
const isWriter: Guard = async ({ actor }, data) => ofPerson.parse(data).personId === actor.personId

/** Whether the file of a message is still for its reader, by the message's kind. */
const GUARDS: Readonly<Record<string, Guard>> = {
  'materials.pushed': mayRead,
  'materials.copy': mayRead,
  // Slips hold codes: for who may make codes.
  'organization.slips': mayIn('member.invite', 'unit.invite'),
  // The call list holds telephone numbers.
  'reach.sheet': mayIn('attendance.manage'),
  // Minutes and tables hold names.
  'papers.ready': mayIn('paper.make'),
  'papers.pack': mayIn('paper.make'),
  'papers.table': mayIn('paper.make'),
  'notes.exported': isWriter,
}

/** A kind without a guard of its own: whoever got the message may open its file. */
export const mayOpen = (reader: Reader, kind: string, data: unknown): Promise<boolean> =>
  GUARDS[kind]?.(reader, data) ?? Promise.resolve(true)
