import { z } from 'zod'
import type { Context } from '../conversation/types.js'
import { dropUpload, getUpload } from '../conversation/uploads.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { findMarking, type Marking } from './secret-marking.js'
import type { Source } from './store.js'

/**
 * A material on its way in: what is known so far travels in the buttons, so that nothing half-finished is stored.
 * Either an upload with the name that it will be sent by, or a link.
 */
export const draft = z.object({
  unitId: z.uuid(),
  uploadId: z.uuid().optional(),
  fileName: z.string().optional(),
  url: z.string().optional(),
  title: z.string().optional(),
  /** The sender has said that what looks like a marking in the names is none. */
  cleared: z.boolean().optional(),
  meetingId: z.uuid().optional(),
})
export type Draft = z.infer<typeof draft>

export const asArgs = (one: Draft): JsonObject =>
  Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as JsonObject

/** What will be handed out. Throws `conversation.error.file-gone` where the file is no longer kept. */
export async function getSource(ctx: Context, one: Draft): Promise<Source> {
  if (one.url) return { url: one.url }
  const upload = await getUpload(ctx.tx, one.uploadId ?? '', ctx.actor.personId)
  return { sha256: upload.sha256, fileName: one.fileName ?? upload.fileName }
}

/** The name of a document at a link's end: what it is called there counts as well. */
function nameInLink(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  if (!/\.[a-z]{3,4}$/i.test(last)) return ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

/** The strongest marking in whatever it is called by. */
export function markingOf({ fileName, url, title }: Draft): Marking {
  const found = [fileName ?? '', url ? nameInLink(url) : '', title ?? ''].map(findMarking)
  if (found.includes('secret')) return 'secret'
  return found.includes('unclear') ? 'unclear' : null
}

/** Nothing of it is kept. */
export const dropDraft = async (ctx: Context, one: Pick<Draft, 'uploadId'>): Promise<void> => {
  if (one.uploadId) await dropUpload(ctx.tx, one.uploadId)
}
