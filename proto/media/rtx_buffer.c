#include "proto/media/rtx_buffer.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "proto/media/seq.h"

struct rtx_buffer {
	bool begun;
	int64_t newest;
	size_t mask; /* n_packets - 1 */
	struct rtx_packet packets[];
};

int rtx_buffer_create(size_t n_packets, struct rtx_buffer **ret_buffer)
{
	assert(n_packets > 0 && (n_packets & (n_packets - 1)) == 0);
	struct rtx_buffer *buffer =
		calloc(1, sizeof(*buffer) + n_packets * sizeof(buffer->packets[0]));
	if (!buffer) {
		return -ENOMEM;
	}
	buffer->mask = n_packets - 1;
	*ret_buffer = buffer;
	return 0;
}

void rtx_buffer_destroy(struct rtx_buffer *buffer)
{
	free(buffer);
}

static size_t place(const struct rtx_buffer *buffer, int64_t sequence)
{
	return (size_t)(uint64_t)sequence & buffer->mask;
}

struct rtx_packet *rtx_buffer_claim(struct rtx_buffer *buffer, int64_t sequence)
{
	if (buffer->begun && sequence < buffer->newest - (int64_t)buffer->mask) {
		return NULL;
	}
	struct rtx_packet *packet = &buffer->packets[place(buffer, sequence)];
	if (packet->size > 0 && packet->sequence == sequence) {
		return NULL;
	}
	if (!buffer->begun || sequence > buffer->newest) {
		buffer->begun = true;
		buffer->newest = sequence;
	}
	packet->sequence = sequence;
	packet->size = 0;
	return packet;
}

/* In sending order: a number that is lower belongs to the next epoch. */
static int64_t following(const struct rtx_buffer *buffer, uint16_t sequence)
{
	uint16_t ahead = (uint16_t)(sequence - (uint16_t)((uint64_t)buffer->newest & 0xFFFF));
	return buffer->newest + ahead;
}

void rtx_buffer_put(struct rtx_buffer *buffer, uint16_t sequence, const uint8_t *data, size_t size)
{
	if (size > RTX_PACKET_MAX) {
		return;
	}
	struct rtx_packet *packet = rtx_buffer_claim(buffer, following(buffer, sequence));
	if (packet) {
		memcpy(packet->data, data, size);
		packet->size = (uint16_t)size;
	}
}

const struct rtx_packet *rtx_buffer_find(const struct rtx_buffer *buffer, uint16_t sequence)
{
	int64_t whole = seq_extend(buffer->newest, sequence);
	const struct rtx_packet *packet = &buffer->packets[place(buffer, whole)];
	return buffer->begun && packet->size > 0 && packet->sequence == whole ? packet : NULL;
}
