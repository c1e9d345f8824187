import type { Translate } from '../core/i18n.js'
import type { Block, WorkingPaper } from '../core/party-layout.js'
import type { Fields } from './placeholders.js'

/** Every name that a template may have, in the order in which somebody looks for it. */
export const NAME_GROUPS = {
  meeting: ['cap_tren', 'chi_bo', 'ngay_lap', 'cuoc_hop', 'gio_hop', 'thu', 'ngay_hop', 'dia_diem', 'ban_sua'],
  counts: [
    'si_so',
    'tong_so',
    'chinh_thuc',
    'du_bi',
    'tam_thoi',
    'mien',
    'nhiem_vu',
    'phai_du',
    'co_mat',
    'den_muon',
    'truc_tuyen',
    'vang_ly_do',
    'vang_khong_ly_do',
    'ty_le',
    'dang_phi',
    'ly_do_vang',
  ],
  people: ['chu_tri', 'thu_ky', 'ten_thu_ky', 'nguoi_ky', 'chuc_vu_ky', 'khach', 'phat_bieu', 'danh_sach_vang'],
  content: ['noi_dung', 'viec_truoc', 'viec_truoc_dem', 'viec_moi', 'viec_moi_gon', 'diem', 'bang_diem'],
} as const

const groups = Object.keys(NAME_GROUPS) as (keyof typeof NAME_GROUPS)[]

/** The names in groups, with what stands there and what a made-up meeting puts in; to be copied from. */
export function namesPaper(example: Fields, t: Translate): WorkingPaper {
  const rowOf = (name: (typeof NAME_GROUPS)[keyof typeof NAME_GROUPS][number]): string[] => {
    const field = example[name]
    const isText = field !== undefined && 'text' in field
    return [`{{${name}}}${isText ? '' : ' *'}`, t(`papers.template.names.field.${name}`), isText ? field.text : '']
  }
  const head = (['name', 'stands', 'example'] as const).map((one) => t(`papers.template.names.${one}`))
  return {
    title: t('papers.template.names.title'),
    about: t('papers.template.names.about'),
    body: [
      t('papers.template.names.how'),
      ...groups.flatMap((group): Block[] => [
        { heading: t(`papers.template.names.group.${group}`) },
        { table: { head, widths: [30, 36, 34], centred: [], rows: NAME_GROUPS[group].map(rowOf) } },
      ]),
    ],
  }
}
