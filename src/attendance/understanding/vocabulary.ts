/**
 * The words the understanding knows. A word typed without accents is read as the one word here that folds to it;
 * words that fold alike and mean different answers are left out and decided by their neighbours (`neighbours.ts`).
 */
const list = (text: string): string[] => text.trim().split(/\s+/)

/** Everyday chat and dialect: what is meant, and how it is typed. */
const TYPED_AS: Readonly<Record<string, string>> = {
  không: 'ko k kg khg hok hk hông hổng hong hem nỏ kh0ng k0 kô hôk kh khum',
  được: 'dc đc đk dk đx',
  ok: 'ok oke okê okie oki okey okay okela okla',
  ừ: 'uh ừ ừm ừa ờ um uhm uk u uhuh',
  online: 'onl onlai onlie',
  phút: 'p ph phut',
  ạ: 'ah ak ạh',
  nhé: 'nhá nhe nhen nghen hen nghe nhoa nè hỉ hí',
  mình: 'mik mk mjnh',
  tôi: 'tui t tau choa',
  gì: 'j ji',
  vậy: 'vậy v z vay zậy zay dzậy dzay rứa rua thế',
  đâu: 'mô',
  rồi: 'r rùi ròi rui',
  chứ: 'chớ',
  vào: 'dzô vô zô',
  này: 'ni',
  đó: 'nớ',
  biết: 'bít bik',
  công_tác: 'ct ctac',
  mọi_người: 'mn mng',
  mai: 'mơi',
  em: 'e',
  chị: 'c',
  giờ: 'h',
  hôm: 'hum bữa',
  điện_thoại: 'đt',
  hôm_nay: 'hnay',
  hôm_qua: 'hqua',
  thôi: 'thui',
  luôn: 'lun',
  cảm_ơn: 'tks thanks thank',
}

/** Abbreviations of everyday chat, by what was typed. */
export const SHORT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TYPED_AS).flatMap(([means, typed]) => list(typed).map((word) => [word, means])),
)

