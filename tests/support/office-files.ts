import { CFB } from '@e965/xlsx'

/** A part of an office file by the end of its name; empty: there is none. */
export const readPart = (bytes: Uint8Array, name: string): string => {
  const zip = CFB.read(Buffer.from(bytes), { type: 'buffer' })
  const at = zip.FullPaths.findIndex((path: string) => path.endsWith(name))
  return Buffer.from((zip.FileIndex[at]?.content ?? []) as Uint8Array).toString()
}

/** The paragraphs of a Word file as a reader sees them. */
export const paragraphsOf = (xml: string): string[] =>
  [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([one]) =>
    [...one.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)]
      .map(([, text = '']) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
      .join(''),
  )

/** The words of a Word file, a line a paragraph; empty ones left out. */
export const wordsOf = (bytes: Uint8Array): string[] =>
  paragraphsOf(readPart(bytes, 'word/document.xml')).filter((one) => one.trim() !== '')

/** The same file with another text in one of its parts. */
export function withPart(bytes: Uint8Array, name: string, change: (text: string) => string): Uint8Array {
  const zip = CFB.read(Buffer.from(bytes), { type: 'buffer' })
  const at = zip.FullPaths.findIndex((path: string) => path.endsWith(name))
  const part = zip.FileIndex[at]
  if (!part) throw new Error(`no part ${name}`)
  part.content = Buffer.from(change(Buffer.from(part.content as Uint8Array).toString()))
  return new Uint8Array(CFB.write(zip, { type: 'buffer', fileType: 'zip' }) as Buffer)
}
