import type { IncomingMessage } from 'node:http'
import { readFormField } from './spec.js'

type Payload = Record<string, unknown>

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Parts are told apart by the boundary; a part with a file name is a file, any other a field. */
function readForm(method: string, body: Buffer, boundary: string): Payload {
  const mark = `--${boundary}`
  const payload: Payload = {}
  for (let at = body.indexOf(mark); at >= 0; ) {
    const from = at + mark.length + 2
    const end = body.indexOf(`\r\n${mark}`, from)
    if (end < 0) break
    readPart(method, body.subarray(from, end), payload)
    at = end + 2
  }
  return payload
}

function readPart(method: string, part: Buffer, payload: Payload): void {
  const split = part.indexOf('\r\n\r\n')
  const headers = part.subarray(0, split).toString('utf8')
  const bytes = part.subarray(split + 4)
  const name = /\bname="([^"]*)"/.exec(headers)?.[1] ?? ''
  const fileName = /\bfilename="([^"]*)"/.exec(headers)?.[1]
  // telegraf puts the method's name into the form too, which the real server passes over.
  if (name === 'method') return
  payload[name] =
    fileName === undefined
      ? readFormField(method, name, bytes.toString('utf8'))
      : { fileName, mime: 'application/octet-stream', bytes: new Uint8Array(bytes) }
}

/** A call's fields, from JSON or from a form with files. */
export async function readPayload(method: string, request: IncomingMessage): Promise<Payload> {
  const body = await readBody(request)
  const type = request.headers['content-type'] ?? ''
  const boundary = /boundary=([^;]+)/.exec(type)?.[1]
  if (type.startsWith('multipart/form-data') && boundary) return readForm(method, body, boundary)
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Payload)
}
