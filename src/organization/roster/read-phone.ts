/** National mobile numbers have 10 digits, fixed ones 11, both with the leading 0 (numbering plan of 2018). */
const MOBILE = /^0[35789]\d{8}$/
const FIXED = /^02\d{9}$/

function national(digits: string): string | null {
  const forms = [digits, `0${digits}`, `0${digits.replace(/^(00)?84/, '')}`, digits.replace(/^(00)?840/, '0')]
  return forms.find((form) => MOBILE.test(form)) ?? forms.find((form) => FIXED.test(form)) ?? null
}

/**
 * "0912.345.678", "+84 912 345 678", 912345678 (a numeric cell has lost its 0) → "0912345678"; null where it is none.
 * Of several numbers in a cell the first mobile one, else the first.
 */
export function readPhone(text: string): string | null {
  const numbers = text
    .split(/[;,/\n]| - |hoặc/)
    .map((part) => national(part.replace(/\D/g, '')))
    .filter((part) => part !== null)
  return numbers.find((number) => MOBILE.test(number)) ?? numbers[0] ?? null
}
