/* What a browser is given at a login, and what it is worth. */
#include "coordinator/identity/device_cookie.h"

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

static const struct stamp now = {1800000000000};
static const struct account lan = {
	.name = "lan", .role = ROLE_OPERATOR, .changed = {1700000000000}};
static struct device_key key;
static char text[DEVICE_TEXT_SIZE];

static int issue(void **state)
{
	(void)state;
	memset(&key, 7, sizeof(key));
	device_issue(&key, &lan, now, text);
	return 0;
}

static uint64_t verify(const struct account *account, const char *shown)
{
	return device_verify(&key, account, shown, now);
}

static void it_is_known_for_a_year_and_its_number_stays(void **state)
{
	(void)state;
	char second[DEVICE_TEXT_SIZE];
	device_issue(&key, &lan, now, second);
	uint64_t number = verify(&lan, text);
	assert_int_equal(strlen(text), DEVICE_TEXT_SIZE - 1);
	assert_true(number != 0 && verify(&lan, second) != number);
	struct stamp later = {now.ms + DEVICE_SPAN_MS - 1}, too_late = {now.ms + DEVICE_SPAN_MS};
	assert_int_equal(device_verify(&key, &lan, text, later), number);
	assert_int_equal(device_verify(&key, &lan, text, too_late), 0);
	struct stamp set_back = {now.ms - DEVICE_SPAN_MS};
	assert_int_equal(device_verify(&key, &lan, text, set_back), number);
}

static void it_is_for_one_account_until_that_changes(void **state)
{
	(void)state;
	struct account other = lan;
	snprintf(other.name, sizeof(other.name), "lan2");
	assert_int_equal(verify(&other, text), 0);
	other = lan;
	other.changed.ms++;
	assert_int_equal(verify(&other, text), 0);
}

static void nobody_else_can_make_one(void **state)
{
	(void)state;
	struct device_key foreign = key;
	foreign.bytes[31] ^= 1;
	assert_int_equal(device_verify(&foreign, &lan, text, now), 0);
	for (size_t i = 0; i < DEVICE_TEXT_SIZE - 1; i++) {
		char forged[DEVICE_TEXT_SIZE];
		memcpy(forged, text, sizeof(forged));
		forged[i] = forged[i] == 'A' ? 'E' : 'A';
		assert_int_equal(verify(&lan, forged), 0);
	}
}

static void what_is_none_is_none(void **state)
{
	(void)state;
	char longer[DEVICE_TEXT_SIZE + 1];
	snprintf(longer, sizeof(longer), "%sA", text);
	char shorter[DEVICE_TEXT_SIZE];
	snprintf(shorter, sizeof(shorter), "%.*s", DEVICE_TEXT_SIZE - 2, text);
	static const char *const none[] = {"", "A", "=", "\"", "\xff"};
	assert_int_equal(verify(&lan, longer), 0);
	assert_int_equal(verify(&lan, shorter), 0);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_int_equal(verify(&lan, none[i]), 0);
	}
}

static void the_key_is_made_once_and_is_the_owners_alone(void **state)
{
	(void)state;
	char folder[] = "/tmp/diemcau-unit-device-XXXXXX", path[64];
	struct device_key made, read;
	struct stat facts;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/device.key", folder);
	assert_int_equal(device_key_load(folder, &made), 0);
	assert_int_equal(device_key_load(folder, &read), 0);
	assert_memory_equal(&made, &read, sizeof(made));
	assert_int_equal(stat(path, &facts), 0);
	assert_int_equal(facts.st_mode & 0777, 0600);
	assert_int_equal(truncate(path, 31), 0);
	assert_true(device_key_load(folder, &read) < 0);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(it_is_known_for_a_year_and_its_number_stays, issue),
		cmocka_unit_test_setup(it_is_for_one_account_until_that_changes, issue),
		cmocka_unit_test_setup(nobody_else_can_make_one, issue),
		cmocka_unit_test_setup(what_is_none_is_none, issue),
		cmocka_unit_test_setup(the_key_is_made_once_and_is_the_owners_alone, issue),
	};
	return secret_start() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
