/* What people see of a file's name, whatever its sender calls it. */
#include "coordinator/papers/paper_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_names(void **state)
{
	static const struct {
		const char *given;
		enum file_type type;
		const char *shown;
	} cases[] = {
		{"Báo cáo quý II.pdf", FILE_TYPE_PDF, "Báo cáo quý II.pdf"},
		{"BAO CAO.PDF", FILE_TYPE_PDF, "BAO CAO.PDF"},
		{"anh.jpeg", FILE_TYPE_JPEG, "anh.jpeg"},
		{"bao-cao.docx", FILE_TYPE_PDF, "bao-cao.docx.pdf"},
		{"hoa-don.pdf.exe", FILE_TYPE_PDF, "hoa-don.pdf.exe.pdf"},
		{"../../etc/passwd", FILE_TYPE_PDF, "passwd.pdf"},
		{"..\\..\\windows\\win.ini", FILE_TYPE_ODT, "win.ini.odt"},
		{"/etc/", FILE_TYPE_PDF, "tai-lieu.pdf"},
		{"..", FILE_TYPE_PDF, "tai-lieu.pdf"},
		{"...pdf", FILE_TYPE_PDF, "pdf.pdf"},
		{".htaccess", FILE_TYPE_PNG, "htaccess.png"},
		{"", FILE_TYPE_XLSX, "tai-lieu.xlsx"},
		{"a\nb\tc\x7f.pdf", FILE_TYPE_PDF, "abc.pdf"},
		{"\xe2\x80\xae"
		 "fdp.exe",
			FILE_TYPE_PDF, "fdp.exe.pdf"},
		{"\xe2\x80\xae.an", FILE_TYPE_PDF, "an.pdf"},
		{"hong\xff.pdf", FILE_TYPE_PDF, "hong.pdf"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char shown[DISPLAY_NAME_SIZE];
		paper_name_make(cases[i].given, cases[i].type, shown);
		assert_string_equal(shown, cases[i].shown);
	}
}

/* Cut between characters, and with its ending. */
static void test_a_long_name_keeps_its_ending(void **state)
{
	char given[600] = "", shown[DISPLAY_NAME_SIZE];
	(void)state;
	for (int i = 0; i < 150; i++) {
		strcat(given, "ế");
	}
	strcat(given, ".docx");
	paper_name_make(given, FILE_TYPE_DOCX, shown);
	assert_int_equal(strlen(shown), 95 * strlen("ế") + 5);
	assert_string_equal(shown + strlen(shown) - 5, ".docx");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_a_long_name_keeps_its_ending),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
