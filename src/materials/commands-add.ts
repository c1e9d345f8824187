import { z } from 'zod'
import { type Command, type Context, command, type NoteChoice } from '../conversation/types.js'
import { getUpload } from '../conversation/uploads.js'
import { DAY, dateIn, timeIn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { getMeeting, listUpcoming, type Meeting } from '../meetings/store.js'
import type { Blobs } from '../messaging/blobs.js'
import { asArgs, type Draft, draft, dropDraft, getSource, markingOf } from './draft.js'
import { meetingWords } from './messages.js'
import { checkFile, checkLink, type FileCheck, parseTitle, titleFromFileName } from './rules.js'
import { findMarking } from './secret-marking.js'
import { findSame, recordMaterial } from './store.js'
import { readPlan, timingOf } from './store-push.js'
import { readLink } from './taker.js'

const MAY = { scope: 'unit', permission: 'material.add' } as const

/** Beyond the next meeting, those of this many days are worth a question. */
const IN_SIGHT_MS = 14 * DAY
const MOST_MEETINGS = 5

const choice = (label: NoteChoice['label'], name: string, args: NoteChoice['args']): NoteChoice => ({
  label,
  command: name,
  args,
})

const cancelChoice = ({ unitId, uploadId }: Draft): NoteChoice =>
  choice('materials.button.cancel', 'materials.discard', asArgs({ unitId, uploadId }))

/** Every question that is still open, one at a time; then the declaration. */
async function prepare(ctx: Context, one: Draft): Promise<void> {
  const marking = markingOf(one)
  if (marking === 'secret') return refuseSecret(ctx, one)
  if (marking === 'unclear' && !one.cleared) return askMarking(ctx, one)
  if (!one.title) return askTitle(ctx, one)
  const upcoming = await listUpcoming(ctx.tx, [one.unitId], ctx.now, MOST_MEETINGS)
  if (upcoming.length === 0) return sayNoMeeting(ctx, one)
  const meeting = one.meetingId ? upcoming.find(({ id }) => id === one.meetingId) : onlyInSight(upcoming, ctx.now)
  if (!meeting) return askMeeting(ctx, one, upcoming)
  const same = await findSame(ctx.tx, meeting.id, await getSource(ctx, one))
  if (same) return saySame(ctx, same.title, meeting)
  await askDeclaration(ctx, { ...one, meetingId: meeting.id }, meeting, upcoming.length > 1)
}

const onlyInSight = (upcoming: readonly Meeting[], now: Date): Meeting | undefined => {
  const near = upcoming.filter(({ startsAt }) => startsAt.getTime() - now.getTime() <= IN_SIGHT_MS)
  return near.length > 1 ? undefined : upcoming[0]
}

const saySame = (ctx: Context, title: string, meeting: Meeting): Promise<void> =>
  ctx.note(
    'materials.error.same',
    { title, meeting: meetingWords(meeting) },
    {
      choices: [[choice('materials.button.list', 'materials.list', {})]],
    },
  )

async function refuseSecret(ctx: Context, one: Pick<Draft, 'uploadId'>): Promise<void> {
  await dropDraft(ctx, one)
  await ctx.note('materials.error.secret')
}

const askMarking = (ctx: Context, one: Draft): Promise<void> =>
  ctx.note(
    'materials.ask.marking',
    { name: one.title && findMarking(one.title) ? one.title : (one.fileName ?? one.title ?? one.url ?? '') },
    {
      choices: [
        [choice('materials.button.no-marking', 'materials.prepare', asArgs({ ...one, cleared: true }))],
        [
          choice(
            'materials.button.is-secret',
            'materials.refuse',
            asArgs({ unitId: one.unitId, uploadId: one.uploadId }),
          ),
        ],
        [cancelChoice(one)],
      ],
    },
  )

async function askTitle(ctx: Context, one: Draft, again = false): Promise<void> {
  const proposed = one.fileName ? titleFromFileName(one.fileName) : null
  await ctx.expect('materials.title', asArgs(one))
  await ctx.note(
    again ? 'materials.ask.title-again' : proposed ? 'materials.ask.title' : 'materials.ask.title-link',
    {},
    {
      choices: [
        ...(proposed
          ? [
              [
                {
                  label: 'materials.button.title' as const,
                  params: { title: proposed },
                  command: 'materials.prepare',
                  args: asArgs({ ...one, title: proposed }),
                },
              ],
            ]
          : []),
        [cancelChoice(one)],
      ],
    },
  )
}

const sayNoMeeting = (ctx: Context, one: Draft): Promise<void> =>
  ctx.note(
    one.url ? 'materials.ask.no-meeting-link' : 'materials.ask.no-meeting',
    {},
    {
      choices: [
        [choice('materials.button.go-on', 'materials.prepare', asArgs({ ...one, meetingId: undefined }))],
        [cancelChoice(one)],
      ],
    },
  )

const askMeeting = (ctx: Context, one: Draft, upcoming: readonly Meeting[]): Promise<void> =>
  ctx.note(
    'materials.ask.meeting',
    { title: one.title ?? '' },
    {
      choices: [
        ...upcoming.map((meeting) => [
          {
            label: 'materials.button.meeting' as const,
            params: { kind: { key: `materials.kind.${meeting.kind}` }, day: { date: meeting.day }, time: meeting.time },
            command: 'materials.prepare',
            args: asArgs({ ...one, meetingId: meeting.id }),
          },
        ]),
        [cancelChoice(one)],
      ],
    },
  )

/** The buttons are the declaration that it is not secret: who pressed and when is kept with the material. */
const askDeclaration = (ctx: Context, one: Draft, meeting: Meeting, others: boolean): Promise<void> => {
  const add = (push: string) => ({ ...asArgs(one), push })
  return ctx.note(
    'materials.ask.declare',
    { title: one.title ?? '', source: one.url ?? one.fileName ?? '', meeting: meetingWords(meeting) },
    {
      choices: [
        [choice('materials.button.declare-next', 'materials.add', add('next_step'))],
        [choice('materials.button.declare-now', 'materials.add', add('at_once'))],
        ...(others ? [[choice('materials.button.other-meeting', 'materials.meetings', asArgs(one))]] : []),
        [cancelChoice(one)],
      ],
    },
  )
}

const REFUSED: Readonly<Record<Exclude<FileCheck['kind'], 'accepted'>, 'mismatch' | 'unsupported' | 'empty'>> = {
  mismatch: 'mismatch',
  unsupported: 'unsupported',
  empty: 'empty',
}

/** A fetched file: what it really is decides. Nothing is thrown after it was dropped: that would bring it back. */
const take = (blobs: Blobs): Command =>
  command('materials.take', { ...MAY, args: z.object({ unitId: z.uuid(), uploadId: z.uuid() }) }, async (ctx, args) => {
    const upload = await getUpload(ctx.tx, args.uploadId, ctx.actor.personId)
    const check = checkFile(upload.fileName, await blobs.get(upload.sha256))
    if (check.kind !== 'accepted') {
      await dropDraft(ctx, args)
      return ctx.note(`materials.error.${REFUSED[check.kind]}`, { name: upload.fileName })
    }
    const title = upload.caption ? parseTitle(upload.caption) : null
    await prepare(ctx, { ...args, fileName: check.fileName, ...(title ? { title } : {}) })
  })

const link = command(
  'materials.link',
  { ...MAY, args: z.object({ unitId: z.uuid(), url: z.string(), words: z.string() }) },
  async (ctx, { unitId, url, words }) => {
    const check = checkLink(url)
    if (check.kind === 'refused') throw new AppError(check.code)
    const title = parseTitle(words)
    await prepare(ctx, { unitId, url: check.url, ...(title ? { title } : {}) })
  },
)

const title = command('materials.title', { ...MAY, args: draft.extend({ text: z.string() }) }, async (ctx, args) => {
  const { text, cleared, ...one } = args
  const another = readLink(text)
  if (another) return ctx.redirect('materials.link', { unitId: one.unitId, ...another })
  const typed = parseTitle(text)
  if (!typed) return askTitle(ctx, { ...one, ...(cleared ? { cleared } : {}) }, true)
  // What was said of the file's name says nothing of a title that is new.
  const stillCleared = cleared && findMarking(typed) === null
  await prepare(ctx, { ...one, title: typed, ...(stillCleared ? { cleared: true } : {}) })
})

const meetings = command('materials.meetings', { ...MAY, args: draft }, async (ctx, one) => {
  const upcoming = await listUpcoming(ctx.tx, [one.unitId], ctx.now, MOST_MEETINGS)
  await (upcoming.length === 0 ? sayNoMeeting(ctx, one) : askMeeting(ctx, one, upcoming))
})

const declared = draft.extend({ title: z.string(), meetingId: z.uuid(), push: z.enum(['next_step', 'at_once']) })

const add = command('materials.add', { ...MAY, args: declared }, async (ctx, args) => {
  const { tx, now } = ctx
  const meeting = await getMeeting(tx, args.unitId, args.meetingId)
  if (meeting.state !== 'planned' || meeting.startsAt <= now) return prepare(ctx, { ...args, meetingId: undefined })
  const source = await getSource(ctx, args)
  const same = await findSame(tx, meeting.id, source)
  if (same) return saySame(ctx, same.title, meeting)
  const timing = timingOf(now, args.push, meeting, await readPlan(tx, meeting.id))
  const materialId = await recordMaterial(tx, {
    cellId: args.unitId,
    meetingId: meeting.id,
    title: args.title,
    source,
    push: args.push,
    ...timing,
    addedById: ctx.actor.personId,
    addedAt: now,
  })
  await ctx.undoable('materials.withdraw-do', { unitId: args.unitId, materialId })
  await sayAdded(ctx, args.title, meeting, timing.dueAt)
})

export const whenWords = (at: Date, zone: string) => ({ date: dateIn(at, zone), time: timeIn(at, zone) })

const sayAdded = (ctx: Context, title: string, meeting: Meeting, dueAt: Date): Promise<void> =>
  ctx.note(
    dueAt <= ctx.now ? 'materials.added.now' : 'materials.added.later',
    { title, meeting: meetingWords(meeting), when: whenWords(dueAt, meeting.zone) },
    { choices: [[choice('materials.button.list', 'materials.list', {})]] },
  )

const dropped = z.object({ unitId: z.uuid(), uploadId: z.uuid().optional() })

export const addCommands = (blobs: Blobs): Command[] => [
  take(blobs),
  link,
  command('materials.prepare', { ...MAY, args: draft }, prepare),
  title,
  meetings,
  add,
  command('materials.refuse', { ...MAY, args: dropped }, refuseSecret),
  command('materials.discard', { ...MAY, args: dropped }, async (ctx, one) => {
    await dropDraft(ctx, one)
    await ctx.note('materials.discarded')
  }),
  command('materials.how', { ...MAY, args: z.object({ unitId: z.uuid() }) }, (ctx) =>
    ctx.can.files ? ctx.note('materials.how') : ctx.redirect('page.upload', {}),
  ),
]
