import {
  type Channel,
  NEITHER_DELETES_NOR_TOASTS,
  type OutgoingFile,
  type SendRequest,
} from '../../messaging/channel.js'
import { SendError } from '../../messaging/vocabulary.js'
import type { Account } from './account.js'
import { toSendError } from './errors.js'
import type { PersonalApi } from './library.js'
import { threadOf } from './payload.js'

export type Deliver = Pick<Channel, 'send' | 'edit' | 'setMenu' | 'delete' | 'toast'>

const notPossible = (): Promise<never> => Promise.reject(new SendError({ kind: 'rejected', code: 'not-possible' }))

/** The library cannot be told to stop. What it does after this is not known: it is tried again, and may come twice. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      const late = (): void => reject(new SendError({ kind: 'transient', code: 'timeout' }))
      if (signal.aborted) late()
      signal.addEventListener('abort', late, { once: true })
    }),
  ])

/** The library takes a file by its name's ending. */
const named = (name: string): `${string}.${string}` =>
  (/^.+\.[^.]+$/.test(name) ? name : `${name}.bin`) as `${string}.${string}`

async function contentOf(file: OutgoingFile | null, { heading, text }: SendRequest['message']) {
  if (!file) return { msg: heading ? `${heading}\n${text}` : text }
  const data = Buffer.from(await file.open())
  return { msg: '', attachments: [{ data, filename: named(file.fileName), metadata: { totalSize: data.byteLength } }] }
}

type Sent = Awaited<ReturnType<PersonalApi['sendMessage']>>

/** An empty result is how Zalo drops a message without a word: to this person nothing goes until they write. */
function receiptOf({ message, attachment }: Sent, isFile: boolean): { messageId: string } {
  const sent = isFile ? attachment[0] : message
  if (!sent?.msgId) throw new SendError({ kind: 'unreachable', code: 'not-taken' })
  return { messageId: String(sent.msgId) }
}

/** Outgoing calls. A file goes without words (`captions`), so that each of the two has an outcome of its own. */
export const createDeliver = (account: Account): Deliver => ({
  send: async ({ chatExternalId, message, file }, signal) => {
    const api = account.now()
    if (!api) throw new SendError({ kind: 'transient', code: 'not-signed-in' })
    try {
      const { id, type } = threadOf(chatExternalId)
      const content = await contentOf(file, message)
      return receiptOf(await unlessAborted(api.sendMessage(content, id, type), signal), file !== null)
    } catch (error) {
      throw toSendError(error)
    }
  },
  edit: notPossible,
  setMenu: notPossible,
  ...NEITHER_DELETES_NOR_TOASTS,
})
