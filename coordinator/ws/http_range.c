#include "coordinator/ws/http_range.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { DIGITS_MAX = 18 }; /* more is beyond any file */

/* Digits alone. False: there are none. */
static bool read_number(const char **at, uint64_t *ret)
{
	size_t digits = strspn(*at, "0123456789");
	*ret = 0;
	for (size_t i = 0; i < digits; i++) {
		*ret = i < DIGITS_MAX ? *ret * 10 + (uint64_t)((*at)[i] - '0') : UINT64_MAX / 2;
	}
	*at += digits;
	return digits > 0;
}

static struct http_range part(uint64_t first, uint64_t last, uint64_t size)
{
	if (first >= size) {
		return (struct http_range){.kind = HTTP_RANGE_BEYOND};
	}
	last = last < size ? last : size - 1;
	return (struct http_range){HTTP_RANGE_PART, first, last - first + 1};
}

/* The last so many bytes. */
static struct http_range tail(uint64_t bytes, uint64_t size)
{
	if (bytes == 0) {
		return (struct http_range){.kind = HTTP_RANGE_BEYOND};
	}
	return part(bytes < size ? size - bytes : 0, size - 1, size);
}

struct http_range http_range_of(
	const char *range, const char *if_range, const char *tag, uint64_t size)
{
	static const char unit[] = "bytes=";
	const struct http_range whole = {HTTP_RANGE_WHOLE, 0, size};
	if ((if_range[0] && strcmp(if_range, tag) != 0) ||
		strncasecmp(range, unit, sizeof(unit) - 1) != 0) {
		return whole;
	}
	const char *at = range + sizeof(unit) - 1;
	uint64_t first, last;
	bool from = read_number(&at, &first);
	if (*at != '-') {
		return whole;
	}
	at++;
	bool to = read_number(&at, &last);
	if (*at != '\0' || (!from && !to) || (from && to && last < first)) {
		return whole;
	}
	return from ? part(first, to ? last : size - 1, size) : tail(last, size);
}
