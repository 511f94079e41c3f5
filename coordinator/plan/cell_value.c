/* The forms of a cell, read from left to right. */
#include "coordinator/plan/cell_value.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
	CENTURY = 2000, /* of a year with two digits */
	HOURS = 24,
	MINUTES = 60,
	DAY_PART_DIGITS = 18,
};

#define DAY_PART_SLACK 0.02 /* minutes that a rounded part of a day may be off a whole one */

static const char *skip_spaces(const char *at)
{
	return at + strspn(at, " ");
}

/* One to `most` digits; NULL: there are none, or more. */
static const char *read_digits(const char *at, size_t most, int *ret_value)
{
	size_t n = strspn(at, "0123456789");
	if (n == 0 || n > most) {
		return NULL;
	}
	int value = 0;
	for (size_t i = 0; i < n; i++) {
		value = value * 10 + (at[i] - '0');
	}
	*ret_value = value;
	return at + n;
}

/* Behind the word of the list that stands here, the longest first; NULL: none of them. */
static const char *skip_word(const char *at, const char *const *words)
{
	for (; *words; words++) {
		size_t length = strlen(*words);
		if (strncasecmp(at, *words, length) == 0) {
			return at + length;
		}
	}
	return NULL;
}

static const char *skip_word_between_spaces(const char *at, const char *const *words)
{
	const char *after = skip_word(skip_spaces(at), words);
	return after ? skip_spaces(after) : NULL;
}

static const char *const hour_words[] = {"giờ", "gio", "h", "g", NULL};
static const char *const minute_words[] = {
	"minutes", "minute", "mins", "min", "phút", "phut", "ph", "p", "m", "'", "′", "’", NULL};

/* ---- times of day ---- */

/* Seconds are none, or zero. */
static const char *skip_seconds(const char *at)
{
	if (*at != ':') {
		return at;
	}
	return strncmp(at, ":00", 3) == 0 && strspn(at + 1, "0123456789") == 2 ? at + 3 : NULL;
}

static const char *read_minute(const char *at, int *ret_minute)
{
	if (*at == ':') {
		return strspn(at + 1, "0123456789") == 2 ? read_digits(at + 1, 2, ret_minute)
							 : NULL;
	}
	at = skip_word_between_spaces(at, hour_words);
	if (!at || strspn(at, "0123456789") == 0) {
		*ret_minute = 0;
		return at;
	}
	const char *after = read_digits(at, 2, ret_minute);
	const char *unit = after ? skip_word_between_spaces(after, minute_words) : NULL;
	return unit ? unit : after;
}

/* AM, PM and what Vietnamese settings write for them; the end of the text. */
static bool read_half(const char *at, int *hour)
{
	static const char *const before_noon[] = {"sáng", "AM", "SA", NULL};
	static const char *const after_noon[] = {"chiều", "tối", "PM", "CH", NULL};
	at = skip_spaces(at);
	if (*at == '\0') {
		return true;
	}
	const char *after = skip_word(at, before_noon);
	if (after) {
		*hour = *hour == HOURS / 2 ? 0 : *hour;
		return *after == '\0' && *hour < HOURS / 2;
	}
	after = skip_word(at, after_noon);
	*hour += *hour < HOURS / 2 ? HOURS / 2 : 0;
	return after && *after == '\0';
}

/*
 * "0,3125", as a spreadsheet shows a time without its format: the part of a day. Two digits could
 * be minutes that somebody wrote behind a point (0.30), but for a quarter of a day.
 */
bool cell_read_day_part(const char *text, int *ret_minutes)
{
	if (text[0] != '0' || (text[1] != '.' && text[1] != ',')) {
		return false;
	}
	const char *digits = text + 2;
	size_t n = strspn(digits, "0123456789");
	bool is_quarter =
		strcmp(digits, "25") == 0 || strcmp(digits, "5") == 0 || strcmp(digits, "75") == 0;
	if (digits[n] != '\0' || n > DAY_PART_DIGITS || (n < 3 && !is_quarter)) {
		return false;
	}
	double part = 0, worth = 1;
	for (size_t i = 0; i < n; i++) {
		worth /= 10;
		part += (digits[i] - '0') * worth;
	}
	double minutes = part * HOURS * MINUTES;
	int whole = (int)(minutes + 0.5);
	double beside = minutes - whole;
	*ret_minutes = whole;
	return beside < DAY_PART_SLACK && beside > -DAY_PART_SLACK;
}

static bool read_day_part_clock(const char *text, int *ret_hour, int *ret_minute)
{
	int minutes;
	if (!cell_read_day_part(text, &minutes)) {
		return false;
	}
	*ret_hour = minutes / MINUTES;
	*ret_minute = minutes % MINUTES;
	return true;
}

static bool read_hour_and_minute(const char *text, int *ret_hour, int *ret_minute)
{
	const char *at = read_digits(text, 2, ret_hour);
	at = at ? read_minute(at, ret_minute) : NULL;
	at = at ? skip_seconds(at) : NULL;
	return at && read_half(at, ret_hour);
}

bool cell_read_clock(const char *text, char ret_clock[static CELL_CLOCK_SIZE])
{
	int hour = 0, minute = 0;
	if (!read_day_part_clock(text, &hour, &minute) &&
		!read_hour_and_minute(text, &hour, &minute)) {
		return false;
	}
	if (hour >= HOURS || minute >= MINUTES) {
		return false;
	}
	char clock[sizeof("-2147483648:-2147483648")];
	snprintf(clock, sizeof(clock), "%02d:%02d", hour, minute);
	memcpy(ret_clock, clock, CELL_CLOCK_SIZE);
	return true;
}

