import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { isZone } from './core/dates.js'
import { isLocale, type Locale } from './core/i18n.js'

type Mode = 'polling' | 'webhook'
/** `token`: of the environment's own bot; null: it names none. The rest holds for added bots too. */
type Account = Readonly<{ token: string | null; apiRoot: string; mode: Mode }>

export type Config = Readonly<{
  telegram: Account
  /** `quota`: what the account's plan allows, messages a month and people. */
  zalo: Account & Readonly<{ quota: Readonly<{ messagesPerMonth: number; people: number }> }>
  /** Whether persons' own Zalo accounts may be used, through a client that is none of Zalo's. */
  personalZalo: boolean
  /** Without a trailing slash; null: no page of ours can be reached from outside. */
  publicUrl: string | null
  databaseUrl: string | null
  databaseDirectUrl: string | null
  /** 32 bytes that keep secrets which must be read again (tokens of added bots); null: none can be added. */
  botKey: Uint8Array | null
  /** Absolute. */
  dataDir: string
  host: string
  port: number
  zone: string
  locale: Locale
  logLevel: string
  sandbox: boolean
}>

/** Every mistake at once, each with the variable's name and what to write instead. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
  }
}

type Env = Readonly<Record<string, string | undefined>>

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
const POSTGRES = /^postgres(ql)?:\/\/\S+$/

const isHttp = (value: string): boolean => URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol)
const isCount = (value: string): boolean => /^[1-9]\d{0,8}$/.test(value)
const isPort = (value: string): boolean => /^\d{1,5}$/.test(value) && Number(value) <= 65_535

/** 32 bytes as 64 hex digits or as base64 of either alphabet; null: anything else. */
function keyOf(value: string): Uint8Array | null {
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex')
  const bytes = /^[\w+/-]{43}=?$/.test(value) ? Buffer.from(value, 'base64') : null
  return bytes?.length === 32 ? bytes : null
}

const isOneOf =
  (...values: string[]) =>
  (value: string): boolean =>
    values.includes(value)

/** An empty value counts as not set. The value itself is never repeated in the sentence: it may be a token. */
const setting = (fallback: string, isValid: (value: string) => boolean, instead: string) =>
  z
    .string()
    .default('')
    .transform((value) => value.trim() || fallback)
    .refine((value) => value === '' || isValid(value), { message: instead })

const settings = z.object({
  TELEGRAM_BOT_TOKEN: setting(
    '',
    (value) => /^\d+:[\w-]{30,}$/.test(value),
    'write the whole token as @BotFather gave it: digits, a colon and at least 30 letters (123456789:AA…)',
  ),
  TELEGRAM_API_ROOT: setting('https://api.telegram.org', isHttp, 'write an address such as https://api.telegram.org'),
  TELEGRAM_MODE: setting('polling', isOneOf('polling', 'webhook'), 'write polling or webhook'),
  ZALO_BOT_TOKEN: setting(
    '',
    (value) => /^\d+:[\w-]{8,}$/.test(value),
    'write the whole token as Zalo Bot Manager sent it: digits, a colon and letters (123456789:abc…)',
  ),
  ZALO_API_ROOT: setting(
    'https://bot-api.zaloplatforms.com',
    isHttp,
    'write an address such as https://bot-api.zaloplatforms.com',
  ),
  ZALO_MODE: setting('polling', isOneOf('polling', 'webhook'), 'write polling or webhook'),
  ZALO_MONTHLY_MESSAGES: setting('3000', isCount, 'write how many messages a month your plan allows, such as 3000'),
  ZALO_PEOPLE: setting('50', isCount, 'write how many people your plan allows a bot, such as 50'),
  ZALO_PERSONAL: setting(
    '',
    isOneOf('0', '1'),
    'write 1 to allow personal Zalo accounts with their risk, or 0 for none',
  ),
  PUBLIC_URL: setting('', isHttp, 'write the address that this service has outside, such as https://kyhop.example.vn'),
  BOT_KEY: setting(
    '',
    (value) => keyOf(value) !== null,
    'write 32 random bytes as 64 hex digits or as base64, such as `openssl rand -hex 32` prints',
  ),
  DATABASE_URL: setting(
    '',
    (value) => POSTGRES.test(value),
    'write postgresql://user:password@host:5432/database, or leave it empty for the built-in PostgreSQL',
  ),
  DATABASE_DIRECT_URL: setting(
    '',
    (value) => POSTGRES.test(value),
    'write postgresql://user:password@host:5432/database (past the pooler), or leave it empty',
  ),
  DATA_DIR: setting('data', () => true, ''),
  HOST: setting('127.0.0.1', (value) => /^\S+$/.test(value), 'write an address to listen on: 127.0.0.1 or 0.0.0.0'),
  PORT: setting('3000', isPort, 'write a number from 0 to 65535, such as 3000'),
  DEFAULT_TIMEZONE: setting('Asia/Ho_Chi_Minh', isZone, 'write an IANA zone, such as Asia/Ho_Chi_Minh'),
  DEFAULT_LOCALE: setting('vi', isLocale, 'write vi or en'),
  LOG_LEVEL: setting('info', isOneOf(...LEVELS), `write one of ${LEVELS.join(', ')}`),
  SANDBOX: setting('', isOneOf('0', '1'), 'write 1 to show the sandbox beside a real bot, or 0 for none'),
})

