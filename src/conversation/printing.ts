import { DAY, MINUTE } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { isLocale, type Locale, type Translate, type Translations } from '../core/i18n.js'
import { newId } from '../core/ids.js'
import type { Log } from '../core/log.js'
import type { MessageKey } from '../core/message-keys.js'
import { type Db, inTransaction, type Tx } from '../database/client.js'
import type { PrintJob } from '../database/generated/client.js'
import type { Blobs } from '../messaging/blobs.js'
import { enqueue, type Outgoing, outgoing, PRIORITY } from '../messaging/outbox.js'
import { note } from './messages.js'
import type { Sweep } from './types.js'

type Rest = Omit<Outgoing, 'kind' | 'version' | 'data'>

export type MadeFile = Readonly<{ mime: string; bytes: Uint8Array; fileName: string }>
/** As messages name it. */
type KeptFile = Readonly<{ sha256: string; fileName: string }>

/** One file, or several that belong together, and the message that brings them. */
export type Printed =
  | (MadeFile & Readonly<{ message: (file: KeptFile, rest: Rest) => Outgoing }>)
  | Readonly<{ files: readonly MadeFile[]; messageOf: (files: readonly KeptFile[], rest: Rest) => Outgoing }>

/** A page complete in itself, to be opened in a browser and printed on A4. */
export const printedPage = (html: string): Pick<MadeFile, 'mime' | 'bytes'> => ({
  mime: 'text/html',
  bytes: new TextEncoder().encode(html),
})

/** A paper that people may ask for. */
export type Paper = Readonly<{
  /** A contract with jobs that wait. */
  name: string
  /**
   * Reads (and makes) the rows that stand in it, in one transaction; what it returns lays them out, outside of it.
   * Null: what it was to speak of is no more, and nothing is sent. A refusal (`AppError`) is told and not tried again.
   */
  read: (tx: Tx, now: Date, job: PrintJob) => Promise<((t: Translate) => Printed | Promise<Printed>) | null>
  /** Said when it could not be made. */
  failed: MessageKey
}>

type Wanted = Readonly<{
  paper: string
  unitId: string
  subjectId?: string
  personId: string
  /** Where it was asked for; null: nobody asked, it goes to the person by their way. */
  chatId: string | null
}>

/** The file is made by the sweep. Asked twice before it is there: one file. */
export async function requestPaper(tx: Tx, now: Date, wanted: Wanted): Promise<void> {
  const waiting = await tx.printJob.count({ where: { ...wanted, dueAt: { not: null } } })
  if (waiting === 0) await tx.printJob.create({ data: { id: newId(), ...wanted, requestedAt: now, dueAt: now } })
}

/** Takes back what nobody asked for and is not made yet, about this subject: it would tell what was true before. */
export const withdrawUnasked = (tx: Tx, subjectId: string): Promise<unknown> =>
  tx.printJob.updateMany({ where: { subjectId, chatId: null, dueAt: { not: null } }, data: { dueAt: null } })

const ATTEMPTS = 5
const BATCH = 10

type Parts = Readonly<{
  papers: readonly Paper[]
  blobs: Blobs
  translations: Translations
  defaultLocale: Locale
  log: Log
}>

/** Makes the papers that were asked for: rows in one transaction, the file outside, the message in another. */
export function printSweep({ papers, blobs, translations, defaultLocale, log }: Parts): Sweep {
  const paperOf = (job: PrintJob): Paper => {
    const found = papers.find((one) => one.name === job.paper)
    if (!found) throw new Error(`no paper ${job.paper}`)
    return found
  }

  const make = async (db: Db, now: Date, job: PrintJob): Promise<void> => {
    const { layOut, locale } = await inTransaction(db, async (tx) => ({
      layOut: await paperOf(job).read(tx, now, job),
      locale: (await tx.person.findUniqueOrThrow({ where: { id: job.personId } })).locale ?? '',
    }))
    if (!layOut) return void (await inTransaction(db, (tx) => finish(tx, job)))
    const printed = await layOut(translations.for(isLocale(locale) ? locale : defaultLocale))
    const kept: (MadeFile & KeptFile)[] = []
    for (const file of 'files' in printed ? printed.files : [printed])
      kept.push({ ...file, sha256: await blobs.put(file.bytes) })
    await inTransaction(db, async (tx) => {
      if (!(await finish(tx, job))) return
      for (const { sha256, mime, bytes } of kept) {
        const file = { mime, size: bytes.byteLength, createdAt: now }
        await tx.file.upsert({ where: { sha256 }, create: { sha256, ...file }, update: { createdAt: now } })
      }
      const names = kept.map(({ sha256, fileName }) => ({ sha256, fileName }))
      const rest = address(job, now)
      await enqueue(
        tx,
        now,
        'files' in printed ? [printed.messageOf(names, rest)] : names.map((one) => printed.message(one, rest)),
      )
    })
  }

  const postpone = (db: Db, now: Date, job: PrintJob, err: unknown): Promise<void> =>
    inTransaction(db, async (tx) => {
      const refusal = err instanceof AppError ? err : null
      const attempts = job.attempts + 1
      const dueAt = !refusal && attempts < ATTEMPTS ? new Date(now.getTime() + attempts * MINUTE) : null
      await tx.printJob.update({ where: { id: job.id }, data: { attempts, dueAt } })
      // A paper that another version knew: there is no sentence of its own.
      const failed = papers.find((one) => one.name === job.paper)?.failed ?? 'conversation.error.outdated'
      if (dueAt) return
      const data = { key: refusal?.code ?? failed, params: { ...refusal?.params }, choices: [] }
      await enqueue(tx, now, [outgoing(note, data, address(job, now))])
    })

  return {
    name: 'printing',
    nextDue: async (db) =>
      (await db.printJob.findFirst({ where: { dueAt: { not: null } }, orderBy: { dueAt: 'asc' } }))?.dueAt ?? null,
    run: async (db, now) => {
      const due = await db.printJob.findMany({ where: { dueAt: { lte: now } }, orderBy: { dueAt: 'asc' }, take: BATCH })
      for (const job of due)
        await make(db, now, job).catch((err) => {
          if (!(err instanceof AppError)) log.error({ err, job: job.id }, 'a paper could not be made')
          return postpone(db, now, job, err)
        })
      // A secretary waits for each; whatever failed is due later.
      return due.length === BATCH
    },
  }
}

/** False: another instance was faster. */
const finish = async (tx: Tx, job: PrintJob): Promise<boolean> => {
  const { count } = await tx.printJob.updateMany({ where: { id: job.id, dueAt: { not: null } }, data: { dueAt: null } })
  return count === 1
}

const address = (job: PrintJob, now: Date): Rest => ({
  causeKey: `print:${job.id}`,
  ...(job.chatId ? { chatId: job.chatId } : {}),
  personId: job.personId,
  priority: PRIORITY.notice,
  expiresAt: new Date(now.getTime() + DAY),
})
