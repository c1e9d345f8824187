import type { PlainDate } from '../core/dates.js'
import { draftOf, type MeetingDraft } from './parse-meeting.js'
import { takeOuter } from './parse-outer.js'
import { cleanText, matchAny, type Pattern, pattern, type Slots, tokenize } from './parse-tokens.js'

/** Courtesies that only an invitation uses. */
const INVITES = [
  pattern('kính|trân mời'),
  pattern('trân trọng kính? mời'),
  pattern('xin? kính? mời các|toàn|đồng|đ|đảng|cấp'),
  pattern('giấy mời'),
  pattern('kính đề nghị các|toàn|đồng|đ'),
]
/** Words that an invitation and a chat share: they count only where a line begins with them. */
const ANNOUNCES = [
  pattern('thông báo'),
  pattern('kính báo'),
  pattern('kính gửi'),
  pattern('xin? trân? trọng? thông báo'),
  pattern('mời'),
  pattern('đề nghị'),
  pattern('chi bộ|ủy thông|mời|họp|tổ|kính'),
  pattern('triệu tập'),
]
const MEETS = [
  pattern('sinh hoạt chi|thường|định|chuyên|đảng|kỳ|tháng'),
  pattern('dự sinh hoạt'),
  pattern('họp chi|thường|định|chuyên|đảng|cấp|tháng'),
  pattern('dự? họp'),
  pattern('hội nghị chi|đảng'),
  pattern('cuộc họp'),
]
/** A person speaking of themselves, a refusal or a question is no notice, whatever dates it holds. */
const OTHERWISE = [
  pattern('?'),
  pattern('xin phép|nghỉ|vắng|lỗi'),
  pattern('báo vắng'),
  pattern('tôi|em|mình|cháu không|chưa|bận|vắng|sẽ|xin|đi|đến|có|được|dự|hỏi|muốn|nghĩ|vừa'),
  pattern('không họp|dự|đi|tham|thể|được|sinh|đến'),
  pattern('hoãn'),
  pattern('hủy'),
  pattern('hay không'),
  pattern('được không'),
  pattern('phải không'),
  pattern('đúng không'),
  pattern('kết quả'),
  pattern('biên bản'),
  pattern('hôm qua'),
  pattern('đã họp|tổ|sinh|diễn'),
]

const anywhere = (slots: Slots, forms: readonly Pattern[]): boolean =>
  slots.some((_, at) => matchAny(forms, slots, at) !== null)

const atLineStart = (slots: Slots, forms: readonly Pattern[]): boolean =>
  slots.some((token, at) => (at === 0 || token?.breaks) && matchAny(forms, slots, at) !== null)

/** From the invitation on: the head of a paper has its own number and date. */
function body(text: string, slots: Slots): string {
  const at = slots.findIndex((_, index) => matchAny(INVITES, slots, index) !== null)
  return at <= 0 ? text : text.slice(slots[at]?.start ?? 0)
}

/**
 * A pasted invitation ("Kính mời các đồng chí dự sinh hoạt … 19h ngày 3/12 tại …"), or null. Rather misses one than
 * takes a chat for a notice: it needs an invitation, a meeting, a day and an hour, and no refusal or question.
 * Its courtesies are not reported as `unread`.
 */
export function parseNotice(text: string, today: PlainDate): MeetingDraft | null {
  const clean = cleanText(text)
  const slots = tokenize(clean)
  const invited = anywhere(slots, INVITES) || atLineStart(slots, ANNOUNCES)
  if (!invited || !anywhere(slots, MEETS) || anywhere(slots, OTHERWISE)) return null
  const draft = draftOf(takeOuter(body(clean, slots)), today)
  const lacks = draft.problems.map((problem) => problem.code)
  return lacks.includes('meetings.parse.no-day') || lacks.includes('meetings.parse.no-time')
    ? null
    : { ...draft, unread: null }
}
