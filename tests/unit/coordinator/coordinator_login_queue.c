/* Whose login is looked at next, without a clock: attackers of every kind, and an owner who comes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/api/login_queue.h"

enum {
	CROWD = 4096,
	HASH_MS = 70, /* what looking at a password takes */
	HOUR_MS = 3600 * 1000,
	OWNER = 1, /* account */
	OTHER = 2,
};

static struct login_queue login_queue;
static struct login_attempt tries[CROWD];
static size_t n_tries;
static struct instant now;

static int make(void **state)
{
	(void)state;
	memset(&login_queue, 0, sizeof(login_queue));
	login_queue.backoff = login_backoff_create(LOGIN_QUEUE_KEYS_MAX, 4711);
	n_tries = 0;
	now = (struct instant){1000};
	return login_queue.backoff ? 0 : -1;
}

static int destroy(void **state)
{
	(void)state;
	login_backoff_destroy(login_queue.backoff);
	return 0;
}

static struct login_attempt *attempt_by(const char *address, uint64_t account, uint64_t device)
{
	struct login_attempt *attempt = &tries[n_tries++ % CROWD];
	*attempt = (struct login_attempt){
		.origin = netblocks_of_text(address), .account = account, .device = device};
	return attempt;
}

/* What the owner of the queue does with one that comes; false: it was sent away at once. */
static bool come(struct login_attempt *attempt)
{
	return login_queue_wait(&login_queue, attempt, now).ms <= 0 &&
	       login_queue_enter(&login_queue, attempt, now) != attempt;
}

static bool guess(const char *address, uint64_t account)
{
	return come(attempt_by(address, account, 0));
}

static void leave_all(void)
{
	struct span wait;
	while (login_queue_leave(&login_queue, now, &wait)) {
	}
}

/* One step of the worker; what it looks at is wrong, but for `right`. Returns what was looked at.
 */
static struct login_attempt *look(const struct login_attempt *right)
{
	leave_all();
	struct login_attempt *next = login_queue_next(&login_queue, now);
	now.ms += HASH_MS;
	if (next == right && next) {
		login_queue_passed(&login_queue, next, now);
	} else if (next) {
		login_queue_failed(&login_queue, next, now);
	}
	return next;
}

static void fail_from(const char *address, int times)
{
	for (int i = 0; i < times; i++) {
		login_queue_failed(&login_queue, attempt_by(address, OTHER, 0), now);
	}
}

static void one_who_guesses_is_sent_away(void **state)
{
	(void)state;
	for (int i = 0; i <= LOGIN_BACKOFF_FREE; i++) {
		assert_true(guess("192.0.2.1", OWNER));
		assert_non_null(look(NULL));
	}
	assert_false(guess("192.0.2.1", OTHER));
	assert_true(guess("192.0.2.2", OTHER));
}

/* Many at one time wait for each other, and the first to fail send the others away. */
static void many_at_one_time_are_no_way_round(void **state)
{
	(void)state;
	int looked_at = 0;
	for (int i = 0; i < 100; i++) {
		guess("2001:db8::1", OWNER);
	}
	for (int i = 0; i < 100; i++) {
		looked_at += look(NULL) != NULL;
	}
	assert_true(looked_at <= LOGIN_BACKOFF_FREE + 4);
	assert_int_equal(login_queue.count, 0);
}

static void many_with_the_right_password_are_let_in_one_by_one(void **state)
{
	(void)state;
	for (int i = 0; i < 40; i++) {
		assert_true(guess("192.0.2.1", OWNER));
	}
	for (int i = 0; i < 40; i++) {
		struct login_attempt *next = login_queue_next(&login_queue, now);
		assert_non_null(next);
		now.ms += HASH_MS;
		login_queue_passed(&login_queue, next, now);
	}
}

struct attack {
	void (*name)(unsigned int n, char address[64]); /* the address of the nth machine */
	unsigned int machines;
	uint64_t account; /* 0: another name each time */
};

