#include "coordinator/identity/opaque_string.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "system/memory.h"

/* Room for the text as it grows by no space: the widest of them takes three bytes. */
static int copy_with_plain_spaces(const char *text, char *ret, size_t size)
{
	size_t used = 0;
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		GUnicodeType type = g_unichar_type(c);
		size_t length = (size_t)(g_utf8_next_char(at) - at);
		if (type == G_UNICODE_CONTROL) {
			return -EINVAL;
		}
		bool space = type == G_UNICODE_SPACE_SEPARATOR;
		length = space ? 1 : length;
		if (used + length >= size) {
			return -E2BIG;
		}
		memcpy(ret + used, space ? " " : at, length);
		used += length;
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
	int status = copy_with_plain_spaces(composed, ret, size);
	memory_wipe(composed, strlen(composed));
	g_free(composed);
	return status;
}
