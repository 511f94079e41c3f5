/* Sessions begin, expire, end, and go on over a restart; and the table is bounded. */
#define _DEFAULT_SOURCE
#include "coordinator/identity/sessions.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bounds.h"
#include "coordinator/identity/registry.h"
#include "coordinator/identity/session_file.h"

static const struct now start = {{1000}, {1790000000000}};

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
	sessions_begin(*state, &wanted, (struct instant){0}, secret);
	assert_int_equal(strlen(secret), 43);
	assert_true(sessions_find(*state, secret, (struct instant){4999}, &found));
	assert_string_equal(found.account, "lan");
	assert_int_equal(found.role, ROLE_CHAIR);
	assert_false(sessions_find(*state, secret, (struct instant){5000}, &found));
	assert_false(sessions_find(*state, "", (struct instant){0}, &found));
	sessions_end(*state, secret);
	assert_false(sessions_find(*state, secret, (struct instant){0}, &found));
}

static void whoever_is_no_longer_the_same_is_out(void **state)
{
	struct account accounts[] = {
		{.name = "lan", .role = ROLE_CHAIR, .changed = {7}},
		{.name = "minh", .role = ROLE_CHAIR, .changed = {7}},
	};
	struct identity_registry registry = {.accounts = accounts, .n_accounts = 2};
	char secrets[4][SECRET_TEXT_SIZE];
	struct session found,
		those[] = {
			{.account = "lan", .role = ROLE_CHAIR, .changed = {7}, .expires = {2000}},
			{.account = "lan", .role = ROLE_CHAIR, .changed = {6}, .expires = {2000}},
			{.account = "minh",
				.role = ROLE_OPERATOR,
				.changed = {7},
				.expires = {2000}},
			{.account = "binh", .role = ROLE_CHAIR, .changed = {7}, .expires = {2000}},
		};
	for (int i = 0; i < 4; i++) {
		sessions_begin(*state, &those[i], start.at, secrets[i]);
	}
	uint64_t version = sessions_version(*state);
	sessions_review(*state, &registry);
	assert_true(sessions_version(*state) != version);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(sessions_find(*state, secrets[i], start.at, &found), i == 0);
	}
	version = sessions_version(*state);
	sessions_review(*state, &registry);
	assert_int_equal(sessions_version(*state), version);
}

/* ---- over a restart ---- */

enum { LAN_SPAN_MS = 5000 };

/* One session of lan's that lives LAN_SPAN_MS from the start. */
static void begin_lan(struct sessions *sessions, char secret[SECRET_TEXT_SIZE])
{
	struct session lan = {.account = "lan", .role = ROLE_CHAIR, .changed = {7}};
	lan.expires = instant_after(start.at, (struct span){LAN_SPAN_MS});
	sessions_begin(sessions, &lan, start.at, secret);
}

static struct stored_sessions list(const struct sessions *sessions, struct now now)
{
	struct stored_session *rows = NULL;
	struct stored_sessions stored = {.version = JOIN_VERSION_MAX};
	assert_int_equal(sessions_list(sessions, now, &rows, &stored.n_sessions), 0);
	stored.sessions = rows;
	return stored;
}

static void forget(const struct stored_sessions *stored)
{
	free((void *)(uintptr_t)stored->sessions);
}

static bool is_known(struct sessions *sessions, const char *secret, int64_t at_ms)
{
	struct session found;
	bool known = sessions_find(sessions, secret, (struct instant){at_ms}, &found);
	assert_true(!known || (strcmp(found.account, "lan") == 0 && found.role == ROLE_CHAIR &&
				      found.changed.ms == 7));
	return known;
}

/* Two seconds later by the clock on the wall, on a timeline that begins anew. */
static void a_restart_ends_no_session_and_lengthens_none(void **state)
{
	struct sessions *anew = NULL;
	char secret[SECRET_TEXT_SIZE];
	begin_lan(*state, secret);
	struct stored_sessions stored = list(*state, start);
	assert_int_equal(stored.n_sessions, 1);
	assert_int_equal(sessions_create(&anew), 0);
	sessions_restore(anew, &stored, (struct now){{100}, {start.wall.ms + 2000}});
	assert_true(is_known(anew, secret, 100));
	assert_true(is_known(anew, secret, 100 + LAN_SPAN_MS - 2000 - 1));
	assert_false(is_known(anew, secret, 100 + LAN_SPAN_MS - 2000));
	forget(&stored);
	sessions_destroy(anew);
}

