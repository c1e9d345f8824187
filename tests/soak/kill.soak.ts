import { randomInt } from 'node:crypto'
import { test } from 'vitest'
import { playKills } from './play-kills.js'

const KILLS = Number(process.env.SOAK_KILLS ?? 20)

test(`kill -9 ${KILLS} times: nothing lost, nothing missed, repeats within the promise`, { timeout: 1_800_000 }, () =>
  playKills(KILLS, Number(process.env.SOAK_SEED ?? randomInt(1_000_000))),
)
