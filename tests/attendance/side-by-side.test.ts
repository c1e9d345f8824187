import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDateColumn } from '../../src/core/dates.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import type { IncomingContent } from '../../src/messaging/vocabulary.js'
import { at, type House, openHouse, type Player } from '../support/house.js'
import { aMeeting, aWaitingReminder, cancelMeeting, moveMeeting } from '../support/meetings.js'
import { aCell, type Cell } from '../support/people.js'

/** Two houses to which the same happens: in one everybody is alone, in the other all of a round come at once. */
type Side = {
  readonly house: House
  readonly atOnce: boolean
  /** How many updates were handled among others. */
  readonly together: () => number
}

async function openSide(atOnce: boolean): Promise<Side> {
  let together = 0
  const write = (line: string): void => {
    together += (JSON.parse(line) as { together?: number }).together ?? 0
  }
  const log = createLog('debug', { write })
  return { house: await openHouse({ now: '2026-11-26 08:00', log }), atOnce, together: () => together }
}

type Scene = { readonly cell: Cell; readonly meetingId: string; readonly phones: readonly Player[] }

/** Four members with a phone each, two who share one, the first one's second phone; `n` keeps runs apart. */
async function setScene({ house }: Side, n: number): Promise<Scene> {
  house.clock.moment = at('2026-11-26 08:00')
  // The sender notices a clock that is set back and keeps due what was due; what is written from here on is not.
  await house.app.settle()
  const cell = await aCell(house, 6)
  const [first = '', , , , fifth = '', sixth = ''] = cell.memberIds
  const shared = await house.phoneOf(`shared-${n}`, fifth, sixth)
  const second = await house.phoneOf(`second-${n}`, first)
  const meetingId = await aMeeting(house, cell.unitId, '2026-12-03 19:30', { answerDeadline: at('2026-12-03 12:00') })
  for (const personId of cell.memberIds)
    await aWaitingReminder(house, { meetingId, personId, audience: 'silent' }, '2026-12-02 08:00')
  return { cell, meetingId, phones: [...cell.members.slice(0, 4), shared, second] }
}

const chatOf = (house: House, phone: Player) =>
  house.db.chat.findUniqueOrThrow({
    where: { botId_externalId: { botId: house.botId, externalId: phone.handle } },
  })

type Act = Readonly<{ who: number; does: 'tap' | 'digit' | 'words'; pick: number; index: number }>

async function contentOf({ house }: Side, phone: Player, act: Act): Promise<IncomingContent> {
  if (act.does === 'words') return { kind: 'text', text: 'em có mặt ạ' }
  const entries = await house.app.transcript(await chatOf(house, phone))
  const buttons = entries.flatMap((one) => (one.from === 'bot' && one.content.choices.length > 0 ? [one] : []))
  const shown = buttons.at(-1 - (act.pick % Math.max(buttons.length, 1)))
  if (act.does === 'digit' || !shown) return { kind: 'text', text: String(1 + (act.index % 5)) }
  const index = act.index % (shown.content.choices.flat().length + 1)
  return { kind: 'choice', deliveryId: shown.deliveryId, index }
}

/** The first one's two phones at the same moment have no order between them: one of them waits for the next round. */
const apart = (acts: readonly Act[]): Act[] =>
  acts.filter((one, n) => acts.findIndex((other) => other.who % 5 === one.who % 5) === n)

async function act(side: Side, scene: Scene, acts: readonly Act[]): Promise<void> {
  const { house } = side
  const said = await Promise.all(
    apart(acts).map(async (one) => {
      const phone = scene.phones[one.who] as Player
      return { handle: phone.handle, content: await contentOf(side, phone, one) }
    }),
  )
  if (side.atOnce) {
    const payload = ({ handle, content }: (typeof said)[number]) => ({
      chat: { externalId: handle, kind: 'private' },
      senderExternalId: handle,
      languageCode: null,
      content,
    })
    await house.db.inboundUpdate.createMany({
      data: said.map((one) => ({
        id: newId(),
        botId: house.botId,
        externalId: newId(),
        chatExternalId: one.handle,
        payload: payload(one),
        receivedAt: house.now,
      })),
    })
    await house.app.lines[0]?.recover()
    return house.app.settle()
  }
  for (const { handle, content } of said) {
    await house.channel.inject(handle, content)
    await house.app.settle()
  }
}

const HAPPENINGS = ['nothing', 'moved', 'cancelled', 'deadline passed', 'begun', 'left', 'exempt', 'blocked'] as const
type Happening = Readonly<{ what: (typeof HAPPENINGS)[number]; who: number }>

