/* Sheets read by a process of its own: the same as without one, whatever that process says. */
#include "coordinator/sheets/sheets_apart.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/sheets/sheets_parcel.h"
#include "tests/unit/sheets/made_package.h"

#define RELATION(id, kind, target)                                                                 \
	"<Relationship Id=\"" id "\" Type=\"http://x/" kind "\" Target=\"" target "\"/>"

static char *make_book(size_t *ret_size)
{
	static const struct made_part parts[] = {
		{"_rels/.rels",
			"<Relationships>" RELATION(
				"r1", "officeDocument", "xl/workbook.xml") "</Relationships>",
			0},
		{"xl/workbook.xml",
			"<workbook xmlns:r=\"r\"><sheets><sheet name=\"Chương trình\" r:id=\"r1\"/>"
			"<sheet name=\"Ẩn\" state=\"hidden\" r:id=\"r1\"/></sheets></workbook>",
			0},
		{"xl/_rels/workbook.xml.rels",
			"<Relationships>" RELATION(
				"r1", "worksheet", "worksheets/sheet1.xml") "</Relationships>",
			0},
		{"xl/worksheets/sheet1.xml",
			"<worksheet><sheetData>"
			"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Nội dung</t></is></c>"
			"<c r=\"C1\"><v>7.5</v></c></row>"
			"<row r=\"3\" hidden=\"1\"><c r=\"B3\"><f>1+1</f></c></row>"
			"<row r=\"20000\"><c r=\"A20000\"><v>1</v></c></row>"
			"</sheetData><mergeCells><mergeCell "
			"ref=\"A1:B2\"/></mergeCells></worksheet>",
			0},
	};
	return made_package(parts, sizeof(parts) / sizeof(parts[0]), ret_size);
}

static void cells_are_alike(const struct sheet_cell *one, const struct sheet_cell *other)
{
	assert_string_equal(one->text, other->text);
	assert_int_equal(one->kind, other->kind);
	assert_int_equal(one->across, other->across);
	assert_int_equal(one->down, other->down);
	assert_int_equal(one->merged_into != NULL, other->merged_into != NULL);
}

static void sheets_are_alike(const struct sheet *one, const struct sheet *other)
{
	assert_string_equal(one->name, other->name);
	assert_string_equal(one->above, other->above);
	assert_int_equal(one->hidden, other->hidden);
	assert_int_equal(one->cut, other->cut);
	assert_int_equal(one->n_rows, other->n_rows);
	assert_int_equal(one->n_columns, other->n_columns);
	assert_memory_equal(one->hidden_rows, other->hidden_rows, one->n_rows);
	for (size_t i = 0; i < one->n_rows * one->n_columns; i++) {
		cells_are_alike(&one->cells[i], &other->cells[i]);
	}
}

static void reads_what_is_read_without_a_process(void **state)
{
	(void)state;
	size_t size;
	char *bytes = make_book(&size);
	struct sheets *near = NULL, *apart = NULL;
	assert_int_equal(sheets_read(bytes, size, &near), 0);
	assert_int_equal(sheets_read_apart(bytes, size, &apart), 0);
	assert_int_equal(near->n, 2);
	assert_int_equal(near->n, apart->n);
	assert_int_equal(near->is_document, apart->is_document);
	assert_true(near->list[0].cut && near->list[0].hidden_rows[2] && near->list[1].hidden);
	for (size_t i = 0; i < near->n; i++) {
		sheets_are_alike(&near->list[i], &apart->list[i]);
	}
	sheets_destroy(near);
	sheets_destroy(apart);
	free(bytes);
}

static void tells_faults_as_without_a_process(void **state)
{
	(void)state;
	struct sheets *sheets = NULL;
	size_t size;
	char *bytes = make_book(&size);
	assert_int_equal(sheets_read_apart("", 0, &sheets), SHEETS_OTHER);
	assert_int_equal(
		sheets_read_apart("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, &sheets), SHEETS_OLD);
	assert_int_equal(sheets_read_apart(bytes, size / 2, &sheets), SHEETS_BROKEN);
	assert_null(sheets);
	free(bytes);
}

/* Whatever a reader that somebody has taken over writes: sheets within their limits, or none. */
static void believes_no_parcel(void **state)
{
	(void)state;
	size_t size;
	char *bytes = make_book(&size);
	struct sheets *sheets = NULL, *found = NULL;
	struct sheets_parcel parcel = {0};
	assert_int_equal(sheets_read(bytes, size, &sheets), 0);
	assert_int_equal(sheets_pack(sheets, &parcel), 0);
	for (size_t n = 0; n < parcel.n; n++) {
		struct sheets_parcel cut = {.bytes = parcel.bytes, .n = n};
		assert_int_equal(sheets_unpack(&cut, &found), SHEETS_BROKEN);
	}
	for (size_t i = 0; i < 8 * parcel.n && i < 40000; i++) {
		parcel.bytes[i / 8] ^= (char)(1 << (i % 8));
		if (sheets_unpack(&parcel, &found) == 0) {
			assert_in_range(found->n, 0, SHEETS_MAX);
			sheets_destroy(found);
		}
		parcel.bytes[i / 8] ^= (char)(1 << (i % 8));
	}
	sheets_parcel_finish(&parcel);
	sheets_destroy(sheets);
	free(bytes);
}

/* Which calls of a confined process succeed. */
static int try_all(void)
{
	int found = 0;
	found |= open("/dev/null", O_RDONLY) >= 0 || errno != EPERM ? 1 : 0;
	found |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || errno != EPERM ? 2 : 0;
	found |= fork() >= 0 || errno != EPERM ? 4 : 0;
	found |= execv("/bin/true", (char *[]){NULL}) >= 0 || errno != EPERM ? 8 : 0;
	found |= kill(getppid(), 0) >= 0 || errno != EPERM ? 16 : 0;
	found |= unlink("/nowhere") >= 0 || errno != EPERM ? 32 : 0;
	char *memory = malloc(1 << 20);
	found |= memory ? 0 : 64;
	return found;
}

static void a_confined_process_can_do_little(void **state)
{
	(void)state;
	int status;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		_exit(sheets_confine() == 0 ? try_all() : 127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_is_read_without_a_process),
		cmocka_unit_test(tells_faults_as_without_a_process),
		cmocka_unit_test(believes_no_parcel),
		cmocka_unit_test(a_confined_process_can_do_little),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
