"use strict";
// Everything the page says, in both languages. Vietnamese first.
const WORDS = {
  vi: {
    other: "English",
    skip: "Đến các nút bấm",
    lost: "Trang này mất liên lạc với chương trình điểm cầu. Đang thử lại…",
    lostCentre: "Mất kết nối với trung tâm: tình hình dưới đây là lúc trước. Đang tự kết nối lại; hình tiếng không đi qua kết nối này.",
    tally: { off: "Chưa đến lượt", soon: "Sắp đến lượt", standby: "Chuẩn bị", next: "TIẾP THEO LÀ ĐIỂM CẦU NÀY", on_air: "ĐANG PHÁT BIỂU" },
    more: {
      soon: "Còn khoảng {t} nữa đến lượt.", standby: "Mời đại biểu vào vị trí.", next: "Hãy bấm “Đã sẵn sàng” khi đại biểu đã ngồi vào vị trí.",
      ready: "Đã báo sẵn sàng. Chờ trung tâm chuyển hình.", on_air: "Cả hội nghị đang xem và nghe điểm cầu này.", interrupted: "Lượt phát biểu tạm ngắt.",
      forecast: "Dự kiến khoảng {t} nữa đến lượt.", muted: "MICRO ĐANG TẮT — hội nghị không nghe thấy!", locked: "TRUNG TÂM ĐANG KHÓA MICRO — hội nghị không nghe thấy!", spare: "Máy dự phòng: một máy khác đang chạy với tệp tham gia này."
    },
    minutes: { short: "{m} phút", long: "{h} giờ {m} phút" },
    acknowledge: "Đã sẵn sàng",
    clock: { own: "Thời gian còn lại của điểm cầu này", other: "Thời gian còn lại của người đang phát biểu", none: "Thời gian phát biểu" },
    over: "quá giờ", noLimit: "không hạn giờ",
    onAir: "Đang phát biểu: {n}", nobody: "Không có ai đang phát biểu", unit: "Đơn vị: {n}",
    facts: {
      connected: ["Đã kết nối trung tâm", "Mất kết nối trung tâm"],
      media: ["Đường truyền hình tiếng tốt", "Chưa có đường truyền hình tiếng"],
      camera: ["Camera có hình", "Camera không có hình"],
      voice: ["Micro có tín hiệu", "Micro không có tín hiệu"],
      seen: ["Hội nghị đang thấy", "Hội nghị không thấy"],
      heard: ["Hội nghị đang nghe", "Hội nghị không nghe"]
    },
    meter: "Mức âm thanh {n} dB",
    requests: "Nút bấm", mute: "Tắt micro", unmute: "Bật micro", locked: "Trung tâm đang khóa micro.", ducked: "Micro được giảm nhỏ khi điểm cầu khác phát biểu.",
    raise: "Giơ tay xin phát biểu", lower: "Hạ tay",
    messages: "Tin nhắn với trung tâm", noMessage: "Chưa có tin nhắn của trung tâm.", write: "Nhắn cho trung tâm", send: "Gửi",
    sending: "Đang gửi tới trung tâm…", kept: "Chưa gửi được: giữ lại đây và tự gửi khi có lại kết nối với trung tâm.",
    messageSent: "Đã gửi: trung tâm đã nhận tin nhắn.", handSent: "Đã gửi: trung tâm đã nhận yêu cầu phát biểu.",
    unsent: "Chưa gửi: lúc bấm, trang này mất liên lạc với chương trình điểm cầu. Có lại rồi hãy bấm lại.", refused: "Không được nhận: {n}.",
    refusals: { not_approved: "chưa được duyệt", wrong_state: "chưa đúng lúc", already: "đã làm rồi", limit: "đã đủ số yêu cầu", not_in_item: "mục này không nhận đăng ký", rate_limited: "gửi quá nhanh", too_soon: "thao tác quá dày, xin đợi vài giây", spare: "máy này là máy dự phòng", forbidden: "không được phép", conflict: "tình hình vừa thay đổi, hãy thử lại", not_found: "lượt này không còn nữa", site_barred: "trung tâm đang chặn điểm cầu này", turn_on_air: "lượt đang phát", invalid: "nội dung không hợp lệ", busy: "trung tâm đang bận, hãy thử lại", storage: "trung tâm không ghi được, hãy báo trung tâm", stopping: "trung tâm đang dừng, hãy thử lại" },
    signsTitle: "Cần kiểm tra",
    signs: { voice_silent: "Micro im lặng hoặc không có tín hiệu: kiểm tra dây và công tắc.", picture_black: "Hình đen: kiểm tra nắp ống kính và ánh sáng.", picture_frozen: "Hình đứng yên: kiểm tra camera.", source_missing: "Không thấy camera: kiểm tra dây.", talking_while_locked: "Có người đang nói nhưng micro đang khóa hoặc tắt.", open_microphone: "Micro đang mở ngoài lượt phát biểu.", media_auth_failures: "Gói tin không giải mã được: báo trung tâm.", clock_off: "Đồng hồ máy sai.", reception_poor: "Đường truyền mất nhiều gói tin: đang nhận hình nhỏ." }
  },
  en: {
    other: "Tiếng Việt",
    skip: "To the buttons",
    lost: "This page has lost the endpoint program. Trying again…",
    lostCentre: "The centre is not connected: what is below is how things stood. Connecting again; picture and sound do not go through this link.",
    tally: { off: "Not your turn", soon: "Your turn is coming", standby: "Stand by", next: "YOU ARE NEXT", on_air: "ON AIR" },
    more: {
      soon: "About {t} until your turn.", standby: "Please take your places.", next: "Press “We are ready” once the speaker is seated.",
      ready: "Readiness sent. Wait for the centre to switch.", on_air: "The whole conference sees and hears this site.", interrupted: "The turn is interrupted.",
      forecast: "Your turn is expected in about {t}.", muted: "YOUR MICROPHONE IS OFF — nobody hears you!", locked: "THE CENTRE HAS LOCKED YOUR MICROPHONE — nobody hears you!", spare: "Spare: another machine is on with this join file."
    },
    minutes: { short: "{m} min", long: "{h} h {m} min" },
    acknowledge: "We are ready",
    clock: { own: "Your time left", other: "Speaker's time left", none: "Speaking time" },
    over: "overtime", noLimit: "no limit",
    onAir: "Speaking: {n}", nobody: "Nobody is speaking", unit: "Unit: {n}",
    facts: {
      connected: ["Connected to the centre", "Not connected to the centre"],
      media: ["Picture and sound path is open", "No picture and sound path yet"],
      camera: ["Camera gives a picture", "Camera gives no picture"],
      voice: ["Microphone gives sound", "Microphone gives no sound"],
      seen: ["Seen by the conference", "Not seen"],
      heard: ["Heard by the conference", "Not heard"]
    },
    meter: "Sound level {n} dB",
    requests: "Buttons", mute: "Mute microphone", unmute: "Unmute microphone", locked: "The centre has locked the microphone.", ducked: "The microphone is lowered while another site speaks.",
    raise: "Raise hand to speak", lower: "Lower hand",
    messages: "Messages", noMessage: "No message from the centre yet.", write: "Write to the centre", send: "Send",
    sending: "Being sent to the centre…", kept: "Not sent yet: kept here, and sent by itself when the centre is connected again.",
    messageSent: "Sent: the centre has your message.", handSent: "Sent: the centre knows that you ask to speak.",
    unsent: "Not sent: the page had lost the endpoint program when you pressed. Press again once it is back.", refused: "Refused: {n}.",
    refusals: { not_approved: "not approved", wrong_state: "not at this time", already: "done already", limit: "too many requests", not_in_item: "this item takes no requests", rate_limited: "too fast", too_soon: "too much at once, wait a few seconds", spare: "this machine is the spare", forbidden: "not allowed", conflict: "things have just changed, try again", not_found: "that turn is no more", site_barred: "the centre has barred this site", turn_on_air: "the turn is on air", invalid: "that is not a text to send", busy: "the centre is busy, try again", storage: "the centre cannot write, tell the centre", stopping: "the centre is stopping, try again" },
    signsTitle: "To be checked",
    signs: { voice_silent: "Microphone is silent or missing: check cable and switch.", picture_black: "Picture is black: check lens cap and light.", picture_frozen: "Picture stands still: check the camera.", source_missing: "No camera found: check the cable.", talking_while_locked: "Somebody talks while the microphone is locked or muted.", open_microphone: "Microphone is open off the floor.", media_auth_failures: "Packets cannot be decrypted: tell the centre.", clock_off: "This machine's clock is wrong.", reception_poor: "The line loses many packets: receiving the small picture." }
  }
};
