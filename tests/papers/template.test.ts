import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadTranslations } from '../../src/core/i18n.js'
import { renderPartyPaper } from '../../src/core/party-paper.js'
import { EXAMPLE } from '../../src/papers/example.js'
import { fieldsOf } from '../../src/papers/fields.js'
import { LAYOUTS, PAPER_NAMES } from '../../src/papers/layouts.js'
import { keyOf } from '../../src/papers/placeholders.js'
import { checkTemplate, fillTemplate, placeholdersIn } from '../../src/papers/template.js'
import { NAME_GROUPS } from '../../src/papers/template-names.js'
import { readPart, wordsOf } from '../support/office-files.js'
import { emptyTemplate, officeTemplate, wrongTemplate } from './template-files.js'

const t = loadTranslations(join(import.meta.dirname, '../../locales')).for('vi')
const FIELDS = fieldsOf(EXAMPLE, t)

const keep = (name: string, bytes: Uint8Array): void => {
  if (process.env.PAPERS) writeFileSync(join(process.env.PAPERS, name), bytes)
}

describe('a template of an office', () => {
  test('is filled wherever Word has cut the names, in its own letters, in capitals where the name is', async () => {
    const template = await officeTemplate()
    checkTemplate(template, FIELDS)
    const filled = await fillTemplate(template, FIELDS)
    keep('office-template.docx', filled)
    const words = wordsOf(filled)
    expect(words[0]).toBe('CHI BỘ TỔ DÂN PHỐ 5')
    expect(words[1]).toMatch(/^Mẫu của phường. Hôm nay ngày 03 tháng 12 năm 2026: Tổng số đảng viên: 25 đồng chí/)
    expect(words[2]).toBe('19/22, lại 19')
    expect(words.slice(3, 12)).toEqual([
      'STT',
      'Họ và tên',
      'Vắng',
      'Lý do',
      '1',
      'Cầm Thị Mẫu',
      'có lý do',
      'sức khỏe',
      '2',
    ])
    expect(words.at(-1)).toBe('- Bàn nhiệm vụ tháng 12 và công tác chuẩn bị tổng kết năm.')
    expect(readPart(filled, 'word/header1.xml')).toContain('sinh hoạt thường kỳ tháng 12/2026')
    const xml = readPart(filled, 'word/document.xml')
    expect(xml).toMatch(/<w:b\/>.*?CHI BỘ TỔ DÂN PHỐ 5/s)
    expect(xml).toMatch(/<w:i\/>.*?Tổng số đảng viên/s)
  })

  test('what people typed into an agenda is never taken for a name', async () => {
    const meeting = { ...EXAMPLE.meeting, agenda: 'Bàn {{noi_dung}}; xem {{chi_bo}} và {{xyz}}' }
    const filled = await fillTemplate(await officeTemplate(), fieldsOf({ ...EXAMPLE, meeting }, t))
    expect(wordsOf(filled).slice(-2)).toEqual(['- Bàn { {noi_dung}};', '- Xem { {chi_bo}} và { {xyz}}.'])
  })

  test('with names that nobody knows is refused by naming them', async () => {
    const template = await wrongTemplate()
    expect(placeholdersIn(template)).toEqual(['chi_bo', 'thoi_tiet', 'Số dư quỹ'])
    expect(() => checkTemplate(template, FIELDS)).toThrow(
      expect.objectContaining({
        code: 'papers.template.error.unknown',
        params: { names: '“thoi_tiet”, “Số dư quỹ”' },
      }),
    )
    expect(() => checkTemplate(new TextEncoder().encode('PK\x03\x04 nothing'), FIELDS)).toThrow('papers.template.error')
    const bare = await emptyTemplate()
    expect(() => checkTemplate(bare, FIELDS)).toThrow('papers.template.error.none')
  })

  test.each(PAPER_NAMES)(
    'of ours for the %s can be got with its braces, sent back unchanged, and fills',
    async (name) => {
      const sample = await renderPartyPaper(LAYOUTS[name])
      keep(`sample-${name}.docx`, sample)
      checkTemplate(sample, FIELDS)
      const filled = await fillTemplate(sample, FIELDS)
      expect(wordsOf(filled)).toContain('ĐẢNG ỦY PHƯỜNG HOA BAN')
      expect(placeholdersIn(filled)).toEqual([])
    },
  )
})

test('every name that may stand in braces is in the documentation and in the office’s list, and no other', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/papers.md'), 'utf8')
  const listed = [...docs.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name = '']) => name)
  expect(listed.toSorted()).toEqual(Object.keys(FIELDS).toSorted())
  for (const name of Object.keys(FIELDS)) expect(keyOf(name)).toBe(name)
  expect(Object.values(NAME_GROUPS).flat().toSorted()).toEqual(Object.keys(FIELDS).toSorted())
})
