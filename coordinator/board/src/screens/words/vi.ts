// Tiếng Việt.
import type { ScreenDictionary } from "./dictionary";

export const vi: ScreenDictionary = {
  language: "vi",
  otherLanguage: "English",
  titles: { hall: "Màn hình hội trường", speaker: "Màn hình người phát biểu", watcher: "Theo dõi hội nghị", run_sheet: "Chương trình điều hành", chair: "Trang của chủ trì" },
  rehearsal: "DIỄN TẬP",
  replay: "XEM LẠI",

  connecting: "Đang kết nối với trung tâm…",
  lost: (time) => `Mất kết nối với trung tâm từ ${time}. Đang tự kết nối lại.`,
  removed: "Liên kết này không còn hiệu lực",
  removedMore: "Trung tâm đã thu hồi liên kết, hoặc địa chỉ bị nhập thiếu. Xin kỹ thuật viên trung tâm cấp địa chỉ mới.",
  noLink: "Địa chỉ thiếu phần sau dấu #",
  noLinkMore: "Xin nhập đủ địa chỉ do trung tâm cấp cho màn hình này.",

  login: {
    heading: "Đăng nhập", account: "Tài khoản", password: "Mật khẩu", enter: "Đăng nhập", wrong: "Sai tài khoản hoặc mật khẩu.",
    slow: "Thử quá nhiều lần, xin chờ một lát.", failed: "Không đăng nhập được: máy chủ không trả lời.", leave: "Đăng xuất",
  },

  beginsIn: "Bắt đầu sau",
  opensIn: "Khai mạc sau",
  resumesIn: "Tiếp tục sau",
  timeLeft: "Thời gian còn lại",
  over: "QUÁ GIỜ",
  soonOver: "SẮP HẾT GIỜ",
  noLimit: "Không hạn giờ",
  interrupted: "Đang gián đoạn",
  speaking: "Đang phát biểu",
  nobody: "Không có ai đang phát biểu",
  next: "Tiếp theo",
  nobodyNext: "Không còn ai trong danh sách",
  now: "Đang diễn ra",
  programme: "Chương trình",
  expectedEnd: "Dự kiến kết thúc",
  notBegun: "Chưa khai mạc",
  ended: "Hội nghị đã bế mạc",
  adjourned: "Hội nghị tạm dừng giữa hai phiên",
  waitForNext: "Chuẩn bị chuyển sang mục tiếp theo",
  more: (items) => `và ${items} mục nữa`,
  progress: (done, of) => `Đã xong ${done}/${of} mục`,
  item: { done: "Đã xong", active: "Đang diễn ra", pending: "Chưa đến", skipped: "Bỏ qua", removed: "Đã bỏ" },
  by: "Thực hiện",
  onTime: "Đúng chương trình",
  late: (time) => `Chậm ${time}`,
  early: (time) => `Sớm ${time}`,

  sheet: {
    number: "STT", planned: "Thời gian", content: "Nội dung", by: "Thực hiện", actual: "Thực tế, dự kiến",
    state: (time) => `Cập nhật lúc ${time}`, print: "In", list: "Danh sách phát biểu", expected: (time) => `dự kiến ${time}`, place: "Địa điểm", chairs: "Chủ trì",
  },

  chair: {
    requests: "Xin phát biểu", none: "Không có ai xin phát biểu.", approve: "Đồng ý", decline: "Không", sure: "Bấm lần nữa",
    minutes: (minutes) => `${minutes} phút`, refused: (why) => `Chưa được: ${why}`, onlyChair: "Trang này dành cho tài khoản chủ trì. Xin đăng nhập bằng tài khoản đó.",
    nextThree: "Ba lượt tiếp theo", topic: "Nội dung",
  },
};
