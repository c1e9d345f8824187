import type { Person, TelegramServer } from '../support/telegram/index.js'

export type State = 'present' | 'late' | 'online' | 'absent'

/** Somebody with a phone, and everything they said in it, in order. */
export type Soul = { readonly person: Person; readonly typist: boolean; readonly said: State[] }

/** Numbers from a seed (mulberry32), so that a run can be played again. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const LINES: readonly (readonly [string, State])[] = [
  ['1', 'present'],
  ['2', 'late'],
  ['3', 'online'],
  ['em có mặt ạ', 'present'],
  ['em đến muộn', 'late'],
]
const LABELS: Readonly<Record<State, string>> = {
  present: 'Có mặt',
  late: 'Đến muộn',
  online: 'Trực tuyến',
  absent: 'Vắng',
}

/** `count` people whom the bot may write to; every second one types, the others tap. */
export const gather = (server: TelegramServer, firstId: number, count: number): Soul[] =>
  Array.from({ length: count }, (_, n) => {
    const person = server.person({ id: firstId + n, name: `Người ${firstId + n}` })
    person.chat.refusal = null
    return { person, typist: n % 2 === 0, said: [] }
  })

const pick = <T>(items: readonly T[], random: () => number): T | undefined => items[Math.floor(random() * items.length)]

const answersOn = (person: Person): { label: string; state: State }[] =>
  (person.messages().findLast((message) => message.keyboard.length > 0)?.keyboard ?? []).flat().flatMap(({ text }) => {
    const state = (Object.keys(LABELS) as State[]).find((one) => text.endsWith(LABELS[one]))
    return state ? [{ label: text, state }] : []
  })

/** One thing somebody does: a line, or a tap on what stands on the screen right now. False: nothing to tap yet. */
export async function act({ person, typist, said }: Soul, random: () => number): Promise<boolean> {
  if (typist) {
    const [line, state] = pick(LINES, random) ?? ['1', 'present']
    said.push(state)
    person.says(line)
    return true
  }
  const choice = pick(answersOn(person), random)
  if (!choice) return false
  said.push(choice.state)
  await person.taps(choice.label)
  return true
}
