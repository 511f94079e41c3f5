#include "endpoint/fleet/media_mark.h"

#include <stdio.h>
#include <string.h>

enum {
	NAL_SEI = 6,
	SEI_USER_DATA_UNREGISTERED = 5,
	SEI_END = 0x80,
	UUID_SIZE = 16,
	OPUS_CODE = 3,
	OPUS_PADDED_ONE_FRAME = 0x41, /* p set, M = 1 */
	MAGIC_SIZE = 4,
};

static const uint8_t uuid[UUID_SIZE] = {0x8d, 0x1e, 0x6c, 0xa4, 0x55, 0x3f, 0x4b, 0x21, 0x9a, 0x7d,
	0xf0, 0x62, 0x3b, 0xc8, 0x17, 0xe9};
static const uint8_t magic[MAGIC_SIZE] = {'d', 'c', 's', 't'};

uint32_t media_mark_sum(uint32_t sum, const uint8_t *bytes, size_t size)
{
	static uint32_t table[256];
	if (table[1] == 0) {
		for (uint32_t i = 0; i < 256; i++) {
			uint32_t value = i;
			for (int bit = 0; bit < 8; bit++) {
				value = value & 1 ? 0xEDB88320u ^ value >> 1 : value >> 1;
			}
			table[i] = value;
		}
	}
	sum = ~sum;
	for (size_t i = 0; i < size; i++) {
		sum = table[(sum ^ bytes[i]) & 0xFF] ^ sum >> 8;
	}
	return ~sum;
}

static void write_text(const struct media_mark *mark, uint8_t *to)
{
	char text[MEDIA_MARK_TEXT + 1];
	snprintf(text, sizeof(text), "%04x%02x%08x%08x", mark->site, mark->source,
		(unsigned int)mark->frame, (unsigned int)mark->sum);
	memcpy(to, text, MEDIA_MARK_TEXT);
}

/* False if there is any non-digit. */
static bool read_number(const uint8_t *text, size_t digits, uint32_t *ret_number)
{
	uint32_t number = 0;
	for (size_t i = 0; i < digits; i++) {
		uint8_t c = text[i];
		bool decimal = c >= '0' && c <= '9';
		if (!decimal && !(c >= 'a' && c <= 'f')) {
			return false;
		}
		number = number << 4 | (uint32_t)(decimal ? c - '0' : c - 'a' + 10);
	}
	*ret_number = number;
	return true;
}

static bool read_text(const uint8_t *text, struct media_mark *ret_mark)
{
	uint32_t site, source;
	struct media_mark mark;
	if (!read_number(text, 4, &site) || !read_number(text + 4, 2, &source) ||
		!read_number(text + 6, 8, &mark.frame) || !read_number(text + 14, 8, &mark.sum)) {
		return false;
	}
	mark.site = (uint16_t)site;
	mark.source = (uint8_t)source;
	*ret_mark = mark;
	return true;
}

void media_mark_write_sei(const struct media_mark *mark, uint8_t nal[MEDIA_MARK_SEI])
{
	nal[0] = NAL_SEI;
	nal[1] = SEI_USER_DATA_UNREGISTERED;
	nal[2] = UUID_SIZE + MEDIA_MARK_TEXT;
	memcpy(nal + 3, uuid, UUID_SIZE);
	write_text(mark, nal + 3 + UUID_SIZE);
	nal[MEDIA_MARK_SEI - 1] = SEI_END;
}

bool media_mark_read_sei(const uint8_t *nal, size_t size, struct media_mark *ret_mark)
{
	bool ours = size == MEDIA_MARK_SEI && nal[1] == SEI_USER_DATA_UNREGISTERED &&
		    memcmp(nal + 3, uuid, UUID_SIZE) == 0;
	return ours && read_text(nal + 3 + UUID_SIZE, ret_mark);
}

size_t media_mark_write_opus(
	const struct media_mark *mark, const uint8_t *packet, size_t size, uint8_t *to)
{
	if (size == 0 || (packet[0] & OPUS_CODE) != 0) {
		return 0;
	}
	to[0] = packet[0] | OPUS_CODE;
	to[1] = OPUS_PADDED_ONE_FRAME;
	to[2] = MAGIC_SIZE + MEDIA_MARK_TEXT;
	memcpy(to + 3, packet + 1, size - 1);
	uint8_t *padding = to + 2 + size;
	memcpy(padding, magic, MAGIC_SIZE);
	write_text(mark, padding + MAGIC_SIZE);
	return size + MEDIA_MARK_OPUS_MORE;
}

bool media_mark_read_opus(
	const uint8_t *packet, size_t size, struct media_mark *ret_mark, uint32_t *ret_sum)
{
	if (size < 1 + MEDIA_MARK_OPUS_MORE || (packet[0] & OPUS_CODE) != OPUS_CODE ||
		packet[1] != OPUS_PADDED_ONE_FRAME || packet[2] != MAGIC_SIZE + MEDIA_MARK_TEXT) {
		return false;
	}
	const uint8_t *padding = packet + size - MAGIC_SIZE - MEDIA_MARK_TEXT;
	if (memcmp(padding, magic, MAGIC_SIZE) != 0 || !read_text(padding + MAGIC_SIZE, ret_mark)) {
		return false;
	}
	uint8_t toc = (uint8_t)(packet[0] & ~OPUS_CODE);
	uint32_t sum = media_mark_sum(0, &toc, 1);
	*ret_sum = media_mark_sum(sum, packet + 3, size - 1 - MEDIA_MARK_OPUS_MORE);
	return true;
}
