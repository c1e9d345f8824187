import { type PlainDate, plainDate } from '../core/dates.js'
import { nfc } from '../core/text.js'

export type DecisionRead =
  | Readonly<{ ok: true; number: string; decidedOn: PlainDate; fullOn: PlainDate | null }>
  | Readonly<{ ok: false; code: 'milestones.parse.number' | 'milestones.parse.date' | 'milestones.parse.day' }>

const DATE = /(\d{1,2})\s*(?:[/.-]|tháng|thang)\s*(\d{1,2})\s*(?:[/.-]|năm|nam)\s*(\d{4})(?!\d)/giu
/** What stands around a number: "Quyết định số 12-QĐ/ĐU, ngày". */
const BEFORE = /^[\s,;:.]*(?:(?:quyết định|quyet dinh|decision|số|so|no|number)[\s:.]*)*/iu
const AFTER = /[\s,;:.(]*(?:(?:ký|ky|ra|ngày|ngay|of|dated|on)[\s,:]*)*$/iu

const LONGEST = 40

/**
 * "số 12-QĐ/ĐU ngày 15/3/2027, chính thức từ 10/3/2027": the number, the day of the decision and, where it is said, the
 * day from which somebody is full. Dates need their year: nothing is guessed in a record that stays.
 */
export function parseDecision(text: string): DecisionRead {
  const tidy = nfc(text)
  const dates = [...tidy.matchAll(DATE)]
  const [first, second] = dates
  if (!first || dates.length > 2) return { ok: false, code: 'milestones.parse.date' }
  const number = tidy.slice(0, first.index).replace(BEFORE, '').replace(AFTER, '').trim()
  if (!/\d/.test(number) || number.length > LONGEST) return { ok: false, code: 'milestones.parse.number' }
  const [decidedOn, fullOn] = [first, second].map(
    (found) => found && plainDate(Number(found[3]), Number(found[2]), Number(found[1])),
  )
  if (!decidedOn || fullOn === null) return { ok: false, code: 'milestones.parse.day' }
  return { ok: true, number, decidedOn, fullOn: fullOn ?? null }
}
