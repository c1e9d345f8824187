import type { WallTime } from '../core/dates.js'
import { fold, listLines } from '../core/text.js'
import { DEFAULT_SHEET, type GateRule, type KnownKey, type Sheet, sheetSchema } from './sheet.js'

export type SheetRead =
  | Readonly<{ ok: true; sheet: Sheet }>
  | Readonly<{
      ok: false
      code: 'gates.parse.line' | 'gates.parse.deadline' | 'gates.parse.minutes' | 'gates.parse.many'
      /** The line that was not understood. */
      line: string
    }>

/** How offices call the gates of the guide, folded. */
const NAMES: Readonly<Record<KnownKey, RegExp>> = {
  committee_met: /^(chi uy hop( truoc)?|hop chi uy|cell committee( meets( first)?)?)$/,
  members_told: /^(bao hop.*|thong bao hop|tell the members.*|notice)$/,
  materials_sent: /^(gui tai lieu( truoc 1 ngay)?|tai lieu|(send the )?materials( 1 day before)?)$/,
  long_enough: /^(hop du thoi luong|meet long enough)$/,
  roll_call: /^((xac nhan )?diem danh|(confirm the )?roll call)$/,
  reported: /^(nghi quyet.*|bao cao( len cap tren)?|resolution.*|report)$/,
}
const LENGTH = /^(thoi luong|duration|length)$/
const NONE = /^(bo|khong|khong can|off|none)$/

const MINUTES = { phut: 1, minute: 1, minutes: 1, gio: 60, hour: 60, hours: 60, ngay: 1_440, day: 1_440, days: 1_440 }
const UNIT = Object.keys(MINUTES).join('|')
const BEFORE = new RegExp(`^(?:truoc (?:gio hop )?(\\d+) (${UNIT})|(\\d+) (${UNIT}) before)$`)
const AFTER = new RegExp(`^(?:(?:sau|trong) (\\d+) (${UNIT})|(\\d+) (${UNIT}) after)$`)
const SAME_DAY = /^(trong ngay|same day)$/

const MOST_MINUTES = 31 * 1_440
const MORNING = '08:00' as WallTime

type Deadline = Pick<GateRule, 'anchor' | 'due'>

const minutesIn = (found: RegExpExecArray): number =>
  Number(found[1] ?? found[3]) * MINUTES[(found[2] ?? found[4]) as keyof typeof MINUTES]

/** "trước 1 ngày", "sau 2 ngày", "sau 3 giờ", "trong ngày", and in English. Days after the meeting last to their end. */
function readDeadline(text: string): Deadline | null {
  if (SAME_DAY.test(text)) return { anchor: 'end', due: { endOfDay: 0 } }
  const [before, after] = [BEFORE.exec(text), AFTER.exec(text)]
  const minutes = before ? minutesIn(before) : after ? minutesIn(after) : 0
  if (minutes < 1 || minutes > MOST_MINUTES) return null
  if (before) return { anchor: 'start', due: { minutes: -minutes } }
  return { anchor: 'end', due: minutes % 1_440 === 0 ? { endOfDay: minutes / 1_440 } : { minutes } }
}

function readMinutes(text: string): Sheet['minutes'] | null {
  const [one, joint = one, ...rest] = (text.match(/\d+/g) ?? []).map(Number)
  if (!one || !joint || rest.length > 0 || one < 15 || joint < one || joint > 480) return null
  return { one, joint }
}

const isNamed = (rule: GateRule, name: string): boolean => {
  const known = NAMES[rule.key as KnownKey]
  return rule.text ? [rule.text.vi, rule.text.en].some((one) => fold(one) === name) : known?.test(name)
}

const keyFor = (name: string): string =>
  Object.entries(NAMES).find(([, known]) => known.test(name))?.[0] ?? `own-${name.replaceAll(' ', '-')}`.slice(0, 60)

/** A gate of the office's own, or one of the guide that a sheet had left out. */
function newRule(label: string, deadline: Deadline): GateRule {
  const key = keyFor(fold(label))
  const ofGuide = DEFAULT_SHEET.gates.find((rule) => rule.key === key)
  if (ofGuide) return { ...ofGuide, ...deadline }
  const remind = { daysBefore: deadline.anchor === 'start' ? 1 : 0, time: MORNING }
  return { key, ...deadline, remind, seenBy: null, text: { vi: label, en: label } }
}

function applyLine(sheet: Sheet, line: string): Sheet | Exclude<SheetRead, { ok: true }>['code'] {
  const [label = '', value = ''] = line.split(/:(.*)/s).map((part) => part.trim())
  const [name, wanted] = [fold(label), fold(value)]
  if (!name || !wanted || label.length > 60) return 'gates.parse.line'
  if (LENGTH.test(name)) {
    const minutes = readMinutes(wanted)
    return minutes ? { ...sheet, minutes } : 'gates.parse.minutes'
  }
  const standing = sheet.gates.find((rule) => isNamed(rule, name))
  if (NONE.test(wanted)) return { ...sheet, gates: sheet.gates.filter((rule) => rule !== standing) }
  const deadline = readDeadline(wanted)
  if (!deadline) return 'gates.parse.deadline'
  if (!standing) return { ...sheet, gates: [...sheet.gates, newRule(label, deadline)] }
  return { ...sheet, gates: sheet.gates.map((rule) => (rule === standing ? { ...rule, ...deadline } : rule)) }
}

/**
 * Lines "name: deadline" over a standing sheet: what a line does not name stays. An unknown name is a gate of the
 * office's own; "bỏ" leaves one out; "thời lượng: 90/120 phút" sets the least length.
 */
export function parseSheet(text: string, base: Sheet): SheetRead {
  let sheet = base
  for (const line of listLines(text, /[\n;]/)) {
    const next = applyLine(sheet, line)
    if (typeof next === 'string') return { ok: false, code: next, line }
    sheet = next
  }
  return sheetSchema.safeParse(sheet).success ? { ok: true, sheet } : { ok: false, code: 'gates.parse.many', line: '' }
}
