/**
 * Guides 11-HD/VPTW (2004) and 36-HD/VPTW (2018): no national motto; the issuing units at the top left, the Party's name
 * with a rule of its own length under it at the top right. Lengths in millimetres, letters in points.
 */
export const PARTY_PAPER = {
  party: 'ĐẢNG CỘNG SẢN VIỆT NAM',
  font: 'Times New Roman',
  size: 14,
  partySize: 15,
  copiesSize: 12,
  /** At the top, in the middle, from the second page on. */
  pageNumberSize: 14,
  titleSize: 16,
  page: { width: 210, height: 297 },
  margin: { top: 20, right: 20, bottom: 20, left: 30 },
  columns: [74, 86],
  /** The Party's name in bold at 15 points; what is left of its column stands free at both sides of the rule. */
  ruleLength: 74,
  firstLine: 12.7,
  /** Between lines, as a multiple, and below a paragraph. */
  line: 1.3,
  below: 6,
  /** For the hand that signs. */
  signatureSpace: 60,
  table: { size: 13, border: 4, padding: 1.5 },
} as const

export const PARTY_PAPER_MIME = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export type PaperTable = Readonly<{
  head: readonly string[]
  /** Of the page's width, in hundredths; together 100. */
  widths: readonly number[]
  /** Columns that stand in the middle, such as running numbers and days. */
  centred: readonly number[]
  rows: readonly (readonly string[])[]
}>

/** What a paper's body is made of. A bare text is a paragraph. */
export type Block =
  | string
  | Readonly<{ heading: string }>
  | Readonly<{ items: readonly string[] }>
  | Readonly<{ table: PaperTable }>
  /** Dotted lines for the hand. */
  | Readonly<{ lines: number }>

/** Role above role, and below the space for the hand who signs, where that is known: "T/M CHI BỘ", "BÍ THƯ". */
export type Signature = Readonly<{ roles: readonly string[]; name?: string }>

/** A paper of the Party, in the words that stand on it. Its form is the same for every paper. */
export type PartyPaper = Readonly<{
  /** The unit above the one that issues it; null: there is none. */
  superior: string | null
  unit: string
  /** "Số …-GM/CB": the office writes the number in. */
  number: string
  /** "Tân Lộc, ngày 03 tháng 12 năm 2026". */
  placeAndDate: string
  title: string
  about: string
  /** "Kính gửi: …"; null: it is addressed to nobody. */
  to: string | null
  body: readonly Block[]
  /** At the bottom left: who gets copies, or a second hand that signs. */
  left: Readonly<{ title: string; lines: readonly string[] }> | Signature
  signature: Signature
}>

/** What stands on a paper without head and foot. */
export type WorkingPaper = Pick<PartyPaper, 'title' | 'about' | 'body'>
