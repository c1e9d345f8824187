import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addUnit, appoint, dissolve, importRoster, invite, moveUnit, transfer } from '../../src/cli/organization.js'
import type { Session } from '../../src/cli/session.js'
import { messyRosterXls, rosterBook } from '../support/roster-files.js'
import { openTestSession, type TestSession } from '../support/session.js'

let opened: TestSession
let session: Session
beforeAll(async () => {
  opened = await openTestSession()
  session = opened.session
})
afterAll(() => opened.close())

const file = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(opened.folder, name)
  await writeFile(path, bytes)
  return path
}

const HEADER = ['Họ và tên', 'Ngày sinh', 'Chức vụ']
const importing = async (path: string, options = {}) => {
  const { lines, refused } = await importRoster(session, path, options)
  return { text: lines.join('\n'), refused }
}
const members = () => session.db.membership.count()

describe('the command line on an empty installation', () => {
  test('says what to do first, then grows the tree from the top down', async () => {
    const path = await file('x.xlsx', rosterBook({ A: [HEADER, ['Cầm Văn Mẫu', '1970', 'Bí thư']] }))
    await expect(importing(path)).rejects.toMatchObject({ code: 'cli.error.no-units' })
    await expect(addUnit(session, 'X', { kind: 'village' })).rejects.toMatchObject({ code: 'cli.error.kind' })
    await addUnit(session, 'Đảng bộ xã Mường Thử', { kind: 'commune' })
    expect(await addUnit(session, 'Chi bộ bản Mẫu', { kind: 'cell', under: 'dang bo xa muong thu' })).toContain(
      'Chi bộ bản Mẫu',
    )
    await expect(addUnit(session, 'Chi bộ bản Mẫu', { kind: 'cell' })).rejects.toMatchObject({
      code: 'cli.error.unit-exists',
    })
    await expect(importing(path, { unit: 'Chi bộ Không Có' })).rejects.toMatchObject({ code: 'cli.error.no-unit' })
    await expect(importing(join(opened.folder, 'nowhere.xls'))).rejects.toMatchObject({ code: 'cli.error.no-file' })
  })

  test('an old messy XLS: shown, imported, and twice changes nothing', async () => {
    const people = Array.from({ length: 25 }, (_, n) => ({
      fullName: `${['Cầm', 'Quàng', 'Tòng', 'Lường', 'Vì'][n % 5]} ${n % 2 ? 'Thị' : 'Văn'} ${['Mẫu', 'Thử', 'Giả', 'Vờ', 'Tạm'][Math.floor(n / 5)]}`,
      gender: n % 2 ? ('female' as const) : ('male' as const),
      birth: `19${60 + n}-03-0${(n % 9) + 1}`,
      ...(n === 0 ? { role: 'Bí thư' } : {}),
      admittedOn: '2001-05-19',
      fullOn: '2002-05-19',
      phone: `09120000${String(n).padStart(2, '0')}`,
      section: n < 12 ? 'Tổ đảng 1' : 'Tổ đảng 2',
    }))
    const path = await file('danh sách cũ.xls', messyRosterXls(people))
    const dry = await importing(path, { unit: 'Chi bộ bản Mẫu', dryRun: true })
    expect(dry.text).toContain('Thêm 25 đồng chí')
    expect(dry.text).toContain('chưa ghi gì')
    expect(await members()).toBe(0)
    expect((await importing(path, { unit: 'Chi bộ bản Mẫu' })).text).toContain('Đã nhập xong')
    expect(await members()).toBe(25)
    expect(await session.db.membership.count({ where: { section: 'Tổ đảng 2' } })).toBe(13)
    const again = await importing(path, { unit: 'Chi bộ bản Mẫu' })
    expect(again.text).toContain('Không có gì để thay đổi')
    expect(await members()).toBe(25)
  })

  test('a row that cannot be read is named; the rest is imported, or nothing with --strict', async () => {
    const rows = [HEADER, ['Giàng Thị Thêm', '31/02/1980', ''], ['', '1990', '']]
    const path = await file('thieu.xlsx', rosterBook({ A: rows }))
    const strict = await importing(path, { unit: 'Chi bộ bản Mẫu', strict: true })
    expect([strict.refused, await members()]).toEqual([true, 25])
    expect(strict.text).toContain('Dòng 2')
    const loose = await importing(path, { unit: 'Chi bộ bản Mẫu' })
    expect(loose.text).toContain('không có trong lịch')
    expect([loose.refused, await members()]).toEqual([false, 26])
  })

  test('what is no roster says so and counts as refused', async () => {
    const { refused, text } = await importing(await file('x.pdf', new TextEncoder().encode('%PDF-1.7')), {
      unit: 'Chi bộ bản Mẫu',
    })
    expect(refused).toBe(true)
    expect(text).toContain('không phải là bảng tính')
  })

  test('office staff are appointed by name; codes come as lines or as JSON', async () => {
    expect(await appoint(session, 'Lò Thị Văn Phòng', { role: 'office', unit: 'Đảng bộ xã Mường Thử' })).toContain(
      'văn phòng cấp ủy',
    )
    await expect(appoint(session, 'Lò Thị Văn Phòng', { role: 'office' })).rejects.toMatchObject({
      code: 'organization.error.appointed-already',
    })
    await expect(appoint(session, 'X', { role: 'boss' })).rejects.toMatchObject({ code: 'cli.error.role' })
    expect(await invite(session, { role: 'office' })).toMatch(/^\d{4} \d{4}\tLò Thị Văn Phòng\tĐảng bộ xã Mường Thử$/)
    const all = JSON.parse(await invite(session, { unit: 'Chi bộ bản Mẫu', json: true }))
    expect(all).toHaveLength(26)
    expect(all[0]).toMatchObject({ code: expect.stringMatching(/^\d{4} \d{4}$/), link: null })
    await expect(invite(session, { member: 'Không Có Ai' })).rejects.toMatchObject({
      code: 'organization.error.nobody',
    })
  })

  test('a member is transferred, a cell is moved and dissolved: what was stays', async () => {
    await addUnit(session, 'Chi bộ bản Mới', { kind: 'cell', under: 'Đảng bộ xã Mường Thử' })
    await addUnit(session, 'Đảng bộ bộ phận Thử', { kind: 'departmental', under: 'Đảng bộ xã Mường Thử' })
    session = { ...session, now: new Date('2026-11-25T01:00:00Z') }
    expect(await transfer(session, 'giang thi them', { to: 'Chi bộ bản Mới' })).toContain('Chi bộ bản Mới')
    const moved = await session.db.membership.findMany({
      where: { person: { fullName: 'Giàng Thị Thêm' } },
      orderBy: { startsOn: 'asc' },
      include: { cell: true },
    })
    expect(moved.map((one) => [one.cell.name, one.endsOn?.toISOString().slice(0, 10)])).toEqual([
      ['Chi bộ bản Mẫu', '2026-11-25'],
      ['Chi bộ bản Mới', undefined],
    ])
    await expect(transfer(session, 'Không Có Ai', { to: 'Chi bộ bản Mới' })).rejects.toMatchObject({
      code: 'organization.error.nobody',
    })
    expect(await moveUnit(session, 'Chi bộ bản Mới', { under: 'Đảng bộ bộ phận Thử' })).toContain('Đảng bộ bộ phận Thử')
    expect(await dissolve(session, 'Chi bộ bản Mới')).toContain('26/11/2026')
    await expect(dissolve(session, 'Đảng bộ xã Mường Thử')).rejects.toMatchObject({
      code: 'organization.error.has-units',
    })
  })
})
