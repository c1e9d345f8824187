import type { ReasonKind } from './types.js'

const list = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Words that name a kind of reason by themselves. `weak`: only where nothing says more. */
export const WORDS_OF: Readonly<
  Record<'clash' | 'ill' | 'family' | 'work' | 'other' | 'weakWork' | 'weakOther', readonly string[]>
> = {
  clash: list(
    'trùng_lịch vướng_lịch kẹt_lịch đụng_lịch cấn_lịch mắc_lịch lịch_khác họp_khác cuộc_họp_khác trùng trùng_giờ cùng_giờ cùng_lúc cùng_buổi cuộc_hẹn hẹn_trước có_hẹn lịch_hẹn lịch_học lịch_thi hội_nghị_khác lớp_học mít_tinh văn_nghệ giao_lưu khóa_luận',
  ),
  ill: list(
    `ốm bệnh sốt cúm cảm đau nằm_viện đi_viện nhập_viện xuất_viện mổ phẫu_thuật khám đi_khám khám_bệnh tái_khám điều_trị chạy_thận cấp_cứu
    sức_khỏe huyết_áp tụt_huyết_áp chóng_mặt nội_soi dạ_dày dị_ứng gãy_chân gãy_tay gãy bong_gân tiểu_đường xạ_trị hóa_trị thoát_vị viêm
    viêm_phổi viêm_họng truyền_nước khó_ở không_khỏe dưỡng_thai ốm_nghén thuốc khớp bác_sĩ tai_nạn ngã thai covid mệt gout sưng bó_bột
    ngộ_độc thoái_hóa cột_sống cách_ly tiêm trầy nhổ_răng đau_răng đau_mắt chấn_thương sỏi_thận đột_quỵ xương phát_ban mất_tiếng
    đi_lại dương_tính thủy_đậu zona nhức nhức_đầu buốt yếu hóa_chất truyền_hóa_chất ngất choáng trĩ sỏi thận phổi suy_tim suy_nhược
    tiền_đình mất_ngủ thấp_khớp thần_kinh đau_ốm hậu_phẫu mang_bầu nghén co_giật chảy_máu nhiễm sốt_rét sốt_xuất_huyết ung_thư khối_u
    đau_lưng đau_chân vật_lý_trị_liệu châm_cứu phục_hồi tiêu_chảy nôn ói sinh_mổ say_xe thủng rách khâu chườm bại liệt tê hen_suyễn bác_sỹ
    ho_khan nằm_nghỉ té trúng_gió cảm_lạnh trật_chân trẹo_chân trẹo_lưng gãy_xương nứt_xương bó_nẹp bó_bột tai_biến mổ_mắt ruột_thừa
    sỏi_mật viêm_xoang viêm_gan viêm_phế_quản khó_thở thở_oxy đau_bụng đau_đầu đau_khớp đau_vai đau_cổ đau_bao_tử đau_dạ_dày đau_ngực
    sưng_mặt sưng_chân nằm_liệt sốt_cao tim_mạch nhồi_máu xuất_huyết hạ_đường_huyết lên_máu tăng_xông truyền_dịch tái_phát ong_đốt
    rắn_cắn chó_cắn bỏng bị_thương vết_mổ vết_thương ở_cữ sảy_thai động_thai an_thai nghỉ_ốm an_dưỡng khản_tiếng quai_bị sởi
    đau_mắt_đỏ dây_chằng đứt_gân quằn_quại lây hắt_hơi sổ_mũi mỏi_gối bại_liệt tức_ngực ngất_xỉu nằm_viện trạm_xá điều_dưỡng bao_tử
    kháng_sinh chạy_thận lao_phổi phong_thấp đau_nhức giời_leo nằm_bẹp kiệt_sức`,
  ),
  family: list(
    `gia_đình việc_nhà việc_gia_đình đám_cưới đám_hỏi ăn_hỏi đám_giỗ đám_tang đám_ma ăn_cưới cưới giỗ tang hiếu hỷ về_quê đón_con đón_cháu
    đón_bé đầy_tháng thôi_nôi tân_gia trông_con trông_cháu giữ_con giữ_cháu sinh đẻ sinh_con chịu_tang cúng neo_người
    kỵ mộ cải_táng sang_cát tảo_mộ mãn_tang bốn_chín_ngày thông_gia dạm_ngõ lại_mặt ăn_giỗ dâu rể rước_dâu đưa_dâu nhà_vợ nhà_chồng họp_gia_đình họ_hàng
    việc_hiếu việc_hỷ việc_tang bốc_mộ xây_mộ giỗ_chạp cúng_thất cúng_giỗ mừng_thọ đầy_năm cất_nóc động_thổ lễ_ăn_hỏi lễ_cưới
    nuôi_bệnh vợ_đẻ vợ_sinh đi_đẻ hai_họ nhà_trai nhà_gái tang_gia hậu_sự an_táng hỏa_táng đưa_tang lo_tang lo_đám đám_cúng
    giỗ_tổ nhập_trạch vu_quy thành_hôn`,
  ),
  work: list(
    `công_tác đi_công_tác trực tăng_ca tiếp_khách tiếp_đoàn tập_huấn ca_đêm hội_thảo thanh_tra kiểm_tra chấm_thi coi_thi ra_khơi ngoài_khơi đi_biển
    dự_án công_trình khách_hàng nhiệm_vụ giao_ban đi_làm làm_ca trực_thay trực_ban biệt_phái bồi_dưỡng diễn_tập tuần_tra chuyến_hàng giao_hàng lái_xe chở_hàng chạy_xe xe_tải phiên_tòa bán_hàng thi_công
    khảo_sát đi_thực_tế hợp_đồng giám_sát gác canh chữa_cháy giảng_dạy lên_lớp đứng_lớp hành_quân huấn_luyện ca_tối ca_khuya kiểm_kê nghiệm_thu
    tuyển_quân trực_đêm trực_gác túc_trực_cơ_quan phục_vụ ra_đảo lên_tàu cuốc_xe phỏng_vấn biểu_diễn đi_tỉnh thực_địa
    phân_công điều_động đơn_thư tòa_án tòa xét_xử hòa_giải phúc_thẩm sơ_thẩm luật_sư bắn_đạn đạn_thật thao_trường doanh_trại chủ_hàng
    đơn_hàng ca_trực ca_chiều ca_sáng giao_ca trực_chiến trực_chốt tiếp_dân tiếp_công_dân đối_tác chủ_đầu_tư công_trường nhà_thầu
    bê_tông đo_đạc mặt_bằng cưỡng_chế kiểm_lâm chống_dịch chống_cháy tiêm_phòng deadline sản_xuất đứng_máy sự_cố bảo_trì
    bảo_dưỡng máy_chủ chuyến_xe theo_xe quầy_hàng đông_khách trông_hàng trông_tiệm trông_quán livestream quay_phim chụp_ảnh dẫn_đoàn
    chấm_bài dạy_bù dạy_thay kiểm_định đấu_thầu mở_thầu đón_đoàn đoàn_kiểm_tra phiên_chợ bốc_xếp giao_nhận xuất_hàng nhập_hàng chạy_hàng
    lái_tàu đi_tàu trực_tàu đi_rừng giữ_rừng quân_trường hội_thao áp_tải chủ_thầu chụp_cưới chấm_luận_văn cấm_trại báo_động sẵn_sàng_chiến_đấu hiện_trường điều_tra án cạo_mủ cao_su`,
  ),
  other: list(
    `kẹt_xe tắc_đường kẹt_đường hỏng_xe xe_hỏng mưa_to mưa lũ bão ngập sạt_lở lụt lỡ chuyển_nhà sửa_nhà ngập_nước ngập_đường hết_xăng
    lỡ_tàu lỡ_xe lỡ_chuyến lỡ_hẹn chuyến_bay chuyến_tàu du_lịch tham_quan thu_hoạch gặt hành_hương cấy cày rẫy nương ruộng vườn lúa giấy_tờ ngân_hàng căn_cước hỏng hư xịt_lốp thủng_lốp chết_máy hết_pin mất_nước cô_lập
    sóng_to tắc_biên lở_đất mất_điện trễ_chuyến chuyển_trọ thợ
    việc_cá_nhân việc_đột_xuất công_chuyện mất_xe hết_xe lỡ_đò cầu_gãy cầu_sập nước_dâng nước_lũ triều_cường biển_động tránh_bão
    cấm_biển cắt_điện cắt_nước mất_mạng mất_sóng đi_chùa lễ_chùa đi_chơi nghỉ_mát công_chứng hộ_chiếu mùa_vụ giông_bão
    lốc áp_thấp tắc_cầu hỏng_máy hết_vé hoãn_bay`,
  ),
  weakWork: list(
    'bàn_giao chụp quay sự_kiện thầu chuyến công_việc công_vụ huyện_đội xã_đội sinh_viên bộ_phận dự_toán hồ_sơ thi_đấu lớp dạy hội_nghị cơ_quan công_ty đơn_vị xí_nghiệp làm xưởng nhà_máy kho trạm đồn giám_đốc đoàn sếp bệnh_nhân nghiệp_vụ học_sinh chuyên_môn cấp_trên',
  ),
  weakOther: list(
    'tắc cao_tốc bận vướng kẹt mắc việc việc_riêng đi_vắng khách cá_nhân đột_xuất tàu xe đường bận_rộn bận_bịu',
  ),
}

/** In what follows, words that only explain together with others. */
const PARTS = list(
  'bệnh_viện viện sinh_nhật máy_bay nhà chân lưng đầu bụng răng khớp tay mắt vai họng lịch thi phụ_huynh hội_đồng hội_nông_dân phụ_nữ cựu_chiến_binh mặt_trận tổ_dân_phố khu_phố đại_hội tổ_trưởng công_đoàn người_cao_tuổi khuyến_học chuyển sửa hỏng',
)

export const REASON_WORDS: readonly string[] = [...Object.values(WORDS_OF).flat(), ...PARTS]

export type Told = ReasonKind
