import type { AnswerState } from './types.js'

/**
 * What a stretch of words says. `apart`: "cannot come in person", an absence that joining online resolves;
 * `hint`: speaks of a state without giving it ("không muộn đâu").
 */
export type CueKind = 'state' | 'apart' | 'hint'
export type Cue = Readonly<{
  kind: CueKind
  /** Null: no candidate follows from it. */
  state: AnswerState | null
  /** Token positions, half-open. */
  from: number
  to: number
  /** Said outright ("xin vắng", "không đi được"), so that a free reason may follow or lead. */
  firm: boolean
  words: string
}>

const COME_BASE =
  '(?:góp_mặt|join|(?<! (?:buổi|tuần|tháng|kỳ|lần|đợt|sinh_hoạt|hôm|đêm) )tới|(?:ra|về|xuống)(?= (?:họp|dự|hội_trường|sinh_hoạt))|(?<! (?:đưa|chở|dẫn|đón|dắt|cõng) )đi|đến|tham_gia|tham_dự|dự|(?<! (?:hôm|ngày|đúng|kỳ|buổi|lịch|giờ|cuộc|trùng_giờ|đúng_giờ|cùng_giờ|trùng_lịch|vướng_lịch|kẹt_lịch) )(?:họp|sinh_hoạt)|qua|sang|có_mặt|vào|lên)'
const COME = `${COME_BASE}(?: (?:họp|dự|tham_gia|tham_dự|sinh_hoạt|chi_bộ|buổi|cuộc|kỳ|lần|đợt|này|buổi_này|kỳ_này|lần_này|hôm_nay|tối_nay|tối|mai|tối_mai|ngày_mai))*`
const NOT = '(?:(?:không|chẳng|chả)(?: có(?! (?:phép|lý_do|việc) ))?|đâu có|nào có|làm gì có(?: chuyện)?|đâu)'
const AWAY = '(?:vắng_mặt|vắng|nghỉ|kiếu|khất|off|miễn)'
const ONLINE =
  '(?:(?:hình_thức )?(?:online|trực_tuyến)|(?:(?:qua|bằng|vào|từ|trên|trước) )+(?:video|zalo|meet|link|mạng|đường_truyền|máy|màn_hình|cầu|điểm_cầu|điện_thoại|cầu_truyền_hình|skype|webex|máy_tính|google_meet)|zoom|google_meet|gg_meet|meet|teams|qua_mạng|từ_xa)'
const LATE = '(?:muộn|trễ|chậm)'
const MEETING = '(?: (?:họp|buổi|mặt|sinh_hoạt|chi_bộ|này|buổi_này|buổi_tới|kỳ_tới|cuộc|hôm_nay))*'

type Pattern = Readonly<{ find: RegExp; kind: CueKind; state: AnswerState | null; firm: boolean }>
const cue = (source: string, kind: CueKind, state: AnswerState | null, firm = false): Pattern => ({
  find: new RegExp(` ${source}(?= )`, 'g'),
  kind,
  state,
  firm,
})

