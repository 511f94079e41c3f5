/* Words in two languages, by the enums of the schema. */
#include "coordinator/minutes/words.h"

#include <stddef.h>

struct pair {
	const char *vi;
	const char *en;
};

static const char *pick(const struct pair *pairs, size_t n, size_t at, enum language language)
{
	if (at >= n || !pairs[at].vi) {
		return "";
	}
	return language == LANGUAGE_EN ? pairs[at].en : pairs[at].vi;
}

#define PICK(pairs, at, language) pick(pairs, sizeof(pairs) / sizeof((pairs)[0]), at, language)

const char *word_of_item_state(enum item_state state, enum language language)
{
	static const struct pair words[] = {
		[ITEM_STATE_PENDING] = {"chưa thực hiện", "not begun"},
		[ITEM_STATE_ACTIVE] = {"đang thực hiện", "under way"},
		[ITEM_STATE_DONE] = {"đã thực hiện", "done"},
		[ITEM_STATE_SKIPPED] = {"bỏ qua", "skipped"},
	};
	return PICK(words, state, language);
}

const char *word_of_turn_state(enum turn_state state, enum language language)
{
	static const struct pair words[] = {
		[TURN_STATE_WAITING] = {"chưa phát biểu", "did not speak"},
		[TURN_STATE_CUED] = {"đang chờ lên hình", "next"},
		[TURN_STATE_ON_AIR] = {"đang phát biểu", "speaking"},
		[TURN_STATE_INTERRUPTED] = {"bị gián đoạn", "interrupted"},
		[TURN_STATE_DONE] = {"đã phát biểu", "spoke"},
		[TURN_STATE_WITHDRAWN] = {"rút đăng ký", "withdrawn"},
		[TURN_STATE_ABSENT] = {"vắng mặt", "absent"},
		[TURN_STATE_SKIPPED] = {"bỏ qua", "skipped"},
	};
	return PICK(words, state, language);
}

const char *word_of_cause(enum interrupt_cause cause, enum language language)
{
	static const struct pair words[] = {
		[INTERRUPT_CAUSE_OPERATOR] = {"người điều hành ngắt", "stopped by the operator"},
		[INTERRUPT_CAUSE_MEDIA_SILENT] = {"mất tín hiệu", "signal lost"},
		[INTERRUPT_CAUSE_BARRED] = {"điểm cầu bị chặn", "site barred"},
	};
	return PICK(words, cause, language);
}

const char *word_of_alarm(enum alarm_kind kind, enum language language)
{
	static const struct pair words[] = {
		[ALARM_KIND_SITE_LOST] = {"mất liên lạc điểm cầu", "site lost"},
		[ALARM_KIND_MAIN_VENUE_LOST] = {"mất điểm cầu trung tâm", "main venue lost"},
		[ALARM_KIND_MEDIA_SILENT] = {"mất tín hiệu hình, tiếng", "no picture or sound"},
		[ALARM_KIND_MEDIA_DEGRADED] = {"tín hiệu kém", "poor signal"},
		[ALARM_KIND_ON_AIR_UNHEARD] = {"đang phát biểu nhưng không có tiếng",
			"on air, not heard"},
		[ALARM_KIND_ON_AIR_UNSEEN] = {"đang phát biểu nhưng không có hình",
			"on air, not seen"},
		[ALARM_KIND_PICTURE_BLACK] = {"hình đen", "black picture"},
		[ALARM_KIND_PICTURE_FROZEN] = {"hình đứng", "frozen picture"},
		[ALARM_KIND_SOURCE_MISSING] = {"mất nguồn hình hoặc tiếng", "source missing"},
		[ALARM_KIND_TALKING_WHILE_LOCKED] = {"nói khi micro bị khóa",
			"talking while locked"},
		[ALARM_KIND_OPEN_MICROPHONE] = {"micro mở ngoài lượt", "open microphone"},
		[ALARM_KIND_UNACKNOWLEDGED_NEXT] = {"chưa xác nhận lượt kế tiếp",
			"“next” not acknowledged"},
		[ALARM_KIND_MEDIA_AUTH_FAILURES] = {"gói tin không xác thực được",
			"packets failed authentication"},
		[ALARM_KIND_CLOCK_OFF] = {"lệch đồng hồ", "clock off"},
		[ALARM_KIND_RELAY_LOST] = {"mất bộ chuyển tiếp hình tiếng", "relay lost"},
		[ALARM_KIND_SPARE_WAITING] = {"máy dự phòng đang chờ", "spare waiting"},
		[ALARM_KIND_DOCUMENT_LATE] = {"tài liệu nộp muộn", "document late"},
	};
	return PICK(words, kind, language);
}

const char *word_of_role(enum role role, enum language language)
{
	static const struct pair words[] = {
		[ROLE_SITE] = {"điểm cầu", "site"},
		[ROLE_OPERATOR] = {"người điều hành", "operator"},
		[ROLE_TECHNICIAN] = {"kỹ thuật viên", "technician"},
		[ROLE_CHAIR] = {"chủ trì", "chair"},
		[ROLE_VIEWER] = {"người xem", "viewer"},
		[ROLE_RELAY] = {"bộ chuyển tiếp", "relay"},
		[ROLE_SYSTEM] = {"hệ thống", "system"},
	};
	return PICK(words, role, language);
}
