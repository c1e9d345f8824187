import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadTranslations } from '../../src/core/i18n.js'
import { PARTY_PAPER } from '../../src/core/party-layout.js'
import { renderPartyPaper } from '../../src/core/party-paper.js'
import { EXAMPLE } from '../../src/papers/example.js'
import type { Facts } from '../../src/papers/facts.js'
import { fieldsOf } from '../../src/papers/fields.js'
import { LAYOUTS, PAPER_NAMES, type PaperName } from '../../src/papers/layouts.js'
import { fillLayout } from '../../src/papers/placeholders.js'
import { readPart, wordsOf } from '../support/office-files.js'

const t = loadTranslations(join(import.meta.dirname, '../../locales')).for('vi')

/** `node scripts/papers.mjs` keeps every file, to be looked at. */
const keep = (name: string, bytes: Uint8Array): void => {
  if (process.env.PAPERS) writeFileSync(join(process.env.PAPERS, name), bytes)
}

/** A cell of 60 in a hard month: many absent, many tasks, long names. */
const LARGE: Facts = {
  ...EXAMPLE,
  issuer: {
    unit: 'Chi bộ Trường Trung học phổ thông chuyên Nguyễn Văn Mẫu',
    superior: 'Đảng ủy Sở Giáo dục và Đào tạo tỉnh Hoa Ban',
  },
  counts: {
    ...EXAMPLE.counts,
    total: 60,
    full: 57,
    probationary: 3,
    exempt: 4,
    expected: 55,
    attended: 43,
    excused: 9,
    unexcused: 3,
    rate: { part: 43, whole: 55 },
  },
  absent: Array.from({ length: 12 }, (_, n) => ({
    name: `Nguyễn Hoàng Phương Thảo ${n + 1}`,
    excused: n < 9,
    reasonKind: n < 9 ? ((['work', 'health', 'family', 'clash', 'other'] as const)[n % 5] ?? null) : null,
  })),
  before: Array.from({ length: 9 }, (_, n) => ({
    what: `Kiểm tra, đôn đốc việc thực hiện kế hoạch số ${n + 1} về xây dựng nếp sống văn minh trong nhà trường`,
    owner: `Trần Thị Thanh Huyền ${n + 1}`,
    dueOn: null,
    state: (['done', 'open', 'dropped'] as const)[n % 3] ?? 'open',
  })),
  corrections: 1,
}

const render = (name: PaperName, facts: Facts): Promise<Uint8Array> =>
  renderPartyPaper(fillLayout(LAYOUTS[name], fieldsOf(facts, t)))

describe.each(PAPER_NAMES)('%s', (name) => {
  test.each([
    ['25', EXAMPLE],
    ['60', LARGE],
  ] as const)('of a cell of %s is laid out as a paper of the Party', async (size, facts) => {
    const bytes = await render(name, facts)
    keep(`${name}-${size}.docx`, bytes)
    const words = wordsOf(bytes)
    expect(words.slice(0, 5)).toEqual([
      facts.issuer.superior?.toUpperCase(),
      facts.issuer.unit.toUpperCase(),
      '*',
      expect.stringMatching(/^Số ……-(BB|NQ|BC|PCĐ)\/CB$/),
      'ĐẢNG CỘNG SẢN VIỆT NAM',
    ])
    expect(words[5]).toBe('……………, ngày 04 tháng 12 năm 2026')
    expect(words.join('\n')).not.toMatch(/\{\{|Độc lập|undefined|null/)
    const styles = readPart(bytes, 'word/styles.xml')
    expect(styles).toContain(`w:ascii="${PARTY_PAPER.font}"`)
    expect(styles).toContain('<w:sz w:val="28"/>')
  })
})
