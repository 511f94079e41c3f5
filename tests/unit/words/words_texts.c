/* Every value has its words in both languages, and placeholders are filled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/codec/codec.h"
#include "proto/words/text_fill.h"

static void every_refusal_says_what_to_do(void **state)
{
	(void)state;
	for (int i = REFUSAL_UNSET + 1; i < REFUSAL_END; i++) {
		const char *vi = sentence_of_refusal((enum refusal)i, LANGUAGE_VI);
		const char *en = sentence_of_refusal((enum refusal)i, LANGUAGE_EN);
		if (!strstr(vi, "; ") || !strstr(en, "; ")) {
			fail_msg("%s: %s %s", msg_enum_name(&msg_refusal, i), vi, en);
		}
		assert_int_equal(vi[strlen(vi) - 1], '.');
		assert_int_equal(en[strlen(en) - 1], '.');
		assert_string_not_equal(vi, en);
	}
}

/* The same condition is a sign at the site and an alarm at the centre. */
static void signs_and_alarms_are_worded_alike(void **state)
{
	int shared = 0;
	(void)state;
	for (int sign = SIGN_UNSET + 1; sign < SIGN_END; sign++) {
		int alarm = msg_enum_value(&msg_alarm_kind, msg_enum_name(&msg_sign, sign));
		if (alarm == 0) {
			continue;
		}
		shared++;
		for (int i = LANGUAGE_UNSET + 1; i < LANGUAGE_END; i++) {
			enum language language = (enum language)i;
			assert_string_equal(label_of_sign((enum sign)sign, language),
				label_of_alarm_kind((enum alarm_kind)alarm, language));
		}
	}
	assert_true(shared >= 7);
}

static void what_is_beyond_the_list_has_no_words(void **state)
{
	(void)state;
	assert_string_equal(label_of_role(ROLE_UNSET, LANGUAGE_VI), "");
	assert_string_equal(label_of_role((enum role)ROLE_END, LANGUAGE_VI), "");
	assert_string_equal(label_of_role((enum role) - 1, LANGUAGE_EN), "");
	assert_string_equal(text_of(TEXT_NONE, LANGUAGE_VI), "");
	assert_string_equal(text_of(TEXT_END, LANGUAGE_EN), "");
}

static void an_unset_language_is_vietnamese(void **state)
{
	(void)state;
	assert_string_equal(label_of_role(ROLE_CHAIR, LANGUAGE_UNSET), "chủ trì");
	assert_string_equal(label_of_role(ROLE_CHAIR, LANGUAGE_EN), "chair");
}

static void placeholders_are_filled(void **state)
{
	char text[200];
	const struct text_value values[] = {{.name = "sites", .number = 63},
		{.name = "turns", .number = -7}, {.name = "items", .number = 9},
		{.name = "name", .text = "Hội nghị {sites}"}, {0}};
	(void)state;
	size_t length = text_fill(text, sizeof(text), TEXT_PLAN_SOUND, LANGUAGE_VI, values);
	assert_int_equal(length, strlen(text));
	/* Inserted values are not filled again. */
	assert_string_equal(text, "Hội nghị {sites}: hợp lệ: 63 điểm cầu, 9 mục chương trình, "
				  "-7 lượt phát biểu");
	text_fill(text, sizeof(text), TEXT_PLAN_SOUND, LANGUAGE_EN, values);
	assert_string_equal(text, "Hội nghị {sites}: sound; sites: 63, agenda items: 9, turns: -7");
}

static void a_placeholder_that_nobody_fills_is_seen(void **state)
{
	(void)state;
	char text[64];
	text_fill(text, sizeof(text), TEXT_PLAN_ROW, LANGUAGE_EN, NULL);
	assert_string_equal(text, "row {row}");
	text_fill(text, sizeof(text), TEXT_PLAN_ROW, LANGUAGE_EN,
		(const struct text_value[]){{.name = "ro", .number = 1}, {0}});
	assert_string_equal(text, "row {row}");
}

/* Whatever the size: whole characters, and nothing after a truncation. */
static void what_is_too_long_is_cut_at_a_character(void **state)
{
	char whole[128], text[128];
	const struct text_value values[] = {{.name = "place", .text = "Bộ Chính trị"}, {0}};
	(void)state;
	size_t most = text_fill(whole, sizeof(whole), TEXT_LINK_UNREACHABLE, LANGUAGE_VI, values);
	for (size_t size = 1; size <= most + 1; size++) {
		memset(text, 'x', sizeof(text));
		size_t length = text_fill(text, size, TEXT_LINK_UNREACHABLE, LANGUAGE_VI, values);
		assert_true(length < size);
		assert_int_equal(strlen(text), length);
		assert_memory_equal(text, whole, length);
		assert_true(((unsigned char)whole[length] & 0xc0) != 0x80);
		assert_int_equal(text[size], 'x');
	}
	assert_string_equal(text, whole);
}

static void what_does_not_fit_a_list_is_left_out(void **state)
{
	char list[sizeof("main, remote, x")] = "";
	(void)state;
	text_list(list, sizeof(list), "main");
	text_list(list, sizeof(list), "remote");
	assert_string_equal(list, "main, remote");
	text_list(list, sizeof(list), "none");
	assert_string_equal(list, "main, remote");
	text_list(list, sizeof(list), "x");
	assert_string_equal(list, "main, remote, x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_refusal_says_what_to_do),
		cmocka_unit_test(signs_and_alarms_are_worded_alike),
		cmocka_unit_test(what_is_beyond_the_list_has_no_words),
		cmocka_unit_test(an_unset_language_is_vietnamese),
		cmocka_unit_test(placeholders_are_filled),
		cmocka_unit_test(a_placeholder_that_nobody_fills_is_seen),
		cmocka_unit_test(what_is_too_long_is_cut_at_a_character),
		cmocka_unit_test(what_does_not_fit_a_list_is_left_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
