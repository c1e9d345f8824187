import iconv from 'iconv-lite'

// Encoders built from the layout of the code pages, not from the decoders' tables: they check each other.

const TONES = '\u0300\u0309\u0303\u0301\u0323' // grave, hook, tilde, acute, dot: the order of TCVN 5712
const TONE = new RegExp(`[${TONES}]`)

/** A letter without its tone, and the tone's place in `TONES`, -1 for none. */
function split(letter: string): readonly [string, number] {
  const spread = letter.normalize('NFD')
  const tone = TONE.exec(spread)?.[0]
  return [spread.replace(TONE, '').normalize('NFC'), tone === undefined ? -1 : TONES.indexOf(tone)]
}

const BASES = 'a ă â e ê i o ô ơ u ư y'.split(' ')

/** All 67 letters with marks, small. */
export const VIETNAMESE_LETTERS: readonly string[] = [
  ...BASES.flatMap((base) => ['', ...TONES].map((tone) => (base + tone).normalize('NFC'))),
  'đ',
].filter((letter) => !/^[a-z]$/.test(letter))

const TCVN3_TONED: Readonly<Record<string, readonly number[]>> = {
  a: [0xb5, 0xb6, 0xb7, 0xb8, 0xb9],
  ă: [0xbb, 0xbc, 0xbd, 0xbe, 0xc6],
  â: [0xc7, 0xc8, 0xc9, 0xca, 0xcb],
  e: [0xcc, 0xce, 0xcf, 0xd0, 0xd1],
  ê: [0xd2, 0xd3, 0xd4, 0xd5, 0xd6],
  i: [0xd7, 0xd8, 0xdc, 0xdd, 0xde],
  o: [0xdf, 0xe1, 0xe2, 0xe3, 0xe4],
  ô: [0xe5, 0xe6, 0xe7, 0xe8, 0xe9],
  ơ: [0xea, 0xeb, 0xec, 0xed, 0xee],
  u: [0xef, 0xf1, 0xf2, 0xf3, 0xf4],
  ư: [0xf5, 0xf6, 0xf7, 0xf8, 0xf9],
  y: [0xfa, 0xfb, 0xfc, 0xfd, 0xfe],
}
const TCVN3_PLAIN = 'ĂÂÊÔƠƯĐăâêôơưđ' // 0xA1…0xAE

function tcvn3Letter(letter: string): string {
  const plain = TCVN3_PLAIN.indexOf(letter)
  if (plain >= 0) return String.fromCharCode(0xa1 + plain)
  const [base, tone] = split(letter)
  const code = TCVN3_TONED[base.toLowerCase()]?.[tone]
  return code === undefined ? letter : String.fromCharCode(code)
}

/** As typed with .VnTime: a capital with a tone has no code and becomes the small one, which .VnTimeH draws as a capital. */
export const toTcvn3 = (text: string): string => [...text.normalize('NFC')].map(tcvn3Letter).join('')

const VNI_MARKS: Readonly<Record<string, string>> = { plain: 'øûõùï', breve: 'èúüéë', circumflex: 'àåãáä' }
const VNI_I = 'ìæóíò'

function vniSmall(letter: string): string {
  const [base, tone] = split(letter)
  if (letter === 'đ') return 'ñ'
  if (base === 'i') return tone < 0 ? 'i' : (VNI_I[tone] ?? '')
  if (letter === 'ỵ') return 'î'
  if (base === 'ơ' || base === 'ư') return (base === 'ơ' ? 'ô' : 'ö') + (VNI_MARKS.plain?.[tone] ?? '')
  if (base === 'ă') return `a${tone < 0 ? 'ê' : VNI_MARKS.breve?.[tone]}`
  if (/[âêô]/.test(base)) return base.normalize('NFD').charAt(0) + (tone < 0 ? 'â' : VNI_MARKS.circumflex?.[tone])
  return tone < 0 ? letter : base + VNI_MARKS.plain?.[tone]
}

const vniLetter = (letter: string): string =>
  letter === letter.toLowerCase() ? vniSmall(letter) : vniSmall(letter.toLowerCase()).toUpperCase()

/** As typed with VNI-Times. */
export const toVni = (text: string): string => [...text.normalize('NFC')].map(vniLetter).join('')

/** Windows-1258 keeps tones apart from their letters. */
const toneApart = (letter: string): string => {
  const [base, tone] = split(letter)
  return base + (tone < 0 ? '' : TONES[tone])
}

export const toWindows1258 = (text: string): Buffer =>
  iconv.encode([...text.normalize('NFC')].map(toneApart).join(''), 'windows-1258')
