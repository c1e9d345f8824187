import type { Context, NoteChoice } from '../conversation/types.js'
import type { MessageKey } from '../core/message-keys.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import { createChoice } from './create-choice.js'
import { ruleWords } from './describe.js'
import { listSeries } from './series.js'
import { getMeeting, listUpcoming, type Meeting } from './store.js'

/** Six dates fill a small phone's screen. */
const MOST = 6

type Asking = Readonly<{
  command: 'meetings.move' | 'meetings.cancel'
  unitId: string
  meetingId: string | undefined
  /** Carried along to the meeting that is chosen. */
  args: JsonObject
  question: MessageKey
  /** What is offered for a whole series, below the single meetings. */
  series: { label: MessageKey; command: string }
}>

/** The meeting that a command is about; null: there is none, or it was asked which. */
export async function findWanted(ctx: Context, asking: Asking): Promise<Meeting | null> {
  const { unitId, meetingId } = asking
  if (meetingId) return getMeeting(ctx.tx, unitId, meetingId)
  const upcoming = await listUpcoming(ctx.tx, [unitId], ctx.now, MOST)
  const series = await listSeries(ctx.tx, unitId)
  const [only, ...others] = upcoming
  if (only && others.length === 0 && series.length === 0) return only
  if (upcoming.length === 0 && series.length === 0) {
    await ctx.note('meetings.none-to-change', {}, createChoice(unitId))
    return null
  }
  await ctx.note(asking.question, {}, { choices: [...upcoming.map(toChoice(asking)), ...series.map(toWhole(asking))] })
  return null
}

const toChoice =
  ({ command, unitId, args }: Asking) =>
  (meeting: Meeting): NoteChoice[] => [
    {
      label: `meetings.button.one.${meeting.kind}`,
      params: { when: { date: meeting.day, style: 'weekday-day-month' }, time: meeting.time },
      command,
      args: { ...args, unitId, meetingId: meeting.id },
    },
  ]

const toWhole =
  ({ unitId, series }: Asking) =>
  (one: { id: string; rrule: string }): NoteChoice[] => [
    {
      label: series.label,
      params: { rule: ruleWords(one.rrule) },
      command: series.command,
      args: { unitId, scheduleId: one.id },
    },
  ]
