import type { Db, Tx } from '../database/client.js'
import type { SentContent } from './deliveries.js'
import type { IncomingContent, IncomingMessage } from './vocabulary.js'

/** A chat as its person sees it: one entry a message, an edited one in its place with its last words. */
export type TranscriptEntry =
  | Readonly<{ from: 'bot'; deliveryId: string; messageId: string; content: SentContent; order: bigint }>
  | Readonly<{ from: 'person'; updateId: string; content: IncomingContent; order: bigint }>

/**
 * Reads a chat back from what came in and what really went out. For the sandbox, personal pages and tests: other
 * platforms keep their chats themselves.
 */
export async function readTranscript(
  db: Db | Tx,
  chat: { id: string; botId: string; externalId: string },
  /** What the sender put in place of marks, so that the reader sees what the person saw. */
  reveal: (text: string) => string = (text) => text,
): Promise<TranscriptEntry[]> {
  const sent = await db.delivery.findMany({
    where: { chatId: chat.id, state: 'sent', operation: { in: ['send', 'edit'] } },
    orderBy: [{ sequence: 'asc' }, { part: 'asc' }],
  })
  const received = await db.inboundUpdate.findMany({
    where: { botId: chat.botId, chatExternalId: chat.externalId },
    orderBy: { id: 'asc' },
  })
  const messages = new Map<string, TranscriptEntry>()
  for (const one of sent) {
    // Forgotten after its time.
    if (one.content === null) continue
    const messageId = one.platformMessageId ?? one.id
    const earlier = messages.get(messageId)
    messages.set(messageId, {
      from: 'bot',
      deliveryId: one.id,
      messageId,
      content: { ...fileOf(earlier), ...revealed(one.content as SentContent, reveal) },
      order: earlier?.order ?? timeOf(one.id),
    })
  }
  const said = received.map((one): TranscriptEntry => {
    const { content } = one.payload as unknown as IncomingMessage
    return { from: 'person', updateId: one.id, content, order: timeOf(one.id) }
  })
  return [...messages.values(), ...said].sort((a, b) => (a.order < b.order ? -1 : 1))
}

/** An edit changes the words under a file; the file stays. */
const fileOf = (earlier: TranscriptEntry | undefined): Pick<SentContent, 'fileName'> =>
  earlier?.from === 'bot' && earlier.content.fileName ? { fileName: earlier.content.fileName } : {}

const revealed = (content: SentContent, reveal: (text: string) => string): SentContent => ({
  ...content,
  text: reveal(content.text),
  ...(content.below ? { below: reveal(content.below) } : {}),
  ...(content.url ? { url: reveal(content.url) } : {}),
})

/** Ids are UUIDv7, so they order what both sides wrote by real time, which a sandbox's clock does not. */
const timeOf = (id: string): bigint => BigInt(`0x${id.replaceAll('-', '')}`)
