#include "coordinator/peers/sentences.h"

static const struct {
	const char *vi;
	const char *en;
} sentences[REFUSAL_END] = {
	[REFUSAL_UNSET] = {"", ""},
	[REFUSAL_BAD_MESSAGE] = {"Thông điệp không đúng quy cách.", "The message is malformed."},
	[REFUSAL_TOO_LARGE] = {"Thông điệp quá lớn.", "The message is too large."},
	[REFUSAL_UNSUPPORTED_VERSION] = {"Phiên bản giao thức này không được hỗ trợ.",
		"This version of the protocol is not supported."},
	[REFUSAL_UNAUTHORISED] = {"Chưa đăng nhập, hoặc tệp tham gia không còn hiệu lực.",
		"Not logged in, or the join file is no longer good."},
	[REFUSAL_FORBIDDEN] = {"Vai trò của bạn không được làm việc này.",
		"Your role may not do this."},
	[REFUSAL_NOT_FOUND] = {"Không có đối tượng này.", "There is no such thing."},
	[REFUSAL_EXISTS] = {"Đã có sẵn.", "It exists already."},
	[REFUSAL_CONFLICT] = {"Tình hình vừa thay đổi; xin xem lại rồi thử lại.",
		"Things have just changed; look again and retry."},
	[REFUSAL_WRONG_STATE] = {"Không thực hiện được ở trạng thái hiện tại.",
		"This cannot be done in the present state."},
	[REFUSAL_NOT_APPROVED] = {"Lượt phát biểu chưa được duyệt.", "The turn is not approved."},
	[REFUSAL_NOT_IN_ITEM] = {"Lượt phát biểu không thuộc mục đang diễn ra.",
		"The turn does not belong to the active item."},
	[REFUSAL_TURN_ON_AIR] = {"Đang có lượt phát biểu.", "A turn is on air."},
	[REFUSAL_NOTHING_ON_AIR] = {"Không có ai đang phát biểu.", "Nobody is on air."},
	[REFUSAL_SITE_BARRED] = {"Điểm cầu đang bị chặn.", "The site is barred."},
	[REFUSAL_SITE_SILENT] = {"Điểm cầu chưa có tín hiệu hình và tiếng.",
		"No picture or sound arrives from the site."},
	[REFUSAL_ALREADY] = {"Việc này đã được thực hiện.", "It is so already."},
	[REFUSAL_TOO_SOON] = {"Quá sớm sau thao tác trước; xin đợi một chút.",
		"Too soon after the last action; wait a moment."},
	[REFUSAL_TOO_LATE] = {"Đã quá thời gian cho phép.", "It is too late for this."},
	[REFUSAL_INVALID] = {"Nội dung yêu cầu không hợp lệ.", "The request is not valid."},
	[REFUSAL_LIMIT] = {"Đã đạt giới hạn cho phép.", "A limit has been reached."},
	[REFUSAL_RATE_LIMITED] = {"Gửi quá nhanh; xin đợi một chút.",
		"Too many requests; wait a moment."},
	[REFUSAL_BUSY] = {"Máy chủ đang bận; xin thử lại.", "The server is busy; try again."},
	[REFUSAL_STOPPING] = {"Máy chủ đang dừng.", "The server is stopping."},
	[REFUSAL_STORAGE] = {"Không ghi được nhật ký; xin báo kỹ thuật viên.",
		"The journal cannot be written; call a technician."},
	[REFUSAL_SPARE] = {"Một máy khác đang dùng tệp tham gia này; máy này dự phòng.",
		"Another machine is on with this join file; this one waits as spare."},
	[REFUSAL_REPLACED] = {"Máy dự phòng đã thay thế máy này.",
		"The spare has taken over from this one."},
	[REFUSAL_TOO_SLOW] = {"Đường truyền quá chậm; sẽ kết nối lại.",
		"The connection is too slow; it will be made anew."},
	[REFUSAL_SILENT] = {"Không nhận được hồi đáp.", "No answer was received."},
};

const char *sentence_of(enum refusal refusal, enum language language)
{
	return language == LANGUAGE_EN ? sentences[refusal].en : sentences[refusal].vi;
}
