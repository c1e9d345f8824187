import { fold } from '../../core/text.js'
import * as lexicon from './lexicon.js'
import { REASON_WORDS } from './reason-words.js'

/**
 * The words the understanding knows. A word typed without accents is read as the one word here that folds to it;
 * words that fold alike and mean different answers are left out and decided by their neighbours (`neighbours.ts`).
 */
const list = (text: string): string[] => text.trim().split(/\s+/)

/** Everyday chat and dialect: what is meant, and how it is typed. */
const TYPED_AS: Readonly<Record<string, string>> = {
  không: 'khôn ko k kg khg hok hk hông hổng hong hem nỏ kh0ng k0 kô hôk kh khum hăm hổg',
  được: 'dc đc đk dk đx đươc đuoc',
  ok: 'ok oke okê okie oki okey okay okela okla oce okê',
  ừ: 'uh ừ ừm ừa ờ um uhm uk u uhuh ừh',
  online: 'onl onlai onlie',
  phút: 'p ph phut mins minutes',
  công_ty: 'cty cti',
  anh_em: 'ae',
  ạ: 'ah ak ạh aj ajk',
  nhé: 'nhá nhe nhen nghen hen nghe nhoa nè hỉ hí hầy nờ nhaa nge nhóe nka nkaa nhaz',
  mình: 'mik mk mjnh m',
  tôi: 'tui t tau choa tao',
  gì: 'j ji',
  bị: 'bj',
  gia: 'ja',
  vậy: 'vậy v z vay zậy zay dzậy dzay rứa rua thế dậy dợ',
  đâu: 'mô',
  rồi: 'r rùi ròi rui òi',
  chứ: 'chớ chơ',
  vào: 'dzô vô zô',
  về: 'dìa zìa',
  làm: 'mần',
  bây_giờ: 'chừ',
  này: 'ni',
  đó: 'nớ',
  biết: 'bít bik',
  chân: 'cẳng chưn',
  đầu: 'trốc',
  công_tác: 'ct ctac ctác',
  mọi_người: 'mn mng ac a/c',
  mai: 'mơi',
  em: 'e',
  chị: 'c cj chj',
  chồng: 'ck',
  vợ: 'vk',
  giờ: 'h',
  hôm: 'hum bữa bựa',
  điện_thoại: 'đt',
  hôm_nay: 'hnay',
  hôm_qua: 'hqua',
  gia_đình: 'gđ',
  đang: 'đag',
  với: 'vs',
  việc: 'vc dzụ',
  thôi: 'thui',
  luôn: 'lun',
  bác_sĩ: 'bs',
  bệnh_viện: 'bv',
  cảm_ơn: 'tks thanks thank thks tkiu',
  trung_ương: 'tw',
  qua: 'qa',
  quá: 'wá wa quớ',
  bệnh: 'bịnh',
  gửi: 'gởi',
  dạ: 'dzạ',
  tài_liệu: 'tl',
  tham_gia: 'tgia',
}

/** Abbreviations of everyday chat, by what was typed. */
export const SHORT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TYPED_AS).flatMap(([means, typed]) => list(typed).map((word) => [word, means])),
)

