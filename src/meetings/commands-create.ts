import { z } from 'zod'
import { type Context, command, type Interpreter } from '../conversation/types.js'
import { dateIn, type PlainDate, type WallTime, type Zone } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { newId } from '../core/ids.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { unitsOf } from '../organization/permissions.js'
import { tellingWords } from './announce.js'
import { type Cell, existsOn, getCell, type LoadHolidays, lockCell, readDaysOff } from './cell.js'
import { draftArgs, saveArgs } from './commands-series.js'
import { meetingWords } from './describe.js'
import { type Draft, draftSchema, EMPTY, missingPart, readInto } from './draft.js'
import { proposeInstead } from './holidays.js'
import { confirmMeeting } from './messages-confirm.js'
import { parseNotice } from './parse-notice.js'
import { createMeeting, listMeetingsOfMonths } from './plan.js'
import { ask, askWhatToMend, questionFor } from './questions.js'
import { DEFAULT_MINUTES, decideCreate } from './rules.js'
import { findMeeting, listPlaces, type Meeting } from './store.js'

type Whole = Draft & { day: PlainDate; time: WallTime }

const isWhole = (draft: Draft): draft is Whole => missingPart(draft, 'single') === null

/** What is stored of a draft. */
const fieldsOf = (ctx: Context, draft: Whole) => ({
  kind: draft.kind,
  day: draft.day,
  time: draft.time,
  place: draft.place ?? ctx.t('meetings.online-place'),
  agenda: draft.agenda,
  onlineAllowed: draft.online ?? true,
})

/** Refuses what cannot be a meeting of this cell. Returns the cell's other planned meetings of that month. */
async function check(ctx: Context, cell: Cell, draft: Whole): Promise<{ others: Meeting[]; refused: string | null }> {
  if (!existsOn(cell, draft.day))
    throw new AppError('meetings.error.dissolved', {
      date: ctx.t.date(cell.dissolvedOn ?? draft.day, 'day-month-year'),
    })
  const others = (await listMeetingsOfMonths(ctx.tx, cell.id, [draft.day])).filter((one) => one.state === 'planned')
  const decision = decideCreate({ ...draft, zone: cell.zone }, { now: ctx.now, others })
  return { others, refused: decision.kind === 'refused' ? decision.code : null }
}

/** The day or hour cannot be: says why and asks for another. */
const askAnew = async (ctx: Context, unitId: string, draft: Whole, code: string): Promise<void> =>
  ask(
    ctx,
    'meetings.create',
    unitId,
    { ...draft, day: null, time: null },
    { part: 'day', key: code as 'meetings.parse.refused.past', params: {}, options: [] },
  )

async function confirm(ctx: Context, draft: Whole, unitId: string, notice: boolean, load: LoadHolidays) {
  const cell = await getCell(ctx.tx, unitId)
  const { others, refused } = await check(ctx, cell, draft)
  if (refused) return askAnew(ctx, unitId, draft, refused)
  const { nameOf, isOff } = await readDaysOff(ctx.tx, load)
  const holiday = nameOf(draft.day)
  const earliest = dateIn(ctx.now, cell.zone)
  const around = holiday ? proposeInstead(draft.day, { keepWeekday: false, earliest, isOff }) : null
  const sameKind = others.filter((one) => one.kind === draft.kind)
  const double = sameKind.find((one) => one.day === draft.day && one.startsAt > ctx.now)
  const another = draft.kind === 'regular' && !double ? sameKind[0] : undefined
  await ctx.say(confirmMeeting, {
    unitId,
    draft,
    key: newId(),
    ...fieldsOf(ctx, draft),
    notice,
    holiday,
    instead: [around?.before, around?.after].filter((day) => day !== null && day !== undefined),
    double: double ? { meetingId: double.id, revision: double.revision, time: double.time } : null,
    another: another ? { day: another.day, time: another.time } : null,
  })
}

