import { deflateRawSync } from 'node:zlib'
import { CFB } from '@e965/xlsx'
import { expect, test } from 'vitest'
import type { PlainDate } from '../../src/core/dates.js'
import { readRoster } from '../../src/organization/roster/read-roster.js'
import { rosterBook, type SheetRows } from '../support/roster-files.js'

type Entry = Readonly<{ name: string; claims: number; packed: Buffer }>

/** A ZIP (APPNOTE 6.3.10) whose sizes are what the test says. */
function zipOf(entries: readonly Entry[]): Uint8Array {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, claims, packed } of entries) {
    const head = Buffer.alloc(30)
    head.write('PK\x03\x04\x14\0\0\0\x08', 'latin1')
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(claims, 22)
    head.writeUInt16LE(name.length, 26)
    const line = Buffer.alloc(46)
    line.write('PK\x01\x02\x14\0\x14\0\0\0\x08', 'latin1')
    head.copy(line, 20, 18, 28)
    line.writeUInt32LE(offset, 42)
    files.push(head, Buffer.from(name), packed)
    directory.push(line, Buffer.from(name))
    offset += head.length + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...files, ...directory, end]))
}

/** A roster whose sheet goes on with so many blanks, and claims that it does not. */
function rosterWith(blanks: number): Uint8Array {
  const people: SheetRows = [
    ['STT', 'Họ và tên'],
    [1, 'Nguyễn Thị Hồng Ánh'],
  ]
  const parts = CFB.read(Buffer.from(rosterBook({ DS: people })), { type: 'buffer' })
  const entries = parts.FullPaths.flatMap((path: string, at: number) => {
    const name = path.replace(/^Root Entry\//, '')
    const content = Buffer.from((parts.FileIndex[at]?.content as Uint8Array | undefined) ?? [])
    if (name.endsWith('/') || content.length === 0) return []
    const held = name.endsWith('sheet1.xml') ? Buffer.concat([content, Buffer.alloc(blanks, 32)]) : content
    return [{ name, claims: content.length, packed: deflateRawSync(held) }]
  })
  return zipOf(entries)
}

const read = (bytes: Uint8Array) => {
  const { rows, problems } = readRoster(bytes, 'ds.xlsx', '2026-12-03' as PlainDate)
  return { names: rows.map((one) => one.fullName), codes: problems.map((one) => one.code) }
}

test('a workbook is read by what it holds', () => {
  expect(read(rosterWith(1_000))).toEqual({ names: ['Nguyễn Thị Hồng Ánh'], codes: [] })
})

test.each([
  ['a few hundred kilobytes that unpack to more than any roster and claim to be small', () => rosterWith(101_000_000)],
  [
    'thousands of files',
    () => zipOf(Array.from({ length: 2_500 }, (_, n) => ({ name: `${n}`, claims: 1, packed: deflateRawSync('x') }))),
  ],
])('%s: refused before the library unpacks it', (_, make) => {
  expect(read(make())).toEqual({ names: [], codes: ['roster.problem.too_large'] })
})

test('a directory that points beyond its archive is no workbook', () => {
  const bytes = Buffer.from(rosterWith(0))
  bytes.writeUInt32LE(0xfffffff0, bytes.indexOf('PK\x01\x02') + 42)
  expect(read(new Uint8Array(bytes)).codes).toEqual(['roster.problem.not_a_roster_file'])
})
