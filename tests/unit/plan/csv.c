/* The CSV reader: what spreadsheets write, and what they should not. */
#include "coordinator/plan/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Rows are written as cells between brackets, rows parted by a bar; a fault as its number. */
static void read_as(const char *text, const char *expected)
{
	static char room[4096];
	static char found[4096];
	struct csv csv;
	struct csv_row row;
	enum csv_result result;
	size_t length = strlen(text);
	memcpy(room, text, length + 1);
	found[0] = '\0';
	csv_init(&csv, room, length);
	while ((result = csv_next(&csv, &row)) != CSV_END) {
		if (result != CSV_ROW) {
			strcat(found, (char[]){'!', (char)('0' + result), '\0'});
		}
		for (size_t i = 0; i < row.n_cells && result == CSV_ROW; i++) {
			assert_int_equal(strlen(row.cells[i].text), row.cells[i].length);
			strcat(strcat(strcat(found, "["), row.cells[i].text), "]");
		}
		strcat(found, "|");
	}
	assert_string_equal(found, expected);
}

static void reads_what_spreadsheets_write(void **state)
{
	(void)state;
	read_as("", "");
	read_as("\xef\xbb\xbf", "");
	read_as("a,b\n1,2\n", "[a][b]|[1][2]|");
	read_as("a,b\r\n1,2", "[a][b]|[1][2]|");
	read_as("a\rb\r", "[a]|[b]|");
	read_as("\xef\xbb\xbf"
		"a;b;c\r\n1;2,5;\r\n",
		"[a][b][c]|[1][2,5][]|");
	read_as("a\tb\nHà Giang\tĐắk Lắk\n", "[a][b]|[Hà Giang][Đắk Lắk]|");
	read_as("a,b\n\"x, y\",\"nói \"\"to\"\"\"\n", "[a][b]|[x, y][nói \"to\"]|");
	read_as("a,b\n\"hai\r\ndòng\",2\n", "[a][b]|[hai\r\ndòng][2]|");
	read_as(" a , b \n \"x\" , y \n", "[a][b]|[x][y]|");
	read_as("\"a;b\",c\n1,2\n", "[a;b][c]|[1][2]|");
	read_as("a\n=1+1\n", "[a]|[=1+1]|");
}

static void counts_rows_as_a_spreadsheet(void **state)
{
	(void)state;
	char text[] = "a,b\n\n,\n\"x\ny\",1\n\n2,3\n";
	struct csv csv;
	struct csv_row row;
	csv_init(&csv, text, sizeof(text) - 1);
	assert_int_equal(csv_next(&csv, &row), CSV_ROW);
	assert_int_equal(row.number, 1);
	assert_int_equal(csv_next(&csv, &row), CSV_ROW);
	assert_int_equal(row.number, 4);
	assert_int_equal(csv_next(&csv, &row), CSV_ROW);
	assert_int_equal(row.number, 6);
	assert_int_equal(csv_next(&csv, &row), CSV_END);
	assert_int_equal(csv_next(&csv, &row), CSV_END);
}

static void goes_on_after_a_bad_row(void **state)
{
	(void)state;
	read_as("a,b\n\"x\"y,1\n2,3\n", "[a][b]|!3|[2][3]|");
	read_as("a,b\nx\"y,1\n2,3\n", "[a][b]|!3|[2][3]|");
	read_as("a,b\n\"x,1\n2,3\n", "[a][b]|!2|");
	read_as("a,b\nx\x01,1\n2,3\n", "[a][b]|!5|[2][3]|");
	read_as("a,b\nH\xe0 N\xed,1\n2,3\n", "[a][b]|!6|[2][3]|");
	read_as("a\n\xed\xa0\x80\n\xf4\x90\x80\x80\n\xc0\x80\n\xe0\x80\x80\n\xff\n",
		"[a]|!6|!6|!6|!6|!6|");
	read_as("a\n1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0,1,2,3\n2\n",
		"[a]|!4|[2]|");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_spreadsheets_write),
		cmocka_unit_test(counts_rows_as_a_spreadsheet),
		cmocka_unit_test(goes_on_after_a_bad_row),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
