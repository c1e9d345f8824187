import { z } from 'zod'
import { note } from '../conversation/messages.js'
import type { RoomDeps } from '../conversation/room.js'
import { type Command, type Context, command, type JsonObject } from '../conversation/types.js'
import { DAY } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { parseCode } from './codes.js'
import { identifyFor, placeOf, readCode, refreshMenu, tellLeaders, todayColumn } from './linking.js'
import { CONSENT_VERSION, judgeCode } from './linking-rules.js'
import {
  type Described,
  describePerson,
  listLinks,
  recordConsent,
  setContact,
  startLink,
  useInvitation,
  withdrawInvitation,
  withdrawInvitations,
} from './linking-store.js'

/** What the buttons of the way in carry, so that a restart in the middle loses nothing. */
const step = z.object({ invitationId: z.uuid(), version: z.int() })

/** The invitation of a step, looked at again: weeks may lie between two taps. */
async function getLive(ctx: Context, deps: RoomDeps, invitationId: string) {
  const invitation = await ctx.tx.invitation.findUnique({ where: { id: invitationId } })
  const person = invitation ? await describePerson(ctx.tx, invitation.personId, todayColumn(deps, ctx.now)) : null
  const active = person !== null && person.cells.length + person.roles.length > 0
  if (!invitation || !person || judgeCode(invitation, active, ctx.now) !== 'good')
    throw new AppError('organization.error.stale')
  return { invitation, person }
}

const languageChoices = (['vi', 'en'] as const).map((locale) => ({
  label: `organization.language.${locale}` as const,
  command: 'language.choose',
  args: { locale },
}))

async function presentCode(ctx: Context, deps: RoomDeps, text: string): Promise<void> {
  const good = await readCode(ctx, deps, text)
  if (!good) return
  const args = { invitationId: good.invitationId, version: CONSENT_VERSION }
  await ctx.note(
    `organization.consent.v${CONSENT_VERSION}`,
    {},
    {
      choices: [
        [
          { label: 'organization.consent.agree', command: 'link.consent', args: { ...args, agree: true } },
          { label: 'organization.consent.decline', command: 'link.consent', args: { ...args, agree: false } },
        ],
      ],
    },
  )
}

async function start(ctx: Context): Promise<void> {
  if (ctx.people.length === 0) return ctx.note('organization.start.hello', {}, { choices: [languageChoices] })
  const name = ctx.people.map((one) => one.fullName).join(', ')
  await ctx.note('organization.start.again', { name })
  await ctx.redirect('menu.open', { as: ctx.people.length === 1 ? ctx.actor.personId : '' })
}

/** Asked before anything is stored of whoever holds the code: they may have somebody else's slip. */
function askIdentity(ctx: Context, person: Described, args: JsonObject): Promise<void> {
  const others = ctx.people.map((one) => one.fullName).join(', ')
  const shared = others !== ''
  const params = { name: person.fullName, place: placeOf(person) }
  return ctx.note(
    shared ? 'organization.confirm.ask-shared' : 'organization.confirm.ask',
    shared ? { ...params, others } : params,
    {
      choices: [
        [
          {
            label: shared ? 'organization.confirm.yes-shared' : 'organization.confirm.yes',
            command: 'link.confirm',
            args: { ...args, me: true },
          },
          { label: 'organization.confirm.no', command: 'link.confirm', args: { ...args, me: false } },
        ],
      ],
    },
  )
}

/** The code stays good: a mind may change, and whoever holds somebody else's slip decides nothing for them. */
async function decline(ctx: Context, deps: RoomDeps, person: Described, version: number): Promise<void> {
  await recordConsent(ctx.tx, {
    personId: person.personId,
    chatId: ctx.chat.id,
    decision: 'declined',
    textVersion: version,
    locale: ctx.t.locale,
    at: ctx.now,
  })
  if ((await listLinks(ctx.tx, person.personId)).length === 0) {
    await setContact(ctx.tx, person.personId, 'direct')
    await tellLeaders(ctx, deps, 'declined', person)
  }
  await ctx.note('organization.consent.declined')
}

