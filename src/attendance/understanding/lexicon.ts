/**
 * What words do in a sentence about a meeting, as data. Compounds are joined by `_`. Whatever stands here is read without
 * accents too (`vocabulary.ts`); a word of no list is one we do not know, and what it stands beside is read with care.
 */
const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Only ever said of oneself. */
export const FIRST_PERSON = set('tôi mình tớ')

/** How members call themselves; the older ones "bác", "chị" … to a younger secretary. */
export const SELF = set('em tôi mình cháu con anh chị bác chú cô ông bà tớ cụ dì cậu o mệ mợ thím thầy bọ mạ')

/** Who is addressed or spoken of. */
export const TITLES = set(
  'đồng_chí bạn sếp thầy bí_thư phó_bí_thư thủ_trưởng ban_chi_ủy chi_ủy cấp_ủy hiệu_trưởng hiệu_phó trưởng_thôn trưởng_khoa trưởng_phòng trạm_trưởng đội_trưởng chủ_tịch phó_chủ_tịch chủ_nhiệm thư_ký kế_toán tổ_trưởng tổ_phó xóm_trưởng',
)

/** Relatives of whoever is named behind them, and other people one speaks of: never the speaker. */
export const KIN = set(
  `vợ chồng mẹ bố ba má bố_mẹ cha_mẹ ba_má con_gái con_trai cháu_gái cháu_trai cháu_nội cháu_ngoại ông_xã bà_xã ông_nội bà_nội
  ông_ngoại bà_ngoại con_dâu con_rể con_nhỏ bố_vợ mẹ_vợ bố_chồng mẹ_chồng anh_trai chị_gái em_trai em_gái anh_rể bé
  hàng_xóm đồng_nghiệp thằng nó họ ổng bả anh_ấy chị_ấy cô_ấy bà_ấy ông_ấy chú_ấy bác_ấy cụ_ấy em_ấy bạn_ấy thầy_ấy
  cụ_ông cụ_bà bà_cụ ông_cụ`,
)

/** One answer cannot stand for several. */
export const SEVERAL = set(
  `chúng_em chúng_tôi chúng_mình bọn_em bọn_tôi bọn_mình tụi_em tụi_tôi anh_em chị_em hai_đứa vợ_chồng mẹ_con bố_con ba_con bà_con
  ông_bà bác_cháu bà_cháu ông_cháu hai_người cả_hai cả_nhà mọi_người chi_đoàn hai_vợ_chồng`,
)

export const TIME = set(
  `hôm_nay nay tối_nay sáng_nay chiều_nay trưa_nay tối_mai sáng_mai chiều_mai ngày_mai mai tối sáng chiều trưa hôm_đó hôm_ấy
  ngày buổi buổi_này lần_này kỳ_này tuần_này tháng_này này bây_giờ giờ kỳ lần đợt hôm dịp tháng tuần cuối_tuần chủ_nhật thứ_hai
  thứ_ba thứ_tư thứ_năm thứ_sáu thứ_bảy mấy_hôm_nay mấy_bữa_nay mấy_ngày_nay đợt_này dịp_này buổi_tới kỳ_tới bữa_nay bữa_đó bữa`,
)

/** What may stand between the speaker and the answer and changes nothing. */
export const LEADS = set(
  `sẽ vẫn xin xin_phép phép cho báo có cũng thì được đăng_ký xác_nhận chắc_chắn nhất_định chọn lại phải đành rất_tiếc tiếc xin_lỗi
  sắp_xếp thu_xếp xong rồi không_sao đồng_ý nhất_trí trả_lời không_vấn_đề_gì là để ghi ghi_tên ghi_nhận đó rảnh khỏe đâu nên thế chịu
  cứ tất_nhiên đương_nhiên dĩ_nhiên hoàn_toàn sẵn_sàng thông_báo phản_hồi kính_báo mọi_khi đúng confirm thôi luôn buộc
  yên_tâm rõ đúng_giờ đây thông_cảm giúp chuyển đổi thành như_thông_báo theo_lịch đủ
  chắc có_lẽ quyết_định khẳng_định cam_kết và thời_gian lịch đề_nghị xác_nhận_lại vậy`,
)

/** What may follow an answer and changes nothing. */
export const FOLLOWS = set(
  `được chắc_ăn tới họp dự chi_bộ sinh_hoạt tham_gia tham_dự đúng_giờ đầy_đủ đủ bình_thường trực_tiếp cùng mọi_người lúc giờ phút tiếng rưỡi
  khoảng tầm độ chừng một_chút một_tí một_xíu một_lúc một_lát chút tí xíu ít nửa_tiếng nửa_giờ thôi đi cuộc hơn mươi mười hai ba bốn
  năm một mốt lăm sáu bảy tám chín chục qua bằng trên mạng máy phòng ở tại hội_trường nhà_văn_hóa trụ_sở với cả_nhà liền ngay
  như_thường và như mọi_khi nhiệt_tình đúng_hẹn trọn_vẹn đông_đủ cỡ gần nhất_định chắc_chắn thường_kỳ định_kỳ thường_lệ chuyên_đề rồi
  hết luôn_luôn giờ_họp lịch_họp khai_mạc mùng mồng vui_vẻ tuyệt_đối đúng ngày_giờ đồng_hồ theo_lịch lịch như_thông_báo hình_thức theo thôn xã phường thông_báo kế_hoạch quy_định`,
)

