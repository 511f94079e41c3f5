/* A password is the same however its letters are composed, and a hash of before still opens. */
#include <errno.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/identity/opaque_string.h"
#include "coordinator/identity/secret.h"

#define COMPOSED "mật khẩu 1234"
#define DECOMPOSED "ma\u0323\u0302t kh\u00e2\u0309u 1234"
#define ANOTHER_ORDER "ma\u0302\u0323t kha\u0302\u0309u 1234"

static void texts_are_prepared_by_the_profile(void **state)
{
	(void)state;
	static const struct {
		const char *given, *prepared;
		int status;
	} cases[] = {
		{"correct horse battery", "correct horse battery", 0}, {COMPOSED, COMPOSED, 0},
		{DECOMPOSED, COMPOSED, 0}, {ANOTHER_ORDER, COMPOSED, 0},
		{"e\u0302\u0301", "\u1ebf", 0}, {"a\u00a0b\u3000c\u2009d", "a b c d", 0},
		{"  Case Kept  ", "  Case Kept  ", 0},
		{"\uff21\uff42", "\uff21\uff42", 0}, /* width is kept */
		{"\u212b", "\u00c5", 0}, {"\xf0\x9f\x94\x91", "\xf0\x9f\x94\x91", 0},
		{"", "", -EINVAL}, {"a\tb", "", -EINVAL},
		{"a\xc2\x85"
		 "b",
			"", -EINVAL},
		{"\xff\xfe", "", -EINVAL}, {"\xed\xa0\x80", "", -EINVAL}, /* a lone surrogate */
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char prepared[64] = "";
		int status = opaque_string_prepare(cases[i].given, prepared, sizeof(prepared));
		assert_int_equal(status, cases[i].status);
		if (status == 0) {
			assert_string_equal(prepared, cases[i].prepared);
		}
	}
	char small[4];
	assert_int_equal(opaque_string_prepare("abc", small, sizeof(small)), 0);
	assert_int_equal(opaque_string_prepare("abcd", small, sizeof(small)), -E2BIG);
}

static void composition_makes_no_difference(void **state)
{
	(void)state;
	static const char *const same[] = {
		COMPOSED, DECOMPOSED, ANOTHER_ORDER, "mật\u00a0khẩu 1234"};
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		char hash[PASSWORD_HASH_SIZE];
		assert_int_equal(password_hash(same[i], hash), 0);
		assert_true(password_matches(hash, COMPOSED));
		assert_true(password_matches(hash, DECOMPOSED));
		assert_false(password_matches(hash, "mat khau 1234"));
		assert_false(password_matches(hash, "MẬT KHẨU 1234"));
	}
}

static void hashes_of_before_open_by_what_they_were_made_of(void **state)
{
	(void)state;
	static const char *const old[] = {
		DECOMPOSED, COMPOSED, "tab\tbed 1234", "\xff\xfe 12345678"};
	for (size_t i = 0; i < sizeof(old) / sizeof(old[0]); i++) {
		char hash[PASSWORD_HASH_SIZE] = "";
		assert_int_equal(crypto_pwhash_str(hash, old[i], strlen(old[i]),
					 crypto_pwhash_OPSLIMIT_INTERACTIVE,
					 crypto_pwhash_MEMLIMIT_INTERACTIVE),
			0);
		assert_true(password_matches(hash, old[i]));
		assert_false(password_matches(hash, "something else"));
	}
}

static void what_cannot_be_prepared_is_no_password(void **state)
{
	(void)state;
	char hash[PASSWORD_HASH_SIZE], longest[PASSWORD_MAX + 2];
	memset(longest, 'a', sizeof(longest) - 1);
	longest[PASSWORD_MAX + 1] = '\0';
	assert_int_equal(password_hash("a\001bcdefghijk", hash), -EINVAL);
	assert_int_equal(password_hash("\xff"
				       "bcdefghijk",
				 hash),
		-EINVAL);
	assert_int_equal(password_hash(longest, hash), -EINVAL);
	longest[PASSWORD_MAX] = '\0';
	assert_int_equal(password_hash(longest, hash), 0);
	assert_true(password_matches(hash, longest));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_prepared_by_the_profile),
		cmocka_unit_test(composition_makes_no_difference),
		cmocka_unit_test(hashes_of_before_open_by_what_they_were_made_of),
		cmocka_unit_test(what_cannot_be_prepared_is_no_password),
	};
	if (secret_start() < 0) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
