import { newId } from '../../src/core/ids.js'
import type { Db } from '../../src/database/client.js'
import { ZONE } from '../support/house.js'

export type Member = Readonly<{
  personId: string
  chatId: string
  handle: string
  deliveryId: string
  meetingId: string
}>

/**
 * `count` linked members over `cells` cells, each cell with a meeting next week whose reminder with the four answers
 * was sent to everybody. Names and handles are numbers.
 */
export async function seedProvince(
  db: Db,
  botId: string,
  size: { cells: number; members: number },
  now: Date,
): Promise<Member[]> {
  const startsOn = new Date('2020-01-01')
  const startsAt = new Date('2026-12-03T12:30:00Z')
  const units = Array.from({ length: size.cells }, (_, n) => ({ id: newId(), meetingId: newId(), n }))
  const members = Array.from({ length: size.members }, (_, n) => {
    const { id: cellId, meetingId } = units[n % size.cells] ?? { id: '', meetingId: '' }
    return { personId: newId(), chatId: newId(), handle: String(1_000_000 + n), deliveryId: newId(), meetingId, cellId }
  })
  await db.unit.createMany({
    data: units.map((one) => ({
      id: one.id,
      kind: 'cell',
      name: `Cell ${one.n}`,
      nameKey: `cell ${one.n}`,
      zone: ZONE,
      createdAt: now,
    })),
  })
  await db.meeting.createMany({
    data: units.map((one) => ({
      id: one.meetingId,
      cellId: one.id,
      occurrenceOn: startsAt,
      kind: 'regular',
      day: startsAt,
      time: '19:30',
      zone: ZONE,
      startsAt,
      place: 'Hall',
      durationMinutes: 90,
      state: 'planned',
      createdAt: now,
    })),
  })
  await db.person.createMany({
    data: members.map((one) => ({ id: one.personId, fullName: `Member ${one.handle}`, createdAt: now })),
  })
  await db.membership.createMany({
    data: members.map((one) => ({ id: newId(), personId: one.personId, cellId: one.cellId, kind: 'home', startsOn })),
  })
  await db.chat.createMany({
    data: members.map((one) => ({ id: one.chatId, botId, externalId: one.handle, kind: 'private', createdAt: now })),
  })
  await db.chatLink.createMany({
    data: members.map((one) => ({ id: newId(), personId: one.personId, chatId: one.chatId, linkedAt: now })),
  })
  await seedReminders(db, botId, members, now)
  await db.$executeRaw`ANALYZE`
  return members
}

async function seedReminders(db: Db, botId: string, members: readonly Member[], now: Date): Promise<void> {
  const sent = members.map((one) => ({ ...one, outboxId: newId() }))
  await db.outbox.createMany({
    data: sent.map((one) => ({
      id: one.outboxId,
      causeKey: `remind:${one.outboxId}`,
      personId: one.personId,
      kind: 'reminders.step',
      version: 1,
      data: { meetingId: one.meetingId },
      subject: one.meetingId,
      state: 'sent',
      createdAt: now,
    })),
  })
  const choice = (meetingId: string, state: string, digit: number) => ({
    label: state,
    digit,
    command: 'attendance.answer',
    args: { meetingId, state },
  })
  await db.delivery.createMany({
    data: sent.map((one) => ({
      id: one.deliveryId,
      outboxId: one.outboxId,
      botId,
      chatId: one.chatId,
      operation: 'send',
      priority: 1,
      notBefore: now,
      expiresAt: new Date(now.getTime() + 86_400_000),
      state: 'sent',
      attempts: 1,
      platformMessageId: one.deliveryId,
      content: { text: 'reminder', choices: [[choice(one.meetingId, 'present', 1), choice(one.meetingId, 'late', 2)]] },
      finishedAt: now,
    })),
  })
}
