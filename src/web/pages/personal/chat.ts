import { setTimeout as wait } from 'node:timers/promises'
import { Prisma } from '../../../database/client.js'
import type { PersonalPage } from '../../../database/generated/client.js'
import { lockChat, setLocale } from '../../../messaging/chats.js'
import type { IncomingContent } from '../../../messaging/vocabulary.js'
import { codeOf } from '../../../organization/codes.js'
import { inviteEach } from '../../../organization/invitations.js'
import type { PagesHouse, PersonalLine } from '../house.js'

/** Nobody waits longer for a page; what comes later stands there when it is opened again. */
const PATIENCE_MS = 8_000
const LOOK_MS = 25

/** The update is handled and what answers it is recorded, by whichever instance does either. */
async function isAnswered(house: PagesHouse, botId: string, updateId: string): Promise<boolean> {
  const [row] = await house.db.$queryRaw<{ done: boolean }[]>(Prisma.sql`
    SELECT (u.handled_at IS NOT NULL OR u.set_aside_at IS NOT NULL) AND NOT EXISTS (
      SELECT FROM delivery d JOIN chat c ON c.id = d.chat_id
      WHERE c.bot_id = u.bot_id AND c.external_id = u.chat_external_id AND d.state IN ('queued', 'in_flight')
        AND d.priority = 0 AND d.not_before <= ${house.now()}) AS done
    FROM inbound_update u WHERE u.bot_id = ${botId}::uuid AND u.external_id = ${updateId}`)
  return row?.done ?? true
}

/** What somebody did on their page, by the way of every platform's updates; resolves when the page can show what came of it. */
export async function say(
  house: PagesHouse,
  { channel, botId }: PersonalLine,
  page: PersonalPage,
  what: Readonly<{ updateId: string; content: IncomingContent }>,
): Promise<void> {
  await channel.inject(page.id, what.updateId, what.content)
  const bot = botId()
  const until = performance.now() + PATIENCE_MS
  while (bot && performance.now() < until && !(await isAnswered(house, bot, what.updateId))) await wait(LOOK_MS)
}

/**
 * The page's chat, begun with an invitation of its person: from here on the same dialogue as everywhere, so that nobody
 * is linked who did not consent. Returns the code.
 */
export const beginChat = (
  house: PagesHouse,
  botId: string,
  page: PersonalPage,
  locale: string | null,
): Promise<string> =>
  house.act(async (tx, now) => {
    const chat = await lockChat(tx, now, { botId, externalId: page.id, kind: 'private' })
    if (locale && !chat.locale) await setLocale(tx, chat.id, locale)
    await tx.personalPage.update({ where: { id: page.id }, data: { chatId: chat.id } })
    const live = await inviteEach(tx, now, [page.personId], page.createdBy, house.codeKey)
    const invitation = live.get(page.personId)
    if (!invitation) throw new Error('nobody was invited')
    return codeOf(house.codeKey, invitation.id)
  })
