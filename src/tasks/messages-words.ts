import { z } from 'zod'
import type { PlainDate } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'

/** A button shows about this many characters on a small phone. */
export const LABEL = 34

export const choose = (label: string, command: string, args: JsonObject): Choice => ({ label, command, args })

export const due = z
  .string()
  .transform((text) => text as PlainDate)
  .nullable()

export const dueWords = (t: Translate, dueOn: PlainDate | null): string =>
  dueOn ? t('tasks.due', { day: t.date(dueOn) }) : t('tasks.no-due')

export const line = (t: Translate, one: { name: string; what: string; dueOn: PlainDate | null }): string =>
  t('tasks.line', { name: one.name, what: one.what, due: dueWords(t, one.dueOn) })
