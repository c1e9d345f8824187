import { z } from 'zod'
import { DAY } from '../core/dates.js'
import type { Tx } from '../database/client.js'

const choice = z.object({
  label: z.string(),
  command: z.string(),
  args: z.record(z.string(), z.json()),
  digit: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
  next: z.literal(true).optional(),
})

export const choiceRows = z.array(z.array(choice).readonly()).readonly()

const content = z.object({
  heading: z.string().optional(),
  text: z.string(),
  choices: choiceRows.default([]),
  below: z.string().optional(),
  rest: z.number().optional(),
})

export type OfferedChoice = z.infer<typeof choice>

/** A message that stands in the chat with something to choose, as it was sent. */
export type Offer = Readonly<{ deliveryId: string; personId: string | null }> & z.infer<typeof content>

/** Further back nobody reads, nor in what came days before the newest message. */
const MOST = 40
const TOGETHER = 3 * DAY

/**
 * What all replies to one update begin with; null: the message came by itself. A file is something said as well, and
 * files that follow each other are answered together: whoever sends two is asked about both.
 */
const replyTo = (causeKey: string): string | null => /^(reply:.*:|upload:)/.exec(causeKey)?.[1] ?? null

const listSent = async (tx: Tx, chatId: string, until: Date | null) => {
  const rows = await tx.delivery.findMany({
    where: {
      chatId,
      state: 'sent',
      operation: { in: ['send', 'edit'] },
      ...(until ? { finishedAt: { lte: until } } : {}),
    },
    orderBy: { sequence: 'desc' },
    take: MOST,
    include: { outbox: { select: { causeKey: true, personId: true } } },
  })
  // What waited longer was sent later: a choice counts from then on.
  const sent = rows.sort((a, b) => (b.finishedAt?.getTime() ?? 0) - (a.finishedAt?.getTime() ?? 0))
  const seen = new Set<string>()
  return sent.filter(({ id, platformMessageId }) => {
    const message = platformMessageId ?? id
    const changed = seen.has(message)
    seen.add(message)
    return !changed
  })
}

/**
 * What this chat offers now, the newest first: the messages since the person last said something, or where those offer
 * nothing, the ones before. Read from what was sent; nothing has to be kept for it. `until`: when the person wrote, so
 * that a number typed twice never chooses in a message that came between.
 */
export async function listOffers(tx: Tx, chatId: string, until: Date | null = null): Promise<Offer[]> {
  const offers: (Offer & { at: number })[] = []
  let answered: string | null = null
  for (const one of await listSent(tx, chatId, until)) {
    const cause = replyTo(one.outbox.causeKey)
    // Older than the replies to what was last said: over, unless those offer nothing.
    if (answered !== null && cause !== answered) {
      if (offers.length > 0) break
      answered = null
    }
    answered ??= cause
    const parsed = content.safeParse(one.content)
    if (!parsed.success || parsed.data.choices.flat().length === 0) continue
    const at = one.finishedAt?.getTime() ?? 0
    if (offers[0] && offers[0].at - at > TOGETHER) break
    offers.push({ deliveryId: one.id, personId: one.outbox.personId, at, ...parsed.data })
  }
  return offers
}

/** One message of this chat with what it offers; null: it is not there, or forgotten. */
export async function findOffer(tx: Tx, chatId: string, deliveryId: string): Promise<Offer | null> {
  const row = await tx.delivery.findFirst({
    where: { id: deliveryId, chatId },
    include: { outbox: { select: { personId: true } } },
  })
  const parsed = content.safeParse(row?.content)
  return row && parsed.success ? { deliveryId, personId: row.outbox.personId, ...parsed.data } : null
}
