/*
 * Checks a thumbnail: walks the structure of a JPEG (ITU-T T.81, annex B) without decoding it.
 * Clients allocate by the size it states.
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_JPEG_H
#define DIEMCAU_COORDINATOR_TELEMETRY_JPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JPEG_WIDTH_MAX = 640, JPEG_HEIGHT_MAX = 360 };

/*
 * One picture, baseline or progressive, 8 bits, grey or three components, not larger than
 * JPEG_WIDTH_MAX x JPEG_HEIGHT_MAX; whole segments from start to end, and nothing behind it.
 */
bool jpeg_is_thumbnail(const uint8_t *bytes, size_t size);

#endif