static void name_ipv4(unsigned int n, char address[64])
{
	snprintf(address, 64, "127.2.%u.%u", n / 250, 1 + n % 250);
}

static void name_ipv6(unsigned int n, char address[64])
{
	snprintf(address, 64, "2001:db8:0:%x::1", n);
}

/*
 * For a minute, the machines of an attack are tried as fast as can be; then the owner comes, once,
 * from elsewhere, and they go on. How long until he is in.
 */
static int64_t owner_waits(const struct attack *attack, const char *from)
{
	static struct login_attempt owner;
	int64_t came = 0;
	unsigned int i = 0;
	owner = (struct login_attempt){.origin = netblocks_of_text(from), .account = OWNER};
	while (now.ms < 80000) {
		for (int burst = 0; burst < 8; burst++, i++) {
			char address[64];
			attack->name(i % attack->machines, address);
			guess(address, attack->account ? attack->account : i + 10);
		}
		if (came == 0 && now.ms > 60000) {
			came = now.ms;
			assert_true(come(&owner));
		}
		if (look(&owner) == &owner) {
			return now.ms - came;
		}
	}
	return INT64_MAX;
}

static void strangers_at_an_account_do_not_keep_its_owner_out(void **state)
{
	(void)state;
	int64_t most = LOGIN_BACKOFF_SHORT_MOST_MS + 5 * HASH_MS;
	assert_true(owner_waits(&(struct attack){name_ipv4, 60, OWNER}, "127.0.0.1") <= most);
}

static void a_crowd_of_a_thousand_addresses_does_not_either(void **state)
{
	(void)state;
	int64_t most = LOGIN_BACKOFF_SHORT_MOST_MS + 5 * HASH_MS;
	assert_true(owner_waits(&(struct attack){name_ipv4, 17500, OWNER}, "127.0.0.1") <= most);
}

static void nor_one_that_fills_the_worker_with_names_nobody_has(void **state)
{
	(void)state;
	assert_true(owner_waits(&(struct attack){name_ipv4, 17500, 0}, "127.0.0.1") <= 1000);
}

static void nor_does_the_owners_own_neighbourhood(void **state)
{
	(void)state;
	int64_t most = LOGIN_BACKOFF_SHORT_MOST_MS + 5 * HASH_MS;
	assert_true(owner_waits(&(struct attack){name_ipv4, 20, OWNER}, "127.2.0.251") <= most);
}

static void nor_does_a_network_of_ipv6(void **state)
{
	(void)state;
	int64_t most = LOGIN_BACKOFF_SHORT_MOST_MS + 5 * HASH_MS;
	assert_true(
		owner_waits(&(struct attack){name_ipv6, 60000, OWNER}, "2001:db8:1::1") <= most);
}

static void a_known_browser_passes_what_others_do(void **state)
{
	(void)state;
	fail_from("192.0.2.1", 50); /* behind the same address */
	for (int i = 0; i < 300; i++) {
		char address[32];
		snprintf(address, sizeof(address), "198.51.%d.%d", i / 250, 1 + i % 250);
		guess(address, OWNER);
	}
	struct login_attempt *known = attempt_by("192.0.2.1", OWNER, 99);
	assert_true(come(known));
	assert_ptr_equal(login_queue_next(&login_queue, now), known);
}

static void a_stolen_device_guesses_little(void **state)
{
	(void)state;
	int looked_at = 0;
	for (int64_t end = now.ms + HOUR_MS; now.ms < end; now.ms += 500) {
		struct login_attempt *attempt = attempt_by("192.0.2.1", OWNER, 99);
		looked_at += come(attempt) && look(NULL) == attempt;
	}
	assert_true(looked_at < 2 * (LOGIN_BACKOFF_FREE + 6 + 60));
}

