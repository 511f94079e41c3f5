/* Names that look alike, and names in plain letters. */
#include "coordinator/plan/name_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int keys_differ(const char *one, const char *other)
{
	char *key = name_text_key(one), *beside = name_text_key(other);
	assert_non_null(key);
	assert_non_null(beside);
	int differ = strcmp(key, beside);
	free(key);
	free(beside);
	return differ;
}

static void case_and_the_place_of_a_tone_make_no_other_name(void **state)
{
	(void)state;
	assert_int_equal(keys_differ("Hoà Bình", "Hòa Bình"), 0);
	assert_int_equal(keys_differ("TỈNH UỶ", "Tỉnh ủy"), 0);
	assert_int_equal(keys_differ("Thuý  ", "Thúy  "), 0);
	assert_int_equal(keys_differ("", ""), 0);
	assert_int_not_equal(keys_differ("Hòa", "Hoa"), 0);
	assert_int_not_equal(keys_differ("Hòa", "Hóa"), 0);
	assert_int_not_equal(keys_differ("Hoa Bình", "Hòa Binh"), 0); /* of another word */
	assert_int_not_equal(keys_differ("Hưng Yên", "Hung Yên"), 0);
	assert_int_not_equal(keys_differ("Đông", "Dông"), 0);
}

static void a_text_of_nothing_but_tones_is_borne(void **state)
{
	char text[201] = "a";
	(void)state;
	for (size_t i = 1; i + 2 < sizeof(text); i += 2) {
		memcpy(text + i, "\xcc\x81", 3);
	}
	assert_int_equal(keys_differ(text, text), 0);
}

static void plain_letters_are_a_to_z_and_digits(void **state)
{
	static const char *const pairs[][2] = {
		{"TỈNH UỶ – 63", "tinh uy 63"},
		{"  Đắk Lắk.", "dak lak"},
		{"Bà Rịa - Vũng Tàu", "ba ria vung tau"},
		{"STT (1)", "stt 1"},
		{"e\xcc\x82\xcc\x81", "e"},
		{"日本", ""},
		{"", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		char *plain = name_text_plain(pairs[i][0]);
		assert_non_null(plain);
		assert_string_equal(plain, pairs[i][1]);
		free(plain);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(case_and_the_place_of_a_tone_make_no_other_name),
		cmocka_unit_test(a_text_of_nothing_but_tones_is_borne),
		cmocka_unit_test(plain_letters_are_a_to_z_and_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
