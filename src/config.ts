import { isAbsolute, join } from 'node:path'
import { isZone } from './core/dates.js'
import { isLocale, type Locale } from './core/i18n.js'

export type Config = Readonly<{
  telegram: Readonly<{ token: string; apiRoot: string; mode: 'polling' | 'webhook' }> | null
  /** Without a trailing slash; null: no page of ours can be reached from outside. */
  publicUrl: string | null
  databaseUrl: string | null
  databaseDirectUrl: string | null
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

const isUrl = (value: string, protocols: readonly string[]): boolean =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol)

/**
 * Reads the settings from the environment; an empty value counts as not set. `root`: where a relative DATA_DIR begins.
 * Throws `ConfigError`.
 */
export function parseConfig(env: Env, root: string): Config {
  const problems: string[] = []
  const read = (name: string, fallback: string, isValid: (value: string) => boolean, instead: string): string => {
    const value = env[name]?.trim() || fallback
    if (value !== '' && !isValid(value)) problems.push(`${name}: ${instead}`)
    return value
  }
  const http = (value: string): boolean => isUrl(value, ['http:', 'https:'])
  const oneOf =
    (...values: string[]) =>
    (value: string): boolean =>
      values.includes(value)

  // The token itself is never repeated: the line may end in a log.
  const token = read(
    'TELEGRAM_BOT_TOKEN',
    '',
    (v) => /^\d+:[\w-]{30,}$/.test(v),
    'write the whole token as @BotFather gave it, such as 123456789:AA… (digits, a colon, at least 30 letters)',
  )
  const apiRoot = read(
    'TELEGRAM_API_ROOT',
    'https://api.telegram.org',
    http,
    'write an address such as https://api.telegram.org',
  )
  const mode = read('TELEGRAM_MODE', 'polling', oneOf('polling', 'webhook'), 'write polling or webhook')
  const publicUrl = read(
    'PUBLIC_URL',
    '',
    http,
    'write the address at which this service is reached from outside, such as https://kyhop.example.vn',
  )
  const databaseUrl = read(
    'DATABASE_URL',
    '',
    (v) => POSTGRES.test(v),
    'write postgresql://user:password@host:5432/database, or leave it empty for the built-in PostgreSQL',
  )
  const directUrl = read(
    'DATABASE_DIRECT_URL',
    '',
    (v) => POSTGRES.test(v),
    'write postgresql://user:password@host:5432/database (past the pooler), or leave it empty',
  )
  const dataDir = read('DATA_DIR', 'data', () => true, '')
  const host = read(
    'HOST',
    '127.0.0.1',
    (v) => /^\S+$/.test(v),
    'write an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  )
  const port = read(
    'PORT',
    '3000',
    (v) => /^\d{1,5}$/.test(v) && Number(v) <= 65_535,
    'write a number from 0 to 65535, such as 3000',
  )
  const zone = read('DEFAULT_TIMEZONE', 'Asia/Ho_Chi_Minh', isZone, 'write an IANA zone, such as Asia/Ho_Chi_Minh')
  const locale = read('DEFAULT_LOCALE', 'vi', isLocale, 'write vi or en')
  const logLevel = read('LOG_LEVEL', 'info', oneOf(...LEVELS), `write one of ${LEVELS.join(', ')}`)
  const sandbox = read(
    'SANDBOX',
    '',
    oneOf('0', '1', 'true', 'false'),
    'write 1 to show the sandbox beside a real bot, or 0',
  )

  if (mode === 'webhook' && !publicUrl.startsWith('https://'))
    problems.push(
      'PUBLIC_URL: TELEGRAM_MODE=webhook needs an https address that Telegram can reach; or write TELEGRAM_MODE=polling',
    )
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    telegram: token ? { token, apiRoot, mode: mode as 'polling' | 'webhook' } : null,
    publicUrl: publicUrl ? publicUrl.replace(/\/+$/, '') : null,
    databaseUrl: databaseUrl || null,
    databaseDirectUrl: directUrl || null,
    dataDir: isAbsolute(dataDir) ? dataDir : join(root, dataDir),
    host,
    port: Number(port),
    zone,
    locale: locale as Locale,
    logLevel,
    sandbox: sandbox === '1' || sandbox === 'true' || (sandbox === '' && !token),
  }
}
