// What a form of registration and attendance says, on the site page and on the board.
import type { Presence } from "./delegates";

export interface RegistrationWords {
  readonly heading: string;
  due(when: string): string;
  registered(when: string): string;
  readonly missing: string;
  readonly venue: string; readonly chair: string; readonly technician: string; readonly contact: string; readonly contactHint: string;
  readonly people: string; count(category: string): string; names(category: string): string; readonly namesHint: string;
  readonly send: string; readonly sendAgain: string; readonly tooLong: string; readonly privacy: string;
  readonly attendance: string; attended(when: string): string; readonly notAttended: string;
  readonly presence: Readonly<Record<Presence, string>>;
  readonly unmarked: string; readonly reason: string; readonly sendAttendance: string; readonly category: string; readonly expected: string;
  mark(name: string): string; reasonOf(name: string): string;
}

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

export const registrationEn: RegistrationWords = {
  heading: "Registration of delegates",
  due: (when) => `send before ${when}`,
  registered: (when) => `The centre has it since ${when}. It may be changed and sent again.`,
  missing: "Not sent to the centre yet.",
  venue: "Room, place", chair: "Chair at the site (by office)", technician: "Technician on duty", contact: "Whom to ring", contactHint: "whom, and how",
  people: "Delegates", count: (category) => `${category}: how many`, names: (category) => `${category}: who`,
  namesHint: "one a line: name; post; unit; seat (or paste from Excel)",
  send: "Send registration", sendAgain: "Send what was changed", tooLong: "The list is too long: shorten posts and units.",
  privacy: "Names and contacts are seen by operators and technicians of the centre alone, and erased after the time that the plan names.",
  attendance: "Attendance", attended: (when) => `The centre has it since ${when}. It may be changed and sent again.`, notAttended: "Nobody has said yet who has come.",
  presence: { present: "Present", online: "Online", absent: "Absent" },
  unmarked: "Not known", reason: "Reason for absence", sendAttendance: "Send attendance", category: "Category", expected: "Registered",
  mark: (name) => `Attendance: ${name}`, reasonOf: (name) => `Reason for absence: ${name}`,
};
