import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

/** Eight digits in whatever groups: a one-time code. Other codes are names of errors, which an operator searches for. */
const ONE_TIME_CODE = /(?:\d[\s.–-]?){8}/

const censor = (value: unknown, path: string[]): unknown =>
  path.at(-1) === 'code' && !ONE_TIME_CODE.test(String(value)) ? value : '…'

/** Anything that could hold a token, a name or what somebody wrote. Callers log codes, counts and ids; this is the net below. */
const SECRET = ['token', 'text', 'name', 'fullName', 'phone', 'reason', 'code', 'payload', 'headers', 'on', 'response']
const REDACT = SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** JSON lines on standard output. An error is logged as its code or class and where it arose, never as its message. */
export const createLog = (level: string, destination?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACT, censor },
      serializers: { err: describeError },
    },
    destination as DestinationStream,
  )

/** Class, code and stack frames of an error. Messages of libraries quote what they were given, tokens and texts included. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = (error as { code?: unknown }).code
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  }
}
