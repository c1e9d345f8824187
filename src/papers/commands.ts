import { z } from 'zod'
import { requestPaper } from '../conversation/printing.js'
import { type Command, type Context, command, type NoteChoice } from '../conversation/types.js'
import { yearOf } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { titleWords } from '../meetings/describe.js'
import { getMeeting, type Meeting } from '../meetings/store.js'
import { findConfirmed } from './facts.js'
import { PAPER_NAMES } from './layouts.js'
import { findHeldIn, findReopened, listHeld } from './store.js'
import { TABLE_FORMS, tablePaperName } from './year-papers.js'

const MAKES = { scope: 'unit', permission: 'paper.make' } as const
const place = { unitId: z.uuid(), meetingId: z.uuid() }

/** Two of a kind may fall into one month: the day tells them apart. */
const named = (meeting: Meeting) => ({
  meeting: titleWords(meeting),
  day: { date: meeting.day, style: 'day-month' },
})

/** The one that is shown and those that are offered below it. */
const MOST = 4

async function getHeld(ctx: Context, unitId: string, meetingId: string): Promise<Meeting> {
  const meeting = await getMeeting(ctx.tx, unitId, meetingId)
  if (meeting.state === 'cancelled') throw new AppError('papers.error.cancelled')
  if (!(await findConfirmed(ctx.tx, meeting))) throw new AppError('papers.error.unconfirmed')
  return meeting
}

const another = (one: Meeting): NoteChoice[] => [
  {
    label: 'papers.button.meeting',
    params: named(one),
    command: 'papers.open',
    args: { unitId: one.cellId, meetingId: one.id },
  },
]

const toRollCall = (unitId: string, meetingId?: string): NoteChoice[] => [
  { label: 'papers.button.roll-call', command: 'rollcall.open', args: { unitId, ...(meetingId ? { meetingId } : {}) } },
]

async function show(ctx: Context, { unitId, meetingId }: { unitId: string; meetingId?: string | undefined }) {
  const held = await listHeld(ctx.tx, unitId, MOST)
  const reopened = meetingId ? null : await findReopened(ctx.tx, unitId)
  if (reopened) {
    const choices = [toRollCall(unitId, reopened.id), ...held.map(another)]
    return ctx.note('papers.reopened', named(reopened), { choices })
  }
  const meeting = meetingId ? await getHeld(ctx, unitId, meetingId) : held[0]
  if (!meeting) return ctx.note('papers.none', {}, { choices: [toRollCall(unitId)] })
  const args = { unitId, meetingId: meeting.id }
  const paper = (name: (typeof PAPER_NAMES)[number]): NoteChoice[] => [
    { label: `papers.button.${name}`, command: 'papers.make', args: { ...args, paper: name } },
  ]
  const year = yearOf(meeting.day)
  const before = await findHeldIn(ctx.tx, unitId, year - 1)
  const table = (form: (typeof TABLE_FORMS)[number], of: number, id: string): NoteChoice[] => [
    {
      label: `papers.button.${form}`,
      params: { year: of },
      command: 'papers.table',
      args: { unitId, meetingId: id, form },
    },
  ]
  await ctx.note('papers.which', named(meeting), {
    choices: [
      ...PAPER_NAMES.map(paper),
      ...TABLE_FORMS.map((form) => table(form, year, meeting.id)),
      ...(before ? [table('xlsx', year - 1, before.id)] : []),
      ...held.filter((one) => one.id !== meeting.id).map(another),
    ],
  })
}

type Wanted = Readonly<{ paper: string; unitId: string; subjectId?: string }>

/** Asked for in this chat, and said so. */
export async function ask(ctx: Context, wanted: Wanted): Promise<void> {
  await requestPaper(ctx.tx, ctx.now, { ...wanted, personId: ctx.actor.personId, chatId: ctx.chat.id })
  await ctx.note('papers.coming', {}, { fresh: true })
}

export const paperCommands: Command[] = [
  command(
    'papers.open',
    {
      ...MAKES,
      args: z.object({ ...place, meetingId: z.uuid().optional() }),
      slash: ['giayto', 'papers'],
      words: ['giấy tờ', 'biên bản', 'báo cáo sau họp', 'meeting papers'],
    },
    (ctx, args) => show(ctx, args),
  ),
  command(
    'papers.make',
    { ...MAKES, args: z.object({ ...place, paper: z.enum(PAPER_NAMES) }) },
    async (ctx, { unitId, meetingId, paper }) => {
      await getHeld(ctx, unitId, meetingId)
      await ask(ctx, { paper, unitId, subjectId: meetingId })
    },
  ),
  command(
    'papers.table',
    { ...MAKES, args: z.object({ ...place, form: z.enum(TABLE_FORMS) }) },
    async (ctx, { unitId, meetingId, form }) => {
      await getMeeting(ctx.tx, unitId, meetingId)
      await ask(ctx, { paper: tablePaperName(form), unitId, subjectId: meetingId })
    },
  ),
]
