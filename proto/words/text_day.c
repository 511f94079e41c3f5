/* Days of the calendar. */
#include "proto/words/text_day.h"

#include <stdio.h>

#include "proto/words/text_fill.h"

enum { DAY_SIZE = sizeof("-2147483648") };

static const char *month_text(int month, enum language language)
{
	static const enum text_id names[] = {
		TEXT_DATE_MONTH_1,
		TEXT_DATE_MONTH_2,
		TEXT_DATE_MONTH_3,
		TEXT_DATE_MONTH_4,
		TEXT_DATE_MONTH_5,
		TEXT_DATE_MONTH_6,
		TEXT_DATE_MONTH_7,
		TEXT_DATE_MONTH_8,
		TEXT_DATE_MONTH_9,
		TEXT_DATE_MONTH_10,
		TEXT_DATE_MONTH_11,
		TEXT_DATE_MONTH_12,
	};
	return month < 1 || month > 12 ? "" : text_of(names[month - 1], language);
}

void text_day(char *out, size_t size, int year, int month, int day, enum language language)
{
	char number[DAY_SIZE];
	snprintf(number, sizeof(number), language == LANGUAGE_EN ? "%d" : "%02d", day);
	text_fill(out, size, TEXT_DATE_DAY, language,
		(const struct text_value[]){
			{.name = "day", .text = number},
			{.name = "month", .text = month_text(month, language)},
			{.name = "year", .number = year},
			{0},
		});
}
