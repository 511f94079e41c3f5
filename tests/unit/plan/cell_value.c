/* Cells as clerks write them and spreadsheets save them, and those that are not read. */
#include "coordinator/plan/cell_value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/plan/csv_joined.h"

static void reads_times_of_day(void **state)
{
	static const char *const sound[][2] = {
		{"7:30", "07:30"},
		{"07:30", "07:30"},
		{"08:30:00", "08:30"},
		{"7h30", "07:30"},
		{"7H30", "07:30"},
		{"7h", "07:00"},
		{"8 giờ", "08:00"},
		{"07g30", "07:30"},
		{"7 giờ 30", "07:30"},
		{"7 giờ 30 phút", "07:30"},
		{"7h5", "07:05"},
		{"07:30:00 AM", "07:30"},
		{"07:30:00 sáng", "07:30"},
		{"0.3125", "07:30"},
		{"0,319444444444", "07:40"},
		{"0.5", "12:00"},
		{"0.25", "06:00"},
		{"1:30 PM", "13:30"},
		{"1:30 CH", "13:30"},
		{"01:30:00 chiều", "13:30"},
		{"12:15 PM", "12:15"},
		{"12:15 AM", "00:15"},
		{"0:00", "00:00"},
		{"23:59", "23:59"},
	};
	static const char *const unclear[] = {"", "7", "7.30", "7,30", "0.30", "0.313", "1.3125",
		"0.99999", "0.", "7:3", "7:60", "24:00", "25h", "7:30:15", "7:30 giờ", "13:30 AM",
		"7h60", "730", "7h30x", "7:30 AM x", "-7:30", "007:30", "7 30"};
	char clock[CELL_CLOCK_SIZE];
	(void)state;
	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++) {
		assert_true(cell_read_clock(sound[i][0], clock));
		assert_string_equal(clock, sound[i][1]);
	}
	for (size_t i = 0; i < sizeof(unclear) / sizeof(unclear[0]); i++) {
		assert_false(cell_read_clock(unclear[i], clock));
	}
}

static void reads_lengths(void **state)
{
	static const struct {
		const char *text;
		int64_t minutes;
	} sound[] = {{"90", 90}, {"090", 90}, {"90,0", 90}, {"90.00", 90}, {"90 min", 90},
		{"90 phút", 90}, {"90p", 90}, {"90'", 90}, {"90 Minutes", 90}, {"1h30", 90},
		{"1 giờ 30 phút", 90}, {"2h", 120}, {"-5", -5}, {"0", 0}};
	static const char *const unclear[] = {"", "1,5", "1.5", "1:30", "1.440", "1h60", "90 giây",
		"9 0", "abc", "1,5 giờ", "1E+10", "1234567890123456", "h30"};
	int64_t minutes;
	(void)state;
	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++) {
		assert_true(cell_read_minutes(sound[i].text, &minutes));
		assert_int_equal(minutes, sound[i].minutes);
	}
	for (size_t i = 0; i < sizeof(unclear) / sizeof(unclear[0]); i++) {
		assert_false(cell_read_minutes(unclear[i], &minutes));
	}
	assert_false(cell_read_number("90 min", &minutes));
}

static void reads_yes_and_no(void **state)
{
	static const char *const yes[] = {"x", "X", "1", "yes", "TRUE", "có", "Có", "CÓ", "Đúng"};
	static const char *const no[] = {"0", "No", "FALSE", "không", "Không", "sai"};
	bool is_yes;
	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		assert_true(cell_read_yes(yes[i], &is_yes) && is_yes);
	}
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
		assert_true(cell_read_yes(no[i], &is_yes) && !is_yes);
	}
	assert_false(cell_read_yes("có lẽ", &is_yes));
}

static void date_is(const char *text, bool certain, int year, int first, int second)
{
	struct cell_date date;
	assert_true(cell_read_date(text, &date));
	assert_int_equal(date.certain, certain);
	assert_int_equal(date.year, year);
	assert_int_equal(date.first, first);
	assert_int_equal(date.second, second);
}

static void reads_days(void **state)
{
	static const char *const none[] = {"", "2022", "10/6", "10-Jun", "10/6-2022", "10/6/2022 x",
		"tháng 6", "########", "44722", "10/6/2022 08:00", "1/2/3/4"};
	struct cell_date date;
	(void)state;
	date_is("2022-06-10", true, 2022, 6, 10);
	date_is("2022/6/10", true, 2022, 6, 10);
	date_is("2022-06-10 00:00:00", true, 2022, 6, 10);
	date_is("10/06/2022", false, 2022, 10, 6);
	date_is("6/10/2022", false, 2022, 6, 10);
	date_is("10.6.22", false, 2022, 10, 6);
	date_is("10-6-2022", false, 2022, 10, 6);
	date_is("ngày 10 tháng 6 năm 2022", true, 2022, 6, 10);
	date_is("10 tháng 06 năm 2022", true, 2022, 6, 10);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_false(cell_read_date(none[i], &date));
	}
}

static void undone_is(const char *text, const char *expected)
{
	char room[256];
	size_t length = strlen(text);
	memcpy(room, text, length + 1);
	csv_undo_joined(room, &length);
	assert_string_equal(room, expected);
	assert_int_equal(length, strlen(expected));
}

static void lines_taken_for_one_cell_are_parted_again(void **state)
{
	static const char *const as_they_are[] = {"", "a", "a,b\n1,2\n", "a,b\n\"1, 2\",3\n",
		"a;b\n\"x, y\";\"z\"\n", "a,b\n\"1, 2\"\n", "a,b,\n1,2,\n",
		"a,b\n\"nói \"\"a, b\"\"\",1\n", "a,b\n\"x", "sep=;\na;b\n"};
	(void)state;
	undone_is("a,b;\r\n\"1,\"\"x, y\"\",2\";\r\n3,4;\r\n", "a,b\r\n1,\"x, y\",2\r\n3,4\r\n");
	undone_is("a,b\n\"1,\"\"x, y\"\"\"\n", "a,b\n1,\"x, y\"\n");
	undone_is("a,b;\n1,x; y\n", "a,b\n1,x; y\n"); /* cut in two, and put together */
	undone_is("a;b;c,,\n\"1;\"\"x; y\",\" z\"\";2\",\n", "a;b;c\n1;\"x; y, z\";2\n");
	for (size_t i = 0; i < sizeof(as_they_are) / sizeof(as_they_are[0]); i++) {
		undone_is(as_they_are[i], as_they_are[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_times_of_day),
		cmocka_unit_test(reads_lengths),
		cmocka_unit_test(reads_yes_and_no),
		cmocka_unit_test(reads_days),
		cmocka_unit_test(lines_taken_for_one_cell_are_parted_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
