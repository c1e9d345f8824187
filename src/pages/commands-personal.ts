import { z } from 'zod'
import type { RoomDeps } from '../conversation/room.js'
import { type Command, type Context, command } from '../conversation/types.js'
import { dateIn, toDateColumn } from '../core/dates.js'
import { AppError } from '../core/errors.js'
import type { Unit } from '../database/generated/client.js'
import { toInvite } from '../organization/invitations.js'
import { type Invitee, listInvitees } from '../organization/invitations-store.js'
import { pageOf } from '../organization/paging.js'
import { getUnitOn } from '../organization/units.js'
import { personalLink, personalList } from './messages.js'
import { offerPage } from './offer.js'
import { endPages, listLive, openPersonalPages } from './personal.js'

/** One glance on a small phone. */
const NAMES_A_PAGE = 8

const RIGHTS = { scope: 'unit', permission: 'member.invite' } as const

async function listMembers(ctx: Context, unitId: string): Promise<{ unit: Unit; members: Invitee[] }> {
  const { zone } = await ctx.tx.unit.findUniqueOrThrow({ where: { id: unitId } })
  const today = dateIn(ctx.now, zone)
  const unit = await getUnitOn(ctx.tx, unitId, today)
  return { unit, members: await listInvitees(ctx.tx, { unitId, day: toDateColumn(today) }) }
}

/** Somebody of that unit today: an old button may speak of somebody who was transferred. */
async function getMember(ctx: Context, unitId: string, personId: string): Promise<Invitee> {
  const { members } = await listMembers(ctx, unitId)
  const found = members.find((one) => one.personId === personId)
  if (!found) throw new AppError('pages.error.not-here')
  return found
}

async function showList(ctx: Context, unitId: string, wanted: number): Promise<void> {
  const { unit, members } = await listMembers(ctx, unitId)
  // Who has no chat yet first: it is for them.
  const sorted = [...members].sort((a, b) => Number(a.linked) - Number(b.linked))
  const { rows, page, pages } = pageOf(sorted, wanted, NAMES_A_PAGE)
  const live = await listLive(
    ctx.tx,
    ctx.now,
    members.map((one) => one.personId),
  )
  const has = (personId: string) => live.some((one) => one.personId === personId)
  await ctx.say(personalList, {
    unitId,
    unit: unit.name,
    page,
    pages,
    without: toInvite(members).filter((one) => !has(one.personId)).length,
    rows: rows.map(({ personId, fullName }) => ({ personId, name: fullName, has: has(personId) })),
  })
}

async function showOne(ctx: Context, deps: RoomDeps, unitId: string, personId: string): Promise<void> {
  if (!ctx.can.pages) return ctx.note('pages.none.personal')
  const member = await getMember(ctx, unitId, personId)
  const wanted = { personIds: [personId], by: ctx.actor.personId }
  const [pageId = ''] = await openPersonalPages(ctx.tx, ctx.now, wanted, deps.codeKey)
  await ctx.say(personalLink, { unitId, personId, name: member.fullName, pageId }, { fresh: true })
}

/** A cell that begins has twenty without a page: one by one that is forty presses of its secretary. */
async function openAll(ctx: Context, deps: RoomDeps, unitId: string): Promise<void> {
  if (!ctx.can.pages) return ctx.note('pages.none.personal')
  const { members } = await listMembers(ctx, unitId)
  const personIds = toInvite(members).map((one) => one.personId)
  await openPersonalPages(ctx.tx, ctx.now, { personIds, by: ctx.actor.personId }, deps.codeKey)
  await print(ctx, deps, unitId)
}

async function end(ctx: Context, unitId: string, personId: string): Promise<void> {
  const { fullName } = await getMember(ctx, unitId, personId)
  const live = await ctx.tx.personalPage.findMany({ where: { personId, revokedAt: null }, select: { id: true } })
  await endPages(
    ctx.tx,
    ctx.now,
    live.map((one) => one.id),
  )
  await ctx.note('pages.personal.ended', { name: fullName })
}

/** QR codes on paper: a page of ours to print from, because a code opens somebody's page. */
async function print(ctx: Context, deps: RoomDeps, unitId: string): Promise<void> {
  const { unit, members } = await listMembers(ctx, unitId)
  const ids = members.map((member) => member.personId)
  if ((await listLive(ctx.tx, ctx.now, ids)).length === 0) return ctx.note('pages.personal.none-to-print')
  await offerPage(ctx, deps.codeKey, 'papers', { unitId: unit.id })
}

const one = z.object({ unitId: z.uuid(), personId: z.uuid() })

/** A page of their own for members without a chat app: made, shown again and ended by who makes the cell's codes. */
export const personalCommands = (deps: RoomDeps): Command[] => [
  command(
    'invite.pages',
    {
      ...RIGHTS,
      args: z.object({ unitId: z.uuid(), page: z.int().optional() }),
      slash: ['trangrieng', 'pages'],
      words: ['trang riêng', 'personal pages'],
    },
    (ctx, { unitId, page }) => (ctx.can.pages ? showList(ctx, unitId, page ?? 1) : ctx.note('pages.none.personal')),
  ),
  command('invite.page', { ...RIGHTS, args: one }, (ctx, { unitId, personId }) => showOne(ctx, deps, unitId, personId)),
  command('invite.pages-all', { ...RIGHTS, args: z.object({ unitId: z.uuid() }) }, (ctx, { unitId }) =>
    openAll(ctx, deps, unitId),
  ),
  command('invite.pages-print', { ...RIGHTS, args: z.object({ unitId: z.uuid() }) }, (ctx, { unitId }) =>
    print(ctx, deps, unitId),
  ),
  command('invite.page-end', { ...RIGHTS, args: one }, (ctx, { unitId, personId }) => end(ctx, unitId, personId)),
]
