import { expect } from 'vitest'
import type { Cast } from './act-1-linking.js'
import { LINKED, nameOf, PART } from './cast.js'
import { type Phone, printSight, type Sight, type Stage } from './stage.js'

export const phoneOf = ({ members }: Cast, n: number): Phone => {
  const phone = members.get(n)
  if (!phone) throw new Error(`nobody at line ${n} has a phone`)
  return phone
}

/** Everything new on the cell's phones, each phone once. */
async function readAll({ members }: Cast): Promise<readonly (readonly [Phone, readonly Sight[]])[]> {
  return Promise.all([...new Set(members.values())].map(async (phone) => [phone, await phone.reads()] as const))
}

const holders = ({ members }: Cast, phone: Phone): number[] =>
  [...members].filter(([, one]) => one === phone).map(([n]) => n)

/**
 * What came to the cell's phones since they were looked at last: of each mark exactly one message for each of these
 * people and for nobody else, on a shared phone under their name; and nothing that bears no mark.
 */
export async function seeExactly(cast: Cast, marks: Readonly<Record<string, readonly number[]>>): Promise<void> {
  for (const [phone, sights] of await readAll(cast)) {
    const who = holders(cast, phone)
    for (const [mark, people] of Object.entries(marks)) {
      const found = sights.filter((sight) => printSight(sight).includes(mark))
      const due = who.filter((n) => people.includes(n))
      expect({ mark, who, count: found.length }).toEqual({ mark, who, count: due.length })
      if (who.length > 1)
        for (const n of due) expect(found.filter((one) => one.text.includes(nameOf(n)))).toHaveLength(1)
    }
    const others = sights.filter((sight) => !Object.keys(marks).some((mark) => printSight(sight).includes(mark)))
    expect(others).toEqual([])
  }
}

export const without = (people: readonly number[], ...gone: number[]): number[] =>
  people.filter((n) => !gone.includes(n))

/** One line, the next three dates shown, one tap. Everybody linked hears of it once. */
export async function setsSchedule(cast: Cast): Promise<void> {
  const secretary = phoneOf(cast, PART.secretary)
  await secretary.says('/lichdinhky')
  await secretary.sees('Chi bộ sinh hoạt vào ngày nào hằng tháng?')
  await secretary.says('ngày 3 hằng tháng 19h30 tại Hội trường tầng 2')
  await secretary.sees('Ba buổi tới', 'thứ Năm 03/12/2026', 'Chủ nhật 03/01/2027', 'thứ Tư 03/02/2027')
  await secretary.taps('Đúng, lưu lịch')
  await secretary.sees('Đã lưu lịch', 'Đã báo 19 đồng chí')
  await seeExactly(cast, { 'Chi bộ Thôn Đoài có lịch sinh hoạt định kỳ': without(LINKED, PART.secretary) })
}

/** Asked for in the group, agreed to in the secretary's own chat; the group reads one sentence, and then a card. */
export async function tiesGroup(stage: Stage, cast: Cast): Promise<void> {
  const { group } = cast
  if (!group) return
  const secretary = phoneOf(cast, PART.secretary)
  await group.says(secretary, '/ganchibo')
  await group.sees('mở cuộc trò chuyện riêng với tôi')
  await secretary.sees('Trong nhóm có thể có người ngoài chi bộ', '[Đúng, gắn nhóm này]')
  await secretary.taps('Đúng, gắn nhóm này')
  await secretary.sees('Đã gắn nhóm với Chi bộ Thôn Đoài')
  await stage.to('2026-11-20 08:01')
  await group.sees('19:30 thứ Năm 03/12', 'Hội trường tầng 2', 'Đã trả lời: 0/24')
  await seeExactly(cast, {})
}

const recorded = (said: string): string => `Đã ghi: đồng chí ${said}`

async function byButton(phone: Phone): Promise<void> {
  await phone.taps('1 Có mặt')
  await phone.sees(recorded('có mặt'), '19:30 thứ Năm 03/12/2026', '[Đổi: Vắng]')
}

/** In the group where there is one: heard there, answered in the member's own chat. */
async function amongOthers({ group }: Cast, phone: Phone): Promise<void> {
  if (!group) return byButton(phone)
  await group.says(phone, '1')
  await phone.sees(recorded('có mặt'), 'Muốn đổi, xin nhắn riêng cho tôi')
}

async function inWords(phone: Phone, words: string, said: string): Promise<void> {
  await phone.says(words)
  await phone.sees(recorded(said), '19:30 thứ Năm 03/12/2026')
}

/** On a page the reasons stand where the answer is given. */
async function absentByButton({ browsers }: Stage, phone: Phone, reason: string): Promise<void> {
  if (!browsers) {
    await phone.taps('4 Vắng')
    await phone.sees(recorded('vắng mặt'), 'cho biết lý do')
  }
  await phone.taps(browsers ? `Vắng: ${reason}` : reason)
  await phone.sees(recorded(`vắng mặt, lý do ${reason}`))
}

