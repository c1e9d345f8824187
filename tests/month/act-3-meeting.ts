import { expect } from 'vitest'
import type { Cast } from './act-1-linking.js'
import { phoneOf, seeExactly, without } from './act-2-answers.js'
import { COUNTED, LINKED, nameOf, PART, ROSTER } from './cast.js'
import type { Phone, Stage } from './stage.js'

const PDF = new TextEncoder().encode(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)
const TITLE = 'Đề cương sinh hoạt tháng 12'

/** A file, a title, a confirmation that it is not secret. */
export async function sendsMaterial(cast: Cast): Promise<void> {
  const secretary = phoneOf(cast, PART.secretary)
  await secretary.sendsFile('de cuong.pdf', PDF)
  await secretary.sees('Đồng chí đặt tên cho tài liệu này')
  await secretary.says(TITLE)
  await secretary.sees(`Tài liệu: ${TITLE}`, 'không phải tài liệu mật?')
  await secretary.taps('Không mật, gửi cùng lời nhắc')
  await secretary.sees('Tôi sẽ gửi các đồng chí lúc 19:30 thứ Tư 02/12/2026')
  await seeExactly(cast, { 'Việc cho buổi họp 19:30 thứ Năm 03/12/2026': [PART.secretary] })
}

async function reads(phone: Phone): Promise<void> {
  await phone.taps('Đã đọc')
  await phone.sees(TITLE, 'Đã đọc ✓')
}

/** A day before: the file to everybody, the step to all but those who said absent; three hours before: to who comes. */
export async function climbsToStart(stage: Stage, cast: Cast): Promise<void> {
  await stage.to('2026-12-02 19:30')
  await seeExactly(cast, {
    'de cuong.pdf': LINKED,
    'Ngày mai họp: 19:30 thứ Năm 03/12, tại Hội trường tầng 2': without(LINKED, ...PART.absent),
    'Còn 4 đồng chí chưa nhận được tin về buổi họp': [PART.secretary],
  })
  await Promise.all(PART.readers.map((n) => reads(phoneOf(cast, n))))
  await stage.to('2026-12-03 16:30')
  const coming = without(LINKED, ...PART.absent, PART.neverAnswers, PART.exempt)
  await seeExactly(cast, { 'Tối nay họp: 19:30, tại Hội trường tầng 2': coming })
}

export async function readsSummary(cast: Cast): Promise<void> {
  const secretary = phoneOf(cast, PART.secretary)
  await secretary.says('/tonghop')
  const { text } = await secretary.sees('Tổng hợp', COUNTED.replied, COUNTED.states, COUNTED.forecast)
  expect(text).toContain(`${nameOf(PART.absent[1])}: sức khỏe`)
  expect(text).toContain(`${nameOf(PART.declines)} (liên hệ trực tiếp)`)
}

async function marks(secretary: Phone, sign: string, n: number, mark: string): Promise<void> {
  await secretary.taps(`${sign} ${nameOf(n)}`)
  await secretary.sees(`Đồng chí ${nameOf(n)} dự họp thế nào?`)
  await secretary.taps(mark)
}

/** Whoever is left is asked about, one by one; nobody becomes unexcused by default. */
async function answersForTheLeft(secretary: Phone): Promise<void> {
  const [one, other] = PART.excusedUnlinked
  const said = new Map<string, string>([
    [nameOf(PART.declines), '✅ có mặt'],
    [nameOf(PART.cameUnlinked), '✅ có mặt'],
    [nameOf(one), '➖ Vắng: công tác'],
    [nameOf(other), '➖ Vắng: việc gia đình'],
    [nameOf(PART.neverAnswers), '❌ vắng không lý do'],
  ])
  for (let left = said.size; left > 0; left -= 1) {
    const { text } = await secretary.sees(`Còn ${left} đồng chí chưa rõ`)
    const who = /Đồng chí (.+) có dự họp không\?/.exec(text)?.[1] ?? ''
    await secretary.taps(said.get(who) ?? `nobody expected ${who}`)
  }
}

