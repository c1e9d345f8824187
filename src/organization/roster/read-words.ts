import { fold } from '../../core/text.js'
import type { CellRole, Gender } from './types.js'

const FORMER = /^(nguyen|cuu)\b/
/** Led by somebody, but not a cell: the youth union, a committee above, a branch of it. */
const ELSEWHERE = /\b(doan|dang uy|dang bo|chi doan|tinh uy|huyen uy|thanh uy|xa|phuong)\b/

const ROLES: readonly (readonly [CellRole, RegExp])[] = [
  ['deputy', /^(pho|p) (bi thu|bt)\b|^pbt\b/],
  ['secretary', /^(bi thu|bt)\b/],
  [
    'cell_committee',
    /^(chi uy( vien)?|cuv|uv chi uy|uy vien chi uy|uy vien ban chi uy|uv bch chi bo|uy vien bch chi bo)\b/,
  ],
]

function roleOfPart(part: string): CellRole | null {
  const words = fold(part)
  if (FORMER.test(words) || (ELSEWHERE.test(words) && !/(bi thu|uy vien) chi bo/.test(words))) return null
  return ROLES.find(([, pattern]) => pattern.test(words))?.[0] ?? null
}

const RANK: readonly CellRole[] = ['secretary', 'deputy', 'cell_committee']

/** The role in the cell that a text names, the highest of several ("Chi ủy viên, Phó Bí thư"); null for any other post. */
export function readRole(text: string): CellRole | null {
  const found = text.split(/[,;/+\n]| - | kiêm /i).map(roleOfPart)
  return RANK.find((role) => found.includes(role)) ?? null
}

export function readGender(text: string): Gender | null {
  const word = fold(text)
  if (/^(nu|f|female)$/.test(word)) return 'female'
  return /^(nam|m|male)$/.test(word) ? 'male' : null
}

export type NoteFacts = Readonly<{ exempt?: true; temporary?: true; probationary?: true; away?: true }>

/** What a note says about how somebody takes part. "away": attached elsewhere for a time, which the roster cannot settle. */
export function readNote(text: string): NoteFacts {
  const words = fold(text)
  const denied = /\b(khong|het|thoi|chua|da het)( duoc| con)? mien\b/.test(words)
  const exempt = /\bmien (sinh hoat|cong tac|sh|shd)\b|\bduoc mien\b/.test(words) && !denied
  const temporary = /sinh hoat( dang)? tam thoi|tam thoi sinh hoat|\bshtt\b|^tam thoi$/.test(words)
  const away = temporary && /tam thoi (di|tai|o|noi khac)\b|chuyen .*tam thoi di|\bdi .*tam thoi/.test(words)
  return {
    ...(exempt ? { exempt } : {}),
    ...(temporary && !away ? { temporary } : {}),
    ...(away ? { away } : {}),
    ...(/\bdu bi\b/.test(words) ? { probationary: true as const } : {}),
  }
}
