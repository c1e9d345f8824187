import { z } from 'zod'
import { CODES, type Fate, REASONS_UNREACHED } from '../attendance/fates.js'
import { dateIn, type PlainDate, timeIn, type WallTime, type Zone } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import { wayWords } from '../organization/way-words.js'

const moment = z.object({
  day: z.string().transform((text) => text as PlainDate),
  time: z.string().transform((text) => text as WallTime),
})

/** A fate as a message carries it: wall times, no instants. */
export const fateShape = z.object({
  kind: z.enum(['nothing', 'nowhere', 'sent', 'placed', 'waiting', 'expired', 'failed']),
  at: moment.nullable(),
  opened: z.boolean(),
  platform: z.string().nullable(),
  why: z.enum(CODES).nullable(),
  after: z.object({ platform: z.string(), why: z.enum(CODES) }).nullable(),
})
export type FateShape = z.infer<typeof fateShape>

export const unreachedShape = z.enum(REASONS_UNREACHED)

export function shapeOfFate(fate: Fate, zone: Zone): FateShape {
  const at = fate.kind === 'sent' || fate.kind === 'placed' ? fate.at : null
  return {
    kind: fate.kind,
    at: at && { day: dateIn(at, zone), time: timeIn(at, zone) },
    opened: fate.kind === 'placed' && fate.opened,
    platform: 'platform' in fate ? fate.platform : null,
    why: fate.kind === 'failed' ? fate.why : null,
    after: 'after' in fate ? fate.after : null,
  }
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

const SHORT = { sent: 'sent', placed: 'placed', waiting: 'waiting', expired: 'expired', failed: 'failed' } as const

/** "Đã gửi 18:02 qua Telegram", "Bị chặn trên Telegram, đã chuyển sang Zalo: đang chờ". `today` needs no date. */
export function fateWords(t: Translate, fate: FateShape, today: PlainDate): string {
  if (fate.kind === 'nothing' || fate.kind === 'nowhere') return t(`reach.fate.${fate.kind}`)
  const way = wayWords(t, fate.platform)
  const at = fate.at
    ? fate.at.day === today
      ? fate.at.time
      : `${fate.at.time} ${t.date(fate.at.day, 'day-month')}`
    : ''
  const why = fate.why ? t(`reach.why.${fate.why}`) : ''
  const kind = fate.opened ? 'opened' : SHORT[fate.kind]
  if (!fate.after) return t(`reach.fate.${kind}`, { at, way, why })
  return capital(
    t('reach.fate.after', {
      why: t(`reach.why.${fate.after.why}`),
      before: wayWords(t, fate.after.platform),
      way,
      outcome: t(`reach.then.${kind}`, { at, why }),
    }),
  )
}

/** Why somebody is on the call list: in person by their own wish, nowhere to write to, or what became of the message. */
export function whyWords(
  t: Translate,
  because: z.infer<typeof unreachedShape>,
  fate: FateShape,
  today: PlainDate,
): string {
  if (because === 'direct') return t('reach.because.direct')
  const told = fate.kind === 'sent' || (fate.kind === 'placed' && fate.opened) || fate.kind === 'waiting'
  if (because === 'no-way' && told) return t('reach.because.lost')
  return because === 'no-way' && fate.kind !== 'failed' ? t('reach.because.no-way') : fateWords(t, fate, today)
}
