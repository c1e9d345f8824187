import { z } from 'zod'
import type { RoomDeps } from '../conversation/room.js'
import { type Command, type Context, command, type MenuEntry } from '../conversation/types.js'
import { dateIn, fromDateColumn, toDateColumn } from '../core/dates.js'
import { setLocale } from '../messaging/chats.js'
import { inviteEach } from './invitations.js'
import { listLeaders, listSubordinates } from './invitations-store.js'
import { identifyFor, refreshMenu, tellLeaders, todayColumn } from './linking.js'
import { CONSENT_VERSION } from './linking-rules.js'
import {
  describePerson,
  endLinks,
  listLinks,
  listWays,
  recordConsent,
  recordPreference,
  setContact,
  withdrawInvitations,
} from './linking-store.js'
import { ownCode, unitList } from './messages.js'
import { record } from './messages-record.js'
import { pageOf } from './paging.js'
import { listPersonalText, namesOf } from './people.js'
import { isPermittedEverywhere, unitsOf } from './permissions.js'
import { getUnitOn } from './units.js'

const ANSWERS = 5
const MARKS = 3
const UNITS_A_PAGE = 12

async function showRecord(ctx: Context, deps: RoomDeps): Promise<void> {
  const { tx, now, actor } = ctx
  const { personId } = actor
  const person = await describePerson(tx, personId, todayColumn(deps, now))
  const [personal] = await listPersonalText(tx, [personId])
  const consent = await tx.consent.findFirst({ where: { personId, decision: 'given' }, orderBy: { at: 'desc' } })
  const answers = await tx.answer.findMany({
    where: { personId },
    include: { meeting: { select: { day: true } } },
    orderBy: { answeredAt: 'desc' },
    take: ANSWERS,
  })
  const marks = await tx.rollCallMark.findMany({
    where: { personId, rollCall: { confirmedAt: { not: null } } },
    include: { rollCall: { select: { meeting: { select: { day: true } } } } },
    orderBy: { rollCall: { meeting: { startsAt: 'desc' } } },
    take: MARKS,
  })
  const ways = await listWays(tx, now, personId)
  await ctx.say(record, {
    name: actor.fullName,
    cells: (person?.cells ?? []).map(({ name, section, kind }) => ({ name, section, temporary: kind === 'temporary' })),
    roles: [...(person?.roles ?? [])],
    birth: personal?.birthDate ? fromDateColumn(personal.birthDate) : (personal?.birthYear ?? null),
    phone: personal?.phone ?? null,
    phones: (await listLinks(tx, personId)).length,
    ways: ways.map((one) => one.platform),
    mayPrefer: ways.length > 1 && ways[0]?.chatId !== ctx.chat.id,
    consentOn: consent ? dateIn(consent.at, deps.zone) : null,
    consentOld: consent !== null && consent.textVersion < CONSENT_VERSION,
    answers: answers.map((one) => ({ day: fromDateColumn(one.meeting.day), state: one.state })),
    marks: marks.map((one) => ({ day: fromDateColumn(one.rollCall.meeting.day), state: one.state })),
  })
}

async function withdrawConsent(ctx: Context, deps: RoomDeps): Promise<void> {
  const { tx, now, actor } = ctx
  const { personId, fullName } = actor
  const chats = (await listLinks(tx, personId)).map((one) => one.chatId)
  await endLinks(tx, now, personId)
  await withdrawInvitations(tx, now, personId)
  await setContact(tx, personId, 'direct')
  await tx.mute.deleteMany({ where: { personId } })
  for (const forget of deps.forgets()) await forget(tx, now, personId)
  await recordConsent(tx, {
    personId,
    chatId: ctx.chat.id,
    decision: 'withdrawn',
    textVersion: CONSENT_VERSION,
    locale: ctx.t.locale,
    at: now,
  })
  await tellLeaders(ctx, deps, 'withdrawn', actor)
  for (const chatId of chats) await refreshMenu(tx, now, chatId, deps, identifyFor(deps))
  await ctx.note('organization.withdraw.done', { name: fullName })
}

const askWithdraw = (ctx: Context): Promise<void> =>
  ctx.note(
    'organization.withdraw.ask',
    { name: ctx.actor.fullName },
    {
      choices: [
        [
          { label: 'organization.withdraw.yes', command: 'link.withdraw', args: { sure: true } },
          { label: 'organization.withdraw.no', command: 'person.show', args: {} },
        ],
        [{ label: 'organization.person.notes', command: 'notes.list', args: {} }],
      ],
    },
  )

async function tellHowToCorrect(ctx: Context, deps: RoomDeps): Promise<void> {
  const leaders = await listLeaders(ctx.tx, ctx.actor.personId, todayColumn(deps, ctx.now))
  const names = [...(await namesOf(ctx.tx, leaders)).values()].join(', ')
  const fallback = { key: `organization.person.${ctx.actor.cellIds.length > 0 ? 'secretary' : 'administrator'}` }
  await ctx.note(
    'organization.person.how-to-correct',
    {
      who: names ? { key: 'organization.person.named', params: { names } } : fallback,
    },
    { choices: [[{ label: 'organization.menu.person', command: 'person.show', args: {} }]] },
  )
}