async function save(ctx: Context, draft: Whole, unitId: string, key: string): Promise<void> {
  const cell = await lockCell(ctx.tx, unitId)
  const standing = await findMeeting(ctx.tx, key)
  if (standing) return sayDone(ctx, standing, 'meetings.created.already')
  const { refused } = await check(ctx, cell, draft)
  if (refused) return askAnew(ctx, unitId, draft, refused)
  const { meeting, told } = await createMeeting(ctx.tx, ctx.now, {
    ...fieldsOf(ctx, draft),
    id: key,
    cellId: cell.id,
    scheduleId: null,
    occurrenceOn: draft.day,
    zone: cell.zone,
    durationMinutes: draft.durationMinutes ?? DEFAULT_MINUTES[draft.kind],
    createdBy: ctx.actor.personId,
  })
  await sayDone(ctx, meeting, 'meetings.created.done', tellingWords(told, ctx.now, cell.zone))
}

const sayDone = (
  ctx: Context,
  meeting: Meeting,
  key: 'meetings.created.done' | 'meetings.created.already',
  telling: JsonObject = {},
) =>
  ctx.note(
    key,
    { ...meetingWords(meeting), telling },
    { choices: [[{ label: 'meetings.button.next', command: 'meetings.next', args: {} }]] },
  )

export const createCommands = (load: LoadHolidays) => [
  command(
    'meetings.create',
    {
      args: draftArgs,
      scope: 'unit',
      permission: 'meeting.plan',
      slash: ['taohop', 'meeting'],
      words: ['tạo họp', 'tạo buổi họp', 'tạo cuộc họp', 'thêm buổi họp', 'new meeting'],
      takesText: true,
    },
    async (ctx, { unitId, text, asked, draft = EMPTY, mend }) => {
      if (mend) return askWhatToMend(ctx, 'meetings.create', unitId, draft)
      const cell = await getCell(ctx.tx, unitId)
      const today = dateIn(ctx.now, cell.zone)
      const read = text ? readInto(draft, text, asked ?? null, { kind: 'single', today }) : null
      const next = read?.draft ?? draft
      if (isWhole(next)) return confirm(ctx, next, unitId, false, load)
      const part = missingPart(next, 'single') ?? 'day'
      const places = await listPlaces(ctx.tx, unitId)
      await ask(ctx, 'meetings.create', unitId, next, questionFor(part, next, read, 'single', { places, days: [] }))
    },
  ),

  command(
    'meetings.create-save',
    { args: saveArgs, scope: 'unit', permission: 'meeting.plan' },
    async (ctx, { unitId, draft, key }) => {
      if (!isWhole(draft)) throw new AppError('conversation.error.outdated')
      await save(ctx, draft, unitId, key)
    },
  ),

  command(
    'meetings.notice',
    { args: z.object({ unitId: z.string(), draft: draftSchema }), scope: 'unit', permission: 'meeting.plan' },
    async (ctx, { unitId, draft }) => {
      if (isWhole(draft)) return confirm(ctx, draft, unitId, true, load)
      await ctx.note(
        'meetings.confirm.notice-part',
        {},
        {
          choices: [
            [
              { label: 'meetings.button.create', command: 'meetings.create', args: { unitId, draft } },
              { label: 'meetings.button.no', command: 'meetings.dismiss', args: {} },
            ],
          ],
        },
      )
    },
  ),

  command('meetings.dismiss', { args: z.object({}), scope: 'self', permission: 'self' }, (ctx) =>
    ctx.note('meetings.dismissed'),
  ),
]

/** A pasted invitation, from somebody who may plan; for others it is text like any other. */
export const noticeInterpreter = (zone: Zone): Interpreter => ({
  name: 'meetings.notice',
  interpret: async (text, { now, people }) => {
    if (!people.some((one) => unitsOf(one.roles, 'meeting.plan').length > 0)) return null
    const found = parseNotice(text, dateIn(now, zone))
    if (!found) return null
    const { day, place, online, agenda, durationMinutes, kind, time } = found
    const known = { ...EMPTY, day, place, online, agenda, durationMinutes, kind }
    const draft: Draft = {
      ...known,
      time: time?.kind === 'clear' ? time.time : null,
      either: time?.kind === 'ambiguous' ? [time.am, time.pm] : null,
    }
    return { command: 'meetings.notice', args: { draft } }
  },
})