/** Pairs and triples that mean one thing; joined before single words are read, so that "co mat" is never taken apart. */
export const COMPOUNDS: readonly string[] = `
tham gia|tham dự|có mặt|vắng mặt|trực tuyến|trực tiếp|google meet|gg meet|qua mạng|từ xa|công tác|công việc|đồng chí|bí thư|phó bí thư|chi ủy|chi bộ|cấp ủy
báo cáo|kính gửi|kính thưa|kính chào|xin chào|xin phép|xin lỗi|rất tiếc|chắc chắn|nhất định|có lẽ|hình như|khả năng|cố gắng|không biết|không chắc|không phải|không sao|không vấn đề gì|thu xếp|sắp xếp
hôm nay|hôm qua|hôm trước|hôm nọ|hôm đó|hôm ấy|tối nay|sáng nay|chiều nay|tối mai|sáng mai|chiều mai|ngày mai|tuần này|tuần trước|tháng trước|tháng này|tháng sau|lần trước|lần này|lần sau|kỳ trước|kỳ này|kỳ sau|buổi trước|buổi này|buổi sau|đợt trước|đợt sau|năm ngoái|vừa rồi|năm sau
đúng giờ|đầy đủ|bình thường|một chút|một tí|một xíu|một lúc|một lát|nửa tiếng|nửa giờ|nửa buổi|trùng lịch|vướng lịch|kẹt lịch|lịch khác|kẹt xe|tắc đường|kẹt đường|hỏng xe
gia đình|nằm viện|đi viện|bệnh viện|đi khám|khám bệnh|phẫu thuật|sức khỏe|đám cưới|đám giỗ|đám tang|đám ma|ăn cưới|việc nhà|việc riêng|việc gia đình|về quê|tiếp khách|tiếp đoàn|tập huấn|hội nghị|cơ quan|đi làm|đi công tác|cuộc họp khác|họp khác|đi tỉnh|giao ban|con nhỏ
tài liệu|văn bản|nghị quyết|giấy mời|nội dung|chương trình|địa điểm|thời gian|hội trường|mấy giờ|lúc nào|khi nào|bao giờ|ngày nào|hôm nào|thứ mấy|ngày mấy|giờ nào|ở đâu|chỗ nào|phòng nào|tầng mấy|thế nào|bao nhiêu|tại sao|là gì|về gì|họp gì|việc gì|nội dung gì|đồng chí nào|có phải|được không|có sao không
hôm này|hôm đó|lúc đầu|ban đầu|chưa bao giờ|nhà văn hóa|trụ sở|điện thoại|hình thức|chuyên đề|chủ đề|hàng xóm|chăm sóc|cấp cứu|bác sĩ|huyết áp|tái khám|điều trị|đám hỏi|đi học|thi cử|phụ huynh|tăng ca|công ty|đơn vị|nhiệm vụ|trùng giờ|cùng giờ|đụng lịch|cấn lịch|mắc lịch|ở nhà|lỗi hẹn|bao lâu|chừng nào|nơi nào|địa chỉ|chỗ họp|lịch họp|giờ họp|tại chỗ|mấy hôm nay|mới đúng|trông con|trông cháu|chạy thận|nhập viện|tai nạn|chóng mặt|hội đồng|hội nông dân|hôm sau|tháng tới|lần tới|như thường|nhà tôi|nhà em|nhà mình|chuyển nhà|sửa nhà|nhà máy|nhà trường|báo cáo|ghi tên|ghi nhận|vẫn còn|hay là|rút lại|ý em là|ý tôi là|ý mình là|xe hỏng|mưa to|rút đơn|chỉ định|quyết định|quy định|nhiệt tình|đúng hẹn|trọn vẹn|đông đủ|trường hợp|cả hai|hai người|đón con|đón cháu|đón bé|con gái|con trai|cháu nội|cháu ngoại|ông xã|bà xã|bố mẹ|ba má|đầy tháng|thôi nôi|tân gia|nội soi|dạ dày|dị ứng|gãy chân|gãy tay|bong gân|tiểu đường|xạ trị|hóa trị|thoát vị|viêm phổi|viêm họng|truyền nước|khó ở|không khỏe|ca đêm|hội thảo|thanh tra|chấm thi|coi thi|ra khơi|dự án|công trình|kiểm tra|khách hàng|cùng lúc|đại hội|cuộc hẹn|hẹn trước|có hẹn|khu phố|tổ dân phố|cựu chiến binh|mặt trận|phụ nữ|thanh niên|biên bản|danh sách|điều kiện|bắt đầu|kết thúc|khai mạc|kéo dài|tập trung|đề cương|thay mặt|đại diện|đại lý|ngập nước|ngập đường|mất xe|thủng xăm|hết xăng|lỡ tàu|lỡ xe|lỡ chuyến|lỡ hẹn|chuyến bay|chuyến tàu|kết nạp|phê bình|bỏ phiếu|vấn đề|dự thảo|sẵn sàng|tất nhiên|đương nhiên|dĩ nhiên|hoàn toàn|thông báo|phản hồi|kính báo|đảng viên|thai sản|mọi khi|góp mặt|đau ốm|đột xuất|bận rộn|thu hoạch|thời tiết|đề nghị|như vậy|tham quan|du lịch|cá nhân|thợ sửa|bận bịu|hóa ra|mấy bữa nay|mấy ngày nay|xin kiếu
cảm ơn|cám ơn|đăng ký|xác nhận|phương án|sinh hoạt|mọi người|chúng em|chúng tôi|anh em|chị em|hai đứa|vợ chồng|tình hình|trả lời|báo lại|báo sau|nếu không|để xem|biết đâu|dự kiến|hy vọng|đi vắng|à không|mà thôi|đổi ý|tại vì|bởi vì|lý do|do đó|tuy nhiên|nghỉ hưu|nghỉ lễ|nghỉ tết|đồng ý|nhất trí|quá giờ|hết giờ|như vậy|bây giờ|cả nhà|thông cảm`
  .split(/[|\n]/)
  .filter(Boolean)

/** Names that a bare word could be (Minh, Chi): in a text with accents they are not read as pronouns. */
export const NAME_LIKE: ReadonlySet<string> = new Set(list('minh chi bac chu ba ong'))

/** Single words that are read without accents as well. */
// Where two fold alike (dự, đủ) the first is meant.
export const WORDS: readonly string[] = list(`
em tôi mình cháu anh chị bác chú ông bà tớ ơi chào thưa dạ vâng ạ nhé không chẳng chả được đi đến tới dự họp qua sang lên vào
vắng sẽ vẫn xin phép cho báo có cũng thì là nay tối sáng chiều mai này đều chọn số lại rồi phải đành xong
trễ muộn chậm hơi bị khoảng tầm độ chừng phút tiếng rưỡi chút tí xíu ít mươi mười hai mốt lăm
bận vướng kẹt mắc ốm bệnh sốt cúm cảm đau viện mổ thai khám vợ chồng mẹ bố giỗ cưới tang quê việc trực ca khách đoàn
vì bởi nên nhưng mà còn hoặc hay nếu nhỡ trừ chắc chưa biết để xem thôi nhầm định tùy kịp mời chúc
gì ai sao nào mấy bao nhiêu đâu hả nhỉ vậy gửi link file hỏi giúp hộ giùm thay nhờ đã mới vừa sau trước
quá khất nghỉ kiếu với nữa đấy đó luôn chứ đủ thể muốn nghĩ thử ở nhà về ra xuống lưng chân khớp mắt ngã bụng răng họng đầu tay mệt thăm trông chăm học đưa trùng lịch`)

/** Folded forms that a reader cannot tell apart without accents; `neighbours.ts` decides some, the rest stay as typed. */
export const AMBIGUOUS: ReadonlySet<string> = new Set(
  list('o cuoi vang nghi muon ban dau gio lan nam a da co con mat tai do nha qua sang hoi toi the'),
)
