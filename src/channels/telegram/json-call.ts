import type { Agent } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import { ApiFailure } from './errors.js'

type Answer = Readonly<{
  ok: boolean
  result?: unknown
  error_code?: number
  description?: string
  parameters?: ApiFailure['parameters']
}>

function read(status: number, statusText: string, body: string): unknown {
  if (status >= 500) throw new ApiFailure(status, statusText)
  let answer: Answer | null
  try {
    answer = JSON.parse(body) as Answer | null
  } catch {
    throw new ApiFailure(0, 'malformed')
  }
  if (answer?.ok) return answer.result
  throw new ApiFailure(Number(answer?.error_code) || 0, answer?.description ?? 'malformed', answer?.parameters ?? {})
}

/** A call under way. `stop`: nobody waits for its answer any more; what it comes to then is of no interest. */
export type Begun = Readonly<{ answer: Promise<unknown>; stop: () => void }>

/**
 * Calls methods with JSON over connections of `agent`. An answer rejects with `ApiFailure`, or with Node's own error, whose
 * message does not name the address. (telegraf's way, node-fetch, costs twice the processor time: half of all that a tap costs.)
 */
export function createJsonCalls(root: URL, agent: Agent): (method: string, payload: object) => Begun {
  const { request: open } = root.protocol === 'https:' ? https : http
  // Once, because it reads an address for every call otherwise.
  const { port, pathname } = root
  const hostname = root.hostname.replace(/^\[|\]$/g, '') // an IPv6 address stands in brackets only in a URL
  return (method, payload) => {
    const body = JSON.stringify(payload)
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = open({ hostname, port, path: pathname + method, method: 'POST', agent, headers })
    const answer = new Promise((resolve, reject) => {
      request.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('error', reject)
        response.on('end', () => {
          try {
            resolve(read(response.statusCode ?? 0, response.statusMessage ?? '', text))
          } catch (error) {
            reject(error)
          }
        })
      })
      request.on('error', reject)
      // A text goes out in one piece with the headers; bytes would be a second one.
      request.end(body)
    })
    return { answer, stop: () => request.destroy() }
  }
}
