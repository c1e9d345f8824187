/** "11. Tôi đồng ý": what can be chosen, and by what. */
const OFFER = /^(\d+)\. (.+)$/gm

export type Offered = Readonly<{ number: string; label: string }>

/** An answer's own digit is part of its button's words elsewhere, or is not: both mean this line. */
export const offersOf = (text: string): Offered[] =>
  [...text.matchAll(OFFER)].flatMap(([, number = '', label = '']) =>
    number.length === 1 ? [label, `${number} ${label}`].map((one) => ({ number, label: one })) : [{ number, label }],
  )

/** A label may be shortened; the beginning is enough when nothing fits exactly. */
const fits = ({ label }: Offered, wanted: string): boolean =>
  label.startsWith(wanted) || (label.endsWith('…') && wanted.startsWith(label.slice(0, -1)))

/** The number to type for this label, from the newest of these texts that offers it. `texts`: the oldest first. */
export function numberFor(label: string, texts: readonly string[]): string {
  const offer = texts
    .toReversed()
    .flatMap(offersOf)
    .find((one) => fits(one, label))
  if (!offer) throw new Error(`nothing offers "${label}" in:\n${texts.at(-1)}`)
  return offer.number
}
