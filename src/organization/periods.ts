import { type PlainDate, toDateColumn } from '../core/dates.js'

/** Rows that count on that day: `[startsOn, endsOn)`, as every period of a membership, a role or an exemption is stored. */
export const holdsOn = (day: PlainDate) => ({
  startsOn: { lte: toDateColumn(day) },
  ...endsAfter(day),
})

/** Rows that are not over on that day, begun or not. */
export const endsAfter = (day: PlainDate) => ({
  OR: [{ endsOn: null }, { endsOn: { gt: toDateColumn(day) } }],
})