const confirmArgs = step.extend({ agreedAt: z.iso.datetime(), locale: z.string(), me: z.boolean() })

async function notMe(ctx: Context, deps: RoomDeps, invitationId: string): Promise<void> {
  const { invitation, person } = await getLive(ctx, deps, invitationId)
  await withdrawInvitation(ctx.tx, ctx.now, invitationId)
  await tellLeaders(ctx, deps, 'astray', { ...person, createdBy: invitation.createdBy })
  await ctx.note('organization.confirm.not-me')
}

/** A phone that was linked before hears of the new one: a stolen slip does not stay unnoticed. */
const tellOtherPhones = (ctx: Context, person: Described, chatIds: readonly string[]) =>
  enqueue(
    ctx.tx,
    ctx.now,
    chatIds.map((chatId) =>
      outgoing(
        note,
        { key: 'organization.linked.elsewhere', params: { name: person.fullName }, choices: [] },
        {
          causeKey: `linked:${ctx.updateId}:${chatId}`,
          chatId,
          personId: person.personId,
          priority: PRIORITY.notice,
          expiresAt: new Date(ctx.now.getTime() + 7 * DAY),
        },
      ),
    ),
  )

async function link(ctx: Context, deps: RoomDeps, args: z.infer<typeof confirmArgs>): Promise<void> {
  const { person } = await getLive(ctx, deps, args.invitationId)
  const { tx, now, chat } = ctx
  if (!(await useInvitation(tx, now, args.invitationId, chat.id))) throw new AppError('organization.error.stale')
  await recordConsent(tx, {
    personId: person.personId,
    chatId: chat.id,
    decision: 'given',
    textVersion: args.version,
    locale: args.locale,
    at: new Date(args.agreedAt),
  })
  await withdrawInvitations(tx, now, person.personId)
  const others = (await listLinks(tx, person.personId)).map((one) => one.chatId)
  if (!others.includes(chat.id)) await startLink(tx, now, person.personId, chat.id)
  await tellOtherPhones(
    ctx,
    person,
    others.filter((id) => id !== chat.id),
  )
  await refreshMenu(tx, now, chat.id, deps, identifyFor(deps))
  const welcome = { name: person.fullName, place: placeOf(person) }
  await ctx.note('organization.linked.welcome', welcome, { personId: person.personId })
  await ctx.redirect(person.cells.length > 0 ? 'meetings.next' : 'menu.open', { as: person.personId })
}

/** How people come in: a code, what is stored and why, consent, who they are. */
export const linkingCommands = (deps: RoomDeps): Command[] => [
  command(
    'link.start',
    {
      args: z.object({ code: z.string().optional(), text: z.string().optional() }),
      scope: 'anyone',
      permission: 'self',
      slash: ['batdau', 'start'],
      words: ['bắt đầu'],
      takesText: true,
    },
    (ctx, { code, text }) => {
      const given = code ?? text ?? ''
      // The square on the wall of a meeting opens the chat with its code.
      const checkIn = /^here(\d{4})$/.exec(given)?.[1]
      if (checkIn) return ctx.redirect('checkin.enter', { code: checkIn })
      return parseCode(given) ? presentCode(ctx, deps, given) : start(ctx)
    },
  ),
  command('link.code', { args: z.object({ text: z.string() }), scope: 'anyone', permission: 'self' }, (ctx, { text }) =>
    presentCode(ctx, deps, text),
  ),
  command(
    'link.consent',
    { args: step.extend({ agree: z.boolean() }), scope: 'anyone', permission: 'self' },
    async (ctx, { invitationId, version, agree }) => {
      const { person } = await getLive(ctx, deps, invitationId)
      if (!agree) return decline(ctx, deps, person, version)
      const agreed = { agreedAt: ctx.now.toISOString(), locale: ctx.t.locale }
      return askIdentity(ctx, person, { invitationId, version, ...agreed })
    },
  ),
  command('link.confirm', { args: confirmArgs, scope: 'anyone', permission: 'self' }, (ctx, args) =>
    args.me ? link(ctx, deps, args) : notMe(ctx, deps, args.invitationId),
  ),
]
