import { fileTypeFromBuffer } from 'file-type'
import { z } from 'zod'
import { MINUTE } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { Log } from '../core/log.js'
import { type Db, inTransaction, type Tx } from '../database/client.js'
import type { Blobs } from '../messaging/blobs.js'
import type { Channel } from '../messaging/channel.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import type { Conversation } from './handle.js'
import { note, pick } from './messages.js'
import { type Actor, type Command, command, type FileTaker, type Identify, type Sweep } from './types.js'

const MAX_BYTES = 20 * 1024 * 1024
const ATTEMPTS = 5
const TIMEOUT_MS = 60_000

const fileSchema = z.object({
  fileRef: z.string(),
  fileName: z.string(),
  size: z.number().nullable(),
  caption: z.string().nullable(),
})

const permitted = async (tx: Tx, takers: readonly FileTaker[], actor: Actor, now: Date): Promise<FileTaker[]> => {
  const fitting: FileTaker[] = []
  for (const one of takers) if (await one.permits(tx, actor, now)) fitting.push(one)
  return fitting
}

/** Notes that a file was sent. It is fetched outside the transaction, by the sweep. */
export const uploadCommands = (takers: readonly FileTaker[]): Command[] => [
  command(
    'upload.receive',
    { args: z.object({ file: fileSchema }), scope: 'self', permission: 'self' },
    async (ctx, { file }) => {
      if ((await permitted(ctx.tx, takers, ctx.actor, ctx.now)).length === 0)
        throw new AppError('conversation.error.file-not-yours')
      if (file.size !== null && file.size > MAX_BYTES) throw new AppError('conversation.error.file-too-large')
      await ctx.tx.upload.create({
        data: {
          id: newId(),
          botId: ctx.chat.botId,
          chatId: ctx.chat.id,
          personId: ctx.actor.personId,
          updateId: ctx.updateId,
          fileRef: file.fileRef,
          fileName: file.fileName.normalize('NFC'),
          caption: file.caption,
          state: 'waiting',
          dueAt: ctx.now,
          receivedAt: ctx.now,
        },
      })
    },
  ),
]

export type Upload = Readonly<{
  id: string
  chatId: string
  personId: string
  fileName: string
  caption: string | null
  sha256: string
  updateId: string
}>

/** A fetched file, for its sender only. Throws `conversation.error.file-gone`. */
export async function getUpload(tx: Tx, uploadId: string, personId: string): Promise<Upload> {
  const found = await tx.upload.findFirst({ where: { id: uploadId, personId, state: 'fetched' } })
  if (!found?.sha256) throw new AppError('conversation.error.file-gone')
  return { ...found, sha256: found.sha256 }
}

/** A file that is not wanted: its bytes go with the next clearing, unless somebody else has sent the same ones. */
export const dropUpload = (tx: Tx, uploadId: string): Promise<unknown> =>
  tx.upload.updateMany({ where: { id: uploadId, state: 'fetched' }, data: { state: 'failed' } })

