/* See number_format.h. */
#include "coordinator/sheets/number_format.h"

#include <glib.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
	DAY_SECONDS = 24 * 60 * 60,
	DAYS_1900_TO_1904 = 1462,
	FALSE_LEAP_DAY = 60, /* 29 February 1900 */
	DAYS_TO_1900 = 693594, /* from GLib's day 0 to the workbook's, 30 December 1899 */
	DAYS_MAX = 2958465, /* 31 December 9999 */
};

/* ---- formats ---- */

enum number_format number_format_of_id(long id)
{
	static const struct {
		long first, last;
		enum number_format format;
	} ranges[] = {
		{14, 17, NUMBER_FORMAT_DATE},
		{18, 21, NUMBER_FORMAT_TIME},
		{22, 22, NUMBER_FORMAT_MOMENT},
		{27, 31, NUMBER_FORMAT_DATE},
		{32, 35, NUMBER_FORMAT_TIME},
		{36, 36, NUMBER_FORMAT_DATE},
		{45, 45, NUMBER_FORMAT_TIME},
		{46, 46, NUMBER_FORMAT_SPAN},
		{47, 47, NUMBER_FORMAT_TIME},
		{50, 58, NUMBER_FORMAT_DATE},
	};
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (id >= ranges[i].first && id <= ranges[i].last) {
			return ranges[i].format;
		}
	}
	return NUMBER_FORMAT_PLAIN;
}

/* Which signs a format's code has, outside of what it shows as it stands. */
struct code_signs {
	bool day, time, month_or_minute, span;
};

/* Behind a text in quotation marks. */
static const char *skip_quoted(const char *at)
{
	const char *end = strchr(at + 1, '"');
	return end ? end + 1 : at + strlen(at);
}

/* Behind "[Red]", "[$-42A]", "[h]"; the last one counts hours. */
static const char *skip_bracket(const char *at, struct code_signs *signs)
{
	size_t n = strcspn(at, "]");
	signs->span |= n >= 2 && strspn(at + 1, "hHmMsS") == n - 1;
	return at[n] ? at + n + 1 : at + n;
}

static void note_sign(char c, struct code_signs *signs)
{
	signs->day |= strchr("dDyY", c) != NULL;
	signs->time |= strchr("hHsS", c) != NULL;
	signs->month_or_minute |= strchr("mM", c) != NULL;
}

/* Of the first section, which is for positive numbers. */
static struct code_signs signs_of(const char *code)
{
	struct code_signs signs = {0};
	const char *at = code;
	while (*at && *at != ';') {
		if (*at == '"') {
			at = skip_quoted(at);
		} else if (*at == '[') {
			at = skip_bracket(at, &signs);
		} else if (strchr("\\_*", *at)) {
			at += at[1] ? 2 : 1;
		} else if (g_ascii_strncasecmp(at, "AM/PM", 5) == 0) {
			signs.time = true;
			at += 5;
		} else if (g_ascii_strncasecmp(at, "General", 7) == 0) {
			at += 7;
		} else {
			note_sign(*at, &signs);
			at++;
		}
	}
	return signs;
}

enum number_format number_format_of_code(const char *code)
{
	struct code_signs signs = signs_of(code);
	if (signs.span) {
		return NUMBER_FORMAT_SPAN;
	}
	if (signs.day && signs.time) {
		return NUMBER_FORMAT_MOMENT;
	}
	if (signs.time) {
		return NUMBER_FORMAT_TIME;
	}
	return signs.day || signs.month_or_minute ? NUMBER_FORMAT_DATE : NUMBER_FORMAT_PLAIN;
}

/* ---- numbers ---- */

bool number_format_read(const char *text, double *ret_number)
{
	char *end;
	*ret_number = g_ascii_strtod(text, &end);
	return end != text && *end == '\0';
}

/* As many digits as a number holds surely, with a point in every language. */
static void write_plain(double number, char text[static NUMBER_TEXT_SIZE])
{
	g_ascii_formatd(text, NUMBER_TEXT_SIZE, "%.15g", number);
}

static int write_clock(int64_t seconds, char *text, size_t size)
{
	int64_t minutes = seconds / 60;
	int n = snprintf(text, size, "%02" PRId64 ":%02" PRId64, minutes / 60, minutes % 60);
	if (seconds % 60 != 0) {
		n += snprintf(text + n, size - (size_t)n, ":%02" PRId64, seconds % 60);
	}
	return n;
}

/* The day of a serial number that counts from 30 December 1899. */
static void write_day(int64_t serial, char *text, size_t size)
{
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(serial + DAYS_TO_1900));
	snprintf(text, size, "%04d-%02d-%02d", g_date_get_year(&date), g_date_get_month(&date),
		g_date_get_day(&date));
}

static int64_t day_1900(int64_t serial, bool from_1904)
{
	if (from_1904) {
		return serial + DAYS_1900_TO_1904;
	}
	return serial < FALSE_LEAP_DAY ? serial + 1 : serial;
}

/* A day below 1 is none: the cell holds a time alone. */
static enum sheet_cell_kind write_moment(int64_t day, int64_t seconds, enum number_format format,
	bool from_1904, char text[static NUMBER_TEXT_SIZE])
{
	if (day < 1 && !from_1904) {
		write_clock(seconds, text, NUMBER_TEXT_SIZE);
		return SHEET_CELL_TIME;
	}
	write_day(day_1900(day, from_1904), text, NUMBER_TEXT_SIZE);
	if (format == NUMBER_FORMAT_MOMENT && seconds > 0) {
		size_t length = strlen(text);
		text[length++] = ' ';
		write_clock(seconds, text + length, NUMBER_TEXT_SIZE - length);
	}
	return SHEET_CELL_DATE;
}

enum sheet_cell_kind number_format_write(double number, enum number_format format, bool from_1904,
	char ret_text[static NUMBER_TEXT_SIZE])
{
	if (format == NUMBER_FORMAT_PLAIN || !isfinite(number) || number < 0 || number > DAYS_MAX) {
		write_plain(number, ret_text);
		return SHEET_CELL_NUMBER;
	}
	int64_t seconds = llround(number * DAY_SECONDS);
	if (format == NUMBER_FORMAT_SPAN) {
		write_clock(seconds, ret_text, NUMBER_TEXT_SIZE);
		return SHEET_CELL_SPAN;
	}
	if (format == NUMBER_FORMAT_TIME) {
		write_clock(seconds % DAY_SECONDS, ret_text, NUMBER_TEXT_SIZE);
		return SHEET_CELL_TIME;
	}
	return write_moment(
		seconds / DAY_SECONDS, seconds % DAY_SECONDS, format, from_1904, ret_text);
}
