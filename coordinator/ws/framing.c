#include "coordinator/ws/framing.h"

#include <string.h>
#include <strings.h>

#include "bounds.h"

enum { DIGITS_MAX = 9 };

/* Digits alone; "5, 5", "+5" and "0x5" are read in different ways by different programs. */
static bool read_length(const char *text, size_t *ret)
{
	size_t digits = strspn(text, "0123456789");
	*ret = 0;
	if (digits == 0 || text[digits] != '\0') {
		return false;
	}
	for (size_t i = 0; i < digits; i++) {
		*ret = i < DIGITS_MAX ? *ret * 10 + (size_t)(text[i] - '0')
				      : (size_t)HTTP_BODY_MAX + 1;
	}
	return true;
}

int framing_judge(const struct framing *framing, size_t *ret_size)
{
	*ret_size = 0;
	if (framing->expect[0] != '\0' && !framing_waits(framing)) {
		return 417;
	}
	if (framing->has_encoding) {
		return framing->takes_body && !framing->has_length ? 411 : 400;
	}
	if (!framing->has_length) {
		return framing->takes_body ? 411 : 0;
	}
	if (!read_length(framing->length, ret_size)) {
		return 400;
	}
	if (!framing->takes_body) {
		return *ret_size > 0 ? 400 : 0;
	}
	return *ret_size > HTTP_BODY_MAX ? 413 : 0;
}

bool framing_waits(const struct framing *framing)
{
	return strcasecmp(framing->expect, "100-continue") == 0;
}
