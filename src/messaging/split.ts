import type { OutgoingMessage } from './vocabulary.js'

/** The end of the last whole line, else sentence, else word that fits into `max` characters of `text`. */
function cutAt(text: string, max: number): number {
  const head = text.slice(0, max)
  for (const end of [/\n(?=[^\n]*$)/, /[.!?;](?=\s[^.!?;]*$)/, /\s(?=\S*$)/]) {
    const at = head.search(end)
    if (at > max / 3) return at + 1
  }
  // Never between the two halves of an emoji.
  return /[\uD800-\uDBFF]$/.test(head) ? max - 1 : max
}

/** Cuts a long text into pieces of at most `max` characters at line or sentence ends. */
export function splitText(text: string, max: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > max) {
    const at = cutAt(rest, max)
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return [...parts, rest]
}

/** Cut so that `below` characters still fit under the last piece, with an empty line between. */
function splitAbove(text: string, max: number, below: number): string[] {
  const texts = splitText(text, max)
  const last = texts.pop() ?? ''
  const room = max - below - 2
  if (below === 0 || last.length <= room) return [...texts, last]
  // Long lines stand alone rather than under a few words.
  return room < max / 3 ? [...texts, last, ''] : [...texts, ...splitText(last, room)]
}

/**
 * A message as the parts that a platform takes: the heading and file on the first, choices and link on the last.
 * Several files go before it, a part each, so that what to do and its buttons stand last in the chat.
 * `below`: how long the lines are that will be written under the last one. Without `captions` a file stands alone.
 */
export function splitMessage(message: OutgoingMessage, max: number, below = 0, captions = true): OutgoingMessage[] {
  if (message.files) {
    const { files, ...words } = message
    const each = files.map(({ label, ...attachment }) => ({ text: captions ? label : '', attachment }))
    return [...each, ...splitMessage(words, max, below, captions)]
  }
  const room = max - (message.heading ? message.heading.length + 2 : 0)
  const texts = splitAbove(message.text, room, below)
  const { heading, attachment, choices, link, ...rest } = message
  if (attachment && !captions) {
    const words = splitMessage({ ...message, attachment: undefined }, max, below)
    const isSaid = [message.text, heading, choices?.length, link, below].some(Boolean)
    return [{ ...rest, text: '', attachment }, ...(isSaid ? words : [])]
  }
  return texts.map((text, index) => ({
    ...rest,
    text,
    ...(index === 0 && heading ? { heading } : {}),
    ...(index === 0 && attachment ? { attachment } : {}),
    ...(index === texts.length - 1 && choices ? { choices } : {}),
    ...(index === texts.length - 1 && link ? { link } : {}),
  }))
}
