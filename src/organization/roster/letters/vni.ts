/**
 * VNI for Windows, the encoding behind VNI-Times and its like: a base letter, then one character for its marks.
 * `ơ`, `ư`, `đ`, `ỵ` and the toned `i` are single characters. Capitals pair capital with capital.
 */
const TABLE =
  'á=aù à=aø ả=aû ã=aõ ạ=aï ă=aê ắ=aé ằ=aè ẳ=aú ẵ=aü ặ=aë â=aâ ấ=aá ầ=aà ẩ=aå ẫ=aã ậ=aä đ=ñ ' +
  'é=eù è=eø ẻ=eû ẽ=eõ ẹ=eï ê=eâ ế=eá ề=eà ể=eå ễ=eã ệ=eä í=í ì=ì ỉ=æ ĩ=ó ị=ò ' +
  'ó=où ò=oø ỏ=oû õ=oõ ọ=oï ô=oâ ố=oá ồ=oà ổ=oå ỗ=oã ộ=oä ơ=ô ớ=ôù ờ=ôø ở=ôû ỡ=ôõ ợ=ôï ' +
  'ú=uù ù=uø ủ=uû ũ=uõ ụ=uï ư=ö ứ=öù ừ=öø ử=öû ữ=öõ ự=öï ý=yù ỳ=yø ỷ=yû ỹ=yõ ỵ=î'

const small = TABLE.split(' ').map((pair) => pair.split('=') as [string, string])
const upper = (code: string): string => code.toUpperCase()
const first = (code: string): string => upper(code.slice(0, 1)) + code.slice(1)

// A capital letter is followed by capital marks in careful typing and by small ones in hasty typing: both are read.
const toUnicode: ReadonlyMap<string, string> = new Map(
  small.flatMap(([letter, code]) => [
    [code, letter],
    [upper(code), letter.toUpperCase()],
    [first(code), letter.toUpperCase()],
  ]),
)

const CODES = new RegExp(
  [...toUnicode.keys()].sort((a, b) => b.length - a.length).join('|'), // the longest first, or "ôù" would be read as ơ + ù
  'g',
)

export const decodeVni = (text: string): string => text.replace(CODES, (code) => toUnicode.get(code) ?? code)
