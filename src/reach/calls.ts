import type { Fate, Unreached } from '../attendance/fates.js'
import { listSummaryMembers, type SummaryMember } from '../attendance/summary-read.js'
import { byGivenName } from '../core/text.js'
import type { Tx } from '../database/client.js'
import type { Meeting } from '../meetings/store.js'

/** Somebody to be called about a meeting. */
export type Call = Readonly<{
  personId: string
  label: string
  phone: string | null
  because: Unreached
  fate: Fate
  /** Asked for an answer; others are told only. */
  asked: boolean
}>

const byPlace = (a: SummaryMember, b: SummaryMember): number =>
  Number(b.asked) - Number(a.asked) || byGivenName(a.fullName, b.fullName) || (a.label < b.label ? -1 : 1)

/** Whom no message of this meeting has reached: who is asked first, by given name. The same people as in the summary. */
export async function listCalls(tx: Tx, meeting: Meeting, now: Date): Promise<Call[]> {
  const members = (await listSummaryMembers(tx, meeting, now)).sort(byPlace)
  return members.flatMap(({ personId, label, phone, unreached, fate, asked }) =>
    unreached ? [{ personId, label, phone, because: unreached, fate, asked }] : [],
  )
}

/** Everybody of the cell with what became of their message: who was not reached first. */
export async function listFates(tx: Tx, meeting: Meeting, now: Date): Promise<SummaryMember[]> {
  const members = await listSummaryMembers(tx, meeting, now)
  return members.sort((a, b) => Number(b.unreached !== null) - Number(a.unreached !== null) || byPlace(a, b))
}