/** Pairs and triples that mean one thing, beside those of the lexicon; "co mat" is never taken apart. */
const PAIRS = `
triệu_tập bằng_không lúc_nãy ban_nãy hồi_nãy khi_nãy đăng_nhập màn_hình điểm_cầu bất_kể mặc_kệ chưa_hề văn_kiện thư_viện học_viện viện_trưởng tụ_họp hội_họp tụ_tập sự_kiện đường_truyền kết_nối truy_cập cao_tốc bàn_giao bố_trí vị_trí định_vị nơi_họp thay_đổi dù_mưa dù_nắng bảo_vệ lớp_học cao_học khóa_luận luận_văn luận_án đồ_án chính_trị hội_thi học_kỳ google_meet gg_meet qua_mạng từ_xa kính_gửi kính_thưa kính_chào xin_chào có_lẽ hình_như khả_năng không_biết không_chắc không_phải hình_thức
hôm_qua hôm_trước hôm_nọ tuần_trước tháng_trước tháng_sau lần_trước lần_sau kỳ_trước kỳ_sau buổi_trước buổi_sau đợt_trước đợt_sau năm_ngoái
vừa_rồi năm_sau lúc_đầu ban_đầu chưa_bao_giờ hôm_sau tháng_tới lần_tới nửa_buổi giấy_mời nội_dung chương_trình địa_điểm thời_gian mấy_giờ
vì_thế cho_nên thành_ra thành_thử do_vậy bởi_vậy thế_nên lúc_nào khi_nào bao_giờ ngày_nào hôm_nào thứ_mấy ngày_mấy giờ_nào ở_đâu chỗ_nào phòng_nào tầng_mấy thế_nào bao_nhiêu tại_sao là_gì về_gì
họp_gì việc_gì nội_dung_gì đồng_chí_nào có_phải được_không có_sao_không chủ_đề ở_nhà lỗi_hẹn bao_lâu chừng_nào nơi_nào địa_chỉ chỗ_họp
lịch_họp giờ_họp tại_chỗ mới_đúng vẫn_còn hay_là rút_lại ý_em_là ý_tôi_là ý_mình_là rút_đơn chỉ_định quy_định trường_hợp kiểm_tra khai_mạc
kéo_dài tập_trung đề_cương thay_mặt đại_diện kết_nạp phê_bình bỏ_phiếu vấn_đề dự_thảo đảng_viên góp_mặt đề_nghị như_vậy hóa_ra
chúng_em tình_hình báo_lại báo_sau nếu_không để_xem biết_đâu dự_kiến hy_vọng đi_vắng à_không mà_thôi đổi_ý tại_vì bởi_vì lý_do do_đó tuy_nhiên
nghỉ_hưu nghỉ_lễ nghỉ_tết quá_giờ hết_giờ bắt_đầu kết_thúc điều_kiện sổ_đảng đảng_phí ban_tổ_chức mục_đích bầu_cử thảo_luận kiểm_điểm tổ_chức
trụ_sở_phường điện_thoại đi_học nhà_tôi nhà_em nhà_mình nhà_máy nhà_trường thai_sản cám_ơn phương_án chỉ_huy hỗ_trợ quyết_toán quyết_liệt quyết_tâm cố_định miễn_chấp tăng_cường
hà_nội hồ_chí_minh sài_gòn đà_nẵng cần_thơ hải_phòng lào_cai yên_bái điện_biên lai_châu sơn_la hòa_bình thái_nguyên lạng_sơn quảng_ninh
bắc_giang bắc_ninh hải_dương hưng_yên thái_bình nam_định ninh_bình thanh_hóa nghệ_an hà_tĩnh quảng_bình quảng_trị quảng_nam quảng_ngãi bình_định
phú_yên khánh_hòa ninh_thuận bình_thuận kon_tum gia_lai đắk_lắk đắk_nông lâm_đồng bình_phước tây_ninh bình_dương đồng_nai vũng_tàu long_an
tiền_giang bến_tre trà_vinh vĩnh_long đồng_tháp an_giang kiên_giang hậu_giang sóc_trăng bạc_liêu cà_mau cô_lập ủy_ban trường_học trung_ương miền_trung trung_tâm trung_đoàn bệnh_nhân ban_quản_lý ban_chấp_hành ban_giám_hiệu chung_cư bản_mềm đường_dẫn phân_vân lưỡng_lự tùy_tình_hình năm_ăn hên_xui ai_ngờ có_khi dự_định giả_sử miễn_là trừ_khi số_điện_thoại
máy_tính thể_nào thông_cảm cả_nhà trực_tuyến trực_tiếp tham_quan có_mặt vắng_mặt tham_gia tham_dự sinh_hoạt kính_mong mọi_khi quý_hóa chúc_mừng
`

/** Common words whose accents are those of a slip; typed so, they mean themselves. */
const OTHERS = `đinh đính dính nợ yêu tư bốn sáu bảy tám chín từ bạn váng bó sót chạm dụ cạn tối bán bàn bản bên bền đen đèn đền đón đơn vẻ vé ve kip kíp hỏi hội hồi họ mua mùa mùi hợp hộp hóp nữ
nửa nứa dù dư đủ đu lên lén len sáng sàng sang tay tài tải tại thai thải thái tôn tồn thi thị thì thỉ chốt cho chó chợ chờ chó bò bỏ bố bô đôi đối đội dời đời
nhớ nhỏ nho lỡ lở lo lọ khoe khỏe kê kể kế giữ giá già gia mới mời mồi mỗi gửi gừi gọi gói gối còi coi cổ cố đọc độc dọc đau đâu đầu đậu tin tín tìm tim`

