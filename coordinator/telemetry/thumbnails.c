#include "coordinator/telemetry/thumbnails.h"

#include <string.h>

#include "coordinator/telemetry/jpeg.h"
#include "wire_msg.h"

void thumbnails_finish(struct thumbnails *thumbnails)
{
	for (size_t i = 0; i <= SITES_MAX; i++) {
		shared_buf_unref(thumbnails->latest[i]);
		thumbnails->latest[i] = NULL;
	}
}

/* [kind][JPEG] from the site becomes [kind][number, big-endian][JPEG] to people. */
static struct shared_buf *address(uint32_t number, const uint8_t *bytes, size_t size)
{
	uint8_t message[FRAME_MAX + 2];
	message[0] = bytes[0];
	message[1] = (uint8_t)(number >> 8);
	message[2] = (uint8_t)number;
	memcpy(message + 3, bytes + 1, size - 1);
	return shared_buf_copy(message, size + 2, true);
}

bool thumbnails_take(
	struct thumbnails *thumbnails, uint32_t number, const uint8_t *bytes, size_t size)
{
	if (size < 1 || size > FRAME_MAX || bytes[0] != WIRE_THUMBNAIL_BYTE ||
		!jpeg_is_thumbnail(bytes + 1, size - 1)) {
		return false;
	}
	struct shared_buf *message = address(number, bytes, size);
	if (message) {
		shared_buf_unref(thumbnails->latest[number]);
		thumbnails->latest[number] = message;
		thumbnails->received++;
	}
	return true;
}
