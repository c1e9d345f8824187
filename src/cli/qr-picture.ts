import { inflateSync } from 'node:zlib'

/** A picture as rows of brightness, 0 to 255. */
type Rows = readonly (readonly number[])[]

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** Samples a pixel by PNG's colour type. A palette is read by its place: Zalo's codes have none. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 }

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = SIGNATURE.length; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(left + up - corner - one)) as [number, number, number]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** Undoes the filter of one line (PNG's five kinds), in place. */
function unfilter(kind: number, line: Buffer, above: Buffer, step: number): void {
  for (let at = 0; at < line.length; at += 1) {
    const left = at < step ? 0 : (line[at - step] ?? 0)
    const up = above[at] ?? 0
    const corner = at < step ? 0 : (above[at - step] ?? 0)
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind] ?? 0
    line[at] = ((line[at] ?? 0) + guess) & 255
  }
}

/** Null: no PNG, or of a kind that is not read here (a palette, 16 bits, interlaced). */
function readPng(png: Buffer): Rows | null {
  if (!png.subarray(0, 8).equals(SIGNATURE)) return null
  const chunks = chunksOf(png)
  const head = chunks.find((one) => one.type === 'IHDR')?.data
  if (!head) return null
  const [width, height, bits, colour] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8] ?? 0, head[9] ?? 9]
  const channels = CHANNELS[colour]
  if (!channels || head[12] !== 0 || !(bits === 8 || (bits < 8 && channels === 1))) return null
  const bytes = inflateSync(Buffer.concat(chunks.filter((one) => one.type === 'IDAT').map((one) => one.data)))
  const length = Math.ceil((width * channels * bits) / 8)
  const step = Math.max(1, (channels * bits) >> 3)
  let above: Buffer = Buffer.alloc(length)
  return Array.from({ length: height }, (_, y) => {
    const from = y * (length + 1)
    const line = Buffer.from(bytes.subarray(from + 1, from + 1 + length))
    unfilter(bytes[from] ?? 0, line, above, step)
    above = line
    return Array.from({ length: width }, (_, x) => sample(line, x, bits, channels))
  })
}

function sample(line: Buffer, x: number, bits: number, channels: number): number {
  if (bits === 8) return line[x * channels] ?? 255
  const shift = 8 - bits - ((x * bits) & 7)
  return ((((line[(x * bits) >> 3] ?? 0) >> shift) & (2 ** bits - 1)) * 255) / (2 ** bits - 1)
}

const isDark = (rows: Rows, x: number, y: number): boolean => (rows[Math.floor(y)]?.[Math.floor(x)] ?? 255) < 128

/** The code's own squares; null: this is no code. Its corner is a square of seven, which says how large one is. */
export function readSquares(png: Buffer): boolean[][] | null {
  const rows = readPng(png)
  if (!rows) return null
  const dark = rows.flatMap((row, y) => row.flatMap((_, x) => (isDark(rows, x, y) ? [{ x, y }] : [])))
  const left = Math.min(...dark.map((one) => one.x))
  const top = Math.min(...dark.map((one) => one.y))
  const right = Math.max(...dark.map((one) => one.x))
  let corner = left
  while (isDark(rows, corner, top)) corner += 1
  const square = (corner - left) / 7
  const count = Math.round((right + 1 - left) / square)
  if (!(count >= 21 && count <= 177 && count % 4 === 1)) return null
  const size = (right + 1 - left) / count
  const each = Array.from({ length: count }, (_, n) => n)
  return each.map((y) => each.map((x) => isDark(rows, left + (x + 0.5) * size, top + (y + 0.5) * size)))
}

const MARGIN = 2

/** Two squares a letter, light on dark as a terminal is: a phone's camera reads it from the screen. Null: no code. */
export function drawInTerminal(png: Buffer): string | null {
  const squares = readSquares(png)
  if (!squares) return null
  const width = squares.length + 2 * MARGIN
  const isLight = (x: number, y: number): boolean => !squares[y - MARGIN]?.[x - MARGIN]
  const letter = (x: number, y: number): string => {
    const below = y + 1 < width && isLight(x, y + 1)
    if (isLight(x, y)) return below ? '█' : '▀'
    return below ? '▄' : ' '
  }
  return Array.from({ length: Math.ceil(width / 2) }, (_, line) =>
    Array.from({ length: width }, (_, x) => letter(x, line * 2)).join(''),
  ).join('\n')
}
