import { fileTypeFromBuffer } from 'file-type'
import { z } from 'zod'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { Log } from '../core/log.js'
import { type Db, inTransaction, Prisma, type Tx } from '../database/client.js'
import type { Blobs } from '../messaging/blobs.js'
import type { Channel } from '../messaging/channel.js'
import { lockChat } from '../messaging/chats.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import type { Conversation } from './handle.js'
import { note, pick } from './messages.js'
import { type Actor, type Command, command, type FileTaker, type Identify, type Sweep } from './types.js'

const MAX_BYTES = 20 * 1024 * 1024
const ATTEMPTS = 5
const AT_ONCE = 5
const TIMEOUT_MS = 60_000

const fileSchema = z.object({
  fileRef: z.string(),
  fileName: z.string(),
  size: z.number().nullable(),
  caption: z.string().nullable(),
  /** Its bytes are here already: sent through a page of ours, with nothing to fetch. */
  sha256: z.string().optional(),
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
          sha256: file.sha256 ?? null,
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

/**
 * Takes files that are due, counting the attempt before it is made: a file whose reading kills the process is given up
 * after a few, and no other instance takes it meanwhile. The few fetched at once bound both memory and the wait.
 */
const claim = (db: Db, now: Date): Promise<Waiting[]> =>
  db.$queryRaw<Waiting[]>(Prisma.sql`WITH claimed AS (
    UPDATE upload SET attempts = attempts + 1, due_at = ${now}::timestamptz + (attempts + 1) * interval '1 minute'
    WHERE id IN (SELECT id FROM upload WHERE state = 'waiting' AND due_at <= ${now}
      ORDER BY due_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING id, bot_id AS "botId", chat_id AS "chatId", person_id AS "personId", file_ref AS "fileRef",
      file_name AS "fileName", sha256, update_id AS "updateId", attempts
    ) SELECT * FROM claimed ORDER BY id`)

/** Fetches what was sent, keeps it by its content, and turns to the use that takes it; asks where there are several. */
export function uploadSweep(options: {
  channelOf: (botId: string) => Channel | null
  blobs: Pick<Blobs, 'put' | 'get'>
  takers: readonly FileTaker[]
  conversation: Conversation
  identify: Identify
  log: Log
}): Sweep {
  const { takers, blobs, log } = options

  /** Null: not now. Never rejects. */
  const fetch = async (upload: Waiting): Promise<Uint8Array | Error | null> => {
    const channel = options.channelOf(upload.botId)
    if (upload.attempts > ATTEMPTS || !(channel || upload.sha256)) return null
    const bytes = upload.sha256
      ? blobs.get(upload.sha256)
      : channel?.download(upload.fileRef, AbortSignal.timeout(TIMEOUT_MS))
    return (
      bytes?.catch((err) => {
        log.warn({ err, upload: upload.id }, 'a file could not be fetched')
        return err as Error
      }) ?? null
    )
  }

  const keep = async (db: Db, now: Date, upload: Waiting, bytes: Uint8Array | Error | null): Promise<void> => {
    if (!(bytes instanceof Uint8Array)) return postpone(db, upload, now, bytes)
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

  const lost = (err: unknown, upload: Waiting): void =>
    log.error({ err, upload: upload.id }, 'a file could not be kept; it is fetched again')

  const postpone = (db: Db, upload: Waiting, now: Date, error: Error | null, sha256?: string): Promise<void> =>
    inTransaction(db, async (tx) => {
      const final = error instanceof AppError || upload.attempts >= ATTEMPTS
      const { count } = await tx.upload.updateMany({
        where: { id: upload.id, state: 'waiting' },
        data: {
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
    // One thing at a time in a chat, as for whatever is said there.
    await lockChat(tx, now, chat)
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
      const due = await claim(db, now)
      // Fetched together, taken in the order in which they were sent.
      const fetched = due.map(fetch)
      for (const [n, upload] of due.entries()) {
        const bytes = (await fetched[n]) ?? null
        await keep(db, now, upload, bytes).catch((err) => lost(err, upload))
      }
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
  /** Set where the bytes are here already. */
  sha256: string | null
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
