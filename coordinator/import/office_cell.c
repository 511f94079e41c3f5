/* See office_cell.h. */
#include "coordinator/import/office_cell.h"

#include <string.h>
#include <strings.h>

#include "coordinator/plan/date_order.h"
#include "coordinator/plan/name_text.h"
#include "coordinator/plan/time_of_day.h"
#include "text_copy.h"
#include "utf8.h"

enum { DAY_MINUTES = 24 * 60, MINUTE_MSEC = 60000 };

/* ---- texts ---- */

/* Line ends and other controls: on one line a blank. */
static bool is_break(uint32_t point)
{
	return point < ' ' || point == 0x7f || point == 0x85 || point == 0x2028 || point == 0x2029;
}

/* Marks of direction and joiners, which programs leave behind and nobody sees. */
static bool is_unseen(uint32_t point)
{
	return point == 0xad || (point >= 0x200b && point <= 0x200f) ||
	       (point >= 0x202a && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) ||
	       point == 0xfeff;
}

void office_text(const struct sheet_cell *cell, char ret_text[static OFFICE_TEXT_SIZE])
{
	char *to = ret_text, *end = ret_text + OFFICE_TEXT_SIZE - 1;
	const char *at = cell->text;
	uint32_t point;
	for (size_t left = strlen(at), n; left > 0; at += n, left -= n) {
		n = utf8_read(at, left, &point);
		bool is_text = n > 0 && !is_unseen(point);
		n = n > 0 ? n : 1;
		if (is_text && (size_t)(end - to) < n) {
			break;
		}
		if (is_text && is_break(point)) {
			*to++ = ' ';
		} else if (is_text) {
			memcpy(to, at, n);
			to += n;
		}
	}
	*to = '\0';
	if (name_text_fold(ret_text, OFFICE_TEXT_SIZE, &point) == NAME_TEXT_BLANK) {
		ret_text[0] = '\0';
	}
}

/* ---- times of day ---- */

static const char *const parting[] = {
	"–", "—", "−", "→", "÷", "-", "~", " đến ", " tới ", " to ", NULL};
static const char *const leading[] = {"từ ", "Từ ", "lúc ", "Lúc ", "from ", "at ", NULL};

static void trim(char *text)
{
	size_t n = strlen(text), blanks = strspn(text, " ");
	while (n > blanks && (text[n - 1] == ' ' || text[n - 1] == '.' || text[n - 1] == ':')) {
		n--;
	}
	memmove(text, text + blanks, n - blanks);
	text[n - blanks] = '\0';
}

static char *skip_leading(char *text)
{
	for (size_t i = 0; leading[i]; i++) {
		size_t length = strlen(leading[i]);
		if (strncmp(text, leading[i], length) == 0) {
			return text + length;
		}
	}
	return text;
}

/* Cuts the text at the first sign that parts two times; the second, or NULL. */
static char *part(char *text)
{
	char *first = NULL;
	size_t length = 0;
	for (size_t i = 0; parting[i]; i++) {
		char *at = strstr(text, parting[i]);
		if (at && (!first || at < first)) {
			first = at;
			length = strlen(parting[i]);
		}
	}
	if (first) {
		*first = '\0';
	}
	return first ? first + length : NULL;
}

static bool read_clock(char *text, char ret_clock[static CELL_CLOCK_SIZE])
{
	trim(text);
	return cell_read_clock(text, ret_clock);
}

static bool read_span(char *text, struct office_span *span)
{
	text[strcspn(text, "(")] = '\0';
	char *start = skip_leading(text);
	char *end = part(start);
	if (!read_clock(start, span->start)) {
		return false;
	}
	if (!end) {
		return true;
	}
	trim(end);
	return *end == '\0' || read_clock(end, span->end);
}

bool office_span_read(const struct sheet_cell *cell, struct office_span *ret_span)
{
	char text[OFFICE_TEXT_SIZE];
	struct office_span span = {0};
	office_text(cell, text);
	char *at = text;
	if (cell->kind == SHEET_CELL_DATE) { /* day and time: the time */
		at += strcspn(text, " ");
		at += *at == ' ';
	}
	if (!read_span(at, &span)) {
		return false;
	}
	*ret_span = span;
	return true;
}

int office_minutes_between(const char *start, const char *end)
{
	int between = (int)(clock_ms(end) / MINUTE_MSEC) - (int)(clock_ms(start) / MINUTE_MSEC);
	return between > 0 ? between : between + DAY_MINUTES;
}

/* ---- lengths and days ---- */

bool office_minutes_read(const struct sheet_cell *cell, int64_t *ret_minutes)
{
	char text[OFFICE_TEXT_SIZE], clock[CELL_CLOCK_SIZE];
	int part_of_day;
	office_text(cell, text);
	bool is_clock = cell->kind == SHEET_CELL_TIME || cell->kind == SHEET_CELL_SPAN;
	if (is_clock && cell_read_clock(text, clock)) {
		*ret_minutes = clock_ms(clock) / MINUTE_MSEC;
		return true;
	}
	if (cell->kind == SHEET_CELL_NUMBER && cell_read_day_part(text, &part_of_day)) {
		*ret_minutes = part_of_day;
		return true;
	}
	return cell_read_minutes(text, ret_minutes);
}

/* "Thứ Sáu, ngày 15/7/2022": what stands before the first digit is no part of the day. */
bool office_day_read(const struct sheet_cell *cell, char ret_day[static CELL_DATE_SIZE])
{
	char text[OFFICE_TEXT_SIZE];
	struct cell_date date;
	office_text(cell, text);
	if (cell->kind == SHEET_CELL_DATE) {
		text[strcspn(text, " ")] = '\0';
	}
	text[strcspn(text, ")")] = '\0';
	if (!cell_read_date(text + strcspn(text, "0123456789"), &date)) {
		return false;
	}
	date_order_write(&date, DATE_ORDER_DAY_FIRST, ret_day);
	return true;
}
