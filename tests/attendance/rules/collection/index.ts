import { readFileSync } from 'node:fs'

/** What a person meant. `unsure`: nothing may be recorded, the choices are offered; `none`: not an answer at all. */
export type Meant =
  | { answer: 'present' | 'online' | 'absent'; reason?: string }
  | { answer: 'late'; minutes?: number }
  | { nothing: 'none' | 'unsure' }
  | { question: string }

export interface Sentence {
  kind: string
  text: string
  meant: Meant
}

function parseLabel(label: string): Meant {
  const [word = '', more] = label.split(' ')
  if (word === 'question' && more) return { question: more }
  if (word === 'none' || word === 'unsure') return { nothing: word }
  if (word === 'late') return more ? { answer: 'late', minutes: Number(more) } : { answer: 'late' }
  if (word === 'present' || word === 'online') return { answer: word }
  if (word === 'absent') return more ? { answer: 'absent', reason: more } : { answer: 'absent' }
  throw new Error(`a label nobody knows: ${label}`)
}

/** "## kind", then "label | sentence" lines; the kind `nfd` is stored composed, so that editors cannot spoil it. */
function readSentences(file: string): Sentence[] {
  const sentences: Sentence[] = []
  let kind = ''
  for (const line of readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')) {
    if (line.startsWith('## ')) kind = line.slice(3)
    const at = line.indexOf(' | ')
    if (at < 0 || line.startsWith('#')) continue
    const text = line.slice(at + 3)
    sentences.push({
      kind,
      text: kind === 'nfd' ? text.normalize('NFD') : text,
      meant: parseLabel(line.slice(0, at)),
    })
  }
  return sentences
}

/**
 * Written before anything of the reader was looked at, by people of 30 to 85 as far as one hand can. Of each four
 * sentences of a kind the first and the last are `seen`: the reader may be mended by them. The two between are `unseen`:
 * of them only the totals are looked at. (Not every second one: answers were often written yes, no, yes, no.)
 */
export function readCollection(): { seen: Sentence[]; unseen: Sentence[] } {
  const all = ['writing.txt', 'answers.txt', 'questions.txt'].flatMap(readSentences)
  const places = new Map<string, number>()
  const seen: Sentence[] = []
  const unseen: Sentence[] = []
  for (const sentence of all) {
    const place = places.get(sentence.kind) ?? 0
    places.set(sentence.kind, place + 1)
    if (place % 4 === 0 || place % 4 === 3) seen.push(sentence)
    else unseen.push(sentence)
  }
  return { seen, unseen }
}
