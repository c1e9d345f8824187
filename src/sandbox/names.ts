import { fold } from '../core/text.js'

/** Numbers in [0, 1) from a seed (mulberry32): the same example organisation on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const pick = <T>(random: () => number, from: readonly [T, ...T[]]): T =>
  from[Math.floor(random() * from.length)] ?? from[0]

// Rare family names with given names of plants, weather and water: plausible to read, hard to meet.
const FAMILIES = [
  'Lều',
  'Mạch',
  'Nhữ',
  'Quách',
  'Tiêu',
  'Kiều',
  'Thạch',
  'Bạch',
  'Giáp',
  'Ninh',
  'Khúc',
  'Lục',
] as const
const MIDDLES = { female: ['Thị', 'Diệu', 'Thục', 'Hạ'], male: ['Văn', 'Đình', 'Khắc', 'Bá'] } as const
const GIVEN = {
  female: ['Sen', 'Mận', 'Sương', 'Lụa', 'Mây', 'Cúc', 'Đào', 'Bưởi', 'Suối', 'Nắng', 'Quế', 'Trà', 'Lúa', 'Thoa'],
  male: ['Rừng', 'Đồi', 'Thông', 'Lim', 'Sấu', 'Bến', 'Ngàn', 'Trúc', 'Đá', 'Lau', 'Gió', 'Chò', 'Mạ', 'Tre'],
} as const

/** Leaders past and present whose names must never come out of a list, whatever is added to it. */
const KNOWN = [
  'Hồ Chí Minh',
  'Tôn Đức Thắng',
  'Phạm Văn Đồng',
  'Trường Chinh',
  'Lê Duẩn',
  'Võ Nguyên Giáp',
  'Nguyễn Văn Linh',
  'Đỗ Mười',
  'Lê Đức Anh',
  'Võ Văn Kiệt',
  'Phan Văn Khải',
  'Lê Khả Phiêu',
  'Trần Đức Lương',
  'Nông Đức Mạnh',
  'Nguyễn Minh Triết',
  'Nguyễn Tấn Dũng',
  'Trương Tấn Sang',
  'Nguyễn Sinh Hùng',
  'Nguyễn Phú Trọng',
  'Trần Đại Quang',
  'Nguyễn Xuân Phúc',
  'Nguyễn Thị Kim Ngân',
  'Võ Văn Thưởng',
  'Vương Đình Huệ',
  'Võ Thị Ánh Xuân',
  'Tô Lâm',
  'Lương Cường',
  'Phạm Minh Chính',
  'Trần Thanh Mẫn',
  'Trần Cẩm Tú',
].map(fold)

export const isKnownName = (fullName: string): boolean => KNOWN.includes(fold(fullName))

export type MadeUpName = Readonly<{ fullName: string; gender: 'female' | 'male' }>

/** `count` different names, none of a known leader. */
export function makeNames(random: () => number, count: number): MadeUpName[] {
  const names = new Map<string, MadeUpName>()
  while (names.size < count) {
    const gender = random() < 0.45 ? 'female' : 'male'
    const fullName = `${pick(random, FAMILIES)} ${pick(random, MIDDLES[gender])} ${pick(random, GIVEN[gender])}`
    if (!isKnownName(fullName)) names.set(fullName, { fullName, gender })
  }
  return [...names.values()]
}
