import { expect, test } from 'vitest'
import { html } from '../../src/core/html.js'
import { listLines } from '../../src/core/text.js'

test('items of a list, whatever stands before them', () => {
  const typed = '- Hùng: sửa loa\n\n–Lan: quét sân\n1. Mai: mua nước\n2) Sim: sổ sách\n  • Nam: 2 bàn\n3 bàn: Nam'
  const items = ['Hùng: sửa loa', 'Lan: quét sân', 'Mai: mua nước', 'Sim: sổ sách', 'Nam: 2 bàn', '3 bàn: Nam']
  expect(listLines(typed)).toEqual(items)
  expect(listLines('Tốt 90; Khá 70')).toEqual(['Tốt 90; Khá 70'])
  expect(listLines('Tốt 90; Khá 70', /[\n;]/)).toEqual(['Tốt 90', 'Khá 70'])
})

test('nothing that somebody is called becomes a tag or ends an attribute', () => {
  expect(html('<b>"Tổ" & 1</b>')).toBe('&lt;b&gt;&quot;Tổ&quot; &amp; 1&lt;/b&gt;')
})
