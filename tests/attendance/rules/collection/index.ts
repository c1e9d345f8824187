import { readFileSync } from 'node:fs'
import { COLLECTIONS, type Label, labelled } from '../sentences.js'

export type Sentence = Readonly<{ kind: string; text: string; label: Label }>

/** "## kind", then "label | sentence" lines; the kind `nfd` is stored composed, so that editors cannot spoil it. */
function readSentences(file: string): Sentence[] {
  const sentences: Sentence[] = []
  let kind = ''
  for (const line of readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')) {
    if (line.startsWith('## ')) kind = line.slice(3)
    const at = line.indexOf(' | ')
    if (at < 0 || line.startsWith('#')) continue
    const text = line.slice(at + 3)
    const label = line.slice(0, at) as Label
    sentences.push({ kind, text: kind === 'nfd' ? text.normalize('NFD') : text, label })
  }
  return sentences
}

/**
 * Written before anything of the reader was looked at, by people of 30 to 85 as far as one hand can. Of each four
 * sentences of a kind the first and the last are `seen`: the reader may be mended by them. The two between are `unseen`:
 * of them only the totals are looked at. (Not every second one: answers were often written yes, no, yes, no.)
 */
function readCollection(): { seen: Sentence[]; unseen: Sentence[] } {
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

/** The older collections have no kinds: their labels stand for them. */
const older = (name: keyof typeof COLLECTIONS): Sentence[] =>
  labelled(COLLECTIONS[name]).map(({ text, label }) => ({ text, label, kind: label.split(':')[0] ?? label }))

export type CollectionName = 'seen' | 'unseen' | 'second' | 'third' | 'fourth' | 'fifth' | 'sixth' | 'developed' | 'held out'

export const SENTENCES: Readonly<Record<CollectionName, readonly Sentence[]>> = {
  ...readCollection(),
  second: readSentences('second.txt'),
  third: readSentences('third.txt'),
  fourth: readSentences('fourth.txt'),
  fifth: readSentences('fifth.txt'),
  sixth: readSentences('sixth.txt'),
  developed: older('developed'),
  'held out': older('heldOut'),
}
