import { badRequest, type Entity } from './types.js'

const TAGS: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
}

const NAMED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' }

const PIECE = /<(\/?)([a-z]+)((?:\s[^<>]*)?)>|&(?:lt|gt|amp|quot);|&#(\d+);|[<]/gi

type Open = Readonly<{ tag: string; offset: number; url?: string }>

const cannotParse = (why: string) => badRequest(`can't parse entities: ${why}`)

/** Telegram's HTML as plain text and entities; refuses what Telegram refuses. Offsets in UTF-16 units, as there. */
export function parseHtml(html: string): { text: string; entities: Entity[] } {
  const open: Open[] = []
  const entities: Entity[] = []
  let text = ''
  let last = 0
  for (const found of html.matchAll(PIECE)) {
    text += html.slice(last, found.index)
    last = found.index + found[0].length
    const [whole, closing, name, attributes, number] = found
    if (number) text += String.fromCodePoint(Number(number))
    else if (whole in NAMED) text += NAMED[whole]
    else if (!name) throw cannotParse(`unexpected "<" at ${found.index}`)
    else if (closing) entities.push(...closeTag(open, name.toLowerCase(), text.length))
    else open.push(openTag(name.toLowerCase(), attributes ?? '', text.length))
  }
  if (open.length > 0) throw cannotParse(`no end tag for "${open.at(-1)?.tag}"`)
  return { text: text + html.slice(last), entities }
}

function openTag(tag: string, attributes: string, offset: number): Open {
  if (!TAGS[tag]) throw cannotParse(`Unsupported start tag "${tag}"`)
  const url = /href="([^"]*)"/.exec(attributes)?.[1]
  return { tag, offset, ...(url ? { url } : {}) }
}

function closeTag(open: Open[], tag: string, end: number): Entity[] {
  const started = open.pop()
  if (started?.tag !== tag) throw cannotParse(`Unmatched end tag "${tag}"`)
  const { offset, url } = started
  return end > offset ? [{ type: TAGS[tag] ?? tag, offset, length: end - offset, ...(url ? { url } : {}) }] : []
}
