/* A ring of sent packets, indexed by the low bits of the sequence number. */
#include "endpoint/media/send/rtx_buffer.h"

#include <stdlib.h>
#include <string.h>

struct rtx_packet {
	uint16_t sequence;
	uint16_t size; /* 0: empty */
	uint8_t data[EP_RTX_BUFFER_PACKET_MAX];
};

struct ep_rtx_buffer {
	struct rtx_packet packets[EP_RTX_BUFFER_PACKETS];
};

struct ep_rtx_buffer *ep_rtx_buffer_create(void)
{
	return calloc(1, sizeof(struct ep_rtx_buffer));
}

void ep_rtx_buffer_destroy(struct ep_rtx_buffer *buffer)
{
	free(buffer);
}

void ep_rtx_buffer_put(
	struct ep_rtx_buffer *buffer, uint16_t sequence, const uint8_t *data, size_t size)
{
	struct rtx_packet *packet = &buffer->packets[sequence % EP_RTX_BUFFER_PACKETS];
	packet->size = 0;
	if (size <= EP_RTX_BUFFER_PACKET_MAX) {
		memcpy(packet->data, data, size);
		packet->sequence = sequence;
		packet->size = (uint16_t)size;
	}
}

const uint8_t *ep_rtx_buffer_get(
	const struct ep_rtx_buffer *buffer, uint16_t sequence, size_t *ret_size)
{
	const struct rtx_packet *packet = &buffer->packets[sequence % EP_RTX_BUFFER_PACKETS];
	if (packet->size == 0 || packet->sequence != sequence) {
		return NULL;
	}
	*ret_size = packet->size;
	return packet->data;
}

void ep_rtx_buffer_clear(struct ep_rtx_buffer *buffer)
{
	for (size_t i = 0; i < EP_RTX_BUFFER_PACKETS; i++) {
		buffer->packets[i].size = 0;
	}
}