/** The same in one line, by the numbers that stand behind the names; it is repeated back, and confirmed. */
async function inALine(secretary: Phone, sheet: string): Promise<void> {
  const numberOf = (n: number) => new RegExp(`${nameOf(n)} \\((\\d+)\\)`).exec(sheet)?.[1] ?? `(no ${nameOf(n)})`
  const [one, other] = PART.excusedUnlinked.map(numberOf)
  const excused = `vắng ${numberOf(PART.fallsIll)} ốm, ${one} công tác, ${other} việc gia đình`
  await secretary.says(`${excused}; ${numberOf(PART.neverAnswers)} không lý do; còn lại có mặt`)
  await secretary.sees('chưa ghi gì', nameOf(PART.fallsIll))
  await secretary.taps('Đúng, xác nhận điểm danh')
}

/** Secretary and deputy get the sheet at the start, pre-filled; one change, five questions, and it stands. */
export async function rollCall(stage: Stage, cast: Cast): Promise<void> {
  const secretary = phoneOf(cast, PART.secretary)
  await stage.to('2026-12-03 19:30')
  await seeExactly(cast, { 'Đến giờ họp, mời đồng chí điểm danh': [PART.secretary, PART.deputy] })
  await stage.to('2026-12-03 19:40')
  if (stage.inPlain) {
    await secretary.says('/diemdanh')
    await inALine(secretary, (await secretary.sees('Điểm danh')).text)
  } else {
    await marks(secretary, '✅', PART.fallsIll, '➖ Vắng: sức khỏe')
    await secretary.reads()
    await secretary.taps('Xác nhận điểm danh')
    await answersForTheLeft(secretary)
  }
  await secretary.sees('Đã xác nhận điểm danh', COUNTED.marks)
}

/** What goes to the superior committee comes by itself, made from the roll-call. */
export async function getsPapers(cast: Cast): Promise<void> {
  const secretary = phoneOf(cast, PART.secretary)
  await secretary.sees('Biên bản buổi', 'bien-ban-2026-12-03.docx')
  await secretary.sees('Dự thảo nghị quyết buổi', 'du-thao-nghi-quyet-2026-12-03.docx')
  await secretary.sees('Báo cáo kết quả buổi', 'bao-cao-2026-12-03.docx')
  await secretary.sees('Phiếu chấm điểm buổi', 'phieu-cham-diem-2026-12-03.docx', '[Chấm điểm buổi họp]')
}

/** All that the group reads after its first card: at each step of the ladder the meeting and a count, and nobody's name. */
export async function groupReadsLittle({ group }: Cast): Promise<void> {
  if (!group) return
  const texts = (await group.reads()).map(({ text }) => text)
  const counts = texts.map((text) => /Đã trả lời: (\d+\/24)$/m.exec(text)?.[1])
  expect(counts).toEqual(['0/24', '18/24', '19/24', '19/24'])
  const all = texts.join('\n')
  for (const name of [TITLE, ...ROSTER.map((one) => one.fullName)]) expect(all).not.toContain(name)
}

/** Nobody but whom it concerns hears of the result: the secretary on Sunday, the committee on Monday. */
export async function lastDigest(stage: Stage, cast: Cast): Promise<void> {
  await phoneOf(cast, PART.secretary).reads()
  await phoneOf(cast, PART.deputy).reads()
  await stage.to('2026-12-06 18:59')
  await seeExactly(cast, { 'Nghị quyết và báo cáo lên cấp trên': [PART.secretary] })
  await stage.to('2026-12-06 19:00')
  await seeExactly(cast, { 'dự họp 75%, yêu cầu 90%': [PART.secretary, PART.deputy] })
  await stage.to('2026-12-07 07:30')
  for (const reader of [cast.office, cast.leader]) {
    const parts = ['Dự họp dưới mức yêu cầu: Chi bộ Thôn Đoài (75%, yêu cầu 90%)', '1/1 chi bộ đã họp']
    const { text } = await reader.sees('Báo cáo tuần 07/12–13/12', ...parts, COUNTED.rates, COUNTED.read)
    expect(text).not.toContain(nameOf(PART.neverAnswers))
    expect(await reader.reads()).toEqual([])
  }
  await seeExactly(cast, {})
}
