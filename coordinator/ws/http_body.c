#include "coordinator/ws/http_body.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { DIGITS_MAX = 9 };

/* Digits only; programs disagree about "5, 5", "+5" and "0x5". */
static bool read_length(const char *text, size_t *ret)
{
	size_t digits = strspn(text, "0123456789");
	*ret = 0;
	if (digits == 0 || text[digits] != '\0') {
		return false;
	}
	for (size_t i = 0; i < digits; i++) {
		*ret = i < DIGITS_MAX ? *ret * 10 + (size_t)(text[i] - '0') : SIZE_MAX;
	}
	return true;
}

int http_body_check(const struct http_body *http_body, size_t *ret_size)
{
	*ret_size = 0;
	if (http_body->expect[0] != '\0' && !http_body_expects_continue(http_body)) {
		return 417;
	}
	if (http_body->has_encoding) {
		return http_body->takes_body && !http_body->has_length ? 411 : 400;
	}
	if (!http_body->has_length) {
		return http_body->takes_body ? 411 : 0;
	}
	if (!read_length(http_body->length, ret_size)) {
		return 400;
	}
	if (!http_body->takes_body) {
		return *ret_size > 0 ? 400 : 0;
	}
	return *ret_size > http_body->most ? 413 : 0;
}

bool http_body_expects_continue(const struct http_body *http_body)
{
	return strcasecmp(http_body->expect, "100-continue") == 0;
}