/** One's own code for a second phone: no need to trouble the secretary. */
async function showOwnCode(ctx: Context, deps: RoomDeps): Promise<void> {
  const { personId, fullName } = ctx.actor
  const live = await inviteEach(ctx.tx, ctx.now, [personId], personId, deps.codeKey)
  const invitation = live.get(personId)
  if (!invitation) return
  const until = dateIn(invitation.expiresAt, deps.zone)
  await ctx.say(ownCode, { name: fullName, invitationId: invitation.id, until })
}

const language = z.object({ locale: z.enum(['vi', 'en']).optional() })

const askLanguage = (ctx: Context, name: string): Promise<void> =>
  ctx.note(
    'organization.language.ask',
    {},
    {
      choices: [
        (['vi', 'en'] as const).map((locale) => ({
          label: `organization.language.${locale}` as const,
          command: name,
          args: { locale },
        })),
      ],
    },
  )

/** The chat's own language is that of whoever is not linked yet, and of its command list. */
async function setChatLanguage(ctx: Context, deps: RoomDeps, locale: string): Promise<void> {
  await setLocale(ctx.tx, ctx.chat.id, locale)
  await refreshMenu(ctx.tx, ctx.now, ctx.chat.id, deps, identifyFor(deps))
}

async function setMyLanguage(ctx: Context, deps: RoomDeps, locale: string): Promise<void> {
  const { tx, actor } = ctx
  await tx.person.update({ where: { id: actor.personId }, data: { locale } })
  if (ctx.people.length <= 1) await setChatLanguage(ctx, deps, locale)
  for (const { chatId } of await listLinks(tx, actor.personId))
    if (chatId !== ctx.chat.id && (await identifyFor(deps)(tx, chatId, ctx.now)).length === 1) {
      await setLocale(tx, chatId, locale)
      await refreshMenu(tx, ctx.now, chatId, deps, identifyFor(deps))
    }
  await ctx.note('organization.language.done')
}

async function showUnits(ctx: Context, unitId: string, wanted: number): Promise<void> {
  const found = await ctx.tx.unit.findUniqueOrThrow({ where: { id: unitId } })
  const today = dateIn(ctx.now, found.zone)
  const unit = await getUnitOn(ctx.tx, unitId, today)
  const all = await listSubordinates(ctx.tx, unitId, toDateColumn(today))
  await ctx.say(unitList, { unitId, unit: unit.name, ...pageOf(all, wanted, UNITS_A_PAGE) })
}

/** A member's own record and settings, and a committee's view of its units. */
export const recordCommands = (deps: RoomDeps): Command[] => [
  command(
    'person.show',
    {
      args: z.object({}),
      scope: 'self',
      permission: 'self',
      slash: ['canhan', 'me'],
      words: ['cá nhân', 'thông tin của tôi', 'hồ sơ của tôi', 'my record'],
    },
    (ctx) => showRecord(ctx, deps),
  ),
  command('person.correct', { args: z.object({}), scope: 'self', permission: 'self' }, (ctx) =>
    tellHowToCorrect(ctx, deps),
  ),
  command('link.prefer', { args: z.object({}), scope: 'self', permission: 'self' }, async (ctx) => {
    await recordPreference(ctx.tx, ctx.now, ctx.actor.personId, ctx.chat.id)
    await ctx.note('organization.person.preferred', { name: ctx.actor.fullName })
  }),
  command('link.another', { args: z.object({}), scope: 'self', permission: 'self' }, (ctx) => showOwnCode(ctx, deps)),
  command(
    'link.withdraw',
    {
      args: z.object({ sure: z.boolean().optional() }),
      scope: 'self',
      permission: 'self',
      words: ['rút lại sự đồng ý', 'hủy liên kết', 'withdraw consent'],
    },
    (ctx, { sure }) => (sure ? withdrawConsent(ctx, deps) : askWithdraw(ctx)),
  ),
  command(
    'language.choose',
    {
      args: language,
      scope: 'anyone',
      permission: 'self',
      slash: ['ngonngu', 'language'],
      words: ['ngôn ngữ', 'đổi ngôn ngữ'],
    },
    async (ctx, { locale }) => {
      if (ctx.people.length > 0)
        return ctx.redirect('language.mine', {
          ...(locale ? { locale } : {}),
          as: ctx.people.length === 1 ? ctx.actor.personId : '',
        })
      if (!locale) return askLanguage(ctx, 'language.choose')
      await setChatLanguage(ctx, deps, locale)
      await ctx.note('organization.language.done')
      await ctx.redirect('link.start', {})
    },
  ),
  command('language.mine', { args: language, scope: 'self', permission: 'self' }, (ctx, { locale }) =>
    locale ? setMyLanguage(ctx, deps, locale) : askLanguage(ctx, 'language.mine'),
  ),
  command(
    'unit.list',
    {
      args: z.object({ unitId: z.uuid(), page: z.int().optional() }),
      scope: 'unit',
      permission: 'report.see',
      slash: ['donvi', 'units'],
      words: ['đơn vị', 'các đơn vị'],
    },
    (ctx, { unitId, page }) => showUnits(ctx, unitId, page ?? 1),
  ),
]

export const recordMenu: readonly MenuEntry[] = [
  { command: 'person.show', label: 'organization.menu.person', rank: async () => 15 },
  { command: 'language.choose', label: 'organization.menu.language', rank: async () => 5 },
  {
    command: 'unit.list',
    label: 'organization.menu.units',
    rank: async ({ actor }) =>
      unitsOf(actor.roles, 'report.see').length > 0 || isPermittedEverywhere(actor.roles, 'report.see') ? 35 : null,
  },
]
