import { DAY } from '../core/dates.js'
import { newId } from '../core/ids.js'
import { type Db, inTransaction } from '../database/client.js'
import { MIME } from '../materials/rules.js'
import type { Meeting } from '../meetings/store.js'
import { exampleFiles } from './example-files.js'
import { seedMeetings } from './seed-meetings.js'
import { type SeedContext, type SeededOrganisation, seedPeople } from './seed-people.js'

const KEY = 'sandbox.seeded'

type File = Readonly<{ sha256: string; fileName: string; size: number }>

/** One paper for the second cell's next meeting, so that there is something to read before anybody sends a file. */
async function insertMaterial(context: SeedContext, organisation: SeededOrganisation, meeting: Meeting, file: File) {
  const { tx, now } = context
  const { sha256, fileName, size } = file
  const cell = organisation.cells.find((one) => one.id === meeting.cellId)
  const addedById = cell?.people.find((one) => one.role === 'secretary')?.id
  if (!addedById) return
  await tx.file.create({ data: { sha256, mime: MIME.docx, size, createdAt: now } })
  await tx.material.create({
    data: {
      id: newId(),
      cellId: meeting.cellId,
      meetingId: meeting.id,
      title: 'Tài liệu sinh hoạt tháng này',
      sha256,
      fileName,
      push: 'next_step',
      dueAt: new Date(meeting.startsAt.getTime() - DAY),
      addedById,
      addedAt: now,
    },
  })
}

/** Writes the example organisation once; a database that has it stays as it was played. */
export async function seedOnce(
  db: Db,
  context: Omit<SeedContext, 'tx'>,
  keepFile: (bytes: Uint8Array) => Promise<string>,
): Promise<void> {
  if (await db.setting.findUnique({ where: { key: KEY } })) return
  const file = exampleFiles().find((one) => one.id === 'material')
  const sha256 = file ? await keepFile(file.bytes) : null
  await inTransaction(db, async (tx) => {
    const organisation = await seedPeople({ ...context, tx })
    const meeting = (await seedMeetings({ ...context, tx }, organisation)).at(-1)
    if (file && sha256 && meeting)
      await insertMaterial({ ...context, tx }, organisation, meeting, {
        sha256,
        fileName: file.fileName,
        size: file.bytes.byteLength,
      })
    await tx.setting.create({ data: { key: KEY, value: { at: context.now.toISOString() } } })
  })
}
