import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/core/log.js'

function lines() {
  const written: string[] = []
  return { log: createLog('info', { write: (line) => void written.push(line) }), read: () => written.join('') }
}

describe('the log', () => {
  test('a refusal and a fault keep their codes: they are what an operator searches for', () => {
    const { log, read } = lines()
    log.info({ code: 'conversation.error.forbidden', params: { permission: 'meeting.plan' } }, 'refused')
    log.error({ err: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }, 'away')
    log.warn({ failure: { kind: 'transient', code: 'http-502' } }, 'not taken')
    expect(read()).toContain('conversation.error.forbidden')
    expect(read()).toContain('ECONNREFUSED')
    expect(read()).toContain('http-502')
  })

  test('one-time codes, tokens, names and texts stay out of it', () => {
    const { log, read } = lines()
    log.info(
      { code: '1234 5678', token: '123:abc', failure: { code: '87654321' }, params: { name: 'Lò Thị Thử' } },
      'x',
    )
    log.error({ err: new Error('token 123:abc') }, 'y')
    for (const secret of ['1234 5678', '87654321', '123:abc', 'Lò Thị Thử']) expect(read()).not.toContain(secret)
  })
})
