import { z } from 'zod'
import { type PlainDate, parsePlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice } from '../messaging/vocabulary.js'
import { sealCode, sealCodeInLink } from '../organization/codes.js'
import { sealPage } from '../pages/tokens.js'

const row = z.object({
  id: z.string(),
  name: z.string(),
  platform: z.string(),
  unit: z.string().nullable(),
  /** `active`, `refused`, `retired`, or `closed`: nothing here speaks for it. */
  state: z.string(),
  sent: z.int(),
  quota: z.int().nullable(),
  people: z.int(),
  peopleQuota: z.int().nullable(),
  mayRetire: z.boolean(),
})

export type BotLine = z.infer<typeof row>

const outOf = (count: number, most: number | null): string => (most === null ? String(count) : `${count}/${most}`)

const lineOf = (one: BotLine, t: Translate): string =>
  t('bots.list.row', {
    name: one.name,
    platform: t.dynamic(`common.platform.${one.platform}`),
    whose: one.unit ?? t('bots.list.everybody'),
    state: t.dynamic(`bots.state.${one.state}`),
    sent: outOf(one.sent, one.quota),
    people: outOf(one.people, one.peopleQuota),
  })

export const botList = renderer('bots.list', 1, z.object({ rows: z.array(row), mayAdd: z.boolean() }), (data, t) => ({
  heading: t('bots.list.title'),
  text: data.rows.length > 0 ? data.rows.map((one) => lineOf(one, t)).join('\n\n') : t('bots.list.none'),
  choices: [
    ...(data.mayAdd ? [[{ label: t('bots.list.add'), command: 'bots.add', args: {} }]] : []),
    ...data.rows
      .filter((one) => one.mayRetire)
      .map((one): Choice[] => [
        { label: t('bots.list.retire', { name: one.name }), command: 'bots.retire', args: { botId: one.id } },
      ]),
  ],
}))

/** The page on which a token is entered. `unit`: whose bot it will be; null: everybody's. */
export const addPage = renderer(
  'bots.add',
  1,
  z.object({ grantId: z.string(), unit: z.string().nullable() }),
  ({ grantId, unit }, t) => ({
    text: t('bots.add.how', { whose: unit ?? t('bots.list.everybody') }),
    link: { label: t('bots.add.open'), url: sealPage('once', grantId) },
  }),
)

const day = z.string().refine((text): text is PlainDate => parsePlainDate(text) !== null)

const newBot = { bot: z.string(), platform: z.string() }

/** To whoever is to link again. `link`: the address before the code; null: the code is typed. */
export const moved = renderer(
  'bots.moved',
  1,
  z.object({ ...newBot, invitationId: z.string(), link: z.string().nullable(), until: day }),
  ({ bot, platform, invitationId, link, until }, t) => {
    const params = {
      bot,
      platform: t.dynamic(`common.platform.${platform}`),
      code: sealCode(invitationId),
      date: t.date(until, 'day-month-year'),
    }
    return link
      ? {
          text: t('bots.moved.by-link', params),
          link: { label: t('bots.moved.open'), url: `${link}${sealCodeInLink(invitationId)}` },
        }
      : { text: t('bots.moved.by-code', params) }
  },
)

/** To whoever leads: codes of those whom no way reaches any more. */
export const byHand = renderer(
  'bots.by-hand',
  1,
  z.object({
    ...newBot,
    unitId: z.string().nullable(),
    rows: z.array(z.object({ name: z.string(), invitationId: z.string() })),
  }),
  ({ bot, platform, unitId, rows }, t) => ({
    text: [
      t('bots.by-hand.intro', { bot, platform: t.dynamic(`common.platform.${platform}`), count: rows.length }),
      '',
      ...rows.map((one) => t('bots.by-hand.row', { name: one.name, code: sealCode(one.invitationId) })),
    ].join('\n'),
    ...(unitId ? { choices: [[{ label: t('bots.by-hand.print'), command: 'invite.print', args: { unitId } }]] } : {}),
  }),
)

/** Takes away what somebody wrote; it has no words of its own. */
export const removal = renderer('removal', 1, z.object({ messageId: z.string() }), () => ({ text: '' }))

export const botRenderers = [botList, addPage, moved, byHand, removal]
