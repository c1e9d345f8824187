/** A button's label shows about this many characters on a small phone. */
const MOST = 20

const initial = (word: string): string => `${word.charAt(0)}.`

/** "Nguyễn Thị Hồng Nhung" → "Nguyễn T.H. Nhung": family and given name stay, by which people are known. */
function shortName(label: string): string {
  const [, name = label, rest = ''] = /^(.*?)( \(.*\))?$/.exec(label) ?? []
  const words = name.split(/\s+/)
  if (label.length <= MOST || words.length < 3) return label
  return `${words[0]} ${words.slice(1, -1).map(initial).join('')} ${words.at(-1)}${rest}`
}

/** Labels for the buttons of one list; a name whose short form another one has too stays whole. */
export function shortLabels(labels: readonly string[]): string[] {
  const short = labels.map(shortName)
  return labels.map((label, at) => {
    const one = short[at] ?? label
    return short.filter((other) => other === one).length > 1 ? label : one
  })
}
