/*
 * What a receiver of SRTP is sent by somebody without the key, between genuine packets: any bytes
 * are refused, and what is genuine still gets in.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"

enum { PACKET_MAX = 2048 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An assert that release builds keep. */
static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static size_t genuine(struct media_sender *sender, uint16_t sequence, uint8_t *packet)
{
	struct rtp_header header = {.payload_type = 96, .sequence = sequence, .ssrc = 8};
	size_t length = 0;
	must(rtp_build(&header, packet, PACKET_MAX, &length) == 0);
	packet[length++] = 1;
	must(media_sender_rtp(sender, packet, &length, PACKET_MAX) == 0);
	return length;
}

static void forged(struct media_receiver *receiver, const uint8_t *data, size_t size)
{
	_Alignas(8) uint8_t packet[PACKET_MAX];
	size = size > PACKET_MAX ? PACKET_MAX : size;
	memcpy(packet, data, size);
	size_t length = size;
	must(media_receiver_rtp(receiver, packet, &length, 0) != 0);
	memcpy(packet, data, size);
	length = size;
	must(media_receiver_rtcp(receiver, packet, &length, 0) != 0);
}

/* A genuine packet with some bytes changed, as the input says: pairs of place and difference. */
static void changed(struct media_receiver *receiver, const uint8_t *wire, size_t length,
	const uint8_t *data, size_t size)
{
	_Alignas(8) uint8_t packet[PACKET_MAX];
	memcpy(packet, wire, length);
	for (size_t i = 0; i + 1 < size; i += 2) {
		packet[data[i] % length] ^= data[i + 1];
	}
	if (memcmp(packet, wire, length) != 0) {
		must(media_receiver_rtp(receiver, packet, &length, 0) != 0);
	}
}

/* Another key each time: the fuzzer learns genuine packets by heart, and may hand them back. */
static struct media_key next_key(uint8_t last)
{
	static uint32_t run;
	struct media_key key = {{0}};
	run++;
	memcpy(key.bytes, &run, sizeof run);
	key.bytes[MEDIA_KEY_BYTES - 1] = last;
	return key;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct media_key key = next_key(1);
	struct media_key other = next_key(2);
	struct media_sender *sender = NULL;
	struct media_receiver *receiver = NULL;
	_Alignas(8) uint8_t packet[PACKET_MAX];
	must(media_sender_create(&key, &sender) == 0);
	must(media_receiver_create(&key, &receiver) == 0);
	/* Half of the runs hold two keys. */
	must(size % 2 == 0 || media_receiver_add_key(receiver, &other) == 0);
	size_t length = genuine(sender, 1, packet);
	changed(receiver, packet, length, data, size);
	forged(receiver, data, size);
	must(media_receiver_rtp(receiver, packet, &length, 0) == 0);
	media_receiver_destroy(receiver);
	media_sender_destroy(sender);
	return 0;
}
