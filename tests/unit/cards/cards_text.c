/* Where lines end, and what is said of a template that is not sound. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/cards/card_lines.h"
#include "endpoint/cards/card_template.h"
#include "endpoint/cards/card_theme.h"
#include "endpoint/cards/card_words.h"

/* What may happen between the two halves of "left | right". */
static enum card_joint joint_in(const char *text)
{
	char **words = g_strsplit(text, " ", -1);
	size_t n = 0, at = 0;
	for (size_t i = 0; words[i]; i++) {
		if (strcmp(words[i], "|") == 0) {
			at = n;
			g_free(words[i]);
		} else {
			words[n++] = words[i];
		}
	}
	words[n] = NULL;
	assert_true(at > 0 && at < n);
	enum card_joint joint = card_joint((const char *const *)words, n, at);
	g_strfreev(words);
	return joint;
}

static void names_and_words_stay_together(void **state)
{
	static const char *const whole[] = {"tỉnh Hà | Giang", "TỈNH HÀ | GIANG", "TỈNH | HÀ GIANG",
		"HUYỆN VĨNH | BẢO", "UBND TỈNH VĨNH | LONG", "SƠ | KẾT CÔNG TÁC", "TRIỂN | KHAI",
		"NHIỆM | VỤ", "CÔNG | TÁC DÂN VẬN", "công tác dân | vận", "6 | THÁNG", "NĂM | 2022",
		"ngày | 15 tháng 7", "Thừa | Thiên Huế", "Bà Rịa | – Vũng Tàu",
		"Bà Rịa – Vũng | Tàu", "TỈNH | – BAN DÂN VẬN", "Tỉnh | uỷ", "Ủy | ban nhân dân"};
	(void)state;
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
		if (joint_in(whole[i]) != CARD_JOINT_PARTS) {
			fail_msg("parted: %s", whole[i]);
		}
	}
}

static void lines_end_at_commas_and_before_conjunctions(void **state)
{
	static const char *const good[] = {"ĐẦU NĂM, | TRIỂN KHAI", "Nông nghiệp | và Phát triển",
		"TỈNH - | BAN DÂN VẬN", "CÔNG TÁC | CỦA CÁC CẤP"};
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (joint_in(good[i]) != CARD_JOINT_GOOD) {
			fail_msg("not good: %s", good[i]);
		}
	}
	assert_int_equal(joint_in("Nông nghiệp và | Phát triển"), CARD_JOINT_POOR);
	assert_int_equal(joint_in("các tập thể | có thành tích"), CARD_JOINT_FAIR);
}

static void lines_are_of_about_one_length(void **state)
{
	struct card_word words[6] = {{10, CARD_JOINT_GOOD}, {10, CARD_JOINT_FAIR},
		{10, CARD_JOINT_FAIR}, {10, CARD_JOINT_FAIR}, {10, CARD_JOINT_FAIR},
		{10, CARD_JOINT_FAIR}};
	struct card_lines lines;
	(void)state;
	assert_true(card_lines_fill(words, 6, 1, 60, 3, &lines)); /* five and one, were it greedy */
	assert_int_equal(lines.n, 2);
	assert_int_equal(lines.starts[1], 3);
	words[3].before = CARD_JOINT_PARTS;
	assert_true(card_lines_fill(words, 6, 1, 60, 3, &lines));
	assert_true(lines.n == 2 && lines.starts[1] != 3 && lines.parted == 0);
	for (size_t i = 1; i < 6; i++) {
		words[i].before = i == 2 || i == 4 ? CARD_JOINT_GOOD : CARD_JOINT_PARTS;
	}
	assert_true(
		card_lines_fill(words, 6, 1, 33, 3, &lines)); /* a line more, and all is whole */
	assert_true(lines.n == 3 && lines.parted == 0);
	assert_true(card_lines_fill(words, 6, 1, 33, 2, &lines));
	assert_true(lines.n == 2 && lines.parted == 1);
}

static void what_does_not_fit_is_not_broken(void **state)
{
	struct card_word words[2] = {{10, CARD_JOINT_GOOD}, {50, CARD_JOINT_FAIR}};
	struct card_lines lines;
	(void)state;
	assert_false(card_lines_fill(words, 2, 1, 49, 8, &lines));
	assert_false(card_lines_fill(words, 0, 1, 49, 8, &lines));
	assert_false(card_lines_break(words, 2, 1, 100, 3, &lines)); /* a line without a word */
	assert_false(card_lines_break(words, CARD_WORDS_MAX + 1, 1, 100, 1, &lines));
	assert_false(card_lines_break(words, 2, 1, 100, CARD_LINES_MAX + 1, &lines));
}

#define HEAD "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1920 1080'>"
#define NOTICE                                                                                     \
	"<rect id='notice' x='100' y='600' width='900' height='100' fill='#ffffff' "               \
	"font-size='40'/>"
