/**
 * TCVN 5712:1993 (VN3), the encoding behind fonts such as .VnTime and .VnTimeH. One byte a letter; here each byte is
 * the character that Windows-1252 gives it, because that is how such text arrives in a workbook.
 * It has no capitals with a tone: the capital fonts (.VnTimeH) draw the small letter's code as a capital.
 */
const TABLE =
  'à=µ á=¸ ả=¶ ã=· ạ=¹ ă=¨ ằ=» ắ=¾ ẳ=¼ ẵ=½ ặ=Æ â=© ầ=Ç ấ=Ê ẩ=È ẫ=É ậ=Ë đ=® è=Ì é=Ð ẻ=Î ẽ=Ï ẹ=Ñ ê=ª ề=Ò ế=Õ ể=Ó ễ=Ô ệ=Ö ' +
  'ì=× í=Ý ỉ=Ø ĩ=Ü ị=Þ ò=ß ó=ã ỏ=á õ=â ọ=ä ô=« ồ=å ố=è ổ=æ ỗ=ç ộ=é ơ=¬ ờ=ê ớ=í ở=ë ỡ=ì ợ=î ù=ï ú=ó ủ=ñ ũ=ò ụ=ô ' +
  'ư=\u00AD ừ=õ ứ=ø ử=ö ữ=÷ ự=ù ỳ=ú ý=ý ỷ=û ỹ=ü ỵ=þ Ă=¡ Â=¢ Ê=£ Ô=¤ Ơ=¥ Ư=¦ Đ=§'

const pairs = TABLE.split(' ').map((pair) => [pair[0] ?? '', pair[2] ?? ''] as const)
const toUnicode: ReadonlyMap<string, string> = new Map(pairs.map(([letter, code]) => [code, letter]))

export const decodeTcvn3 = (text: string): string => [...text].map((char) => toUnicode.get(char) ?? char).join('')