static void a_device_cannot_fill_the_reserve(void **state)
{
	(void)state;
	for (int i = 0; i < 300; i++) {
		come(attempt_by("192.0.2.1", OWNER, 99));
	}
	struct login_attempt *other = attempt_by("198.51.100.1", OTHER, 98);
	assert_true(come(other));
	assert_true(other->known);
	struct login_attempt *second = NULL;
	for (int i = 0; i < 3 && second != other; i++) {
		second = login_queue_next(&login_queue, now);
	}
	assert_ptr_equal(second, other);
}

/*
 * Each login to an account makes a known browser, with free tries of its own: whoever has an
 * account has hundreds. For half a minute they are all tried as fast as can be, then the owner of
 * another account comes.
 */
static int64_t waits_beside_a_thousand_devices(uint64_t device)
{
	static struct login_attempt owner;
	int64_t came = 0;
	owner = (struct login_attempt){
		.origin = netblocks_of_text("198.51.100.1"), .account = OWNER, .device = device};
	for (unsigned int i = 0; now.ms < 60000; i++) {
		for (unsigned int burst = 0; burst < 8; burst++) {
			come(attempt_by("192.0.2.1", OTHER, 100 + (8 * i + burst) % 1000));
		}
		if (came == 0 && now.ms > 30000) {
			came = now.ms;
			assert_true(come(&owner));
		}
		if (look(&owner) == &owner) {
			return now.ms - came;
		}
	}
	return INT64_MAX;
}

static void many_devices_of_one_account_keep_no_stranger_out(void **state)
{
	(void)state;
	assert_true(waits_beside_a_thousand_devices(0) <= 1000);
}

static void many_devices_of_one_account_keep_no_other_device_out(void **state)
{
	(void)state;
	assert_true(waits_beside_a_thousand_devices(99) <= 1000);
}

/* Nor may strangers, however many, take every other turn from a device that waits. */
static void devices_and_strangers_take_turns(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 8; i++) {
		char address[32];
		snprintf(address, sizeof(address), "198.51.%u.1", i);
		assert_true(guess(address, 10 + i));
		snprintf(address, sizeof(address), "203.0.%u.1", i);
		assert_true(come(attempt_by(address, 50 + i, 50 + i)));
	}
	for (int i = 0; i < 8; i++) {
		assert_true(login_queue_next(&login_queue, now)->known);
		assert_false(login_queue_next(&login_queue, now)->known);
	}
}

static void one_account_costs_a_part_of_the_worker(void **state)
{
	(void)state;
	int looked_at = 0;
	for (unsigned int i = 0; now.ms < 61000; i++) {
		char address[32];
		snprintf(address, sizeof(address), "192.0.2.%u", 1 + i % 250);
		struct login_attempt *attempt = attempt_by(address, OTHER, 100 + i);
		bool known = come(attempt) && attempt->known;
		looked_at += known && look(NULL) != NULL;
		now.ms += known ? 0 : HASH_MS;
	}
	assert_true(looked_at <= LOGIN_BACKOFF_KNOWN_FREE + 60000 / LOGIN_BACKOFF_KNOWN_WAIT_MS +
					 60 * LOGIN_QUEUE_UNKNOWN_PER_SECOND);
}

/* The arithmetic of docs/faults.md: an hour, everybody guesses at one account as fast as he can. */
static void an_account_is_guessed_at_no_more_than_so_often(void **state)
{
	(void)state;
	int looked_at = 0;
	unsigned int i = 0;
	for (int64_t end = now.ms + HOUR_MS; now.ms < end; now.ms += 100, i++) {
		char address[32];
		snprintf(address, sizeof(address), "%u.%u.%u.7", 1 + i % 200, i / 200 % 250,
			i % 250);
		guess(address, OWNER);
		looked_at += look(NULL) != NULL;
	}
	assert_true(looked_at > HOUR_MS / LOGIN_BACKOFF_SHORT_MOST_MS * 9 / 10);
	assert_true(looked_at <= HOUR_MS / LOGIN_BACKOFF_SHORT_MOST_MS + LOGIN_BACKOFF_FREE + 2);
}

