import { addDays, DAY, dateIn, HOUR, instantOf, type WallTime } from '../core/dates.js'
import { newId } from '../core/ids.js'
import type { Tx } from '../database/client.js'
import { isAsked, listInvited } from '../meetings/invited.js'
import { outsideQuiet } from '../meetings/quiet.js'
import { isUrgent } from '../meetings/rules.js'
import { findMeeting, type Meeting } from '../meetings/store.js'
import { enqueue, type Outgoing, outgoing, PRIORITY, withdraw } from '../messaging/outbox.js'
import { card as cardMessage, closed, parseFace } from './messages-card.js'
import { changeAt, decideCard, type Face } from './rules.js'
import { type DueCard, listPosted, listStanding, type Posted, recordLook } from './store-cards.js'

const MORNING = '07:00' as WallTime

/** What has changed in the roster overnight is counted in the morning; after the start nothing is. */
function nextLook(meeting: Meeting, now: Date): Date | null {
  if (meeting.startsAt <= now) return null
  const morning = instantOf(addDays(dateIn(now, meeting.zone), 1), MORNING, meeting.zone)
  return meeting.state === 'planned' && morning < meeting.startsAt ? morning : meeting.startsAt
}

async function faceOf(tx: Tx, meeting: Meeting, now: Date): Promise<Face> {
  const asked = (await listInvited(tx, meeting)).filter(isAsked).map((one) => one.personId)
  const answered = await tx.answer.count({ where: { meetingId: meeting.id, personId: { in: asked } } })
  const { id: meetingId, kind, day, time, place, revision } = meeting
  const begun = meeting.startsAt <= now ? 'begun' : 'open'
  const phase = meeting.state === 'cancelled' ? 'cancelled' : begun
  return { meetingId, kind, day, time, place, revision, answered, asked: asked.length, phase }
}

/**
 * A new message rings, so it waits for the quiet hours to end as every notice does, unless a meeting of the next day was
 * changed; a change in place rings nowhere.
 */
function timing(at: Date, meeting: Meeting, last: Face | null): Pick<Outgoing, 'notBefore' | 'quiet'> {
  const before = last && instantOf(last.day, last.time, meeting.zone)
  if (before && isUrgent(at, meeting.startsAt, before)) return { notBefore: at }
  return outsideQuiet(at, { zone: meeting.zone, latest: new Date(meeting.startsAt.getTime() - HOUR) })
}

/** The use of a change in place that comes late: an hour that is over is still better than none. */
const usefulUntil = (meeting: Meeting, now: Date): Date =>
  meeting.startsAt > now ? meeting.startsAt : new Date(now.getTime() + DAY)

/** The message that stands in the group; null: none does, or none that is known. */
const standing = (posted: readonly Posted[]): Posted | null => posted.find((one) => one.messageId !== null) ?? null

/** Brings one card up to the facts. While a call for it is on its way nothing is decided: it is looked at again. */
export async function renewCard(tx: Tx, now: Date, due: DueCard): Promise<void> {
  const meeting = await findMeeting(tx, due.meetingId)
  const posted = await listPosted(tx, due.id, cardMessage.kind)
  if (!meeting || posted.some((one) => one.state === 'in_flight')) return
  await recordLook(tx, due, meeting.revision, nextLook(meeting, now))
  const sent = posted.filter((one) => one.state === 'sent' && one.chatId === due.chatId)
  const target = standing(sent)
  const wanted = await faceOf(tx, meeting, now)
  const waits = posted.find((one) => one.state === 'queued') ?? null
  if (waits && !due.stepped && decideCard(wanted, parseFace(waits.data), false).post === null) return
  await withdraw(tx, now, { subject: due.id, kinds: [cardMessage.kind] })
  // Where nothing can be changed in place, what was said last is the newest row all the same: it is not said again.
  const last = target && sent[0] ? parseFace(sent[0].data) : null
  const { post, closes } = decideCard(wanted, last, due.stepped)
  if (!post) return
  const at = changeAt(now, waits?.notBefore ?? null, sent[0]?.finishedAt ?? null)
  const rest = {
    chatId: due.chatId,
    subject: due.id,
    priority: PRIORITY.notice,
    expiresAt: usefulUntil(meeting, now),
    ...(post === 'send' ? timing(at, meeting, last) : { notBefore: at }),
  }
  const change = post !== 'send' && target ? { operation: 'edit' as const, targetId: target.deliveryId } : {}
  const data = { ...wanted, inPlace: post === 'refresh' }
  await enqueue(tx, now, [
    ...(closes && target ? [closing(target, 'changed', rest)] : []),
    outgoing(cardMessage, data, { ...rest, ...change, causeKey: `card:${due.id}:${newId()}` }),
  ])
}

type Rest = Pick<Outgoing, 'priority' | 'expiresAt' | 'notBefore'>

const closing = (target: Posted, because: 'changed' | 'untied', rest: Rest): Outgoing =>
  outgoing(
    closed,
    { because },
    {
      ...rest,
      chatId: target.chatId,
      operation: 'edit',
      targetId: target.deliveryId,
      causeKey: `card-closed:${target.deliveryId}`,
    },
  )

/** Takes back what waits of a tie's cards and marks those that stand, where the platform can. */
export async function closeCards(tx: Tx, now: Date, groupId: string): Promise<void> {
  for (const { id } of await listStanding(tx, groupId)) {
    await withdraw(tx, now, { subject: id, kinds: [cardMessage.kind] })
    const target = standing(await listPosted(tx, id, cardMessage.kind))
    const rest = { priority: PRIORITY.notice, expiresAt: new Date(now.getTime() + DAY) }
    if (target) await enqueue(tx, now, [closing(target, 'untied', rest)])
  }
  await tx.groupCard.updateMany({ where: { groupId, dueAt: { not: null } }, data: { dueAt: null } })
}

/** Nothing is tried at a group that has put us out. */
export async function withdrawCards(tx: Tx, now: Date, groupId: string): Promise<void> {
  for (const { id } of await listStanding(tx, groupId))
    await withdraw(tx, now, { subject: id, kinds: [cardMessage.kind, closed.kind] })
}