/** Which platforms are to call an address of ours that they cannot reach. */
const unreachedWebhooks = (env: Env): string[] =>
  (['TELEGRAM', 'ZALO'] as const)
    .filter((name) => env[`${name}_MODE`]?.trim() === 'webhook' && !env.PUBLIC_URL?.trim().startsWith('https://'))
    .map(
      (name) => `PUBLIC_URL: ${name}_MODE=webhook needs an https address from outside; or write ${name}_MODE=polling`,
    )

/** Without a trailing slash. */
const trimmed = (url: string): string | null => url.replace(/\/+$/, '') || null

function accountsOf(data: z.infer<typeof settings>): Pick<Config, 'telegram' | 'zalo'> {
  const account = (name: 'TELEGRAM' | 'ZALO'): Account => ({
    token: data[`${name}_BOT_TOKEN`] || null,
    apiRoot: data[`${name}_API_ROOT`],
    mode: data[`${name}_MODE`] as Mode,
  })
  const quota = { messagesPerMonth: Number(data.ZALO_MONTHLY_MESSAGES), people: Number(data.ZALO_PEOPLE) }
  return { telegram: account('TELEGRAM'), zalo: { ...account('ZALO'), quota } }
}

/** Reads the settings. `root`: where a relative DATA_DIR begins. Throws `ConfigError`. */
export function parseConfig(env: Env, root: string): Config {
  const read = settings.safeParse(env)
  const wrong = read.success ? [] : read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`)
  const problems = [...wrong, ...unreachedWebhooks(env)]
  if (!read.success || problems.length > 0) throw new ConfigError(problems)
  const { data } = read
  const accounts = accountsOf(data)
  return {
    ...accounts,
    personalZalo: data.ZALO_PERSONAL === '1',
    publicUrl: trimmed(data.PUBLIC_URL),
    botKey: keyOf(data.BOT_KEY),
    databaseUrl: data.DATABASE_URL || null,
    databaseDirectUrl: data.DATABASE_DIRECT_URL || null,
    dataDir: isAbsolute(data.DATA_DIR) ? data.DATA_DIR : join(root, data.DATA_DIR),
    host: data.HOST,
    port: Number(data.PORT),
    zone: data.DEFAULT_TIMEZONE,
    locale: data.DEFAULT_LOCALE as Locale,
    logLevel: data.LOG_LEVEL,
    sandbox: data.SANDBOX === '1' || (data.SANDBOX === '' && !accounts.telegram.token && !accounts.zalo.token),
  }
}