/* ---- numbers ---- */

/* Behind a fraction of nothing (90,0); a thousand's separator is none. */
static const char *skip_no_fraction(const char *at)
{
	if (*at != '.' && *at != ',') {
		return at;
	}
	size_t zeros = strspn(at + 1, "0");
	return zeros == 1 || zeros == 2 ? at + 1 + zeros : at;
}

static const char *read_number(const char *at, int64_t *ret_number)
{
	bool negative = *at == '-';
	at += negative;
	size_t n = strspn(at, "0123456789");
	if (n == 0 || n > CELL_NUMBER_DIGITS) {
		return NULL;
	}
	int64_t value = 0;
	for (size_t i = 0; i < n; i++) {
		value = value * 10 + (at[i] - '0');
	}
	*ret_number = negative ? -value : value;
	return skip_no_fraction(at + n);
}

bool cell_read_number(const char *text, int64_t *ret_number)
{
	const char *after = read_number(text, ret_number);
	return after && *after == '\0';
}

/* "1h30", "1 giờ", "1 giờ 30 phút". */
static bool read_hours(const char *text, int64_t *ret_minutes)
{
	int hours, minutes = 0;
	const char *at = read_digits(text, 2, &hours);
	at = at ? skip_word_between_spaces(at, hour_words) : NULL;
	if (!at) {
		return false;
	}
	if (*at != '\0') {
		at = read_digits(at, 2, &minutes);
		const char *unit = at ? skip_word_between_spaces(at, minute_words) : NULL;
		at = unit ? unit : at;
	}
	*ret_minutes = (int64_t)hours * MINUTES + minutes;
	return at && *at == '\0' && minutes < MINUTES;
}

bool cell_read_minutes(const char *text, int64_t *ret_minutes)
{
	const char *at = read_number(text, ret_minutes);
	if (at && *at != '\0') {
		at = skip_word_between_spaces(at, minute_words);
	}
	return (at && *at == '\0') || read_hours(text, ret_minutes);
}

/* ---- words ---- */

static bool is_among(const char *text, const char *const *words)
{
	while (*words && strcasecmp(*words, text) != 0) {
		words++;
	}
	return *words;
}

bool cell_read_yes(const char *text, bool *ret_yes)
{
	static const char *const yes[] = {
		"1", "x", "yes", "y", "true", "có", "CÓ", "đúng", "Đúng", "ĐÚNG", NULL};
	static const char *const no[] = {"0", "no", "n", "false", "không", "KHÔNG", "sai", NULL};
	*ret_yes = is_among(text, yes);
	return *ret_yes || is_among(text, no);
}

/* ---- days ---- */

/* A spreadsheet may show midnight beside a day. */
static bool ends_date(const char *at)
{
	char clock[CELL_CLOCK_SIZE];
	at = skip_spaces(at);
	return *at == '\0' || (cell_read_clock(at, clock) && strcmp(clock, "00:00") == 0);
}

/* Three numbers with one of - / . between them. */
static bool read_numbers(const char *text, struct cell_date *date)
{
	size_t n = strspn(text, "0123456789");
	char separator = text[n];
	int third = 0, *parts[] = {&date->first, &date->second, &third};
	const char *at = text;
	if (!separator || !strchr("-/.", separator)) {
		return false;
	}
	for (size_t i = 0; i < 3; i++) {
		at = read_digits(at, 4, parts[i]);
		if (!at || (i < 2 && *at++ != separator)) {
			return false;
		}
	}
	if (n == 4) {
		date->certain = true;
		date->year = date->first;
		date->first = date->second;
		date->second = third;
	} else {
		date->year = third < 100 ? CENTURY + third : third;
	}
	return ends_date(at);
}

/* "ngày 10 tháng 6 năm 2022", with or without the first word. */
static bool read_words(const char *text, struct cell_date *date)
{
	static const char *const day[] = {"ngày", NULL};
	static const char *const month[] = {"tháng", NULL};
	static const char *const year[] = {"năm", NULL};
	const char *after = skip_word_between_spaces(text, day);
	const char *at = read_digits(after ? after : text, 2, &date->second);
	at = at ? skip_word_between_spaces(at, month) : NULL;
	at = at ? read_digits(at, 2, &date->first) : NULL;
	at = at ? skip_word_between_spaces(at, year) : NULL;
	at = at ? read_digits(at, 4, &date->year) : NULL;
	date->certain = true;
	return at && ends_date(at);
}

bool cell_read_date(const char *text, struct cell_date *ret_date)
{
	struct cell_date numbers = {0}, words = {0};
	if (read_numbers(text, &numbers)) {
		*ret_date = numbers;
		return true;
	}
	if (read_words(text, &words)) {
		*ret_date = words;
		return true;
	}
	return false;
}

void cell_write_date(int year, int month, int day, char ret_text[static CELL_DATE_SIZE])
{
	char text[sizeof("-2147483648--2147483648--2147483648")];
	snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	memcpy(ret_text, text, CELL_DATE_SIZE - 1);
	ret_text[CELL_DATE_SIZE - 1] = '\0';
}
