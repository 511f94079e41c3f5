// Tiếng Việt.
import type { RegistrationWords } from "./dictionary";

export const registrationVi: RegistrationWords = {
  heading: "Đăng ký đại biểu",
  due: (when) => `gửi trước ${when}`,
  registered: (when) => `Trung tâm đã nhận lúc ${when}. Có thể sửa và gửi lại.`,
  missing: "Chưa gửi đăng ký cho trung tâm.",
  venue: "Phòng họp, địa điểm", chair: "Chủ trì tại điểm cầu (ghi chức vụ)", technician: "Kỹ thuật viên trực", contact: "Liên hệ khi cần", contactHint: "gọi ai, bằng cách nào",
  people: "Số đại biểu", count: (category) => `${category}: số người`, names: (category) => `${category}: danh sách`,
  namesHint: "mỗi người một dòng: Họ tên; chức vụ; đơn vị; chỗ ngồi (hoặc dán từ Excel)",
  send: "Gửi đăng ký", sendAgain: "Gửi lại đăng ký đã sửa", tooLong: "Danh sách quá dài: hãy rút gọn chức vụ, đơn vị.",
  privacy: "Họ tên và liên hệ chỉ người điều hành và kỹ thuật trung tâm xem được, được xóa sau thời hạn của kế hoạch.",
  attendance: "Điểm danh đại biểu", attended: (when) => `Trung tâm đã nhận lúc ${when}. Có thể sửa và gửi lại.`, notAttended: "Chưa báo đại biểu có mặt.",
  presence: { present: "Có mặt", online: "Trực tuyến", absent: "Vắng" },
  unmarked: "Chưa rõ", reason: "Lý do vắng", sendAttendance: "Gửi số có mặt", category: "Thành phần", expected: "Đăng ký",
  mark: (name) => `Điểm danh: ${name}`, reasonOf: (name) => `Lý do vắng: ${name}`,
};
