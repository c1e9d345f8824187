import { DAY, HOUR } from '../core/dates.js'
import type { World } from './world.js'

/** How far "to the next thing that happens" looks: beyond two months nothing is worth waiting for. */
const LOOKS_AHEAD_MS = 62 * DAY
const MOST_STOPS = 1_000

const countSent = (world: World): Promise<number> =>
  world.db.delivery.count({ where: { state: 'sent', operation: { not: 'menu' } } })

/** Goes to `moment` and does what is due there. */
async function stopAt(world: World, moment: Date): Promise<void> {
  await world.clock.moveTo(world.db, moment)
  await world.settle()
}

/** The next stop before `target`; null: nothing is due until then. What is due already and stays so is passed by. */
async function nextStop(world: World, target: Date): Promise<Date | null> {
  const due = await world.nextDue()
  if (!due || due > target) return null
  return due > world.clock.now() ? due : null
}

/** Lets `ms` pass, stopping at everything that falls due on the way. Returns how many messages went out. */
export async function passTime(world: World, ms: number): Promise<number> {
  const before = await countSent(world)
  const target = new Date(world.clock.now().getTime() + ms)
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const stop = await nextStop(world, target)
    if (!stop) break
    await stopAt(world, stop)
  }
  await stopAt(world, target)
  return (await countSent(world)) - before
}

/**
 * Goes on until somebody gets a message. Stops at which only rows change (a plan is made, a series grows) are passed:
 * a player sees nothing there. Returns how many messages went out; 0: nothing in two months.
 */
export async function passToNext(world: World): Promise<number> {
  const before = await countSent(world)
  const limit = new Date(world.clock.now().getTime() + LOOKS_AHEAD_MS)
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const stop = await nextStop(world, limit)
    if (!stop) return passHour(world, before)
    await stopAt(world, stop)
    const sent = (await countSent(world)) - before
    if (sent > 0) return sent
  }
  return 0
}

/** Nothing is planned: an hour goes by all the same, so that the button always does something. */
async function passHour(world: World, before: number): Promise<number> {
  await stopAt(world, new Date(world.clock.now().getTime() + HOUR))
  return (await countSent(world)) - before
}
