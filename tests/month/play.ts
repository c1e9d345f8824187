import { type Cast, comeIn } from './act-1-linking.js'
import { climbsTo3Days, nudges, setsSchedule, tiesGroup } from './act-2-answers.js'
import {
  climbsToStart,
  getsPapers,
  groupReadsLittle,
  lastDigest,
  readsSummary,
  rollCall,
  sendsMaterial,
} from './act-3-meeting.js'
import { PART } from './cast.js'
import type { Phone, Stage } from './stage.js'

export const BEGINS = '2026-11-20 08:00'

export type Effort = Readonly<{ taps: number; lines: number }>

/** What the month cost whom. Members: those who are nothing else, the couple's phone as one. */
export type Efforts = Readonly<{ office: Effort; secretary: Effort; members: readonly Effort[] }>

const effortOf = ({ counts }: Phone): Effort => ({ taps: counts.taps, lines: counts.lines })

function effortsOf({ office, members }: Cast): Efforts {
  const leading: readonly number[] = [PART.secretary]
  const others = new Set([...members].filter(([n]) => !leading.includes(n)).map(([, phone]) => phone))
  return {
    office: effortOf(office),
    secretary: effortOf(members.get(PART.secretary) ?? office),
    members: [...others].map(effortOf),
  }
}

/** One month of one cell, from a spreadsheet to the committee's Monday. Asserts all the way what each one sees. */
export async function playMonth(stage: Stage): Promise<Efforts> {
  const cast = await comeIn(stage)
  await setsSchedule(cast)
  await tiesGroup(stage, cast)
  await climbsTo3Days(stage, cast)
  await stage.to('2026-11-30 20:00')
  await nudges(cast)
  await stage.to('2026-12-01 09:00')
  await sendsMaterial(cast)
  await climbsToStart(stage, cast)
  await readsSummary(cast)
  await rollCall(stage, cast)
  await getsPapers(cast)
  await lastDigest(stage, cast)
  await groupReadsLittle(cast)
  return effortsOf(cast)
}