static void what_expired_meanwhile_stays_away(void **state)
{
	struct sessions *anew = NULL;
	char secret[SECRET_TEXT_SIZE];
	begin_lan(*state, secret);
	struct stored_sessions stored = list(*state, start);
	assert_int_equal(sessions_create(&anew), 0);
	sessions_restore(anew, &stored, (struct now){{0}, {start.wall.ms + LAN_SPAN_MS}});
	assert_false(is_known(anew, secret, 0));
	forget(&stored);
	stored = list(*state, (struct now){{start.at.ms + LAN_SPAN_MS}, start.wall});
	assert_int_equal(stored.n_sessions, 0);
	forget(&stored);
	sessions_destroy(anew);
}

/* A clock that was set back gives nobody more than a fresh login would. */
static void a_clock_set_back_gives_no_eternal_session(void **state)
{
	struct sessions *anew = NULL;
	char secret[SECRET_TEXT_SIZE];
	begin_lan(*state, secret);
	struct stored_sessions stored = list(*state, start);
	assert_int_equal(sessions_create(&anew), 0);
	sessions_restore(anew, &stored, (struct now){{0}, {0}});
	assert_true(is_known(anew, secret, SESSION_SPAN_MS - 1));
	assert_false(is_known(anew, secret, SESSION_SPAN_MS));
	forget(&stored);
	sessions_destroy(anew);
}

/* ---- on disk ---- */

static char folder[64], path[80];

static int make_with_folder(void **state)
{
	strcpy(folder, "/tmp/sessions-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/sessions.json", folder);
	return make(state);
}

static int drop_with_folder(void **state)
{
	unlink(path);
	rmdir(folder);
	return drop(state);
}

static void write_now(struct sessions *sessions)
{
	struct stored_sessions stored = list(sessions, start);
	assert_int_equal(session_file_write(path, &stored), 0);
	forget(&stored);
}

static void the_file_opens_no_session_and_takes_up_all(void **state)
{
	struct sessions *anew = NULL;
	struct stat facts;
	char secret[SECRET_TEXT_SIZE], ended[SECRET_TEXT_SIZE], *text = NULL;
	size_t size;
	begin_lan(*state, secret);
	begin_lan(*state, ended);
	write_now(*state);
	sessions_end(*state, ended);
	write_now(*state);
	assert_int_equal(stat(path, &facts), 0);
	assert_int_equal(facts.st_mode & 0777, 0600);
	assert_int_equal(atomic_file_read(path, &text, &size), 0);
	assert_null(strstr(text, secret));
	free(text);
	assert_int_equal(sessions_create(&anew), 0);
	assert_int_equal(session_file_read(path, start, anew), 0);
	assert_true(is_known(anew, secret, start.at.ms));
	assert_false(is_known(anew, ended, start.at.ms));
	sessions_destroy(anew);
}

static void a_full_table_comes_back_whole(void **state)
{
	struct sessions *anew = NULL;
	char secrets[SESSIONS_MAX][SECRET_TEXT_SIZE];
	struct session session = {.role = ROLE_VIEWER, .expires = {start.at.ms + 1}};
	struct session found;
	for (int i = 0; i < SESSIONS_MAX; i++) {
		snprintf(session.account, sizeof(session.account), "a%d", i);
		sessions_begin(*state, &session, start.at, secrets[i]);
	}
	write_now(*state);
	assert_int_equal(sessions_create(&anew), 0);
	assert_int_equal(session_file_read(path, start, anew), 0);
	for (int i = 0; i < SESSIONS_MAX; i++) {
		snprintf(session.account, sizeof(session.account), "a%d", i);
		assert_true(sessions_find(anew, secrets[i], start.at, &found));
		assert_string_equal(found.account, session.account);
	}
	sessions_destroy(anew);
}

