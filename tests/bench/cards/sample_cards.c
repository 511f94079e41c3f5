#include "tests/bench/cards/sample_cards.h"

#include <string.h>

#include "text_copy.h"
#include "wire_msg.h"

static void board(struct wire_site_desired *desired, const char *const *lines)
{
	for (; lines[desired->n_title_lines]; desired->n_title_lines++) {
		TEXT_COPY(desired->title_lines[desired->n_title_lines],
			lines[desired->n_title_lines]);
	}
	TEXT_COPY(desired->name, "Hà Giang");
	TEXT_COPY(desired->date, "2022-07-15");
}

static void title(struct wire_site_desired *desired)
{
	static const char *const lines[] = {"BAN DÂN VẬN TRUNG ƯƠNG", "HỘI NGHỊ",
		"SƠ KẾT CÔNG TÁC DÂN VẬN 6 THÁNG ĐẦU NĂM,",
		"TRIỂN KHAI NHIỆM VỤ 6 THÁNG CUỐI NĂM 2022", "Hà Giang, ngày 15 tháng 7 năm 2022",
		NULL};
	board(desired, lines);
}

static void title_long(struct wire_site_desired *desired)
{
	static const char *const lines[] = {"BAN DÂN VẬN TỈNH UỶ - BAN CÁN SỰ ĐẢNG UBND TỈNH",
		"HỘI NGHỊ",
		"SƠ KẾT CÔNG TÁC DÂN VẬN CÁC CƠ QUAN NHÀ NƯỚC, CHÍNH QUYỀN CÁC CẤP NĂM 2022",
		"Hội trường UBND Tỉnh Đồng Tháp, ngày 03 tháng 3 năm 2023", NULL};
	board(desired, lines);
	desired->n_chairs = 2;
	TEXT_COPY(desired->chairs[0], "Trưởng Ban Dân vận Tỉnh uỷ");
	TEXT_COPY(desired->chairs[1], "Bí thư Ban cán sự đảng UBND Tỉnh");
}

static void title_one(struct wire_site_desired *desired)
{
	static const char *const lines[] = {"Hội nghị trực tuyến về phòng chống thiên tai", NULL};
	board(desired, lines);
}

static void pause(struct wire_site_desired *desired)
{
	title(desired);
	TEXT_COPY(desired->item, "Nghỉ giải lao");
	desired->has_pause = true;
	desired->pause.kind = ITEM_KIND_BREAK;
	desired->pause.has_ends = true;
}

static void reception(struct wire_site_desired *desired)
{
	title_long(desired);
	TEXT_COPY(desired->item, "Đón tiếp đại biểu, ổn định tổ chức, văn nghệ chào mừng");
	desired->has_pause = true;
	desired->pause.kind = ITEM_KIND_RECEPTION;
	desired->pause.has_ends = true;
}

static void award(struct wire_site_desired *desired)
{
	desired->has_act = true;
	TEXT_COPY(desired->act.title, "Khen thưởng các tập thể, cá nhân có thành tích xuất sắc");
	TEXT_COPY(
		desired->act.name, "Sở Nông nghiệp và Phát triển nông thôn tỉnh Bà Rịa – Vũng Tàu");
	TEXT_COPY(desired->act.office, "Đại diện: Giám đốc Sở");
	TEXT_COPY(desired->act.award, "Bằng khen");
	TEXT_COPY(desired->act.giver, "Chủ tịch Ủy ban nhân dân tỉnh");
}

static void signing(struct wire_site_desired *desired)
{
	desired->has_act = true;
	TEXT_COPY(desired->act.title, "Ký kết Chương trình phối hợp năm 2023");
	TEXT_COPY(desired->act.name, "Ban Dân vận Huyện ủy");
	TEXT_COPY(desired->act.office, "Trưởng Ban");
}

static void speaker(struct wire_lower_third *who)
{
	TEXT_COPY(who->name, "Cà Mau");
	TEXT_COPY(who->unit, "Sở Y tế");
	TEXT_COPY(who->speaker, "Người Phát Biểu");
	TEXT_COPY(who->office, "Phó Giám đốc");
}

static void speaker_long(struct wire_lower_third *who)
{
	TEXT_COPY(who->name, "Thừa Thiên Huế");
	TEXT_COPY(who->unit, "Sở Nông nghiệp và Phát triển nông thôn");
	TEXT_COPY(who->speaker, "Người Có Họ Và Tên Thật Là Dài");
	TEXT_COPY(who->office, "Phó Giám đốc, Chánh Văn phòng Thường trực Ban Chỉ huy phòng chống "
			       "thiên tai và tìm kiếm cứu nạn");
	who->has_telephone = who->telephone = true;
}

static void caller(struct wire_site_desired *desired)
{
	desired->has_caller = true;
	speaker(&desired->caller);
}

static void caller_long(struct wire_site_desired *desired)
{
	desired->has_caller = true;
	speaker_long(&desired->caller);
}

static const struct {
	const char *name;
	void (*say)(struct wire_site_desired *desired);
} slates[] = {{"title", title}, {"title-long", title_long}, {"title-one", title_one},
	{"pause", pause}, {"reception", reception}, {"award", award}, {"signing", signing},
	{"caller", caller}, {"caller-long", caller_long}};

enum { SLATES = sizeof(slates) / sizeof(slates[0]) };

static void lower_third(
	void (*say)(struct wire_lower_third *who), enum card_theme theme, struct card *ret_card)
{
	struct wire_lower_third who = {0};
	say(&who);
	card_lower_third(&who, theme, ret_card);
}

static void site_alone(struct wire_lower_third *who)
{
	TEXT_COPY(who->name, "Hà Giang");
}

const char *sample_card(size_t at, enum card_theme theme, struct card *ret_card)
{
	static struct wire_site_desired desired;
	if (at < SLATES) {
		memset(&desired, 0, sizeof(desired));
		desired.has_theme = true;
		desired.theme = theme;
		slates[at].say(&desired);
		card_of_site(&desired, ret_card);
		return slates[at].name;
	}
	switch (at - SLATES) {
	case 0:
		card_no_picture("Bà Rịa – Vũng Tàu", theme, ret_card);
		return "no-picture";
	case 5:
		card_interrupted("Thành phố Hồ Chí Minh", theme, ret_card);
		return "interrupted";
	case 1:
		card_backdrop(theme, ret_card);
		return "backdrop";
	case 2:
		lower_third(speaker, theme, ret_card);
		return "lower-third";
	case 3:
		lower_third(speaker_long, theme, ret_card);
		return "lower-third-long";
	case 4:
		lower_third(site_alone, theme, ret_card);
		return "lower-third-site";
	default:
		return NULL;
	}
}
