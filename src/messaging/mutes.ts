import type { Tx } from '../database/client.js'

/** The kinds that this person does not want to be told of; `outbox` asks the same rows when it writes. */
export const listMuted = async (tx: Tx, personId: string): Promise<ReadonlySet<string>> =>
  new Set((await tx.mute.findMany({ where: { personId } })).map((one) => one.kind))

export async function setMuted(tx: Tx, now: Date, personId: string, kind: string, muted: boolean): Promise<void> {
  if (muted) await tx.mute.createMany({ data: [{ personId, kind, at: now }], skipDuplicates: true })
  else await tx.mute.deleteMany({ where: { personId, kind } })
}