#define NAME_WITH(more)                                                                            \
	"<rect id='name' x='100' y='100' width='900' height='100' fill='#ffffff' " more "/>"
#define SOUND HEAD NAME_WITH("font-size='40'") NOTICE "</svg>"

static void a_bad_template_is_a_fault(void **state)
{
	static const struct {
		const char *svg;
		enum card_fault fault;
	} cases[] = {
		{SOUND, CARD_FAULT_NONE},
		{"", CARD_FAULT_NOT_XML},
		{"no picture", CARD_FAULT_NOT_XML},
		{HEAD NAME_WITH("font-size='40'"), CARD_FAULT_NOT_XML},
		{"<svg/>", CARD_FAULT_NO_VIEWBOX},
		{"<svg viewBox='10 0 1920 1080'/>", CARD_FAULT_NO_VIEWBOX},
		{"<svg viewBox='0 0 1920 nan'/>", CARD_FAULT_NO_VIEWBOX},
		{"<html><svg viewBox='0 0 1920 1080'/></html>", CARD_FAULT_NO_VIEWBOX},
		{HEAD "<text id='name' x='100' y='100'>Tên</text></svg>", CARD_FAULT_FIELD_SHAPE},
		{HEAD "<rect id='name' x='100' y='100' width='wide' height='9'/></svg>",
			CARD_FAULT_FIELD_SHAPE},
		{HEAD NAME_WITH("") NOTICE "</svg>", CARD_FAULT_FIELD_STYLE},
		{HEAD NAME_WITH("font-size='-4'") NOTICE "</svg>", CARD_FAULT_FIELD_STYLE},
		{HEAD "<rect id='name' x='100' y='100' width='9' height='9' fill='red' "
		      "font-size='40'/></svg>",
			CARD_FAULT_FIELD_STYLE},
		{HEAD "<rect id='name' x='40' y='100' width='900' height='100' fill='#ffffff' "
		      "font-size='40'/></svg>",
			CARD_FAULT_FIELD_OUTSIDE},
		{HEAD "<rect id='name' x='100' y='100' width='1800' height='100' fill='#ffffff' "
		      "font-size='40'/></svg>",
			CARD_FAULT_FIELD_OUTSIDE},
		{HEAD NAME_WITH("font-size='20'") NOTICE "</svg>", CARD_FAULT_FIELD_SMALL},
		{HEAD NAME_WITH("font-size='40' data-min-size='12'") NOTICE "</svg>",
			CARD_FAULT_FIELD_SMALL},
		{HEAD NAME_WITH("font-size='40'") NAME_WITH("font-size='40'") NOTICE "</svg>",
			CARD_FAULT_FIELD_TWICE},
		{HEAD NAME_WITH("font-size='40'") "</svg>", CARD_FAULT_FIELD_MISSING},
		{HEAD NAME_WITH("font-size='40' data-stack='stack'") NOTICE "</svg>",
			CARD_FAULT_STACK_MISSING},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct card_template template = {0};
		enum card_fault fault = card_template_read(
			cases[i].svg, strlen(cases[i].svg), CARD_NO_PICTURE, &template);
		if (fault != cases[i].fault) {
			fail_msg("%s\n%s, not %s", cases[i].svg, card_fault_text(fault),
				card_fault_text(cases[i].fault));
		}
		card_template_finish(&template);
	}
	struct card_template template;
	assert_int_equal(
		card_template_read(SOUND, CARD_TEMPLATE_BYTES_MAX + 1, CARD_NO_PICTURE, &template),
		CARD_FAULT_TOO_LARGE);
}

static void each_fault_has_a_sentence_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < CARD_FAULTS; i++) {
		assert_true(strlen(card_fault_text((enum card_fault)i)) > 10);
		for (int j = 0; j < i; j++) {
			assert_string_not_equal(card_fault_text((enum card_fault)i),
				card_fault_text((enum card_fault)j));
		}
	}
}

static void the_templates_of_both_themes_are_sound(void **state)
{
	(void)state;
	for (int kind = 0; kind < CARD_KINDS; kind++) {
		for (int theme = CARD_THEME_STATE; theme < CARD_THEME_END; theme++) {
			size_t size;
			struct card_template template = {0};
			const char *svg =
				card_theme_svg((enum card_theme)theme, (enum card_kind)kind, &size);
			assert_int_equal(
				card_template_read(svg, size, (enum card_kind)kind, &template),
				CARD_FAULT_NONE);
			card_template_finish(&template);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_words_stay_together),
		cmocka_unit_test(lines_end_at_commas_and_before_conjunctions),
		cmocka_unit_test(lines_are_of_about_one_length),
		cmocka_unit_test(what_does_not_fit_is_not_broken),
		cmocka_unit_test(a_bad_template_is_a_fault),
		cmocka_unit_test(each_fault_has_a_sentence_of_its_own),
		cmocka_unit_test(the_templates_of_both_themes_are_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
