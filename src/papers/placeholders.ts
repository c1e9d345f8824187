import type { Block, PartyPaper, Signature } from '../core/party-layout.js'
import { fold } from '../core/text.js'

/** What stands in the place of a name in braces: words within a sentence, or whole paragraphs and tables. */
export type Field = Readonly<{ text: string }> | Readonly<{ blocks: readonly Block[] }>
export type Fields = Readonly<Record<string, Field>>

const BRACES = /\{\{([^{}]*)\}\}/g

/** The names in braces, as they are written. */
export const namesIn = (text: string): string[] => [...text.matchAll(BRACES)].map(([, name = '']) => name)

/** People write "Chi bộ" for `chi_bo`, and `CHI_BO` for the same in capitals. */
export const keyOf = (name: string): string => fold(name).replaceAll(' ', '_')

/** A name that is written in capitals means the words in capitals. */
export const inCaseOf = (name: string, text: string): string =>
  name === name.toUpperCase() && name !== name.toLowerCase() ? text.toUpperCase() : text

/** Braces that people typed into an agenda are no names of ours. */
export const harmless = (text: string): string => text.replaceAll('{{', '{ {')

const fillText = (text: string, fields: Fields): string =>
  text
    .replace(BRACES, (whole, name: string) => {
      const field = fields[keyOf(name)]
      return field && 'text' in field ? inCaseOf(name, harmless(field.text)) : whole
    })
    .replaceAll('….', '…')

const ALONE = /^\{\{([^{}]*)\}\}$/

function fillBlock(block: Block, fields: Fields): readonly Block[] {
  if (typeof block !== 'string') return [block]
  const field = fields[keyOf(ALONE.exec(block)?.[1] ?? '')]
  return field && 'blocks' in field ? field.blocks : [sentence(fillText(block, fields))]
}

/** "ngày 03 tháng 12" at the beginning of a sentence. */
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const fillSignature = ({ roles, name }: Signature, fill: (text: string) => string): Signature => ({
  roles: roles.map(fill),
  ...(name ? { name: fill(name) } : {}),
})

/** A layout with what a meeting puts in. */
export function fillLayout(layout: PartyPaper, fields: Fields): PartyPaper {
  const fill = (text: string): string => fillText(text, fields)
  const { left } = layout
  return {
    superior: layout.superior && fill(layout.superior),
    unit: fill(layout.unit),
    number: fill(layout.number),
    placeAndDate: fill(layout.placeAndDate),
    title: fill(layout.title),
    about: fill(layout.about),
    to: layout.to && fill(layout.to),
    body: layout.body.flatMap((block) => fillBlock(block, fields)),
    left: 'title' in left ? { title: fill(left.title), lines: left.lines.map(fill) } : fillSignature(left, fill),
    signature: fillSignature(layout.signature, fill),
  }
}
