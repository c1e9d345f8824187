import { describe, expect, test } from 'vitest'
import {
  type Fate,
  fateOf,
  type Message,
  type Standing,
  type Try,
  unreachedBecause,
} from '../../../src/attendance/fates.js'

const AT = new Date('2026-12-02T11:02:00Z')
const minutes = (n: number): Date => new Date(AT.getTime() + n * 60_000)

const tried = (platform: string, state: Try['state'], rest: Partial<Try> = {}): Try => ({
  platform,
  state,
  code: null,
  at: state === 'queued' || state === 'in_flight' ? null : AT,
  notBefore: AT,
  openedAt: null,
  ...rest,
})
const blockedOn = (platform: string): Try => tried(platform, 'failed', { code: 'blocked' })
const message = (state: Message['state'], ...tries: Try[]): Message => ({ state, tries })

const here = (platform: string) => ({ platform, after: null })
const after = { platform: 'telegram', why: 'blocked' } as const

describe('what became of a message', () => {
  test.each<[string, Message | null, Fate]>([
    ['none was written', null, { kind: 'nothing' }],
    ['taken back', message('withdrawn', tried('telegram', 'withdrawn')), { kind: 'nothing' }],
    ['no address at all', message('unreachable'), { kind: 'nowhere' }],
    ['sent', message('sent', tried('telegram', 'sent')), { kind: 'sent', at: AT, ...here('telegram') }],
    ['waiting', message('queued', tried('zalo', 'queued')), { kind: 'waiting', since: AT, ...here('zalo') }],
    ['under way', message('queued', tried('zalo', 'in_flight')), { kind: 'waiting', since: AT, ...here('zalo') }],
    ['expired', message('expired', tried('zalo', 'expired')), { kind: 'expired', ...here('zalo') }],
    [
      'blocked, no other way',
      message('unreachable', blockedOn('telegram')),
      { kind: 'failed', why: 'blocked', ...here('telegram') },
    ],
    [
      'the bot is refused',
      message('unreachable', tried('zalo', 'failed', { code: 'bot-refused' })),
      { kind: 'failed', why: 'bot', ...here('zalo') },
    ],
    [
      'the token was refused',
      message('unreachable', tried('zalo', 'failed', { code: 'unauthorized' })),
      { kind: 'failed', why: 'bot', ...here('zalo') },
    ],
    [
      'our mistake',
      message('failed', tried('zalo', 'failed', { code: 'too-long' })),
      { kind: 'failed', why: 'refused', ...here('zalo') },
    ],
    [
      'blocked, then sent elsewhere',
      message('sent', blockedOn('telegram'), tried('zalo', 'sent')),
      { kind: 'sent', at: AT, platform: 'zalo', after },
    ],
    [
      'blocked, waiting elsewhere',
      message('queued', blockedOn('telegram'), tried('zalo', 'queued')),
      { kind: 'waiting', since: AT, platform: 'zalo', after },
    ],
    [
      'on a page, not opened',
      message('sent', tried('page', 'sent')),
      { kind: 'placed', at: AT, opened: false, ...here('page') },
    ],
    [
      'on a page opened before',
      message('sent', tried('page', 'sent', { openedAt: minutes(-1) })),
      { kind: 'placed', at: AT, opened: false, ...here('page') },
    ],
    [
      'on a page opened since',
      message('sent', tried('page', 'sent', { openedAt: minutes(1) })),
      { kind: 'placed', at: AT, opened: true, ...here('page') },
    ],
  ])('%s', (_, given, fate) => {
    expect(fateOf(given)).toEqual(fate)
  })
})

describe('who cannot count as reached', () => {
  const standing = (fate: Fate, rest: Partial<Standing> = {}): Standing => ({
    direct: false,
    hasWay: true,
    fate,
    ...rest,
  })
  const sent: Fate = { kind: 'sent', at: AT, ...here('telegram') }
  const waiting: Fate = { kind: 'waiting', since: AT, ...here('telegram') }
  const placed = (opened: boolean): Fate => ({ kind: 'placed', at: AT, opened, ...here('page') })
  test.each<[string, Standing, number, string | null]>([
    ['sent', standing(sent), 0, null],
    ['nothing to be said yet', standing({ kind: 'nothing' }), 0, null],
    ['sent, but blocked since', standing(sent, { hasWay: false }), 0, 'no-way'],
    ['never linked', standing({ kind: 'nothing' }, { hasWay: false }), 0, 'no-way'],
    ['wants to be told in person', standing(sent, { direct: true, hasWay: false }), 0, 'direct'],
    ['linked since, but the message went nowhere', standing({ kind: 'nowhere' }), 0, 'no-way'],
    ['failed', standing({ kind: 'failed', why: 'refused', ...here('zalo') }), 0, 'failed'],
    ['expired', standing({ kind: 'expired', ...here('zalo') }), 0, 'expired'],
    ['on a page that was not opened', standing(placed(false)), 0, 'page'],
    ['on a page that was opened', standing(placed(true)), 0, null],
    ['waiting for less than an hour', standing(waiting), 60, null],
    ['waiting for more than an hour', standing(waiting), 61, 'waiting'],
    ['not due before tomorrow', standing({ ...waiting, since: minutes(900) }), 0, null],
  ])('%s', (_, given, later, because) => {
    expect(unreachedBecause(given, minutes(later))).toBe(because)
  })
})