/** In order: a longer reading takes its words before a shorter one can. */
const PATTERNS: readonly Pattern[] = [
  cue('(?:đổi|chuyển|sửa)(?: lại)? (?:từ )?[^ ]+ (?:sang|thành)', 'hint', null),
  // "họp online đi", "nghỉ họp đi cho khỏe": proposals to all.
  cue(`(?<=^ )(?:${COME_BASE} )?${ONLINE} đi(?= $| cho )`, 'hint', 'online'),
  cue(`(?<=^ )nghỉ(?: họp)? đi(?= $| cho )`, 'hint', 'absent'),
  // Where a member belongs, and leave for months: no answer about one meeting.
  cue(`(?:chuyển|ngừng|dừng|bỏ|cắt) sinh_hoạt(?! (?:(?:sang|qua) )?${ONLINE} )`, 'hint', null),
  cue(`(?:(?:xin|xin_phép) )*(?:miễn sinh_hoạt|${AWAY} sinh_hoạt(?: đảng)? (?:từ|dài|hẳn|\\d+))`, 'hint', 'absent'),
  // Of absences in general.
  cue(`(?<=^ )(?:vắng|vắng_mặt|nghỉ) (?:phải có|không có|không)(?= $| phép )`, 'hint', null),
  cue(`${NOT} nên (?:phải )?${AWAY}`, 'hint', null),
  cue(`${AWAY} cũng (?:được|không_sao|(?:không|chẳng|chả) sao)`, 'hint', 'absent'),
  // How empty a place is, how late it has become.
  cue(`(?:đường|chợ|quán|phố|hội_trường|nhà_văn_hóa|họp) vắng|vắng (?:tanh|hoe|ngắt|teo|vẻ|lặng|khách)`, 'hint', null),
  cue(`(?<=^ )${LATE}(?: (?:quá|vậy|rồi))+(?= $)`, 'hint', 'late'),
  cue(`đề_nghị (?:(?:chi_bộ|mình|ta) )?(?:${COME_BASE} )?${ONLINE}`, 'hint', 'online'),
  cue('(?:cứ )?(?:họp|bắt_đầu|tiến_hành|dự|vào|làm) trước(?: đi)?', 'hint', null),
  cue(`${ONLINE} cũng (?:${NOT}|không) được`, 'hint', null),
  cue(
    `(?:tính|cho|ghi|để)(?: cho)? (?:em|tôi|mình|bác|chú|cô|anh|chị) (?:một |1 )?(?:suất|chỗ|phần|ghế)`,
    'state',
    'present',
    true,
  ),
  cue(`đang bận|(?:${NOT}|có|hết|đỡ) bận(?: đâu)?|đâu có bận`, 'hint', 'present'),
  cue(
    `(?:bận|vướng|kẹt|mắc|phải|đang)(?: (?:đi|một|cuộc|qua|lên|sang))*(?: (?:họp|dự|tham_gia|tham_dự|hội_nghị))+(?! (?:${ONLINE}|qua|bằng|buổi|buổi_này|kỳ_này|chi_bộ|bên mình|bên ta) )`,
    'hint',
    'absent',
  ),
  cue(`(?:trùng_lịch|vướng_lịch|kẹt_lịch|lịch)(?: ${COME_BASE})+(?: (?:khác|ở))?`, 'hint', 'absent'),
  cue(`(?:đi )?(?:về|làm|đi_làm|báo|trả_lời|nộp|gửi|ngủ|dậy|học) ${LATE}`, 'hint', null),
  cue(`được nghỉ (?:trực|làm|dạy|ca|phép|bù|học|lễ)`, 'hint', null),
  cue(`(?:(?:xin|xin_phép|${NOT}) )*${AWAY} (?:việc|làm|phép|hẳn|hưu|dạy|học|trưa|lễ|mát|chơi)`, 'hint', 'absent'),
  cue(
    `\\d+ (?:phút|tiếng|giờ) (?:nữa )?(?:(?:em|tôi|mình|cháu|con) )?mới (?:tới|đến|vào|qua|lên|ra|có_mặt)`,
    'state',
    'late',
    true,
  ),
  cue(`mới ${COME}(?: được)?`, 'hint', null),
  cue('nghỉ (?:dưỡng|ốm|thai_sản|sinh|đẻ)', 'hint', 'absent'),
  cue(`(?:${NOT}|đừng|cấm) được ${AWAY}`, 'hint', null),
  cue(`${NOT} (?:(?:về|ra|qua|lên|tới) kịp|kịp (?:về|ra|qua|lên))(?: ${COME})?(?: được)?`, 'apart', 'absent', true),
  cue(
    `(?:xe|tàu|máy_bay|chuyến_bay|bay|tàu_xe|chuyến_tàu)(?: bị)? ${LATE}(?: (?:giờ|chuyến))?|${LATE} chuyến|lỡ chuyến`,
    'hint',
    null,
  ),
  cue(`(?:có|mắc|bận) (?:[^ ]+ ){0,2}gì (?:mà|để) (?:phải )?${AWAY}`, 'hint', 'present'),
  cue(
    `${NOT} (?:sắp_xếp|thu_xếp|bố_trí|dành)(?: (?:được|thời_gian|lịch|để|công_việc|nổi)){0,4} ${COME}(?: được)?`,
    'apart',
    'absent',
    true,
  ),
  cue('đến mấy', 'hint', null),
  cue(`(?:đưa|chở|dắt|dẫn|đón) [^ ]+ đi(?: được)?`, 'hint', null),
  cue(`${NOT} (?:đủ )?(?:khả_năng|điều_kiện)(?: để)? ${COME}`, 'apart', 'absent', true),
  cue(`${NOT} dám ${COME}`, 'apart', 'absent', true),
  cue(`${NOT} gì (?:để |mà )?đi(?: họp)?`, 'hint', 'absent'),
  cue(`(?:${NOT} )?(?:thể )?vắng (?:nhà|người)`, 'hint', null),
  cue(`${NOT} thể(?: [^ ]+){1,5} (?:dự|họp|tham_gia|tham_dự|có_mặt)(?: họp)?`, 'apart', 'absent', true),
  cue(`${NOT} (?:thể )?(?:ra|lên|xuống|về) (?:được|nổi)(?: đâu)?`, 'apart', 'absent', true),
  cue(`${NOT} (?:về|ra|lên|xuống|qua|sang) (?:dự|họp) kịp`, 'apart', 'absent', true),
  cue('(?:(?:sẽ|vẫn|luôn|cũng) )+đúng_giờ', 'state', 'present', true),
  cue(`${NOT} kịp (?:dự|tham_gia|tham_dự|họp)(?: được)?`, 'apart', 'absent', true),
  cue(`${NOT} kịp(?: ${COME})?|${NOT} ${COME} kịp`, 'hint', 'absent'),
  cue(`(?:đi_vắng|có đi đâu|(?<! (?:không|chẳng|chả) )đi đâu|(?:không|chẳng|chả) đi đâu (?:cả|hết))`, 'hint', null),
  cue(`${NOT} (?:thể )?(?:${COME} )?trực_tiếp(?: được)?`, 'hint', 'absent'),
  cue(`${NOT} (?:thể )?${COME} (?:được )?(?:đúng_giờ|sớm)(?: được)?`, 'state', 'late', true),
  cue(
    `(?:${NOT}|không_phải|chưa|chưa_hề|chưa_bao_giờ) (?:(?:xin|xin_phép|phải|hề|thể|báo|em|tôi|mình) )*${AWAY}${MEETING}(?: được)?(?: đâu| nữa)?`,
    'state',
    'present',
  ),
  cue(`(?:có|đâu có) (?:xin )?${AWAY}${MEETING} đâu|đâu có ${AWAY}`, 'state', 'present'),
  cue(`${NOT} (?:${COME} )?(?:bị )?${LATE}(?: giờ)?(?: đâu)?`, 'hint', 'present'),
  cue(`${NOT} (?:thể )?(?:${COME} )?(?:qua )?${ONLINE}(?: được)?`, 'hint', 'present'),
  cue(`${NOT} (?:(?:thể|thể_nào|sao|còn) )*${COME} (?:được|nổi)(?: đâu)?`, 'apart', 'absent', true),
  cue(
    `${NOT} ${COME}(?: (?!(?:thì|mà|em|tôi|mình|vắng|nghỉ|muộn|trễ|sớm|đúng_giờ|trực_tiếp|online|trực_tuyến|đâu) )[^ ]+){1,3} được(?: đâu)?`,
    'apart',
    'absent',
    true,
  ),
  cue(
    `${NOT} (?:ra|về|lên|xuống|qua|sang|tới|đến|vào)(?: [^ ]+){0,3} (?:họp|dự|sinh_hoạt) được`,
    'apart',
    'absent',
    true,
  ),
  cue(`${COME} ${NOT} (?:${COME} )?(?:được|nổi)(?: đâu)?`, 'apart', 'absent', true),
  cue('(?<!xin )(?<!xin_phép )(?<!đề_nghị )(?<! cho (?:tôi|em|mình|cháu|con|bác|chú) )được nghỉ', 'hint', 'absent'),
  cue(`${NOT} (?:thể|thể_nào|sao)(?: (?:em|tôi|mình))? ${COME}(?: được)?(?: đâu)?`, 'apart', 'absent', true),
  cue(`${NOT} ${COME}(?: đâu(?! (?:cả|hết) ))?`, 'apart', 'absent'),
  cue(
    `(?:(?:có|sẽ|xin|xin_phép) )*(?:(?:${COME}|ra|lên|xuống) )?(?:(?:hơi|sẽ|bị) )*${LATE}(?: giờ)?`,
    'state',
    'late',
    true,
  ),
  cue(
    `(?:(?:đến|tới|vào|qua|có_mặt|họp) )+sau(?= (?:[^ ]+ ){0,6}(?:phút|tiếng|nửa_tiếng|nửa_giờ) )`,
    'state',
    'late',
    true,
  ),
  cue(
    `(?:đến|tới|vào|qua|lên|ra|họp) sau(?= (?:một_chút|một_tí|một_xíu|một_lúc|chút|tí|xíu|ít) | $)`,
    'state',
    'late',
    true,
  ),
  cue(`(?<= (?:vẫn|sẽ|cũng) )(?:ra|lên|xuống|về)(?= $| (?:thôi|luôn|bình_thường) )`, 'state', 'present'),
  cue(
    `(?:(?:${COME}|kết_nối|truy_cập|đăng_nhập|mở máy|bật máy) )*(?:link (?:họp )?|phòng (?:họp )?)?(?:(?:qua|bằng|bên|trên) )?${ONLINE}`,
    'state',
    'online',
  ),
  cue(`(?:(?:xin|xin_phép|phải|đành) )+(?:được )?(?:ở_nhà|ở nhà|lỗi_hẹn)`, 'apart', 'absent', true),
  cue(`(?<= (?:em|tôi|mình|cháu|con|bác) )(?:ở_nhà|ở nhà)(?= $)`, 'hint', 'absent'),
  cue(
    `(?:(?:họp|sinh_hoạt)(?: (?:chi_bộ|này|hôm_nay))* )?(?:(?:xin|xin_phép|báo|được|phải|đành) )*(?:xin|xin_phép|báo|phải|đành)(?: (?:được|cho))? ${AWAY}${MEETING}`,
    'state',
    'absent',
    true,
  ),
  cue(
    `(?<= cho (?:em|tôi|mình|con|cháu|bác|chú|cô|anh|chị|cụ|mệ|o) )(?:(?:xin|được|phép) )*${AWAY}${MEETING}`,
    'state',
    'absent',
    true,
  ),
  cue(`(?:vắng_mặt|vắng|nghỉ (?:họp|buổi|buổi_này|sinh_hoạt))${MEETING}`, 'state', 'absent', true),
  cue(`nghỉ`, 'state', 'absent'),
  cue(`off (?:họp|buổi|buổi_này|hôm|hôm_nay|sinh_hoạt)${MEETING}`, 'state', 'absent', true),
  cue(`off`, 'hint', 'absent'),
  cue(`${COME}(?: được(?: rồi)?)?(?: trực_tiếp)?`, 'state', 'present'),
  cue(`trực_tiếp`, 'hint', 'present'),
  cue(`(?:nghi|vang|ban|muon)`, 'hint', 'absent'),
]