/** Fetches what was sent, keeps it by its content, and turns to the use that takes it; asks where there are several. */
export function uploadSweep(options: {
  channelOf: (botId: string) => Channel | null
  blobs: Blobs
  takers: readonly FileTaker[]
  conversation: Conversation
  identify: Identify
  log: Log
}): Sweep {
  const { takers, blobs, log } = options

  const fetch = async (db: Db, now: Date, upload: Waiting): Promise<void> => {
    const channel = options.channelOf(upload.botId)
    if (!channel) return postpone(db, upload, now, null)
    const bytes = await channel.download(upload.fileRef, AbortSignal.timeout(TIMEOUT_MS)).catch((err) => {
      log.warn({ err, upload: upload.id }, 'a file could not be fetched')
      return err as Error
    })
    if (bytes instanceof Error) return postpone(db, upload, now, bytes)
    const sha256 = await blobs.put(bytes)
    const mime = (await fileTypeFromBuffer(bytes))?.mime ?? 'application/octet-stream'
    try {
      await inTransaction(db, async (tx) => {
        await tx.file.upsert({
          where: { sha256 },
          create: { sha256, mime, size: bytes.byteLength, createdAt: now },
          update: {},
        })
        const { count } = await tx.upload.updateMany({
          where: { id: upload.id, state: 'waiting' },
          data: { state: 'fetched', sha256 },
        })
        if (count === 1) await handOver(tx, now, upload, bytes)
      })
    } catch (err) {
      // Its sender is told, and the files behind it do not wait for this one.
      log.warn({ err, upload: upload.id }, 'a file could not be handed over')
      await postpone(db, upload, now, err as Error, sha256)
    }
  }

  const postpone = (db: Db, upload: Waiting, now: Date, error: Error | null, sha256?: string): Promise<void> =>
    inTransaction(db, async (tx) => {
      const attempts = upload.attempts + 1
      const final = error instanceof AppError || attempts >= ATTEMPTS
      const { count } = await tx.upload.updateMany({
        where: { id: upload.id, state: 'waiting' },
        data: {
          attempts,
          dueAt: new Date(now.getTime() + attempts * MINUTE),
          ...(sha256 ? { sha256 } : {}),
          ...(final ? { state: 'failed' as const } : {}),
        },
      })
      if (!final || count === 0) return
      const { code, params } = error instanceof AppError ? error : new AppError('conversation.error.file-gone')
      await run(tx, now, upload, 'upload.failed', { code, params: { ...params } })
    })

  const handOver = async (tx: Tx, now: Date, upload: Waiting, bytes: Uint8Array): Promise<void> => {
    const actor = (await options.identify(tx, upload.chatId, now)).find((one) => one.personId === upload.personId)
    const fitting: FileTaker[] = []
    for (const taker of actor ? await permitted(tx, takers, actor, now) : [])
      if (await taker.recognizes(bytes, upload.fileName, now)) fitting.push(taker)
    const [only, ...others] = fitting
    if (!only) {
      await dropUpload(tx, upload.id)
      return run(tx, now, upload, 'upload.failed', { code: 'conversation.error.file-unknown' })
    }
    if (others.length === 0) return run(tx, now, upload, only.command, { uploadId: upload.id })
    return run(tx, now, upload, 'upload.choose', { uploadId: upload.id, uses: fitting.map((one) => one.name) })
  }

  const run = async (tx: Tx, now: Date, upload: Waiting, name: string, args: JsonObject) => {
    const chat = await tx.chat.findUniqueOrThrow({ where: { id: upload.chatId } })
    const cause = `upload:${upload.id}`
    await options.conversation.run(tx, now, {
      chat,
      personId: upload.personId,
      command: name,
      args,
      updateId: upload.updateId,
      cause,
    })
  }

  return {
    name: 'uploads',
    nextDue: async (db) =>
      (await db.upload.findFirst({ where: { state: 'waiting' }, orderBy: { dueAt: 'asc' } }))?.dueAt ?? null,
    run: async (db, now) => {
      const due = await db.upload.findMany({ where: { state: 'waiting', dueAt: { lte: now } }, take: 10 })
      for (const upload of due) await fetch(db, now, upload)
      return false
    },
  }
}

type Waiting = {
  id: string
  botId: string
  chatId: string
  personId: string
  fileRef: string
  fileName: string
  updateId: string
  attempts: number
}

/** What follows a fetched file: the question which use is meant, or why there is none. */
export const uploadFollowUps = (takers: readonly FileTaker[]): Command[] => [
  command(
    'upload.failed',
    {
      args: z.object({ code: z.string(), params: z.record(z.string(), z.json()).default({}) }),
      scope: 'self',
      permission: 'self',
    },
    (ctx, { code, params }) => ctx.say(note, { key: code, params: params as JsonObject, choices: [] }),
  ),
  command(
    'upload.choose',
    { args: z.object({ uploadId: z.string(), uses: z.array(z.string()) }), scope: 'self', permission: 'self' },
    async (ctx, { uploadId, uses }) => {
      const upload = await getUpload(ctx.tx, uploadId, ctx.actor.personId)
      await ctx.say(pick, {
        key: 'conversation.file-use',
        options: takers
          .filter((one) => uses.includes(one.name))
          .map((one) => ({ name: ctx.t(one.label), command: one.command, args: { uploadId: upload.id } })),
      })
    },
  ),
]
