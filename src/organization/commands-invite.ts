import { z } from 'zod'
import { pick } from '../conversation/messages.js'
import { requestPaper } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import { type Command, type Context, command, type MenuEntry } from '../conversation/types.js'
import { dateIn, toDateColumn } from '../core/dates.js'
import type { Tx } from '../database/client.js'
import type { Unit } from '../database/generated/client.js'
import { createMay } from './identity.js'
import { inviteEach, toInvite } from './invitations.js'
import { listInvitees, listWaitingCells } from './invitations-store.js'
import { todayColumn } from './linking.js'
import { codeList, oneCode, waitingList } from './messages.js'
import { pageOf } from './paging.js'
import { unitsOf } from './permissions.js'
import { getUnitOn } from './units.js'

/** Lines on one screen of a small phone; cells have a button each. */
const CODES_A_PAGE = 15
const CELLS_A_PAGE = 7

/** A unit in which the actor may make codes: a cell's own leaders, or whoever stands above. Else refused and logged. */
async function getInviting(ctx: Context, unitId: string): Promise<Unit> {
  if (!(await ctx.may('unit.invite', unitId))) await ctx.require('member.invite', unitId)
  const unit = await ctx.tx.unit.findUniqueOrThrow({ where: { id: unitId } })
  return getUnitOn(ctx.tx, unitId, dateIn(ctx.now, unit.zone))
}

const dayOfUnit = (unit: Unit, now: Date): Date => toDateColumn(dateIn(now, unit.zone))

async function chooseUnit(ctx: Context, deps: RoomDeps, name: string): Promise<string | null> {
  const may = createMay(deps.zone)
  const own = await may.unitsWhere(ctx.tx, ctx.actor, 'member.invite', ctx.now)
  const below = await may.unitsWhere(ctx.tx, ctx.actor, 'unit.invite', ctx.now)
  const units = [...new Map([...own, ...below].map((one) => [one.id, one])).values()]
  const [only, ...others] = units
  if (!only) await ctx.require('member.invite', null)
  if (others.length === 0) return only?.id ?? null
  const options = units.map((one) => ({ name: one.name, command: name, args: { unitId: one.id } }))
  await ctx.say(pick, { key: 'conversation.which-unit', options })
  return null
}

async function showCodes(ctx: Context, deps: RoomDeps, unit: Unit, wanted: number): Promise<void> {
  const everybody = await listInvitees(ctx.tx, { unitId: unit.id, day: dayOfUnit(unit, ctx.now) })
  const { rows, page, pages } = pageOf(toInvite(everybody), wanted, CODES_A_PAGE)
  const ids = rows.map((one) => one.personId)
  const live = await inviteEach(ctx.tx, ctx.now, ids, ctx.actor.personId, deps.codeKey)
  await ctx.say(codeList, {
    unitId: unit.id,
    unit: unit.name,
    page,
    pages,
    linked: everybody.filter((one) => one.linked).length,
    total: everybody.length,
    rows: rows.map((one) => ({ name: one.fullName, invitationId: live.get(one.personId)?.id ?? '' })),
    direct: everybody
      .filter((one) => one.direct && !one.linked)
      .map((one) => ({ name: one.fullName, personId: one.personId })),
    personal: ctx.can.pages,
  })
}

async function showWaiting(ctx: Context, deps: RoomDeps, unit: Unit, wanted: number): Promise<void> {
  const day = dayOfUnit(unit, ctx.now)
  const all = await listWaitingCells(ctx.tx, unit.id, day)
  const { rows, page, pages } = pageOf(all, wanted, CELLS_A_PAGE)
  const direct = await listDirect(
    ctx.tx,
    rows.flatMap((one) => one.secretaryId ?? []),
  )
  const ids = rows.flatMap((one) => (one.secretaryId && !direct.has(one.secretaryId) ? [one.secretaryId] : []))
  const live = await inviteEach(ctx.tx, ctx.now, ids, ctx.actor.personId, deps.codeKey)
  await ctx.say(waitingList, {
    unitId: unit.id,
    unit: unit.name,
    page,
    pages,
    total: all.length,
    rows: rows.map((one) => ({
      cellId: one.cellId,
      cell: one.name,
      name: one.secretary,
      invitationId: (one.secretaryId && live.get(one.secretaryId)?.id) || null,
    })),
  })
}

