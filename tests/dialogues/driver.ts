import { expect } from 'vitest'
import type { Locale } from '../../src/core/i18n.js'
import type { ChatPhone, Sight } from '../month/stage.js'
import type { Over, Part, Scene } from './scene.js'
import { label, sentence } from './words.js'

/** Typed: the same for both, or in each language. */
export type Said = string | Readonly<Record<Locale, string>>

export type Step =
  /** The newest choice that bears this key's words. */
  | Readonly<{ choose: string }>
  /** The newest choice that says just this: a name, a title. */
  | Readonly<{ pick: string }>
  | Readonly<{ type: Said }>

export const choose = (key: string): Step => ({ choose: key })
export const pick = (text: string): Step => ({ pick: text })
export const type = (said: Said): Step => ({ type: said })

/** One command carried through to its result. */
export type Dialogue = Readonly<{
  /** Behind the slash, the Vietnamese name; or the words where there is no such name. */
  command: string
  as: Part | 'stranger'
  given?: (scene: Scene) => Promise<unknown>
  /** Behind the command's name. */
  behind?: Said | ((scene: Scene) => Said)
  /** Where it is called, if not in the person's own chat. */
  inGroup?: true
  steps?: readonly Step[] | ((scene: Scene) => readonly Step[])
  /** Where nothing can be pressed, if it goes another way there. */
  plainly?: readonly Step[]
  /** The sentence that closes it. */
  ends: string
  /** Its language, where the dialogue changes that. */
  endsIn?: (locale: Locale) => Locale
  /** What is stored or sent. */
  result?: (scene: Scene, last: readonly Sight[]) => unknown
  /** What a member without the role is told, if not that it is outside what they are responsible for. */
  refused?: string
}>

const inWords = (said: Said, locale: Locale): string => (typeof said === 'string' ? said : said[locale])

/** What stands in English messages in Vietnamese: names of people, places and units, and words that are quoted. */
const NAMES =
  /“[^”]*”|Đảng ủy phường Hoa Ban|Chi bộ Tổ dân phố \d+|Lò Thị Bí Thư|Hoàng Thị Lan|Đỗ Văn Hùng|Vi Thị Văn Phòng|Mạc Văn Cấp Ủy|Vàng A Quản Trị|Hội trường tầng 2|Tiếng Việt|Ngôn ngữ|Kỳ Họp|\d+-QĐ\/ĐU/gu
const VIETNAMESE = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/iu
const A_KEY = /(?<![\w/@.])[a-z]+\.[a-z-]+\.[a-z-]+(?![\w.]*\/)/
const OF_BUTTONS = /\bbấm\b|\bnút\b|\bpress|\bbuttons?\b|\btap\b/i

/** What holds for every message, whatever it says. */
export function checkMessage({ text, buttons }: Sight, locale: Locale, over: Over, typed: readonly string[]): void {
  const words = [text, ...buttons].join('\n')
  expect(words).not.toMatch(/\{\{|undefined|\[object|\bnull\b|NaN/)
  expect(words.replace(/https?:\S+/g, '')).not.toMatch(A_KEY)
  const ours = typed.reduce((left, one) => left.replaceAll(one, ''), words.replace(NAMES, ''))
  if (locale === 'vi') expect(text).toMatch(VIETNAMESE)
  else expect(ours).not.toMatch(VIETNAMESE)
  if (over === 'buttons') return
  expect(words).not.toMatch(OF_BUTTONS)
  expect(text.length).toBeLessThanOrEqual(2_000)
}

/** Reads what is new, checks it, and keeps it in its order. */
function createReader(phone: ChatPhone, locale: Locale, over: Over) {
  const seen: Sight[] = []
  const typed: string[] = []
  return {
    seen,
    typed,
    look: async (language = locale): Promise<readonly Sight[]> => {
      const fresh = await phone.reads()
      for (const sight of fresh) checkMessage(sight, language, over, typed)
      seen.push(...fresh)
      return fresh
    },
  }
}

const shown = (sights: readonly Sight[]): string =>
  sights
    .map(({ text, buttons, fileName }) => [text, fileName, ...buttons.map((one) => `[${one}]`)].join('\n'))
    .join('\n---\n')

/** "More ›": where a list goes on. */
const REST: Record<Locale, string> = { vi: 'tiếp', en: 'next' }

export async function play(scene: Scene, dialogue: Dialogue, name: string): Promise<void> {
  const { locale, over, stage } = scene
  await dialogue.given?.(scene)
  await stage.app.settle()
  const phone = await scene.phone(dialogue.as)
  await phone.reads()
  const reader = createReader(phone, locale, over)

  const find = (fits: (shown: string) => boolean): string | undefined =>
    reader.seen
      .toReversed()
      .flatMap((one) => one.buttons)
      .find(fits)

  const chooses = async (what: string, fits: (shown: string) => boolean): Promise<void> => {
    for (let page = 0; page < 4; page += 1) {
      const found = find(fits)
      if (found) return phone.taps(found)
      await phone.says(REST[locale])
      await reader.look()
    }
    throw new Error(`nothing offers ${what} in:\n${shown(reader.seen)}`)
  }

  const take = async (step: Step): Promise<void> => {
    if ('choose' in step) return chooses(step.choose, label(locale, step.choose))
    if ('pick' in step) return chooses(step.pick, (one) => one.includes(step.pick))
    const words = inWords(step.type, locale)
    reader.typed.push(words)
    await phone.says(words)
  }

  const { behind = '' } = dialogue
  const said = inWords(typeof behind === 'function' ? behind(scene) : behind, locale)
  if (said) reader.typed.push(said)
  const line = `${name} ${said}`.trim()
  await (dialogue.inGroup ? phone.saysInGroup(groupNumber(scene), line) : phone.says(line))
  const steps = (over === 'plain' && dialogue.plainly) || dialogue.steps || []
  const last = typeof steps === 'function' ? steps(scene) : steps
  for (const step of last) {
    await reader.look()
    await take(step)
  }
  const language = dialogue.endsIn?.(locale) ?? locale
  const end = await reader.look(language)
  const closing = sentence(language, dialogue.ends)
  if (!end.some(({ text }) => closing.test(text)))
    throw new Error(`it does not end with ${dialogue.ends} (${closing}) but with:\n${shown(end) || '(nothing)'}`)
  await dialogue.result?.(scene, end)
}

/** A number for a group of the scene's own. */
const groupNumber = (scene: Scene): number => Number.parseInt(scene.unitId.slice(-6), 16) + 1

/** Somebody to whom the command does not belong asks for it: one courteous sentence in their language. */
export async function isRefused(scene: Scene, who: Part | 'stranger', line: string, key: string): Promise<void> {
  const { locale, over } = scene
  const phone = await scene.phone(who)
  await phone.reads()
  await phone.says(line)
  const said = await createReader(phone, locale, over).look()
  expect(said.length).toBe(1)
  expect(said[0]?.text).toMatch(sentence(locale, key))
}
