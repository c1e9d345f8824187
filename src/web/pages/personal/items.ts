import type { TranscriptEntry } from '../../../messaging/transcript.js'

/** As much of a chat as somebody scrolls through on a page. */
const MOST_ITEMS = 15

export type Item = Readonly<{
  /** Of the delivery that says it as it is now, or of the update: the logs know both. */
  id: string
  from: 'bot' | 'person'
  heading: string | null
  text: string
  /** Of a file that came with it: where it lies below the page's address. */
  file: Readonly<{ name: string; href: string }> | null
  link: string | null
  buttons: readonly (readonly Readonly<{ label: string; value: string }>[])[]
}>

/** Of another kind (`javascript:`) no link is made. */
const isWebLink = (url: string | undefined): url is string => /^https?:\/\//.test(url ?? '')

type BotEntry = Extract<TranscriptEntry, { from: 'bot' }>

function botItem({ deliveryId, messageId, content }: BotEntry): Item {
  let place = 0
  const { heading, text, fileName, url, choices } = content
  return {
    id: deliveryId,
    from: 'bot',
    heading: heading ?? null,
    text,
    file: fileName ? { name: fileName, href: `tep/${messageId}` } : null,
    link: isWebLink(url) ? url : null,
    buttons: choices.map((row) => row.map(({ label }) => ({ label, value: `${deliveryId}.${place++}` }))),
  }
}

/** What a person did, in words; a press under a message stands in what the message became. */
function personItem({ updateId, content }: Exclude<TranscriptEntry, BotEntry>): Item | null {
  const said = content.kind === 'text' ? content.text : content.kind === 'call' ? content.label : null
  if (said === null) return null
  return { id: updateId, from: 'person', heading: null, text: said, file: null, link: null, buttons: [] }
}

/** What stands in the page's chat, newest first: an answer stands right below what it answers to. */
export const itemsOf = (entries: readonly TranscriptEntry[]): Item[] =>
  entries
    .flatMap((one) => (one.from === 'bot' ? botItem(one) : (personItem(one) ?? [])))
    .slice(-MOST_ITEMS)
    .reverse()