static void no_file_is_no_fault_and_a_damaged_one_is(void **state)
{
	struct stored_sessions stored = {.version = JOIN_VERSION_MAX};
	assert_int_equal(session_file_read(path, start, *state), 0);
	assert_int_equal(atomic_file_replace(path, "{\"version\":1,\"sess", 18), 0);
	assert_int_equal(session_file_read(path, start, *state), -EBADMSG);
	assert_int_equal(session_file_write("/nowhere/at/all/sessions.json", &stored), -ENOENT);
}

/* A hall may share an account: all of its sessions stand, and others get in all the same. */
static void one_account_has_as_many_as_it_likes_and_keeps_nobody_out(void **state)
{
	static char shared[SESSIONS_MAX][SECRET_TEXT_SIZE];
	char other[SECRET_TEXT_SIZE];
	struct session found;
	struct session session = {.account = "hall", .expires = {1000}};
	for (int i = 0; i < SESSIONS_MAX; i++) {
		session.expires.ms++;
		sessions_begin(*state, &session, (struct instant){0}, shared[i]);
	}
	for (int i = 0; i < SESSIONS_MAX; i++) {
		assert_true(sessions_find(*state, shared[i], (struct instant){1}, &found));
	}
	struct session lan = {.account = "lan", .expires = {1000}};
	sessions_begin(*state, &lan, (struct instant){0}, other);
	assert_true(sessions_find(*state, other, (struct instant){1}, &found));
	assert_false(sessions_find(*state, shared[0], (struct instant){1}, &found));
	assert_true(sessions_find(*state, shared[1], (struct instant){1}, &found));
	sessions_begin(*state, &session, (struct instant){0}, shared[0]);
	assert_false(sessions_find(*state, shared[1], (struct instant){1}, &found));
	assert_true(sessions_find(*state, other, (struct instant){1}, &found));
}

static void many_accounts_cannot_fill_it_for_another(void **state)
{
	static char secrets[SESSIONS_MAX][SECRET_TEXT_SIZE];
	char late[SECRET_TEXT_SIZE];
	struct session found, session = {.expires = {1000}};
	for (int i = 0; i < SESSIONS_MAX; i++) { /* "a" has 31, others 20 or less */
		bool of_most = i % 33 == 0 && i < 31 * 33;
		snprintf(session.account, sizeof(session.account), of_most ? "a" : "b%d", i % 50);
		session.expires.ms++;
		sessions_begin(*state, &session, (struct instant){0}, secrets[i]);
	}
	snprintf(session.account, sizeof(session.account), "late");
	sessions_begin(*state, &session, (struct instant){0}, late);
	assert_true(sessions_find(*state, late, (struct instant){1}, &found));
	for (int i = 0; i < SESSIONS_MAX; i++) {
		bool known = sessions_find(*state, secrets[i], (struct instant){1}, &found);
		assert_int_equal(known, i != 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(begin_find_end, make, drop),
		cmocka_unit_test_setup_teardown(whoever_is_no_longer_the_same_is_out, make, drop),
		cmocka_unit_test_setup_teardown(
			a_restart_ends_no_session_and_lengthens_none, make, drop),
		cmocka_unit_test_setup_teardown(what_expired_meanwhile_stays_away, make, drop),
		cmocka_unit_test_setup_teardown(
			a_clock_set_back_gives_no_eternal_session, make, drop),
		cmocka_unit_test_setup_teardown(the_file_opens_no_session_and_takes_up_all,
			make_with_folder, drop_with_folder),
		cmocka_unit_test_setup_teardown(
			a_full_table_comes_back_whole, make_with_folder, drop_with_folder),
		cmocka_unit_test_setup_teardown(no_file_is_no_fault_and_a_damaged_one_is,
			make_with_folder, drop_with_folder),
		cmocka_unit_test_setup_teardown(
			one_account_has_as_many_as_it_likes_and_keeps_nobody_out, make, drop),
		cmocka_unit_test_setup_teardown(
			many_accounts_cannot_fill_it_for_another, make, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
