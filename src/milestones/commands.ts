import { z } from 'zod'
import { type CommandHint, type Context, command, type MenuEntry } from '../conversation/types.js'
import { DAY, type PlainDate, parsePlainDate } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { todayOf } from '../meetings/cell.js'
import { withdraw } from '../messaging/outbox.js'
import { unitsOf } from '../organization/permissions.js'
import { chooseMember, confirmDecision } from './messages.js'
import { parseDecision } from './parse-decision.js'
import { type Decision, type Joined, probationEnds, type Refusal, refuseChange, refuseDecision } from './rules.js'
import { findMember, listChangeable, lockPerson, type Member, recordDecision } from './store.js'

const scope = { scope: 'unit', permission: 'standing.change' } as const

/** A slip in a decision is noticed within weeks; later its member is no longer offered, and may still be asked for. */
const MENDED_WITHIN = 90 * DAY

async function getMember(ctx: Context, unitId: string, personId: string, today: PlainDate): Promise<Member> {
  const member = await findMember(ctx.tx, unitId, personId, today)
  if (!member) throw new AppError('milestones.error.not-here')
  return member
}

/** The sentence of a refusal, with the day that explains it. */
const refuse = (code: Refusal, person: Joined): AppError =>
  new AppError(code, { day: probationEnds(person.admittedOn).split('-').reverse().join('/') })

const shownOf = ({ personId, fullName, admittedOn, fullOn }: Member, today: PlainDate) => ({
  personId,
  name: fullName,
  admittedOn,
  ends: probationEnds(admittedOn),
  fullOn,
  early: fullOn === null && probationEnds(admittedOn) > today,
})

async function choose(ctx: Context, unitId: string, today: PlainDate): Promise<void> {
  const since = new Date(ctx.now.getTime() - MENDED_WITHIN)
  const members = await listChangeable(ctx.tx, unitId, today, since)
  if (members.length === 0) return ctx.note('milestones.choose.none')
  await ctx.say(chooseMember, { unitId, members: members.map((one) => shownOf(one, today)) })
}

async function ask(ctx: Context, unitId: string, member: Member): Promise<void> {
  await ctx.note('milestones.ask', {
    name: member.fullName,
    day: { date: probationEnds(member.admittedOn), style: 'day-month-year' },
  })
  await ctx.expect('standing.enter', { unitId, personId: member.personId })
}

/** Another line is waited for, so that a slip is mended by writing again. */
async function again(ctx: Context, unitId: string, member: Member, key: Parameters<Context['note']>[0]) {
  const day = { date: probationEnds(member.admittedOn), style: 'day-month-year' }
  await ctx.note(key, { day })
  await ctx.expect('standing.enter', { unitId, personId: member.personId })
}

async function readTyped(ctx: Context, unitId: string, member: Member, text: string): Promise<void> {
  const read = parseDecision(text)
  if (!read.ok) return again(ctx, unitId, member, read.code)
  const { number, decidedOn } = read
  const decision: Decision = { number, decidedOn, fullOn: read.fullOn ?? probationEnds(member.admittedOn) }
  const refused = refuseDecision(member, decision, await todayOf(ctx, unitId))
  if (refused) return again(ctx, unitId, member, refused)
  const { personId, fullName } = member
  await ctx.say(confirmDecision, { unitId, personId, name: fullName, after: member.decision?.id ?? null, ...decision })
}

const plainDay = z.string().transform((text, issue) => {
  const day = parsePlainDate(text)
  if (!day) issue.addIssue({ code: 'custom', message: 'not a day' })
  return day as PlainDate
})

const saveArgs = z.object({
  unitId: z.string(),
  personId: z.string(),
  after: z.string().nullable(),
  number: z.string(),
  decidedOn: plainDay,
  fullOn: plainDay,
})

const isSame = (a: Decision | null, b: Decision): boolean =>
  a !== null && a.number === b.number && a.decidedOn === b.decidedOn && a.fullOn === b.fullOn

async function save(ctx: Context, args: z.infer<typeof saveArgs>): Promise<void> {
  const { unitId, personId, after, number, decidedOn, fullOn } = args
  const decision = { number, decidedOn, fullOn }
  await lockPerson(ctx.tx, personId)
  const today = await todayOf(ctx, unitId)
  const member = await getMember(ctx, unitId, personId, today)
  // A second tap, or a second phone with the same words: it stands already.
  if (!isSame(member.decision, decision)) {
    if ((member.decision?.id ?? null) !== after) throw new AppError('conversation.error.outdated')
    const refused = refuseChange(member, member.decision !== null, today) ?? refuseDecision(member, decision, today)
    if (refused) throw refuse(refused, member)
    await recordDecision(ctx.tx, ctx.now, { ...decision, personId, cellId: unitId, byId: ctx.actor.personId })
    await withdraw(ctx.tx, ctx.now, { subject: personId, kinds: ['milestones.told'] })
  }
  const style = 'day-month-year'
  await ctx.note(
    'milestones.saved',
    { name: member.fullName, number, decided: { date: decidedOn, style }, full: { date: fullOn, style } },
    { choices: [[{ label: 'milestones.button.change', command: 'standing.enter', args: { unitId, personId } }]] },
  )
}

export const standingCommands = [
  command(
    'standing.enter',
    {
      args: z.object({ unitId: z.string(), personId: z.string().optional(), text: z.string().optional() }),
      ...scope,
      slash: ['chinhthuc', 'fullmember'],
      words: ['chính thức', 'công nhận chính thức', 'đảng viên chính thức', 'full member'],
    },
    async (ctx, { unitId, personId, text }) => {
      const today = await todayOf(ctx, unitId)
      if (!personId) return choose(ctx, unitId, today)
      const member = await getMember(ctx, unitId, personId, today)
      const refused = refuseChange(member, member.decision !== null, today)
      if (refused) throw refuse(refused, member)
      await (text ? readTyped(ctx, unitId, member, text) : ask(ctx, unitId, member))
    },
  ),
  command('standing.save', { args: saveArgs, ...scope }, save),
]

/** Offered where somebody's year is over. */
async function rankStanding({ tx, now, actor }: Parameters<MenuEntry['rank']>[0]): Promise<number | null> {
  const [unitId] = unitsOf(actor.roles, 'standing.change')
  if (!unitId) return null
  const today = await todayOf({ tx, now }, unitId)
  const members = await listChangeable(tx, unitId, today, now)
  return members.some((one) => one.fullOn === null && probationEnds(one.admittedOn) <= today) ? 40 : null
}

export const standingMenu: MenuEntry[] = [
  { command: 'standing.enter', label: 'milestones.menu.enter', rank: rankStanding },
]

export const standingHints: CommandHint[] = [
  { slash: { vi: 'chinhthuc', en: 'fullmember' }, description: 'milestones.hint.enter', for: ['secretary', 'deputy'] },
]