static void all_strangers_together_are_looked_at_no_faster_than_so(void **state)
{
	(void)state;
	int looked_at = 0;
	unsigned int i = 0;
	for (int64_t end = now.ms + 60000; now.ms < end;) {
		char address[32];
		snprintf(address, sizeof(address), "%u.%u.%u.7", 1 + i % 200, i / 200, i % 250);
		guess(address, 10 + i);
		looked_at += look(NULL) != NULL;
		i++;
	}
	assert_true(looked_at <= 60 * LOGIN_QUEUE_UNKNOWN_PER_SECOND + LOGIN_QUEUE_STRANGERS_BURST);
}

static void whoever_fills_the_room_makes_room(void **state)
{
	(void)state;
	for (int i = 0; i < LOGIN_QUEUE_UNKNOWN_MAX; i++) {
		char address[32];
		snprintf(address, sizeof(address), "198.51.%d.%d", i / 200, 1 + i % 200);
		assert_null(login_queue_enter(&login_queue, attempt_by(address, OWNER, 0), now));
	}
	struct login_attempt *owner = attempt_by("192.0.2.1", OWNER, 0);
	struct login_attempt *gone = login_queue_enter(&login_queue, owner, now);
	assert_true(gone && gone != owner);
	struct login_attempt *next = attempt_by("198.51.0.1", OWNER, 0);
	assert_ptr_equal(login_queue_enter(&login_queue, next, now), next);
}

static void whoever_waits_in_vain_is_told_so(void **state)
{
	(void)state;
	struct span wait;
	struct login_attempt *attempt = attempt_by("192.0.2.1", OWNER, 0);
	assert_true(come(attempt));
	now.ms += LOGIN_QUEUE_PATIENCE_MS - 1;
	assert_null(login_queue_leave(&login_queue, now, &wait));
	now.ms++;
	assert_ptr_equal(login_queue_leave(&login_queue, now, &wait), attempt);
	assert_int_equal(wait.ms, 0);
}

/* Logging in and out in a loop costs a hash and a file each time. */
static void logins_in_a_loop_are_slowed_down(void **state)
{
	(void)state;
	int passed = 0;
	for (int64_t end = now.ms + 120000; now.ms < end;) {
		struct login_attempt *attempt = attempt_by("192.0.2.1", OWNER, 99);
		passed += come(attempt) && look(attempt) == attempt;
		now.ms += HASH_MS;
	}
	assert_true(
		passed <= LOGIN_BACKOFF_PASSES_FREE + 120000 / LOGIN_BACKOFF_PASSES_WAIT_MS + 1);
	struct login_attempt *other = attempt_by("198.51.100.1", OTHER, 0);
	assert_true(come(other));
	assert_ptr_equal(look(other), other);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, destroy)
	const struct CMUnitTest tests[] = {
		TEST(one_who_guesses_is_sent_away),
		TEST(many_at_one_time_are_no_way_round),
		TEST(many_with_the_right_password_are_let_in_one_by_one),
		TEST(strangers_at_an_account_do_not_keep_its_owner_out),
		TEST(a_crowd_of_a_thousand_addresses_does_not_either),
		TEST(nor_one_that_fills_the_worker_with_names_nobody_has),
		TEST(nor_does_the_owners_own_neighbourhood),
		TEST(nor_does_a_network_of_ipv6),
		TEST(a_known_browser_passes_what_others_do),
		TEST(a_stolen_device_guesses_little),
		TEST(a_device_cannot_fill_the_reserve),
		TEST(many_devices_of_one_account_keep_no_stranger_out),
		TEST(many_devices_of_one_account_keep_no_other_device_out),
		TEST(devices_and_strangers_take_turns),
		TEST(one_account_costs_a_part_of_the_worker),
		TEST(an_account_is_guessed_at_no_more_than_so_often),
		TEST(all_strangers_together_are_looked_at_no_faster_than_so),
		TEST(whoever_fills_the_room_makes_room),
		TEST(whoever_waits_in_vain_is_told_so),
		TEST(logins_in_a_loop_are_slowed_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
