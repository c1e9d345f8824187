import { createHash } from 'node:crypto'
import { z } from 'zod'
import { REASONS, STATES } from '../../../attendance/messages-answer.js'
import { isLocale, type Translate } from '../../../core/i18n.js'
import { newId } from '../../../core/ids.js'
import type { IncomingContent } from '../../../messaging/vocabulary.js'
import type { Form } from '../once.js'

const MOST_TEXT = 2_000

export const fieldOf = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value.trim() : ''
}

const answer = z
  .string()
  .transform((text) => text.split('.'))
  .pipe(z.tuple([z.uuid(), z.uuid(), z.enum(STATES), z.union([z.enum(REASONS), z.literal('')])]))
const reading = z
  .string()
  .transform((text) => text.split('.'))
  .pipe(z.tuple([z.uuid(), z.uuid()]))

function answerOf(text: string, t: Translate): IncomingContent | null {
  const read = answer.safeParse(text)
  if (!read.success) return null
  const [as, meetingId, state, reasonKind] = read.data
  const label = reasonKind ? t(`pages.own.absent-for.${reasonKind}`) : t(`pages.own.answer.${state}`)
  const args = { as, meetingId, state, ...(reasonKind ? { reasonKind } : {}) }
  return { kind: 'call', label, command: 'attendance.answer', args }
}

function readingOf(text: string, t: Translate): IncomingContent | null {
  const read = reading.safeParse(text)
  if (!read.success) return null
  const [as, materialId] = read.data
  return { kind: 'call', label: t('materials.button.read'), command: 'materials.read', args: { as, materialId } }
}

function choiceOf(text: string): IncomingContent | null {
  const match = /^([0-9a-f-]{36})\.(\d{1,3})$/.exec(text)
  return match ? { kind: 'choice', deliveryId: match[1] ?? '', index: Number(match[2]) } : null
}

/** What a form of the page says, as a platform would tell it; null: nothing that we offered. */
export function contentOf(form: Form, t: Translate): IncomingContent | null {
  const field = (name: string) => fieldOf(form, name)
  if (field('answer')) return answerOf(field('answer'), t)
  if (field('read')) return readingOf(field('read'), t)
  if (field('choice')) return choiceOf(field('choice'))
  const locale = field('locale')
  if (isLocale(locale))
    return { kind: 'call', label: t(`organization.language.${locale}`), command: 'language.choose', args: { locale } }
  const text = field('text').slice(0, MOST_TEXT)
  return text ? { kind: 'text', text } : null
}

/** The same thing done from the same page is one update, however often the button is pressed or the form sent again. */
export function updateIdOf(form: Form, content: IncomingContent): string {
  const once = /^[0-9a-f-]{36}$/.exec(fieldOf(form, 'once'))?.[0] ?? newId()
  return `${once}:${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)}`
}
