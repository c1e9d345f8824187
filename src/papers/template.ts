import { CFB } from '@e965/xlsx'
import type { IPatch } from 'docx'
import { AppError } from '../core/errors.js'
import { createKit, type Docx } from '../core/party-kit.js'
import { type Block, PARTY_PAPER } from '../core/party-layout.js'
import { firstOf, writable } from '../core/text.js'
import { judgeArchive } from '../organization/roster/archive.js'
import { type Field, type Fields, harmless, inCaseOf, keyOf, namesIn } from './placeholders.js'

/** A Word file of one paper unpacks to less than one; what holds more is no template. */
const MAX_UNPACKED = 20_000_000

const unreadable = (cause?: unknown): AppError => new AppError('papers.template.error.unreadable', {}, { cause })

/** The texts of a Word file that people see: its body, heads and feet. */
function readTexts(bytes: Uint8Array): string[] {
  if (judgeArchive(bytes, MAX_UNPACKED) !== 'good') throw unreadable()
  const zip = CFB.read(Buffer.from(bytes), { type: 'buffer' })
  return zip.FullPaths.flatMap((path: string, n: number) =>
    /\/word\/[^/]+\.xml$/.test(path) ? [Buffer.from((zip.FileIndex[n]?.content ?? []) as Uint8Array).toString()] : [],
  )
}

const ENTITIES: readonly (readonly [string, string])[] = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
]

/** Word cuts a text into pieces wherever somebody stopped typing: what counts is the paragraph without its tags. */
const plain = (paragraph: string): string =>
  ENTITIES.reduce((text, [from, to]) => text.replaceAll(from, to), paragraph.replace(/<[^>]*>/g, ''))

/** The names between braces, as they are written, each once. Throws where the file cannot be read. */
export function placeholdersIn(bytes: Uint8Array): string[] {
  try {
    const paragraphs = readTexts(bytes).flatMap((xml) => xml.split('</w:p>').map(plain))
    return [...new Set(paragraphs.flatMap(namesIn))]
  } catch (err) {
    throw err instanceof AppError ? err : unreadable(err)
  }
}

const SHOWN = 10

const quoted = (names: readonly string[]): string =>
  names
    .slice(0, SHOWN)
    .map((name) => `“${firstOf(name.trim(), 40)}”`)
    .join(', ')

/** Refuses a file that says nothing of a meeting, or asks for what we do not know. */
export function checkTemplate(bytes: Uint8Array, known: Fields): void {
  const names = placeholdersIn(bytes)
  if (names.length === 0) throw new AppError('papers.template.error.none')
  const unknown = names.filter((name) => !(keyOf(name) in known))
  if (unknown.length > 0) throw new AppError('papers.template.error.unknown', { names: quoted(unknown) })
}

const inBlock = (block: Block, change: (text: string) => string): Block => {
  if (typeof block === 'string') return change(block)
  if ('heading' in block) return { heading: change(block.heading) }
  if ('items' in block) return { items: block.items.map(change) }
  if ('lines' in block) return block
  return { table: { ...block.table, rows: block.table.rows.map((row) => row.map(change)) } }
}

function patchesOf(docx: Docx, names: readonly string[], fields: Fields): Record<string, IPatch> {
  const kit = createKit(docx, { font: PARTY_PAPER.font, size: PARTY_PAPER.size * 2 })
  const patchOf = (name: string, field: Field): IPatch =>
    'text' in field
      ? { type: docx.PatchType.PARAGRAPH, children: [new docx.TextRun(inCaseOf(name, harmless(writable(field.text))))] }
      : {
          type: docx.PatchType.DOCUMENT,
          children: kit.blocks(field.blocks.map((one) => inBlock(one, harmless))) as never,
        }
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = fields[keyOf(name)]
      return field ? [[name, patchOf(name, field)] as const] : []
    }),
  )
}

/**
 * An office's template with what a meeting puts in, in the letters that stand around the braces. Throws where braces are
 * left: inside a link, a tracked change or a form field the library does not reach them.
 */
export async function fillTemplate(bytes: Uint8Array, fields: Fields): Promise<Uint8Array> {
  const docx = await import('docx')
  const patches = patchesOf(docx, placeholdersIn(bytes), fields)
  const filled = await docx.patchDocument({ outputType: 'uint8array', data: bytes, patches }).catch((err) => {
    throw unreadable(err)
  })
  const left = placeholdersIn(filled)
  if (left.length > 0) throw new AppError('papers.template.error.unfilled', { names: quoted(left) })
  return filled
}
