import { formatPercent } from '../attendance/counting.js'
import { wordsOf } from '../conversation/messages.js'
import { minutesOf, type WallTime, weekdayOf } from '../core/dates.js'
import type { Translate } from '../core/i18n.js'
import type { Block } from '../core/party-layout.js'
import { agendaPoints, bare, listed } from '../meetings/agenda.js'
import { titleOf } from '../meetings/describe.js'
import type { JsonObject } from '../messaging/vocabulary.js'
import type { Facts, PaperScore, PaperTask } from './facts.js'
import type { Field, Fields } from './placeholders.js'

const UNKNOWN = '……………'

const clock = (time: WallTime, t: Translate): string =>
  t('papers.words.clock', { hours: Math.floor(minutesOf(time) / 60), minutes: time.slice(3, 5) })

/** Some of the many, where there are some: "đến muộn 1, dự trực tuyến 2". */
const parts = (all: readonly (readonly [number, string])[]): string =>
  all
    .filter(([count]) => count > 0)
    .map(([, words]) => words)
    .join(', ')

/** The opening sentence: total, full and probationary, exempt; who had to come and who was there; absent with and without reason. */
function strength({ counts }: Facts, t: Translate): string {
  const { total, full, probationary, temporary, exempt, specialDuty, expected, late, online, attended } = counts
  const of = parts([
    [temporary, t('papers.words.temporary', { n: temporary })],
    [exempt, t('papers.words.exempt', { n: exempt })],
    [specialDuty, t('papers.words.special-duty', { n: specialDuty })],
  ])
  const how = parts([
    [late, t('papers.words.late', { n: late })],
    [online, t('papers.words.online', { n: online })],
  ])
  return [
    t(of ? 'papers.words.total-of' : 'papers.words.total', { total, full, probationary, of }),
    t(how ? 'papers.words.present-of' : 'papers.words.present', { attended, expected, rate: rateOf(counts), how }),
    t('papers.words.absent', { excused: counts.excused, unexcused: counts.unexcused }),
  ].join(' ')
}

const rateOf = ({ rate }: Facts['counts']): string => formatPercent(rate, 'vi') ?? UNKNOWN

/** "công tác 2, sức khỏe 1": counts and kinds, for whoever reads no names. */
function reasons({ absent }: Facts, t: Translate): string {
  const words = absent
    .filter((one) => one.excused)
    .map(({ reasonKind }) => (reasonKind ? t(`attendance.reason.${reasonKind}`) : t('papers.words.no-kind')))
  const kinds = [...new Set(words)].map((word) => `${word} ${words.filter((one) => one === word).length}`)
  const without = absent.filter((one) => !one.excused).length
  return [...kinds, ...(without > 0 ? [t('papers.words.without', { n: without })] : [])].join(', ')
}

const absentees = ({ absent }: Facts, t: Translate): Block[] =>
  absent.length === 0
    ? [t('papers.words.nobody-absent')]
    : [
        {
          table: {
            head: [t('papers.table.number'), t('papers.table.name'), t('papers.table.absence'), t('papers.table.kind')],
            widths: [10, 44, 23, 23],
            centred: [0],
            rows: absent.map(({ name, excused, reasonKind }, n) => [
              String(n + 1),
              name,
              t(excused ? 'papers.words.excused' : 'papers.words.unexcused'),
              reasonKind && excused ? t(`attendance.reason.${reasonKind}`) : '',
            ]),
          },
        },
      ]

const taskTable = (tasks: readonly PaperTask[], last: keyof typeof LAST, t: Translate): Block => ({
  table: {
    head: [t('papers.table.number'), t('papers.table.what'), t('papers.table.owner'), t(LAST[last])],
    widths: [10, 42, 28, 20],
    centred: [0, 3],
    rows: tasks.map((one, n) => [
      String(n + 1),
      one.what,
      one.owner,
      last === 'state' ? t(`papers.words.task.${one.state}`) : one.dueOn ? t.date(one.dueOn, 'day-month-year') : '',
    ]),
  },
})
const LAST = { state: 'papers.table.state', due: 'papers.table.due' } as const

const tasksOf = (tasks: readonly PaperTask[], last: keyof typeof LAST, t: Translate): Block[] =>
  tasks.length > 0 ? [taskTable(tasks, last, t)] : last === 'due' ? [{ lines: 2 }] : [t('papers.words.no-tasks-before')]

/** What and by when: the committee reads no names. */
const briefly = (tasks: readonly PaperTask[], t: Translate): Block[] =>
  tasks.length === 0
    ? [{ lines: 2 }]
    : [
        {
          items: tasks.map(({ what, dueOn }) =>
            dueOn ? t('papers.words.what-by', { what: bare(what), day: t.date(dueOn, 'day-month-year') }) : bare(what),
          ),
        },
      ]

