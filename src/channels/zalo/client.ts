import { z } from 'zod'
import { ApiFailure } from './errors.js'

export type CallOptions = Readonly<{ timeoutMs: number; signal?: AbortSignal }>

export type ZaloClient = Readonly<{
  /** One method of the Bot Platform. Rejects with `ApiFailure` only. */
  call: <T>(method: string, payload: object, schema: z.ZodType<T>, options: CallOptions) => Promise<T>
}>

const envelope = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  description: z.string().nullish(),
  error_code: z.coerce.number().optional(),
})

/** fetch quotes addresses, and the token with them; only the short code of what happened is kept. */
function unanswered(error: unknown, options: CallOptions): ApiFailure {
  if (options.signal?.aborted) return new ApiFailure(0, 'aborted')
  if ((error as Error).name === 'TimeoutError') return new ApiFailure(0, 'timeout')
  const { code } = ((error as Error).cause ?? {}) as { code?: unknown }
  return new ApiFailure(0, typeof code === 'string' ? code : 'network')
}

/** What an answer holds. A proxy's page in the place of JSON counts by its status; a 200 of that kind is no answer. */
function open<T>(status: number, text: string, schema: z.ZodType<T>): T {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new ApiFailure(status >= 400 ? status : 0, 'malformed')
  }
  const read = envelope.safeParse(body)
  if (!read.success) throw new ApiFailure(status >= 400 ? status : 0, 'malformed')
  const { ok, result, description, error_code: code } = read.data
  if (!ok) throw new ApiFailure(code || (status >= 400 ? status : 0), description || 'unexplained')
  const found = schema.safeParse(result)
  if (!found.success) throw new ApiFailure(0, 'malformed')
  return found.data
}

/** Node's own fetch keeps connections alive and has no limit a host: a long poll holds up no send. */
export function createZaloClient(token: string, apiRoot: string): ZaloClient {
  const root = `${apiRoot.replace(/\/+$/, '')}/bot${token}/`
  return {
    call: async (method, payload, schema, options) => {
      const deadline = AbortSignal.timeout(options.timeoutMs)
      const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline
      const answered = await fetch(root + method, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
        // Elsewhere nobody may learn the token.
        redirect: 'error',
        signal,
      })
        .then(async (response) => ({ status: response.status, text: await response.text() }))
        .catch((error: unknown) => {
          throw unanswered(error, options)
        })
      return open(answered.status, answered.text, schema)
    },
  }
}
