import { z } from 'zod'
import type { Translate } from '../core/i18n.js'
import { renderer } from '../messaging/renderer.js'
import type { Choice, JsonObject } from '../messaging/vocabulary.js'
import { gateName } from './messages.js'
import { type GateRule, type Sheet, sheetSchema } from './sheet.js'

const shown = z.object({ unitId: z.string(), unit: z.string(), sheet: sheetSchema })

type Amount = Readonly<{ unit: 'days' | 'hours' | 'minutes'; count: number }>

function amountOf(minutes: number): Amount {
  if (minutes % 1_440 === 0) return { unit: 'days', count: minutes / 1_440 }
  return minutes % 60 === 0 ? { unit: 'hours', count: minutes / 60 } : { unit: 'minutes', count: minutes }
}

function dueWords({ due, anchor }: GateRule, t: Translate): string {
  if ('endOfDay' in due)
    return due.endOfDay === 0 ? t('gates.when.same-day') : t('gates.when.after-days', { count: due.endOfDay })
  if (due.minutes === 0) return t(anchor === 'start' ? 'gates.when.at-start' : 'gates.when.at-end')
  const { unit, count } = amountOf(Math.abs(due.minutes))
  return t(due.minutes < 0 ? `gates.when.before-${unit}` : `gates.when.after-${unit}`, { count })
}

const linesOf = (sheet: Sheet, t: Translate): string[] => [
  ...sheet.gates.map((rule) =>
    t('gates.sheet.line', { name: gateName({ kind: rule.key, text: rule.text }, t), due: dueWords(rule, t) }),
  ),
  t('gates.sheet.minutes', { one: sheet.minutes.one, joint: sheet.minutes.joint }),
]

export const sheetShown = renderer('gates.sheet', 1, shown, (data, t) => ({
  heading: t('gates.sheet.heading', { unit: data.unit }),
  text: [...linesOf(data.sheet, t), '', t('gates.sheet.how')].join('\n'),
}))

/** The whole sheet as it would be, before anything is stored. */
export const sheetConfirm = renderer('gates.sheet-confirm', 1, shown, (data, t) => {
  const args: JsonObject = { unitId: data.unitId, sheet: data.sheet as unknown as JsonObject }
  const save: Choice = { label: t('gates.button.save'), command: 'gates.sheet-save', args }
  const keep: Choice = { label: t('gates.button.keep'), command: 'gates.sheet-keep', args: { unitId: data.unitId } }
  return {
    heading: t('gates.sheet.wanted', { unit: data.unit }),
    text: [...linesOf(data.sheet, t), '', t('gates.sheet.ask')].join('\n'),
    choices: [[save, keep]],
  }
})