const agendaOf = ({ meeting }: Facts): Block[] => {
  const points = agendaPoints(meeting.agenda)
  return points.length === 0 ? [{ lines: 3 }] : [{ items: listed(points) }]
}

/** Line by line: what it may give, what it gives, and from what the bot has that. */
const scoreTable = ({ rows, of, result }: PaperScore, t: Translate): Block => ({
  table: {
    head: (['number', 'line', 'max', 'points', 'from'] as const).map((one) => t(`papers.table.${one}`)),
    widths: [9, 36, 13, 12, 30],
    centred: [0, 2, 3],
    rows: [
      ...rows.map(({ key, name, max, points, from }, n) => [
        String(n + 1),
        name ?? t.dynamic(`scoring.line.${key}`),
        String(max),
        points === null ? '' : String(points),
        from ? t.dynamic(`scoring.from.${from.key}`, wordsOf(from.params as JsonObject, t)) : '',
      ]),
      ['', t('papers.table.sum'), String(of), result ? String(result.total) : '', ''],
    ],
  },
})

const scoreFields = ({ score }: Facts, t: Translate): Fields => ({
  diem: text(
    score?.result
      ? t('papers.words.score', {
          total: score.result.total,
          of: score.of,
          grade: t(`scoring.grade.${score.result.grade}`).toLowerCase(),
        })
      : null,
  ),
  bang_diem: { blocks: score ? [scoreTable(score, t)] : [{ lines: 3 }] },
})

const text = (words: string | number | null): Field => ({
  text: words === null || words === '' ? UNKNOWN : String(words),
})
/** Nothing stands there where it is not known. */
const free = (words: string | null): Field => ({ text: words ?? '' })

function countFields({ counts, feesPaid }: Facts): Fields {
  return {
    tong_so: text(counts.total),
    chinh_thuc: text(counts.full),
    du_bi: text(counts.probationary),
    tam_thoi: text(counts.temporary),
    mien: text(counts.exempt),
    nhiem_vu: text(counts.specialDuty),
    phai_du: text(counts.expected),
    co_mat: text(counts.attended),
    den_muon: text(counts.late),
    truc_tuyen: text(counts.online),
    vang_ly_do: text(counts.excused),
    vang_khong_ly_do: text(counts.unexcused),
    ty_le: text(rateOf(counts)),
    dang_phi: text(feesPaid > 0 ? `${feesPaid}/${counts.expected}` : null),
  }
}

function peopleFields(facts: Facts, t: Translate): Fields {
  const { chair, secretary } = facts
  const comrade = (name: string): string => t('papers.words.comrade', { name })
  return {
    chu_tri: text(chair && t(`papers.words.chair.${chair.role}`, { name: chair.name })),
    thu_ky: text(secretary && comrade(secretary)),
    ten_thu_ky: free(secretary),
    nguoi_ky: free(chair?.name ?? null),
    chuc_vu_ky: text(t(`papers.words.signs.${chair?.role ?? 'secretary'}`)),
    khach: text(facts.guests.map(comrade).join(', ') || t('papers.words.no-guests')),
    phat_bieu: text(facts.speakers.join(', ')),
  }
}

const taskFields = ({ before, tasks }: Facts, t: Translate): Fields => ({
  viec_truoc: { blocks: tasksOf(before, 'state', t) },
  viec_truoc_dem: text(
    before.length > 0
      ? t('papers.words.done-of', { done: before.filter((one) => one.state === 'done').length, all: before.length })
      : t('papers.words.no-tasks-before'),
  ),
  viec_moi: { blocks: tasksOf(tasks, 'due', t) },
  viec_moi_gon: { blocks: briefly(tasks, t) },
})

/** Everything that may stand between braces, for one meeting. Each is described in `docs/papers.md`. */
export function fieldsOf(facts: Facts, t: Translate): Fields {
  const { meeting, issuer, madeOn } = facts
  return {
    cap_tren: text(issuer.superior),
    chi_bo: text(issuer.unit),
    ngay_lap: text(t.date(madeOn, 'paper')),
    cuoc_hop: text(titleOf(meeting, t)),
    gio_hop: text(clock(meeting.time, t)),
    thu: text(t.dynamic(`meetings.parse.weekday.${weekdayOf(meeting.day)}`)),
    ngay_hop: text(t.date(meeting.day, 'paper')),
    dia_diem: text(bare(meeting.place)),
    ban_sua: free(facts.corrections > 0 ? t('papers.words.revised') : null),
    si_so: text(strength(facts, t)),
    ly_do_vang: text(reasons(facts, t) || t('papers.words.none-absent')),
    noi_dung: { blocks: agendaOf(facts) },
    danh_sach_vang: { blocks: absentees(facts, t) },
    ...countFields(facts),
    ...peopleFields(facts, t),
    ...taskFields(facts, t),
    ...scoreFields(facts, t),
  }
}
