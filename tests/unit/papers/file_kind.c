/* What a file is, by its bytes: each kind that is taken, and what only looks like one. */
#include "coordinator/papers/file_kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct made {
	uint8_t bytes[2048];
	size_t size;
};

static void put(struct made *made, const void *bytes, size_t size)
{
	memcpy(made->bytes + made->size, bytes, size);
	made->size += size;
}

static void put_number(struct made *made, size_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		made->bytes[made->size++] = (uint8_t)(value >> 8 * i);
	}
}

static void put_zeroes(struct made *made, size_t n)
{
	memset(made->bytes + made->size, 0, n);
	made->size += n;
}

static void put_entry(struct made *made, const char *name, const char *content)
{
	put(made, "PK\3\4", 4);
	put_zeroes(made, 14);
	put_number(made, strlen(content), 4);
	put_number(made, strlen(content), 4);
	put_number(made, strlen(name), 2);
	put_number(made, 0, 2);
	put(made, name, strlen(name));
	put(made, content, strlen(content));
}

static void put_directory(struct made *made, const char *const *names, size_t n)
{
	size_t start = made->size;
	for (size_t i = 0; i < n; i++) {
		put(made, "PK\1\2", 4);
		put_zeroes(made, 24);
		put_number(made, strlen(names[i]), 2);
		put_zeroes(made, 16);
		put(made, names[i], strlen(names[i]));
	}
	size_t length = made->size - start;
	put(made, "PK\5\6", 4);
	put_zeroes(made, 8);
	put_number(made, length, 4);
	put_zeroes(made, 4);
	put_number(made, 0, 2);
}

static enum file_type judged(const struct made *made)
{
	size_t head = made->size < FILE_KIND_HEAD ? made->size : (size_t)FILE_KIND_HEAD;
	return file_kind_by_ends(made->bytes, head, made->bytes, made->size);
}

static void test_by_first_bytes(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
		enum file_type type;
	} cases[] = {
		{"%PDF-1.7\n", 9, FILE_TYPE_PDF},
		{"\x89PNG\r\n\x1a\n", 8, FILE_TYPE_PNG},
		{"\xff\xd8\xff\xe0", 4, FILE_TYPE_JPEG},
		{"%PDF", 4, FILE_TYPE_UNSET},
		{" %PDF-1.7", 9, FILE_TYPE_UNSET},
		{"MZ\x90", 3, FILE_TYPE_UNSET},
		{"<html>", 6, FILE_TYPE_UNSET},
		{"PK\3\4", 4, FILE_TYPE_UNSET},
		{"", 0, FILE_TYPE_UNSET},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct made made = {.size = 0};
		put(&made, cases[i].bytes, cases[i].size);
		assert_int_equal(judged(&made), cases[i].type);
	}
}

static void test_open_document(void **state)
{
	static const struct {
		const char *name, *content;
		enum file_type type;
	} cases[] = {
		{"mimetype", "application/vnd.oasis.opendocument.text", FILE_TYPE_ODT},
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", FILE_TYPE_ODS},
		{"mimetype", "application/vnd.oasis.opendocument.presentation", FILE_TYPE_ODP},
		{"mimetype", "application/epub+zip", FILE_TYPE_UNSET},
		{"mimetypo", "application/vnd.oasis.opendocument.text", FILE_TYPE_UNSET},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct made made = {.size = 0};
		put_entry(&made, cases[i].name, cases[i].content);
		assert_int_equal(judged(&made), cases[i].type);
	}
}

static void test_office_open(void **state)
{
	static const struct {
		const char *part;
		enum file_type type;
	} cases[] = {
		{"word/document.xml", FILE_TYPE_DOCX},
		{"xl/workbook.xml", FILE_TYPE_XLSX},
		{"ppt/presentation.xml", FILE_TYPE_PPTX},
		{"word/document.xml.exe", FILE_TYPE_UNSET},
		{"evil.exe", FILE_TYPE_UNSET},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct made made = {.size = 0};
		const char *names[] = {"[Content_Types].xml", cases[i].part};
		put_entry(&made, "[Content_Types].xml", "<Types/>");
		put_directory(&made, names, 2);
		assert_int_equal(judged(&made), cases[i].type);
		made.size--; /* cut */
		assert_int_equal(judged(&made), FILE_TYPE_UNSET);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_first_bytes),
		cmocka_unit_test(test_open_document),
		cmocka_unit_test(test_office_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
