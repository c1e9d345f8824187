import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { createRandom } from './crowd.js'
import { countReminders, countRepeats, countUpdates, listLost } from './reckon.js'
import { type Crowd, chatter, type InFlight, type Left, listInFlight, openRun, type Run, untilQuiet } from './run.js'

const CELL_SIZE = 20
/** The promise: what was in flight at a death may repeat, and nothing else. */
const SENDS_IN_FLIGHT = 8

type Round = Readonly<{ crowds: Crowd[]; inFlight: InFlight[] }>

/** One broadcast begins at once, one falls due around the kill; people talk all the while, also to a dead service. */
async function playRound(run: Run, random: () => number): Promise<Round> {
  const service = await run.start()
  const crowds = [await run.addCell(0), await run.addCell(random() * 4_000)]
  const talk = chatter(
    crowds.flatMap((crowd) => crowd.souls),
    random,
  )
  await wait(200 + random() * 2_300)
  await service.end('SIGKILL')
  const inFlight = await listInFlight(run.dataDir)
  await wait(random() * 500)
  await talk.stop()
  return { crowds, inFlight }
}

function expectPromise(rounds: readonly Round[], repeats: ReadonlyMap<string, number>): void {
  for (const { inFlight } of rounds) {
    const sends = inFlight.filter((one) => one.operation === 'send')
    expect(sends.length).toBeLessThanOrEqual(SENDS_IN_FLIGHT)
    expect(new Set(inFlight.map((one) => one.chat)).size).toBe(inFlight.length)
  }
  for (const [chat, count] of repeats) {
    expect(count).toBeGreaterThan(0)
    const deaths = rounds.filter((round) => round.inFlight.some((one) => one.chat === chat && one.operation === 'send'))
    expect({ chat, count, deaths: deaths.length, fits: count <= deaths.length }).toMatchObject({ fits: true })
  }
}

/** The counts, printed and held against the promises. */
async function reckon(run: Run, rounds: readonly Round[], left: Left): Promise<void> {
  const crowds = rounds.flatMap((round) => round.crowds)
  const lost = await listLost(run, crowds)
  const reminders = countReminders(run, crowds)
  const repeats = await countRepeats(run)
  const said = crowds.flatMap(({ souls }) => souls.map((soul) => soul.said.length)).reduce((a, b) => a + b, 0)
  console.table({
    kills: rounds.length,
    'taps and lines': said,
    'people whose answers differ': lost.length,
    'reminders due': reminders.length,
    'reminders missed': reminders.filter((count) => count === 0).length,
    'in flight at the kills': rounds.map((round) => round.inFlight.length).join(' '),
    'messages repeated': [...repeats.values()].reduce((a, b) => a + b, 0),
    'refused for being too many': run.server.calls.filter((call) => call.status === 429).length,
    ...left,
  })
  expect(lost).toEqual([])
  expect(reminders.filter((count) => count === 0)).toEqual([])
  expect(left).toEqual({ unhandled: 0, aside: 0, waiting: 0, lost: 0 })
  expect(await countUpdates(run)).toBe(said)
  expectPromise(rounds, repeats)
  expect(run.server.violations).toEqual([])
}

/** A running month is killed `kills` times. Nothing said may be lost, nothing due missed, nothing repeated beyond the promise. */
export async function playKills(kills: number, seed: number): Promise<void> {
  console.log(`kill -9, ${kills} times, seed ${seed}`)
  const random = createRandom(seed)
  const run = await openRun(CELL_SIZE)
  try {
    // The first start makes the bot's row, which the crowd's chats hang on.
    await (await run.start()).end('SIGTERM')
    const rounds: Round[] = []
    for (let n = 0; n < kills; n += 1) rounds.push(await playRound(run, random))
    const last = await run.start()
    await reckon(run, rounds, await untilQuiet(run))
    expect((await last.end('SIGTERM')).code).toBe(0)
  } finally {
    await run.close()
  }
}