/** Where two fold alike the first is meant. */
const CORE = `em tôi mình cháu anh chị bác chú ông bà tớ ơi chào thưa dạ vâng ạ nhé không chẳng chả được đi đến tới dự họp qua sang lên vào
vắng sẽ vẫn xin phép cho báo có cũng thì là nay tối sáng chiều mai này đều chọn số lại rồi phải đành xong
trễ muộn chậm hơi bị khoảng tầm độ chừng phút tiếng rưỡi chút tí xíu ít mươi mười hai một mốt lăm
bận vướng kẹt mắc ốm bệnh sốt cúm cảm đau viện mổ thai khám vợ chồng mẹ bố giỗ cưới tang quê việc trực ca khách đoàn
vì bởi nên nhưng mà còn hoặc hay nếu nhỡ trừ chắc chưa biết để xem thôi nhầm định tùy kịp mời chúc
gì ai sao nào mấy bao nhiêu đâu hả nhỉ vậy gửi link file hỏi giúp hộ giùm thay nhờ đã mới vừa sau trước
quá khất nghỉ kiếu với nữa đấy đó luôn chứ đủ thể muốn nghĩ thử ở nhà về ra xuống lưng chân khớp mắt ngã bụng răng họng đầu tay mệt thăm trông chăm học đưa trùng lịch tỉnh bé meet zoom zalo skype webex teams video link alo`

/** By name: not every loader gives a module's exports in one order, and of two words that fold alike the first is meant. */
const inLexicon = [
  ...Object.entries(lexicon)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, words]) => [...words]),
  ...REASON_WORDS,
]

/** Compounds, with spaces. */
export const COMPOUNDS: readonly string[] = [
  ...new Set(
    [...inLexicon, ...list(PAIRS)].filter((word) => word.includes('_')).map((word) => word.replaceAll('_', ' ')),
  ),
]

/** Single words that are read without accents as well. */
export const WORDS: readonly string[] = [
  ...new Set([...list(CORE), ...inLexicon.filter((word) => !word.includes('_') && !REASON_WORDS.includes(word))]),
]

/** Single words that are read as they are spelled: without accents they might be many others ("mộ" and "mổ"). */
export const SPELLED: readonly string[] = [...WORDS, ...REASON_WORDS.filter((word) => !word.includes('_'))]

/** Words that are real and none of ours to mend. */
export const REAL: ReadonlySet<string> = new Set([
  ...SPELLED,
  ...list(OTHERS),
  ...COMPOUNDS.flatMap((text) => text.split(' ')),
])

/** Names that a bare word could be (Minh, Chi): in a text with accents they are not read as pronouns. */
export const NAME_LIKE: ReadonlySet<string> = new Set(list('minh chi ba ong'))

/** In a text with accents these mean what they say, not what they would with an accent. */
export const EXACT: ReadonlySet<string> = new Set(list('tim ho lo to chung cao trung tuy'))

/** Given names as they are typed without accents: behind a title they are one, whatever else they might be. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  list(
    `nga lan hoa hue hang thu binh minh hung tuan tam tu thao linh trang nhung phuong lien loan mai cuc dao ly quy son thang
    long ha hien hanh huong khanh kien loc luan manh my ngoc phuc quang thinh thuy tien toan tri truong tung tuyet viet vinh xuan
    yen dat duc giang bay chin tinh hoang huy cuong dong giap hieu hoai huyen khoa lai liem luyen nghia nguyet oanh phi phu quyen
    que sau sy tho tuyen ut vy y`,
  ),
)

/** Folded forms that a reader cannot tell apart without accents; `neighbours.ts` decides some, the rest stay as typed. */
export const AMBIGUOUS: ReadonlySet<string> = new Set(
  list(
    'o cuoi vang nghi muon ban dau gio lan nam a da co con mat tai do nha qua sang hoi toi the to trung mo bo coi cu cham',
  ),
)

export const foldedWords: readonly Readonly<{ word: string; key: string }>[] = WORDS.map((word) => ({
  word,
  key: fold(word),
}))
