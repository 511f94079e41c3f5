#include "endpoint/cards/card_words.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* Words of two syllables that titles of Vietnamese offices are made of. */
static const char *const compounds[] = {"bảo đảm", "bảo vệ", "biên phòng", "bí thư", "cán bộ",
	"chi nhánh", "chiến lược", "chính phủ", "chính quyền", "chính sách", "chính trị", "chỉ đạo",
	"chỉ thị", "chủ tịch", "chủ trì", "chuyển đổi", "chương trình", "cơ quan", "công an",
	"công bố", "công chức", "công đoàn", "công tác", "công thương", "cử tri", "dân tộc",
	"dân vận", "doanh nghiệp", "dự án", "du lịch", "đại biểu", "đại hội", "đảng bộ", "đảng ủy",
	"đánh giá", "đầu tư", "địa phương", "điểm cầu", "điện tử", "đoàn thể", "giải lao",
	"giải pháp", "giám đốc", "giao thông", "giáo dục", "hành chính", "hội đồng", "hội nghị",
	"hội thảo", "kế hoạch", "kết quả", "khai mạc", "khắc phục", "khen thưởng", "khoa học",
	"kiểm tra", "kinh tế", "ký kết", "kỷ niệm", "lãnh đạo", "mặt trận", "môi trường",
	"mục tiêu", "nghị quyết", "nghị định", "nghiên cứu", "nhân dân", "nhà nước", "nhiệm vụ",
	"nông nghiệp", "nông thôn", "nội vụ", "phát biểu", "phát triển", "phối hợp", "phòng chống",
	"phó giám", "phong trào", "phụ nữ", "phương hướng", "quân sự", "quốc gia", "quốc phòng",
	"quốc tế", "quy chế", "quyết định", "sáu tháng", "sơ kết", "tài chính", "tài nguyên",
	"tham luận", "thanh niên", "thanh tra", "thành phố", "thành tích", "thiên tai", "thi đua",
	"thông tin", "thời gian", "thủ tướng", "thực hiện", "tìm kiếm", "cứu nạn", "tỉnh ủy",
	"toàn quốc", "tổ chức", "tổ quốc", "tổng kết", "tổng cục", "triển khai", "trung tâm",
	"trung ương", "truyền thông", "trực tuyến", "trưởng ban", "tuyên giáo", "ứng phó", "ủy ban",
	"văn hóa", "văn phòng", "viên chức", "việt nam", "xã hội", "xây dựng", "xuất sắc", "y tế",
	NULL};

/* A place follows, of two syllables most often. */
static const char *const heads[] = {"tỉnh", "huyện", "quận", "phường", "xã", "thị", "trấn", "phố",
	"ubnd", "hđnd", "ubmttq", NULL};

static const char *const conjunctions[] = {"và", "với", "của", "về", "tại", "trong", "theo", "cho",
	"giữa", "do", "để", "từ", "đến", "trên", "nhằm", "and", "of", "for", "on", "at", "in",
	NULL};

static bool is_listed(const char *const *list, const char *text)
{
	for (size_t i = 0; list[i]; i++) {
		if (strcmp(list[i], text) == 0) {
			return true;
		}
	}
	return false;
}

/* In small letters, without the marks at its end; old and new places of the tone are one. */
static char *bare(const char *word)
{
	char *lower = g_utf8_strdown(word, -1);
	size_t length = strlen(lower);
	while (length > 0 && strchr(",;:.!?)”", lower[length - 1]) && lower[length - 1] > 0) {
		lower[--length] = '\0';
	}
	GString *text = g_string_new(lower);
	g_string_replace(text, "uỷ", "ủy", 0);
	g_string_replace(text, "hoá", "hóa", 0);
	g_free(lower);
	return g_string_free(text, FALSE);
}

/* g_utf8_next_char() takes const away. */
static const char *after_letter(const char *at)
{
	return at + g_utf8_skip[(unsigned char)*at];
}

static bool is_capital(const char *word)
{
	return g_unichar_isupper(g_utf8_get_char(word));
}

/* Small letters follow its first: so the writer says by capitals what is a name. */
static bool is_title_case(const char *word)
{
	gunichar second = word[0] ? g_utf8_get_char(after_letter(word)) : 0;
	return is_capital(word) && (second == 0 || !g_unichar_isupper(second));
}

static bool has_digit(const char *word)
{
	return strpbrk(word, "0123456789") != NULL;
}

static bool is_dash(const char *word)
{
	return strcmp(word, "-") == 0 || strcmp(word, "–") == 0 || strcmp(word, "·") == 0;
}

static bool ends_clause(const char *word)
{
	size_t length = strlen(word);
	return length > 0 && strchr(",;:.", word[length - 1]);
}

/* All but marks and digits are capitals. */
static bool is_shouted(const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (const char *at = words[i]; *at; at = after_letter(at)) {
			if (g_unichar_islower(g_utf8_get_char(at))) {
				return false;
			}
		}
	}
	return true;
}

static enum card_joint by_lists(const char *const *words, size_t n, size_t at)
{
	char *left = bare(words[at - 1]);
	char *right = bare(words[at]);
	char *before = at > 1 ? bare(words[at - 2]) : g_strdup("");
	char *pair = g_strconcat(left, " ", right, NULL);
	char *earlier = g_strconcat(before, " ", left, NULL);
	bool shouted = is_shouted(words, n);
	enum card_joint joint = CARD_JOINT_FAIR;
	if (is_listed(compounds, pair) ||
		(is_listed(heads, left) && (shouted || is_capital(words[at]))) ||
		(shouted && is_listed(heads, before) && !is_listed(compounds, earlier) &&
			!is_listed(conjunctions, right))) {
		joint = CARD_JOINT_PARTS;
	} else if (is_listed(conjunctions, right)) {
		joint = CARD_JOINT_GOOD;
	} else if (is_listed(conjunctions, left)) {
		joint = CARD_JOINT_POOR;
	}
	g_free(left);
	g_free(right);
	g_free(before);
	g_free(pair);
	g_free(earlier);
	return joint;
}

enum card_joint card_joint(const char *const *words, size_t n, size_t at)
{
	const char *left = words[at - 1];
	const char *right = words[at];
	if (is_dash(right)) {
		return CARD_JOINT_PARTS; /* no line begins with a dash */
	}
	if (is_dash(left)) {
		bool name = at > 1 && is_title_case(words[at - 2]) && is_title_case(right);
		return name ? CARD_JOINT_POOR : CARD_JOINT_GOOD; /* Bà Rịa – Vũng Tàu */
	}
	if (ends_clause(left)) {
		return CARD_JOINT_GOOD;
	}
	if (has_digit(left) || has_digit(right)) {
		return CARD_JOINT_PARTS;
	}
	enum card_joint joint = by_lists(words, n, at);
	if (joint == CARD_JOINT_FAIR && is_title_case(left) && !is_shouted(words, n)) {
		joint = is_title_case(right) ? CARD_JOINT_PARTS : CARD_JOINT_POOR;
	}
	return joint;
}