/** Every cue holds one of these. */
const CUE_WORDS: ReadonlySet<string> = new Set(
  [
    COME_BASE,
    AWAY,
    ONLINE,
    LATE,
    'ra về lên xuống bận lịch kịp đúng_giờ trực_tiếp ở_nhà lỗi_hẹn suất chỗ phần ghế chuyến sau',
  ]
    .concat('nghi vang ban muon đi_vắng đổi chuyển sửa nhà gì mấy trước kẹt_lịch trùng_lịch vướng_lịch')
    .flatMap((source) => source.match(/[\p{L}_]+/gu) ?? []),
)

const countWords = (text: string): number => text.split(' ').filter(Boolean).length

/** Every cue of a clause, in order, none overlapping. `words`: the canonical words of the clause. */
export function findCues(words: readonly string[]): Cue[] {
  if (!words.some((word) => CUE_WORDS.has(word))) return [] // most of what is told beside an answer
  let text = ` ${words.join(' ')} `
  const cues: Cue[] = []
  for (const { find, ...rest } of PATTERNS) {
    text = text.replace(find, (found: string, ...groups: unknown[]) => {
      const at = groups.find((group): group is number => typeof group === 'number') ?? 0
      const from = countWords(text.slice(0, at))
      cues.push({ ...rest, from, to: from + countWords(found), words: found.trim() })
      return found.replace(/[^ ]+/g, '·') // taken words keep their places
    })
  }
  return cues.sort((a, b) => a.from - b.from)
}
