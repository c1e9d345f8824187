import { afterAll, beforeAll, expect, test } from 'vitest'
import { visitor, wordsOf } from './page.js'
import { openPlayed, type Played, startingAt } from './setup.js'

let played: Played
beforeAll(async () => {
  played = await openPlayed(startingAt('2026-12-01 08:00'))
})
afterAll(() => played.close())

const people = async () => {
  const page = visitor(played)
  const start = await page.get()
  return {
    page,
    secretary: page.findPerson(start, 'Bí thư chi bộ'),
    member: page.findPerson(start, 'Đảng viên'),
    committee: page.findPerson(start, 'Đảng ủy xã'),
    newcomer: page.findPerson(start, 'Người mới'),
  }
}

test('the first page says what this is, and offers the four parts', async () => {
  const { page } = await people()
  const words = wordsOf(await page.get())
  expect(words).toContain('không phải ứng dụng chính thức của cơ quan, tổ chức nào')
  expect(words).toContain('Chi bộ thôn Đồi Chè')
  expect(words).toContain('08:00 Hôm nay thứ Ba 01/12/2026')
  expect(words).toContain('Việc kế tiếp: 19:30 · thứ Ba 01/12')
  expect(wordsOf(await page.get('/sandbox?lang=en'))).toContain('not an official application of any body')
})

test('a secretary writes without script and gets the menu as buttons', async () => {
  const { page, secretary } = await people()
  const html = await page.says(secretary, 'menu')
  expect(wordsOf(html)).toContain('Đồng chí cần việc gì ạ?')
  expect(wordsOf(await page.taps(secretary, 'Lịch họp'))).toContain('08/12/2026')
})

test('somebody without a link sees a code, and links with it', async () => {
  const { page, newcomer } = await people()
  const html = await page.open(newcomer)
  const code = /\b\d{4} \d{4}\b/.exec(wordsOf(html))?.[0] ?? ''
  expect(wordsOf(html)).toContain('chưa liên kết')
  await page.submit(`/sandbox/say?person=${newcomer}`, { do: 'start' })
  expect(wordsOf(await page.says(newcomer, code))).toContain('Tôi đồng ý')
  await page.taps(newcomer, 'Tôi đồng ý')
  await page.taps(newcomer, 'Đúng')
  expect(await played.db.chatLink.count({ where: { personId: newcomer, endedAt: null } })).toBe(1)
  expect(wordsOf(await page.open(newcomer))).not.toContain(code)
})

test('to the next event: the reminder goes out, the member answers, the panel shows the rows', async () => {
  const { page, member } = await people()
  const after = wordsOf(await page.passes('next'))
  expect(after).toContain('19:30 Hôm nay thứ Ba 01/12/2026')
  expect(after).toMatch(/Vừa có 2\d tin nhắn được gửi/)
  expect(wordsOf(await page.open(member))).toContain('Còn 7 ngày')
  const answered = wordsOf(await page.taps(member, 'Có mặt'))
  expect(answered).toContain('Có mặt 1 ')
  expect(answered).toMatch(/Bot: Đã bấm “1 Có mặt” Đã ghi: đồng chí có mặt/)
  expect(
    await played.db.answer.count({
      where: { personId: member, state: 'present', meeting: { startsAt: { gt: new Date('2026-12-02') } } },
    }),
  ).toBe(1)
})

test('an hour and a day pass with everything that is due on the way', async () => {
  const { page } = await people()
  const sent = () => played.db.delivery.count({ where: { state: 'sent' } })
  const before = await sent()
  expect(wordsOf(await page.passes('hour'))).toContain('20:30')
  expect(await sent()).toBe(before)
  const next = wordsOf(await page.passes('day'))
  expect(next).toContain('20:30 Hôm nay thứ Tư 02/12/2026')
  expect(await sent()).toBeGreaterThan(before)
})

test("a file is sent by a plain form, an example or the player's own", async () => {
  const { page, secretary } = await people()
  const example = new FormData()
  example.set('do', 'file')
  example.set('example', 'material')
  expect(wordsOf(await page.submit(`/sandbox/say?person=${secretary}`, example))).toContain('Tai-lieu-sinh-hoat.docx')
  const own = new FormData()
  own.set('do', 'file')
  own.set('upload', new File(['không phải PDF'], 'Bao-cao.pdf'))
  expect(wordsOf(await page.submit(`/sandbox/say?person=${secretary}`, own))).toContain('Bao-cao.pdf')
  expect(await played.db.upload.count({ where: { personId: secretary } })).toBeGreaterThan(0)
})

test('what people write is text and nothing else', async () => {
  const { page, secretary } = await people()
  const html = await page.says(secretary, '<script>alert(1)</script>')
  expect(html).toContain('&lt;script&gt;alert(1)')
  expect(html).not.toContain('<script>alert')
})

test('a restart goes on where the player was', async () => {
  const { page, secretary } = await people()
  const before = wordsOf(await page.open(secretary))
  await played.restart()
  const after = wordsOf(await page.open(secretary))
  expect(after).toBe(before)
  expect(after).toContain('Hôm nay thứ Tư 02/12/2026')
})

test("start over: the example as it was, and today's clock", async () => {
  const { page } = await people()
  const html = await page.submit('/sandbox/reset', {})
  expect(wordsOf(html)).toContain('08:0')
  expect(wordsOf(html)).toContain('Hôm nay thứ Ba 01/12/2026')
  expect(await played.db.inboundUpdate.count()).toBe(0)
  expect(await played.db.person.count()).toBe(61)
  const { secretary, newcomer } = await people()
  expect(wordsOf(await page.says(secretary, 'menu'))).toContain('Đồng chí cần việc gì ạ?')
  expect(wordsOf(await page.open(newcomer))).toMatch(/\b\d{4} \d{4}\b/)
})

test('the paper of the example reaches its readers before the meeting, and can be saved', async () => {
  const { page } = await people()
  for (let day = 0; day < 8; day += 1) await page.passes('day')
  const sent = await played.db.delivery.findFirst({
    where: { state: 'sent', content: { path: ['fileName'], equals: 'Tai-lieu-sinh-hoat.docx' } },
  })
  const file = await fetch(`${page.origin}/sandbox/file/${sent?.id}`)
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; .*Tai-lieu-sinh-hoat\.docx$/)
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 4)
      .toString(),
  ).toBe('PK\x03\x04')
  const reader = await played.db.chat.findUniqueOrThrow({ where: { id: sent?.chatId ?? '' } })
  expect(await page.open(reader.externalId)).toContain(`/sandbox/file/${sent?.id}`)
})

test('the third cell has no schedule: the weekly digest of the committee says so', async () => {
  const { page, committee } = await people()
  expect(wordsOf(await page.open(committee))).toContain('Chưa có lịch định kỳ: Chi bộ Trường Tiểu học')
})
