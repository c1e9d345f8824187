import { afterAll, describe, expect, test } from 'vitest'
import { openOverPage } from './over-page.js'
import { openOverSandbox } from './over-sandbox.js'
import { openOverTelegram } from './over-telegram.js'
import { openOverZalo } from './over-zalo.js'
import { openOverPersonalZalo } from './over-zalo-personal.js'
import { BEGINS, type Effort, type Efforts, playMonth } from './play.js'

/** Of the 3,000 a month that the Basic plan allows a bot, what one cell of 25 may use. */
const MOST_SENT = 300

const table: Record<string, string>[] = []
const show = ({ taps, lines }: Effort): string => `${taps} taps, ${lines} lines`

function note(how: string, { office, secretary, members }: Efforts): void {
  const most = members.toSorted((a, b) => b.taps + b.lines - a.taps - a.lines)[0]
  const sum = members.reduce((all, one) => all + one.taps + one.lines, 0)
  table.push({
    how,
    office: show(office),
    secretary: show(secretary),
    'member, average': (sum / members.length).toFixed(1),
    'member, most': most ? show(most) : '',
  })
}

/** What it may cost; whoever makes it dearer must say so here. */
function expectLittle(
  { office, secretary, members }: Efforts,
  most: Readonly<{ secretary?: number; member?: number }> = {},
): void {
  expect(office.taps + office.lines).toBeLessThanOrEqual(7)
  expect(secretary.taps + secretary.lines).toBeLessThanOrEqual(most.secretary ?? 26)
  for (const member of members) expect(member.taps + member.lines).toBeLessThanOrEqual(most.member ?? 8)
}

// Shown on purpose: what a month costs its people.
// biome-ignore lint/suspicious/noConsole: the table is this test's second result
afterAll(() => console.table(table))

describe('the month', () => {
  test.each(['polling', 'webhook'] as const)('over the Telegram protocol by %s', { timeout: 240_000 }, async (mode) => {
    const stage = await openOverTelegram(mode, BEGINS)
    try {
      const efforts = await playMonth(stage)
      note(mode, efforts)
      expectLittle(efforts)
      stage.verify()
    } finally {
      await stage.close()
    }
  })

  test.each(['polling', 'webhook'] as const)('over Zalo’s protocol by %s', { timeout: 240_000 }, async (mode) => {
    const stage = await openOverZalo(mode, BEGINS)
    try {
      const efforts = await playMonth(stage)
      note(`zalo, ${mode} (${stage.sent()} sent)`, efforts)
      // The couple's phone is asked twice whose answer a digit is.
      expectLittle(efforts, { member: 10 })
      expect(stage.sent()).toBeLessThanOrEqual(MOST_SENT)
      stage.verify()
    } finally {
      await stage.close()
    }
  })

  test('over a person’s own Zalo account', { timeout: 240_000 }, async () => {
    const stage = await openOverPersonalZalo(BEGINS)
    try {
      const efforts = await playMonth(stage)
      note(`own zalo (${stage.sent()} sent)`, efforts)
      expectLittle(efforts, { member: 10 })
      stage.verify()
    } finally {
      await stage.close()
    }
  })

  test('through the sandbox', { timeout: 240_000 }, async () => {
    const stage = await openOverSandbox(BEGINS)
    try {
      const efforts = await playMonth(stage)
      note('sandbox', efforts)
      expectLittle(efforts)
    } finally {
      await stage.close()
    }
  })

  test('on personal pages in a browser without script', { timeout: 240_000 }, async () => {
    const stage = await openOverPage(BEGINS)
    try {
      const efforts = await playMonth(stage)
      note('page', efforts)
      // The pages of all: one line and one press more.
      expectLittle(efforts, { secretary: 28 })
    } finally {
      await stage.close()
    }
  })
})
