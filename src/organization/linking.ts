import { refreshCommandMenu } from '../conversation/help.js'
import { note } from '../conversation/messages.js'
import type { RoomDeps } from '../conversation/room.js'
import type { Actor, CommandHint, Context, Identify, JsonObject } from '../conversation/types.js'
import { DAY, dateIn, toDateColumn } from '../core/dates.js'
import type { MessageKey } from '../core/message-keys.js'
import type { Tx } from '../database/client.js'
import { enqueue, outgoing, PRIORITY } from '../messaging/outbox.js'
import { findTyped, hashCode } from './codes.js'
import { createIdentify } from './identity.js'
import { listLeaders } from './invitations-store.js'
import { judgeCode, WRONG_BY_STRANGERS, WRONG_PER_CHAT, waitMinutes } from './linking-rules.js'
import {
  type Described,
  describePerson,
  findInvitation,
  forgetTyped,
  listStrangersWrongCodes,
  listWrongCodes,
  recordWrongCode,
} from './linking-store.js'

type Deps = Pick<RoomDeps, 'zone' | 'codeKey' | 'log' | 'hints'>

/** A notice that nobody could act on a week later. */
const TELL_MS = 7 * DAY

export const todayColumn = (deps: Pick<RoomDeps, 'zone'>, now: Date): Date => toDateColumn(dateIn(now, deps.zone))

/** Where somebody belongs, as a parameter of a note: the cell, else the first role, else nowhere. */
export function placeOf(person: Described): string | JsonObject {
  const [cell] = person.cells
  if (cell) return cell.name
  const [first] = person.roles
  if (!first) return { key: 'organization.confirm.nowhere' }
  const role = { key: `organization.role.${first.role}` }
  return first.unit ? { key: 'organization.role-in', params: { role, unit: first.unit } } : role
}

const waitFor = async (ctx: Context): Promise<number | null> =>
  waitMinutes(await listWrongCodes(ctx.tx, ctx.now, ctx.chat.id), WRONG_PER_CHAT, ctx.now) ??
  waitMinutes(await listStrangersWrongCodes(ctx.tx, ctx.now, ctx.chat.id), WRONG_BY_STRANGERS, ctx.now)

/** A good code: whose it is. Whatever is wrong with it is said, counted and logged; null then. */
export async function readCode(
  ctx: Context,
  deps: Deps,
  text: string,
): Promise<Readonly<{ invitationId: string; person: Described }> | null> {
  const typed = findTyped(text)
  if (!typed) {
    await ctx.note('organization.code.shape')
    return null
  }
  await forgetTyped(ctx.tx, ctx.updateId, typed)
  const minutes = await waitFor(ctx)
  if (minutes !== null) {
    await ctx.note('organization.code.wait', { count: minutes })
    return null
  }
  const invitation = await findInvitation(ctx.tx, hashCode(deps.codeKey, typed.replace(/\D/g, '')))
  const person = invitation ? await describePerson(ctx.tx, invitation.personId, todayColumn(deps, ctx.now)) : null
  const here = ctx.people.find((one) => one.personId === person?.personId)
  if (here) {
    await ctx.note('organization.code.linked-already', { name: here.fullName })
    return null
  }
  const active = person !== null && person.cells.length + person.roles.length > 0
  const state = judgeCode(invitation, active, ctx.now)
  if (state === 'good' && invitation && person) return { invitationId: invitation.id, person }
  await recordWrongCode(ctx.tx, ctx.now, ctx.chat.id)
  deps.log.info({ state, chat: ctx.chat.id, update: ctx.updateId }, 'a wrong code')
  await ctx.note(`organization.code.${state}` as MessageKey)
  return null
}

/** Tells those who lead the person's cells, and whoever made the code, what became of it. */
export async function tellLeaders(
  ctx: Pick<Context, 'tx' | 'now' | 'updateId'>,
  deps: Pick<RoomDeps, 'zone'>,
  what: 'astray' | 'declined' | 'withdrawn',
  about: { personId: string; fullName: string; createdBy?: string | null },
): Promise<void> {
  const leaders = await listLeaders(ctx.tx, about.personId, todayColumn(deps, ctx.now))
  const maker = about.createdBy && about.createdBy !== about.personId ? [about.createdBy] : []
  const data = { key: `organization.tell.${what}`, params: { name: about.fullName }, choices: [] }
  await enqueue(
    ctx.tx,
    ctx.now,
    [...new Set([...leaders, ...maker])].map((personId) =>
      outgoing(note, data, {
        causeKey: `tell:${what}:${ctx.updateId}:${personId}`,
        personId,
        priority: PRIORITY.notice,
        expiresAt: new Date(ctx.now.getTime() + TELL_MS),
      }),
    ),
  )
}

/** What the platform lists for a chat without anybody: enough to come in. */
const FOR_STRANGERS = ['start', 'ngonngu', 'trogiup']

/** Sets the platform's command list of a chat anew; returns who is linked there now. */
export async function refreshMenu(
  tx: Tx,
  now: Date,
  chatId: string,
  deps: Pick<RoomDeps, 'hints'>,
  identify: Identify,
): Promise<Actor[]> {
  const people = await identify(tx, chatId, now)
  const hints: readonly CommandHint[] =
    people.length > 0 ? deps.hints() : deps.hints().filter((one) => FOR_STRANGERS.includes(one.slash.vi))
  await refreshCommandMenu(tx, now, chatId, people, hints)
  return people
}

export const identifyFor = (deps: Pick<RoomDeps, 'zone'>): Identify => createIdentify(deps.zone)
