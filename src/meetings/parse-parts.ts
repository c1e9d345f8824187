import { type Line, type Outer, without } from './parse-outer.js'
import { minutesUntil, readDayPart, readTime, settle } from './parse-time.js'
import { type Hit, match, matchAny, pattern, scanAll } from './parse-tokens.js'
import type { Particulars, Problem, TimeReading, Wrong } from './parse-types.js'

const UNTIL = pattern('đến|-|tới')

type TimeTaken = Readonly<{
  line: Line
  time: TimeReading | null
  durationMinutes: number | null
  problem: Problem | null
}>

const timeProblem = (code: Problem['code'], params: Problem['params'] = {}): Problem => ({ part: 'time', code, params })

/** A part of the day that stands beside the day ("tối thứ Hai … 7 giờ") decides an hour that could be both. */
function settled(line: Line, reading: TimeReading, dayAt: number | null): TimeReading | Wrong {
  if (dayAt === null || reading.kind === 'clear') return reading
  const part = readDayPart(line.all, dayAt) ?? readDayPart(line.all, dayAt - 1)
  return part ? settle(reading, part.value) : reading
}

const sameTime = (a: TimeReading | Wrong, b: TimeReading | Wrong): boolean => JSON.stringify(a) === JSON.stringify(b)

function endTime(hits: readonly Hit<TimeReading | Wrong>[], line: Line): Hit<TimeReading | Wrong> | null {
  const [first, second] = hits
  const link = first && second ? match(UNTIL, line.slots, first.next) : null
  return link && second && link.next === second.start ? second : null
}

/** The one time of the line; "19h-20h30" also tells how long. `dayAt`: where its day stands, if it was found. */
export function takeTime(line: Line, dayAt: number | null): TimeTaken {
  const hits = scanAll(line.slots, readTime)
  const [first] = hits
  const none = { line, time: null, durationMinutes: null }
  if (!first) return { ...none, problem: timeProblem('meetings.parse.no-time') }
  const end = endTime(hits, line)
  const others = hits.slice(1).filter((hit) => hit !== end && !sameTime(hit.value, first.value))
  if (others.length > 0) return { ...none, problem: timeProblem('meetings.parse.two-times') }
  const time = first.value.kind === 'wrong' ? first.value : settled(line, first.value, dayAt)
  const rest = hits.reduce((left, hit) => without(left, hit.start, hit.next), line)
  if (time.kind === 'wrong') return { ...none, line: rest, problem: timeProblem(time.code, time.params) }
  const until = end?.value.kind === 'clear' && time.kind === 'clear' ? minutesUntil(time.time, end.value.time) : null
  return { line: rest, time, durationMinutes: until, problem: null }
}

const FILLERS =
  'vào lúc hồi họp tổ chức sinh hoạt chi bộ đảng của cho là tại ở ngày tháng hằng hàng mỗi tối sáng chiều trưa buổi từ đến và cuộc một lịch tạo thứ kính mời các đồng chí toàn thể đảng viên dự đ c thời gian địa điểm at on the meeting every month of mai'
    .split(' ')
    .map(pattern)

/** Words that nobody took and that mean something, as they were written. */
function unreadOf(line: Line): string | null {
  const words: string[] = []
  for (let at = 0; at < line.slots.length; at++) {
    const token = line.slots[at]
    if (!token || /^[^\p{L}\d]$/u.test(token.flat) || matchAny(FILLERS, line.slots, at)) continue
    words.push(line.text.slice(token.start, token.end))
  }
  return words.length > 0 ? words.join(' ') : null
}

const NO_PLACE: Problem = { part: 'place', code: 'meetings.parse.no-place', params: {} }

/** Puts the parts of a line together, problems in the order in which they are asked: day, time, place. */
export function particulars(outer: Outer, line: Line, dayAt: number | null, dayProblem: Problem | null): Particulars {
  const time = takeTime(line, dayAt)
  const missingPlace = outer.place === null && outer.online !== true ? NO_PLACE : null
  return {
    time: time.time,
    place: outer.place,
    kind: outer.kind,
    online: outer.online,
    agenda: outer.agenda,
    durationMinutes: time.durationMinutes,
    unread: unreadOf(time.line),
    problems: [dayProblem, time.problem, missingPlace].filter((problem) => problem !== null),
  }
}