async function lateByButton(phone: Phone): Promise<void> {
  await phone.taps('2 Đến muộn')
  await phone.sees('khoảng bao lâu')
  await phone.taps('15 phút')
  await phone.sees(recorded('đến muộn khoảng 15 phút'))
}

async function changesTheirMind(stage: Stage, phone: Phone): Promise<void> {
  await absentByButton(stage, phone, 'trùng lịch')
  await phone.taps('Đổi: Có mặt')
  await phone.sees(recorded('có mặt'))
}

/** A phone that serves two: one tap on each one's message, the bot names whom it took it for. */
async function coupleAnswers({ inPlain }: Stage, phone: Phone): Promise<void> {
  for (const n of PART.couple) {
    await phone.taps('1 Có mặt')
    // A digit stands under nobody's message: the bot asks whose it is.
    if (inPlain) {
      await phone.sees('Việc này của đồng chí nào')
      await phone.taps(nameOf(n))
    }
  }
  for (const n of PART.couple) await phone.sees(nameOf(n), recorded('có mặt'))
}

/** At once, as it comes: all but the couple's phone and the secretary's second task are independent. */
export async function mostAnswer(stage: Stage, cast: Cast): Promise<void> {
  const of = (n: number) => phoneOf(cast, n)
  await Promise.all([
    ...[PART.secretary, 2, PART.fallsIll].map((n) => byButton(of(n))),
    amongOthers(cast, of(12)),
    ...[PART.deputy, 3, 19].map((n) => inWords(of(n), '1', 'có mặt')),
    inWords(of(4), 'em có mặt ạ', 'có mặt'),
    inWords(of(15), 'toi se du hop dung gio', 'có mặt'),
    lateByButton(of(5)),
    inWords(of(6), 'em đến muộn 15 phút', 'đến muộn khoảng 15 phút'),
    inWords(of(7), '3', 'dự trực tuyến'),
    absentByButton(stage, of(8), 'công tác'),
    inWords(of(9), 'em ốm, xin phép vắng', 'vắng mặt, lý do sức khỏe'),
    changesTheirMind(stage, of(PART.changes)),
    coupleAnswers(stage, of(PART.couple[0])),
  ])
  await seeExactly(cast, {})
}

/** A member without a phone told the secretary. */
export async function answersOnBehalf(cast: Cast): Promise<void> {
  const secretary = phoneOf(cast, PART.secretary)
  await secretary.says('/traloithay')
  await secretary.sees('Đồng chí trả lời thay ai?', `[${nameOf(PART.onBehalf)}]`)
  await secretary.taps(nameOf(PART.onBehalf))
  await secretary.sees(`Đồng chí ${nameOf(PART.onBehalf)} trả lời thế nào?`)
  await secretary.taps('Có mặt')
  await secretary.sees(`Đã ghi thay đồng chí ${nameOf(PART.onBehalf)}: có mặt`)
}

/** Each step comes to whom it is for, once. */
export async function climbsTo3Days(stage: Stage, cast: Cast): Promise<void> {
  await stage.to('2026-11-26 19:29')
  await seeExactly(cast, {})
  await stage.to('2026-11-26 19:30')
  await seeExactly(cast, { 'Còn 7 ngày nữa họp: 19:30 thứ Năm 03/12, tại Hội trường tầng 2': LINKED })
  await stage.to('2026-11-26 20:00')
  await mostAnswer(stage, cast)
  await answersOnBehalf(cast)
  await firstDigest(stage, cast)
  await stage.to('2026-11-30 19:30')
  await seeExactly(cast, { 'Còn 3 ngày nữa họp: 19:30 thứ Năm 03/12': [PART.nudged, PART.neverAnswers] })
}

/** In the month of the start nothing was held: the secretary reads it the evening before the committee does. */
async function firstDigest(stage: Stage, cast: Cast): Promise<void> {
  await stage.to('2026-11-30 07:29')
  const missing = 'Tháng này chưa họp và chưa đặt lịch'
  await seeExactly(cast, { [missing]: [PART.secretary, PART.deputy] })
  for (const reader of [cast.office, cast.leader]) expect(await reader.reads()).toEqual([])
  await stage.to('2026-11-30 07:30')
  for (const reader of [cast.office, cast.leader]) {
    await reader.sees(
      'Tháng này chưa họp, chưa đặt lịch: Chi bộ Thôn Đoài',
      '19:30 Chi bộ Thôn Đoài, Hội trường tầng 2',
    )
    expect(await reader.reads()).toEqual([])
  }
}

/** Only those who can be reached and are silent get the nudge; one of the two answers. */
export async function nudges(cast: Cast): Promise<void> {
  const secretary = phoneOf(cast, PART.secretary)
  await secretary.says('/nhacnho')
  await secretary.sees('6 đồng chí chưa trả lời', '4 đồng chí chưa nhận được tin', '[Nhắc 2 đồng chí]')
  await secretary.taps('Nhắc 2 đồng chí')
  await secretary.sees('2 đồng chí')
  await secretary.reads()
  await seeExactly(cast, { 'Chi bộ đang chờ trả lời của đồng chí': [PART.nudged, PART.neverAnswers] })
  await byButton(phoneOf(cast, PART.nudged))
}