/** What may follow an answer that nothing else can be meant by ("xin vắng", "không đi được"). */
export const FOLLOWS_FIRM = set(
  'rồi mất nữa đâu để vì do một bữa hôm đó theo ở tại trong suốt cả đúng mong thông_cảm thật lắm nổi vậy ngay quá hẳn luôn nữa_rồi vì_vậy',
)

/** Speaking for somebody, or of papers and lists: what stands beside it is no answer of the speaker. */
export const ON_BEHALF = set('hộ giúp giùm dùm thay nhờ')
export const BLOCKS = set(
  `sai biên_bản danh_sách file link tài_liệu mới vừa đều mời chúc bảo đừng thiếu danh trang bản mục văn_bản nghị_quyết ảnh cấm
  bắt_buộc bị_trừ trừ_điểm`,
)

/** Before the speaker's own words anything may be told, but not by whom, of whom or when the answer was given. */
export const TOLD = set(
  `khi lúc lần nghe thấy bảo nhắn kêu nói sợ lo ngại tưởng thay_mặt đại_diện thay của báo_cáo hỏi nhờ trong bạn dặn nhớ kể rủ mời`,
)

/** Behind these a person is no subject: "đưa con đi tiêm", "họp với anh Nam". */
export const BEFORE_OBJECT = set(
  `với của cho đưa đón trông chăm chăm_sóc thăm giúp nhờ báo gửi theo cùng giữ lo chở dẫn bế ở nhắn hỏi gặp tiếp khám mời nuôi
  cưới tang giỗ phụ giúp_đỡ và đỡ trông_nom hộ cúng đám_cưới đám_giỗ đám_tang lễ mắt chân lưng đầu
  tay bụng răng khớp huyết_áp sức_khỏe xe thôn cơ_quan lịch`,
)

/** Behind these the speaker names themselves and then says the answer: "ghi tên em tham gia", "cho tôi vắng". */
export const ASKS_FOR_SELF = set('cho ghi ghi_tên ghi_nhận tính để báo là xin_phép mong giúp')

/** What one who is addressed is asked to do: "anh cứ ghi tên em", "đồng chí yên tâm". */
export const ASKED_TO = set('cứ ghi ghi_tên ghi_nhận yên_tâm thông_cảm giúp nhắc gửi tính khỏi báo cho xem chờ')

/** Verbs and adverbs that may follow a subject at once: "em đang …", "bác phải …". Anything else there is a name. */
export const PREDICATES = set(
  `sẽ vẫn cũng đã đang không chẳng chả có thì xin xin_phép phải bị được mới vừa cứ chưa đều còn chắc định muốn hơi lại đành cần nên
  mà là báo nghỉ đi đến tới qua sang lên vào ra về ở làm học dạy trực ốm bận đau sốt mệt kẹt vướng mắc trùng đưa đón trông chăm thăm
  mổ khám họp dự tham_gia tham_dự có_mặt vắng vắng_mặt muộn trễ chậm online trực_tuyến chọn ghi đăng_ký xác_nhận nhất_trí đồng_ý
  rảnh khỏe chịu lỡ quên nhầm đổi bấm biết nghĩ thấy thu_xếp sắp_xếp cố cố_gắng đồng_thời chuyển rút rút_lại hủy xuống đâu này sắp
  đây gửi kính_báo báo_cáo tiếc rất_tiếc xin_lỗi off join góp_mặt kịp thay_đổi sửa hẹn nhận sợ dặn nhờ bảo nói nhắn kể nhắc cảm_ơn
  chào kiếu khất ngại mất bệnh cảm cúm lo túc_trực trả_lời dương_tính công_tác đi_công_tác tự quyết_định nằm nằm_viện
  chỉ vội sống vô chạy ăn dính cách_ly hứa cam_kết chắc_chắn nhất_định tuyệt_đối hoàn_toàn nhập_viện cấp_cứu phụ hết rời dậy tan chở mua bán trồng gặt
  đặt giẫm chụp nuôi chữa uống tiêm dọn xây đóng đứng ngồi lái giao ký viết đọc nghe gọi buồn vui già yếu nhức buốt ho sưng gãy trượt té bong thuê
  bay hỏng hư thiếu tin tưởng nhớ ở_nhà cúng luôn mắc_lịch vừa_mới mong kính_mong xin_phép khỏi rất thật trên`,
)
