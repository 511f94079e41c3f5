/* Which formats of a workbook's numbers show days and times. */
#include "coordinator/sheets/number_format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void knows_formats_by_their_code(void **state)
{
	static const struct {
		const char *code;
		enum number_format format;
	} rows[] = {
		{"General", NUMBER_FORMAT_PLAIN},
		{"0.00", NUMBER_FORMAT_PLAIN},
		{"#,##0\" phút\"", NUMBER_FORMAT_PLAIN},
		{"#,##0\\d", NUMBER_FORMAT_PLAIN},
		{"[Red]0", NUMBER_FORMAT_PLAIN},
		{"dd/mm/yyyy", NUMBER_FORMAT_DATE},
		{"[$-42A]dd mmmm yyyy;@", NUMBER_FORMAT_DATE},
		{"mmm-yy", NUMBER_FORMAT_DATE},
		{"h:mm", NUMBER_FORMAT_TIME},
		{"[$-409]h:mm AM/PM;@", NUMBER_FORMAT_TIME},
		{"hh\"h\"mm", NUMBER_FORMAT_TIME},
		{"h\\gmm", NUMBER_FORMAT_TIME},
		{"dd/mm/yyyy hh:mm", NUMBER_FORMAT_MOMENT},
		{"[h]:mm", NUMBER_FORMAT_SPAN},
		{"[mm]:ss", NUMBER_FORMAT_SPAN},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(number_format_of_code(rows[i].code), rows[i].format);
	}
}

static void writes_numbers_in_one_way(void **state)
{
	static const struct {
		double number;
		enum number_format format;
		enum sheet_cell_kind kind;
		const char *text;
	} rows[] = {
		{90, NUMBER_FORMAT_PLAIN, SHEET_CELL_NUMBER, "90"},
		{0.1, NUMBER_FORMAT_PLAIN, SHEET_CELL_NUMBER, "0.1"},
		{1e300, NUMBER_FORMAT_DATE, SHEET_CELL_NUMBER, "1e+300"},
		{-1, NUMBER_FORMAT_DATE, SHEET_CELL_NUMBER, "-1"},
		{0.999999, NUMBER_FORMAT_TIME, SHEET_CELL_TIME, "00:00"},
		{0.3125, NUMBER_FORMAT_DATE, SHEET_CELL_TIME, "07:30"},
		{0.312511574, NUMBER_FORMAT_TIME, SHEET_CELL_TIME, "07:30:01"},
		{0.0625, NUMBER_FORMAT_SPAN, SHEET_CELL_SPAN, "01:30"},
		{2958465, NUMBER_FORMAT_DATE, SHEET_CELL_DATE, "9999-12-31"},
		{36526, NUMBER_FORMAT_MOMENT, SHEET_CELL_DATE, "2000-01-01"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[NUMBER_TEXT_SIZE];
		assert_int_equal(number_format_write(rows[i].number, rows[i].format, false, text),
			rows[i].kind);
		assert_string_equal(text, rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_formats_by_their_code),
		cmocka_unit_test(writes_numbers_in_one_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
