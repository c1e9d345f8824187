import { type Invited, isAsked } from '../meetings/invited.js'
import type { Audience } from './rules.js'

export type Said = 'present' | 'late' | 'online' | 'absent'

export type Recipient = Readonly<{
  personId: string
  /** Whether an answer is asked for: exempt members and guests are told only. */
  who: 'asked' | 'exempt' | 'follower'
  said: Said | null
}>

const whoIs = (one: Invited): Recipient['who'] => {
  if (one.follower) return 'follower'
  return isAsked(one) ? 'asked' : 'exempt'
}

/** Whoever said absent hears only of materials and changes; who is not asked is told at the steps for all. */
function isFor(audience: Audience, { who, said }: Recipient): boolean {
  if (said === 'absent') return false
  if (who !== 'asked') return audience === 'all'
  if (audience === 'silent') return said === null
  return audience === 'all' || said !== null
}

/** Who gets a step, from whom the meeting concerns and what they said. */
export const recipientsOf = (
  audience: Audience,
  people: readonly Invited[],
  said: ReadonlyMap<string, Said>,
): Recipient[] =>
  people
    .map((one) => ({ personId: one.personId, who: whoIs(one), said: said.get(one.personId) ?? null }))
    .filter((one) => isFor(audience, one))
