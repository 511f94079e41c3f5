/* See file_text.h. */
#include "coordinator/plan/file_text.h"

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool begins_with(const char *text, size_t length, const char *mark, size_t size)
{
	return length >= size && memcmp(text, mark, size) == 0;
}

/* A ZIP archive (.xlsx, .ods) or a compound file (.xls). */
static bool is_workbook(const char *text, size_t length)
{
	return begins_with(text, length, "PK\3\4", 4) ||
	       begins_with(text, length, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
}

/* The name of its encoding for iconv; NULL: no UTF-16. Without a mark, one letter in two is 0. */
static const char *utf16_of(const char *text, size_t length)
{
	if (begins_with(text, length, "\xff\xfe", 2)) {
		return "UTF-16LE";
	}
	if (begins_with(text, length, "\xfe\xff", 2)) {
		return "UTF-16BE";
	}
	if (length < 4 || (text[0] != '\0') == (text[1] != '\0') ||
		(text[2] != '\0') == (text[3] != '\0')) {
		return NULL;
	}
	return text[0] ? "UTF-16LE" : "UTF-16BE";
}

/* Takes a text of GLib's over, which is freed with it; NULL is refused as no memory. */
static int replace(char **text, size_t *length, char *made, size_t made_length)
{
	char *copy = made ? malloc(made_length + 1) : NULL;
	if (copy) {
		memcpy(copy, made, made_length);
		copy[made_length] = '\0';
		free(*text);
		*text = copy;
		*length = made_length;
	}
	g_free(made);
	return copy ? 0 : -ENOMEM;
}

static int decode(char **text, size_t *length, const char *encoding)
{
	gsize made_length = 0;
	GError *error = NULL;
	char *made =
		g_convert(*text, (gssize)*length, "UTF-8", encoding, NULL, &made_length, &error);
	if (!made) {
		g_clear_error(&error);
		return FILE_TEXT_OTHER_ENCODING;
	}
	return replace(text, length, made, made_length);
}

static void drop_mark(char *text, size_t *length)
{
	if (begins_with(text, *length, "\xef\xbb\xbf", 3)) {
		*length -= 3;
		memmove(text, text + 3, *length + 1);
	}
}

/* Of a text with a NUL nothing is composed: the reader of its rows says where it stands. */
static int compose(char **text, size_t *length)
{
	if (memchr(*text, '\0', *length)) {
		return 0;
	}
	char *composed = g_utf8_normalize(*text, (gssize)*length, G_NORMALIZE_NFC);
	return replace(text, length, composed, composed ? strlen(composed) : 0);
}

static bool is_blank(const char *text, size_t length)
{
	return length == strspn(text, " \t\r\n");
}

static bool is_utf8(const char *text, size_t length)
{
	const char *at = text;
	while (!g_utf8_validate(at, (gssize)(length - (size_t)(at - text)), &at)) {
		if (*at != '\0') {
			return false;
		}
		at++; /* g_utf8_validate takes no NUL; the reader of rows tells of it */
	}
	return true;
}

int file_text_convert(char **text, size_t *length)
{
	if (is_workbook(*text, *length)) {
		return FILE_TEXT_WORKBOOK;
	}
	const char *utf16 = utf16_of(*text, *length);
	int r = utf16 ? decode(text, length, utf16) : 0;
	if (r != 0) {
		return r;
	}
	drop_mark(*text, length);
	if (is_blank(*text, *length)) {
		return FILE_TEXT_EMPTY;
	}
	return is_utf8(*text, *length) ? compose(text, length) : FILE_TEXT_OTHER_ENCODING;
}

int file_text_from_windows_1258(char **text, size_t *length)
{
	int r = decode(text, length, "CP1258");
	return r == 0 ? compose(text, length) : r;
}