const listDirect = async (tx: Tx, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (await tx.person.findMany({ where: { id: { in: [...ids] }, contact: 'direct' }, select: { id: true } })).map(
      (one) => one.id,
    ),
  )

async function print(ctx: Context, unit: Unit): Promise<void> {
  const { tx, now, chat, actor } = ctx
  const day = dayOfUnit(unit, now)
  const cells = unit.kind === 'cell' ? [{ cellId: unit.id }] : await listWaitingCells(tx, unit.id, day)
  let somebody = false
  for (const { cellId } of cells) somebody ||= toInvite(await listInvitees(tx, { unitId: cellId, day })).length > 0
  if (!somebody) return ctx.note('organization.print.nobody', { unit: unit.name })
  await requestPaper(tx, now, { paper: 'slips', unitId: unit.id, personId: actor.personId, chatId: chat.id })
  await ctx.note('organization.print.coming', { unit: unit.name }, { fresh: true })
}

async function showOne(ctx: Context, deps: RoomDeps, unit: Unit, personId: string): Promise<void> {
  const everybody = await listInvitees(ctx.tx, { unitId: unit.id, day: dayOfUnit(unit, ctx.now) })
  // An old button: whoever was linked meanwhile makes a code for a second phone in their own chat.
  const person = everybody.find((one) => one.personId === personId && !one.linked)
  const live = await inviteEach(ctx.tx, ctx.now, person ? [personId] : [], ctx.actor.personId, deps.codeKey)
  const invitation = live.get(personId)
  if (!person || !invitation) return ctx.note('organization.invite.none')
  const until = dateIn(invitation.expiresAt, unit.zone)
  await ctx.say(oneCode, { name: person.fullName, invitationId: invitation.id, until }, { fresh: true })
}

const where = z.object({ unitId: z.uuid().optional(), page: z.int().optional() })

/** Codes and slips: of a cell for its secretary, of the cells without a linked secretary for a committee. */
export const inviteCommands = (deps: RoomDeps): Command[] => [
  command(
    'invite.list',
    {
      args: where,
      scope: 'self',
      permission: 'self',
      slash: ['mamoi', 'invite'],
      words: ['mã mời', 'phiếu mời', 'mời đảng viên', 'invitations'],
    },
    async (ctx, { unitId, page }) => {
      const chosen = unitId ?? (await chooseUnit(ctx, deps, 'invite.list'))
      if (!chosen) return
      const unit = await getInviting(ctx, chosen)
      return unit.kind === 'cell' ? showCodes(ctx, deps, unit, page ?? 1) : showWaiting(ctx, deps, unit, page ?? 1)
    },
  ),
  command(
    'invite.one',
    { args: z.object({ unitId: z.uuid(), personId: z.uuid() }), scope: 'self', permission: 'self' },
    async (ctx, { unitId, personId }) => showOne(ctx, deps, await getInviting(ctx, unitId), personId),
  ),
  command(
    'invite.print',
    { args: z.object({ unitId: z.uuid() }), scope: 'self', permission: 'self' },
    async (ctx, { unitId }) => print(ctx, await getInviting(ctx, unitId)),
  ),
]

/** For a cell's leaders: urgent while most of the cell cannot be reached. */
const rankCell: (deps: RoomDeps) => MenuEntry['rank'] =
  (deps) =>
  async ({ tx, now, actor }) => {
    const [unitId] = unitsOf(actor.roles, 'member.invite')
    if (!unitId) return null
    const everybody = await listInvitees(tx, { unitId, day: todayColumn(deps, now) })
    const waiting = toInvite(everybody).length
    if (waiting * 2 > everybody.length) return 80
    return waiting > 0 ? 30 : 8
  }

const rankUnits: (deps: RoomDeps) => MenuEntry['rank'] =
  (deps) =>
  async ({ tx, now, actor }) => {
    const units = await createMay(deps.zone).unitsWhere(tx, actor, 'unit.invite', now)
    for (const unit of units) if ((await listWaitingCells(tx, unit.id, todayColumn(deps, now))).length > 0) return 45
    return units.length > 0 ? 8 : null
  }

export const inviteMenu = (deps: RoomDeps): MenuEntry[] => [
  { command: 'invite.list', label: 'organization.menu.invite', rank: rankCell(deps) },
  {
    command: 'invite.list',
    label: 'organization.menu.invite-units',
    rank: async (moment) => (unitsOf(moment.actor.roles, 'member.invite').length > 0 ? null : rankUnits(deps)(moment)),
  },
]
