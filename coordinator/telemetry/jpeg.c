#include "coordinator/telemetry/jpeg.h"

enum {
	MARKER_SOF0 = 0xc0, /* baseline */
	MARKER_SOF2 = 0xc2, /* progressive */
	MARKER_DHT = 0xc4,
	MARKER_RST0 = 0xd0,
	MARKER_RST7 = 0xd7,
	MARKER_SOI = 0xd8,
	MARKER_EOI = 0xd9,
	MARKER_SOS = 0xda,
	MARKER_DQT = 0xdb,
	MARKER_DRI = 0xdd,
	MARKER_APP0 = 0xe0,
	MARKER_APP15 = 0xef,
	MARKER_COM = 0xfe,
	FRAME_HEADER = 8, /* with its length, before the components */
	FRAME_COMPONENT = 3,
};

struct jpeg_reader {
	const uint8_t *bytes;
	size_t size;
	size_t at;
	bool framed; /* its size was stated, and is allowed */
	bool scanned;
};

static size_t be16(const uint8_t *bytes)
{
	return (size_t)bytes[0] << 8 | bytes[1];
}

/* The next marker, any number of fill bytes before it; -1: there is none. */
static int next_marker(struct jpeg_reader *walk)
{
	if (walk->at >= walk->size || walk->bytes[walk->at] != 0xff) {
		return -1;
	}
	while (walk->at < walk->size && walk->bytes[walk->at] == 0xff) {
		walk->at++;
	}
	return walk->at < walk->size ? walk->bytes[walk->at++] : -1;
}

/* Reads a segment from its length; NULL where it is incomplete. Moves behind it. */
static const uint8_t *take_segment(struct jpeg_reader *walk, size_t *ret_length)
{
	const uint8_t *segment = walk->bytes + walk->at;
	size_t left = walk->size - walk->at;
	if (left < 2 || be16(segment) < 2 || be16(segment) > left) {
		return NULL;
	}
	*ret_length = be16(segment);
	walk->at += *ret_length;
	return segment;
}

static bool read_frame(struct jpeg_reader *walk, const uint8_t *segment, size_t length)
{
	if (walk->framed || length < FRAME_HEADER) {
		return false;
	}
	size_t height = be16(segment + 3), width = be16(segment + 5), components = segment[7];
	walk->framed = segment[2] == 8 && height > 0 && height <= JPEG_HEIGHT_MAX && width > 0 &&
		       width <= JPEG_WIDTH_MAX && (components == 1 || components == 3) &&
		       length == FRAME_HEADER + FRAME_COMPONENT * components;
	return walk->framed;
}

/* Coded data ends at the next marker other than a restart. */
static void skip_scan(struct jpeg_reader *walk)
{
	for (; walk->at + 1 < walk->size; walk->at++) {
		uint8_t next = walk->bytes[walk->at + 1];
		bool inside =
			next == 0 || next == 0xff || (next >= MARKER_RST0 && next <= MARKER_RST7);
		if (walk->bytes[walk->at] == 0xff && !inside) {
			return;
		}
	}
}

static bool is_table(int marker)
{
	return marker == MARKER_DHT || marker == MARKER_DQT || marker == MARKER_DRI ||
	       marker == MARKER_COM || (marker >= MARKER_APP0 && marker <= MARKER_APP15);
}

static bool read_segment(struct jpeg_reader *walk, int marker)
{
	size_t length;
	const uint8_t *segment = take_segment(walk, &length);
	if (!segment) {
		return false;
	}
	if (marker >= MARKER_SOF0 && marker <= MARKER_SOF2) {
		return read_frame(walk, segment, length);
	}
	if (marker == MARKER_SOS && walk->framed) {
		walk->scanned = true;
		skip_scan(walk);
		return true;
	}
	return is_table(marker);
}

bool jpeg_is_thumbnail(const uint8_t *bytes, size_t size)
{
	struct jpeg_reader walk = {.bytes = bytes, .size = size};
	int marker = next_marker(&walk);
	if (marker != MARKER_SOI || walk.at != 2) {
		return false;
	}
	while ((marker = next_marker(&walk)) != MARKER_EOI) {
		if (marker < 0 || !read_segment(&walk, marker)) {
			return false;
		}
	}
	return walk.scanned && walk.at == size;
}
