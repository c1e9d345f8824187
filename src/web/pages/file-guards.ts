import { z } from 'zod'
import type { Actor } from '../../conversation/types.js'
import type { Tx } from '../../database/client.js'
import { isReader } from '../../materials/sections.js'
import { mayAdd } from '../../materials/taker.js'
import { findMeeting } from '../../meetings/store.js'
import { isPermittedEverywhere, unitsOf } from '../../organization/permissions.js'

type Guard = (tx: Tx, actor: Actor, data: unknown) => Promise<boolean>

const material = z.object({ materialId: z.uuid() })

/** Taken back, or of a meeting that is theirs no more: not opened, whenever the link was made. */
const mayRead: Guard = async (tx, actor, data) => {
  const { materialId } = material.parse(data)
  const found = await tx.material.findFirst({ where: { id: materialId, withdrawnAt: null } })
  const meeting = found && (await findMeeting(tx, found.meetingId))
  return meeting !== null && (mayAdd(actor) || (await isReader(tx, actor, meeting)))
}

/** Slips hold codes: for who may make codes. */
const mayInvite: Guard = async (_tx, { roles }) =>
  (['member.invite', 'unit.invite'] as const).some(
    (one) => unitsOf(roles, one).length > 0 || isPermittedEverywhere(roles, one),
  )

/** Whether the file of a message is still for its reader, by the message's kind. */
const GUARDS: Readonly<Record<string, Guard>> = {
  'materials.pushed': mayRead,
  'materials.copy': mayRead,
  'organization.slips': mayInvite,
}

/** A kind without a guard of its own: whoever got the message may open its file. */
export const mayOpen = (tx: Tx, actor: Actor, kind: string, data: unknown): Promise<boolean> =>
  GUARDS[kind]?.(tx, actor, data) ?? Promise.resolve(true)
