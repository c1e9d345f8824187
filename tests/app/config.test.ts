import { describe, expect, test } from 'vitest'
import { ConfigError, parseConfig } from '../../src/config.js'

const TOKEN = `123456789:${'A'.repeat(35)}`

const ZALO_TOKEN = '4000000001:fictionalTokenForTests'

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    parseConfig(env, '/srv/kỳ họp')
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('settings', () => {
  test('with nothing set: the sandbox, on this machine only, in Vietnamese', () => {
    expect(parseConfig({}, '/srv/kỳ họp')).toEqual({
      personalZalo: false,
      telegram: { token: null, apiRoot: 'https://api.telegram.org', mode: 'polling' },
      zalo: {
        token: null,
        apiRoot: 'https://bot-api.zaloplatforms.com',
        mode: 'polling',
        quota: { messagesPerMonth: 3000, people: 50 },
      },
      publicUrl: null,
      botKey: null,
      databaseUrl: null,
      databaseDirectUrl: null,
      dataDir: '/srv/kỳ họp/data',
      host: '127.0.0.1',
      port: 3000,
      zone: 'Asia/Ho_Chi_Minh',
      locale: 'vi',
      logLevel: 'info',
      sandbox: true,
    })
  })

  test('with a token: Telegram, and the sandbox only if asked for', () => {
    expect(parseConfig({ TELEGRAM_BOT_TOKEN: TOKEN }, '/')).toMatchObject({
      telegram: { token: TOKEN, mode: 'polling' },
      sandbox: false,
    })
    expect(parseConfig({ TELEGRAM_BOT_TOKEN: TOKEN, SANDBOX: '1' }, '/').sandbox).toBe(true)
  })

  test('with a token of Zalo: the Bot Platform with its Basic plan, and no sandbox', () => {
    expect(parseConfig({ ZALO_BOT_TOKEN: ZALO_TOKEN }, '/')).toMatchObject({
      telegram: { token: null },
      zalo: {
        token: ZALO_TOKEN,
        apiRoot: 'https://bot-api.zaloplatforms.com',
        mode: 'polling',
        quota: { messagesPerMonth: 3000, people: 50 },
      },
      sandbox: false,
    })
    const plan = { ZALO_BOT_TOKEN: ZALO_TOKEN, ZALO_MONTHLY_MESSAGES: '100000', ZALO_PEOPLE: '1000' }
    expect(parseConfig(plan, '/').zalo.quota).toEqual({ messagesPerMonth: 100_000, people: 1000 })
    const both = parseConfig({ TELEGRAM_BOT_TOKEN: TOKEN, ZALO_BOT_TOKEN: ZALO_TOKEN, SANDBOX: '1' }, '/')
    expect(both).toMatchObject({ telegram: { token: TOKEN }, zalo: { token: ZALO_TOKEN }, sandbox: true })
  })

  test('an empty value counts as not set, a public address loses its last slash', () => {
    const config = parseConfig({ PORT: ' ', PUBLIC_URL: 'https://kyhop.example/' }, '/')
    expect(config).toMatchObject({ port: 3000, publicUrl: 'https://kyhop.example' })
  })

  test('every mistake is named at once, with what to write instead and without the value', () => {
    const env = {
      TELEGRAM_BOT_TOKEN: 'secret-but-wrong',
      TELEGRAM_API_ROOT: 'telegram',
      TELEGRAM_MODE: 'push',
      ZALO_BOT_TOKEN: 'secret-but-wrong',
      ZALO_API_ROOT: 'zalo',
      ZALO_MODE: 'push',
      ZALO_MONTHLY_MESSAGES: '0',
      ZALO_PEOPLE: 'fifty',
      DATABASE_URL: 'mysql://x',
      DATABASE_DIRECT_URL: 'x',
      PORT: '99999',
      DEFAULT_TIMEZONE: 'Hanoi',
      DEFAULT_LOCALE: 'fr',
      LOG_LEVEL: 'loud',
      SANDBOX: 'perhaps',
      PUBLIC_URL: 'kyhop',
      HOST: 'a b',
      BOT_KEY: 'c2hvcnQ=',
    }
    const problems = problemsOf(env)
    expect(problems.map((line) => line.split(':')[0]).sort()).toEqual(Object.keys(env).sort())
    expect(problems.join()).not.toContain('secret-but-wrong')
    for (const line of problems) expect(line).toMatch(/: write /)
  })

  test('a webhook needs an https address', () => {
    expect(problemsOf({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_MODE: 'webhook' })).toHaveLength(1)
    expect(problemsOf({ TELEGRAM_MODE: 'webhook', PUBLIC_URL: 'http://x.example' })).toHaveLength(1)
    expect(problemsOf({ ZALO_MODE: 'webhook', PUBLIC_URL: 'http://x.example' })).toHaveLength(1)
    expect(problemsOf({ TELEGRAM_MODE: 'webhook', ZALO_MODE: 'webhook' })).toHaveLength(2)
    const both = { TELEGRAM_MODE: 'webhook', ZALO_MODE: 'webhook', PUBLIC_URL: 'https://x.example' }
    expect(problemsOf(both)).toEqual([])
  })
})
