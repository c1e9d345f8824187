import { z } from 'zod'
import type { Channel } from './channel.js'
import type { Composer } from './compose.js'
import type { Claimed, Finished } from './deliveries.js'
import { succeeded } from './outcome.js'

/** A file that the platform does not hold yet takes longer than a text. */
const UPLOAD_FACTOR = 8

const menuData = z.object({
  entries: z.array(z.object({ vi: z.string(), en: z.string(), description: z.string() })),
})

const deleteData = z.object({ messageId: z.string() })
const toastData = z.object({ tapId: z.string(), opens: z.boolean() })

/** No invitation: it only opens the chat. */
const OPEN_CODE = 'nhom'

/** What is no message: taking one away, a word to the presser of a button. Where a platform has neither, it is done. */
async function aside(
  channel: Channel,
  composer: Composer,
  botId: string,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  if (claimed.operation === 'delete' && channel.can.deletes)
    await channel.delete(claimed.chatExternalId, deleteData.parse(claimed.data).messageId, signal)
  if (claimed.operation === 'toast' && channel.can.toasts) {
    const { tapId, opens } = toastData.parse(claimed.data)
    const { request } = await composer.compose(claimed, botId)
    const url = opens ? channel.deepLink(OPEN_CODE) : null
    await channel.toast(tapId, { text: request.message.text, url }, signal)
  }
}

/** Done, and nothing stands in the chat because of it. */
const unsaid = (claimed: Claimed): Finished =>
  succeeded(claimed, { messageId: null, content: null, partIds: [], file: null })

/**
 * Runs a call and gives it up when its time is over. (One controller that somebody else may use as well: a signal made of
 * two others is a tenth of what a tap costs.)
 */
async function within<T>(ms: number, abort: AbortController, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const timer = setTimeout(() => abort.abort(), ms)
  try {
    return await call(abort.signal)
  } finally {
    clearTimeout(timer)
  }
}

/** Makes the one call of a claimed delivery; `abort` gives it up. Rejects with `SendError`, or with whatever a renderer threw. */
export async function callPlatform(
  channel: Channel,
  composer: Composer,
  botId: string,
  claimed: Claimed,
  abort: AbortController,
): Promise<Finished> {
  const { callTimeoutMs } = channel.limits
  if (claimed.operation === 'menu') {
    const t = composer.translate(claimed)
    const { entries } = menuData.parse(claimed.data)
    const menu = entries.map((one) => ({ command: one[t.locale], description: t.dynamic(one.description) }))
    if (channel.can.menus)
      await within(callTimeoutMs, abort, (signal) => channel.setMenu(claimed.chatExternalId, menu, signal))
    return unsaid(claimed)
  }
  if (claimed.operation === 'delete' || claimed.operation === 'toast') {
    await within(callTimeoutMs, abort, (signal) => aside(channel, composer, botId, claimed, signal))
    return unsaid(claimed)
  }
  const { request, content, partIds } = await composer.compose(claimed, botId)
  const { targetMessageId } = claimed
  if (claimed.operation === 'edit' && targetMessageId && channel.can.edits) {
    const edited = { ...request, messageId: targetMessageId }
    await within(callTimeoutMs, abort, (signal) => channel.edit(edited, signal))
    return succeeded(claimed, { messageId: targetMessageId, content, partIds, file: null })
  }
  if (request.message.inPlaceOnly) return unsaid(claimed)
  const mustUpload = request.file !== null && request.file.platformFileId === null
  const ms = callTimeoutMs * (mustUpload ? UPLOAD_FACTOR : 1)
  const { messageId, platformFileId } = await within(ms, abort, (signal) => channel.send(request, signal))
  const sha256 = request.message.attachment?.sha256
  const file = sha256 && platformFileId ? { sha256, fileId: platformFileId } : null
  return succeeded(claimed, { messageId, content, partIds, file })
}
