#include "endpoint/fleet/clip.h"

enum { LENGTH_BYTES = 3 };

const uint8_t *clip_nal(const uint8_t *unit, size_t unit_size, size_t *at, size_t *ret_size)
{
	if (*at + LENGTH_BYTES > unit_size) {
		return NULL;
	}
	const uint8_t *length = unit + *at;
	*ret_size = (size_t)length[0] << 16 | (size_t)length[1] << 8 | length[2];
	*at += LENGTH_BYTES + *ret_size;
	return length + LENGTH_BYTES;
}