async function happen({ house }: Side, { cell, meetingId, phones }: Scene, { what, who }: Happening): Promise<void> {
  const personId = cell.memberIds[who] ?? ''
  if (what === 'moved') await moveMeeting(house, meetingId, '2026-12-05 08:00')
  if (what === 'cancelled') await cancelMeeting(house, meetingId)
  if (what === 'deadline passed') house.clock.moment = at('2026-12-03 12:30')
  if (what === 'begun') house.clock.moment = at('2026-12-03 20:00')
  if (what === 'left')
    await house.db.membership.updateMany({ where: { personId }, data: { endsOn: toDateColumn('2026-11-30' as never) } })
  if (what === 'exempt' && (await house.db.exemption.count({ where: { personId } })) === 0)
    await house.db.exemption.create({
      data: { id: newId(), personId, kind: 'exempt', startsOn: toDateColumn('2020-01-01' as never) },
    })
  if (what === 'blocked')
    await house.db.chat.update({
      where: { id: (await chatOf(house, phones[who] as Player)).id },
      data: { unreachableSince: house.now, unreachableCode: 'blocked' },
    })
}

/** Everything that both must agree on, without the ids, which are each house's own. */
async function read({ house }: Side, { cell, meetingId, phones }: Scene): Promise<unknown> {
  const names = new Map([
    [meetingId, 'meeting'],
    [cell.unitId, 'cell'],
    ...cell.memberIds.map((id, n) => [id, `m${n}`] as const),
  ])
  const scrub = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value ?? null).replaceAll(/[0-9a-f-]{36}/g, (id) => names.get(id) ?? 'id'))
  const answers = await house.db.answer.findMany({ where: { meetingId }, orderBy: { personId: 'asc' } })
  const events = await house.db.answerEvent.findMany({ where: { meetingId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  const chats = await Promise.all([...phones, cell.secretary].map((phone) => chatOf(house, phone)))
  const deliveries = await house.db.delivery.findMany({
    where: { chatId: { in: chats.map((one) => one.id) } },
    orderBy: [{ sequence: 'asc' }, { part: 'asc' }],
    include: { outbox: true },
  })
  const sent = (chatId: string) =>
    deliveries
      // Which steps of a meeting are seen as done hangs on what the sender has sent by then, on either side.
      .filter((one) => one.chatId === chatId && one.outbox.kind !== 'gates.due')
      .map(({ operation, state, priority, notBefore, expiresAt, content, outbox }) =>
        scrub([operation, state, priority, notBefore, expiresAt, content, outbox.kind, outbox.state, outbox.data]),
      )
  return {
    answers: answers.map(({ id: _, ...rest }) => scrub(rest)),
    events: cell.memberIds.map((personId) =>
      events
        .filter((one) => one.personId === personId)
        .map(({ id: _, updateId, ...rest }) => [scrub(rest), updateId !== null]),
    ),
    phones: chats.slice(0, -1).map((chat) => [scrub([chat.awaiting, chat.unreachableSince]), sent(chat.id)]),
    // Whose late answer reaches the secretary first is nobody's promise.
    secretary: sent(chats.at(-1)?.id ?? '')
      .map((one) => JSON.stringify(one))
      .sort(),
    waiting: await house.db.inboundUpdate.count({ where: { handledAt: null } }),
    aside: await house.db.inboundUpdate.count({ where: { setAsideAt: { not: null } } }),
  }
}

const anAct = fc.record<Act>({
  who: fc.nat(5),
  does: fc.constantFrom('tap', 'tap', 'tap', 'digit', 'digit', 'words'),
  pick: fc.nat(3),
  index: fc.nat(5),
})
const aRound = fc.record({
  before: fc.record<Happening>({ what: fc.constantFrom('nothing', 'nothing', ...HAPPENINGS), who: fc.nat(3) }),
  acts: fc.array(anAct, { minLength: 3, maxLength: 8 }),
})

test('many at once come to the same as one after the other', { timeout: 240_000 }, async () => {
  const sides = [await openSide(false), await openSide(true)] as const
  let runs = 0
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(aRound, { minLength: 3, maxLength: 4 }), async (rounds) => {
        runs += 1
        const scenes = [await setScene(sides[0], runs), await setScene(sides[1], runs)] as const
        for (const round of rounds) {
          for (const n of [0, 1] as const) {
            await happen(sides[n], scenes[n], round.before)
            // What fell due by it goes first: it has no order with what people say at that moment.
            await sides[n].house.app.settle()
            await act(sides[n], scenes[n], round.acts)
          }
          expect(await read(sides[1], scenes[1])).toEqual(await read(sides[0], scenes[0]))
        }
      }),
      { numRuns: 4, endOnFailure: true },
    )
    expect(sides[0].together()).toBe(0)
    expect(sides[1].together()).toBeGreaterThan(10)
  } finally {
    for (const { house } of sides) await house.close()
  }
})
