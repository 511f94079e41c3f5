/* Sessions begin, expire, end; and the table is bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/identity/sessions.h"

static int make(void **state)
{
	struct sessions *sessions = NULL;
	assert_int_equal(secret_start(), 0);
	assert_int_equal(sessions_create(&sessions), 0);
	*state = sessions;
	return 0;
}

static int drop(void **state)
{
	sessions_destroy(*state);
	return 0;
}

static void begin_find_end(void **state)
{
	struct session wanted = {.account = "lan", .role = ROLE_CHAIR, .expires = {5000}};
	struct session found;
	char secret[SECRET_TEXT_SIZE];
	assert_true(sessions_begin(*state, &wanted, (struct instant){0}, secret));
	assert_int_equal(strlen(secret), 43);
	assert_true(sessions_find(*state, secret, (struct instant){4999}, &found));
	assert_string_equal(found.account, "lan");
	assert_int_equal(found.role, ROLE_CHAIR);
	assert_false(sessions_find(*state, secret, (struct instant){5000}, &found));
	assert_false(sessions_find(*state, "", (struct instant){0}, &found));
	sessions_end(*state, secret);
	assert_false(sessions_find(*state, secret, (struct instant){0}, &found));
}

static void account_ends_with_all_its_sessions(void **state)
{
	struct session lan = {.account = "lan", .expires = {10}};
	struct session minh = {.account = "minh", .expires = {10}};
	char a[SECRET_TEXT_SIZE], b[SECRET_TEXT_SIZE];
	struct session found;
	assert_true(sessions_begin(*state, &lan, (struct instant){0}, a));
	assert_true(sessions_begin(*state, &minh, (struct instant){0}, b));
	sessions_end_account(*state, "lan");
	assert_false(sessions_find(*state, a, (struct instant){1}, &found));
	assert_true(sessions_find(*state, b, (struct instant){1}, &found));
}

static void one_account_cannot_fill_the_table(void **state)
{
	char first[SECRET_TEXT_SIZE], last[SECRET_TEXT_SIZE];
	struct session found;
	struct session session = {.account = "lan", .expires = {1000}};
	assert_true(sessions_begin(*state, &session, (struct instant){0}, first));
	for (int i = 0; i < SESSIONS_PER_ACCOUNT_MAX; i++) {
		session.expires.ms++;
		assert_true(sessions_begin(*state, &session, (struct instant){0}, last));
	}
	assert_false(sessions_find(*state, first, (struct instant){1}, &found));
	assert_true(sessions_find(*state, last, (struct instant){1}, &found));
}

static void full_table_refuses_until_some_expire(void **state)
{
	char secret[SECRET_TEXT_SIZE];
	struct session session = {.expires = {1000}};
	for (int i = 0; i < SESSIONS_MAX; i++) {
		snprintf(session.account, sizeof(session.account), "a%d", i);
		assert_true(sessions_begin(*state, &session, (struct instant){0}, secret));
	}
	snprintf(session.account, sizeof(session.account), "more");
	assert_false(sessions_begin(*state, &session, (struct instant){0}, secret));
	assert_true(sessions_begin(*state, &session, (struct instant){1000}, secret));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(begin_find_end, make, drop),
		cmocka_unit_test_setup_teardown(account_ends_with_all_its_sessions, make, drop),
		cmocka_unit_test_setup_teardown(one_account_cannot_fill_the_table, make, drop),
		cmocka_unit_test_setup_teardown(full_table_refuses_until_some_expire, make, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
