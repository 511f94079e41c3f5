#include "coordinator/identity/opaque_string.h"

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "proto/system/memory.h"

/* g_utf8_next_char would cast const away. */
static size_t size_of_character(const char *at)
{
	return (size_t)g_utf8_skip[(unsigned char)*at];
}

/* Room for the text as it grows by no space: the widest of them takes three bytes. */
static int copy_with_plain_spaces(const char *text, char *ret, size_t size)
{
	size_t used = 0, length;
	for (const char *at = text; *at; at += length) {
		GUnicodeType type = g_unichar_type(g_utf8_get_char(at));
		length = size_of_character(at);
		if (type == G_UNICODE_CONTROL) {
			return -EINVAL;
		}
		bool space = type == G_UNICODE_SPACE_SEPARATOR;
		size_t taken = space ? 1 : length;
		if (used + taken >= size) {
			return -E2BIG;
		}
		memcpy(ret + used, space ? " " : at, taken);
		used += taken;
	}
	ret[used] = '\0';
	return used > 0 ? 0 : -EINVAL;
}

int opaque_string_prepare(const char *text, char *ret, size_t size)
{
	if (!g_utf8_validate(text, -1, NULL)) {
		return -EINVAL;
	}
	char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
	if (!composed) {
		return -ENOMEM;
	}
	int r = copy_with_plain_spaces(composed, ret, size);
	memory_wipe(composed, strlen(composed));
	g_free(composed);
	return r;
}
