/* Receiving SRTP with epochs: see receiver.h. */
#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "proto/media/crypto.h"
#include "proto/media/receiver.h"
#include "proto/media/rtp.h"
#include "proto/media/sender.h"
#include "proto/media/ssrc.h"

enum {
	EPOCHS_HELD = 4, /* of one stream at a time, newest included */
	RTCP_SENDERS = 128, /* SSRCs that may send RTCP under one key */
	DATAGRAM_MAX = 2048
};

struct stream {
	uint16_t id;
	uint16_t floor; /* the oldest epoch still accepted */
	uint16_t newest; /* and the newest seen */
	int64_t since_us; /* when newest was first seen */
};

struct held_key {
	struct media_key key;
	struct media_crypto crypto;
	bool used;
	int64_t used_since_us;
	size_t n_streams;
	struct stream streams[MEDIA_STREAMS_MAX];
	size_t n_senders;
	uint32_t senders[RTCP_SENDERS];
};

struct media_receiver {
	size_t n_keys;
	struct held_key *keys[MEDIA_KEYS_MAX]; /* newest first; owned */
	struct media_counts counts;
};

static void destroy_key(struct held_key *held)
{
	media_crypto_finish(&held->crypto);
	media_key_wipe(&held->key);
	free(held);
}

int media_receiver_create(const struct media_key *key, struct media_receiver **ret_receiver)
{
	struct media_receiver *receiver = calloc(1, sizeof *receiver);
	if (!receiver) {
		return -ENOMEM;
	}
	int result = media_receiver_add_key(receiver, key);
	if (result) {
		free(receiver);
		return result;
	}
	*ret_receiver = receiver;
	return 0;
}

void media_receiver_destroy(struct media_receiver *receiver)
{
	if (receiver) {
		while (receiver->n_keys > 0) {
			destroy_key(receiver->keys[--receiver->n_keys]);
		}
		free(receiver);
	}
}

static bool holds(const struct media_receiver *receiver, const struct media_key *key)
{
	for (size_t i = 0; i < receiver->n_keys; i++) {
		if (sodium_memcmp(receiver->keys[i]->key.bytes, key->bytes, MEDIA_KEY_BYTES) == 0) {
			return true;
		}
	}
	return false;
}

int media_receiver_add_key(struct media_receiver *receiver, const struct media_key *key)
{
	if (holds(receiver, key)) {
		return 0;
	}
	struct held_key *held = calloc(1, sizeof *held);
	if (!held) {
		return -ENOMEM;
	}
	int result = media_crypto_init(&held->crypto, key, MEDIA_INBOUND);
	if (result) {
		free(held);
		return result;
	}
	held->key = *key;
	if (receiver->n_keys == MEDIA_KEYS_MAX) {
		destroy_key(receiver->keys[--receiver->n_keys]);
	}
	memmove(receiver->keys + 1, receiver->keys, receiver->n_keys * sizeof *receiver->keys);
	receiver->keys[0] = held;
	receiver->n_keys++;
	return 0;
}

static struct stream *find(struct held_key *held, uint16_t id)
{
	for (size_t i = 0; i < held->n_streams; i++) {
		if (held->streams[i].id == id) {
			return &held->streams[i];
		}
	}
	return NULL;
}

static void raise_floor(struct held_key *held, struct stream *stream, uint16_t floor)
{
	for (unsigned old = stream->floor; old < floor && old <= stream->newest; old++) {
		media_crypto_forget(&held->crypto, media_ssrc((uint16_t)old, stream->id));
	}
	stream->floor = floor;
}

/* Keeps the book of epochs after a packet has proved genuine. stream is NULL for a new one. */
static void note_epoch(struct held_key *held, struct stream *stream, uint32_t ssrc, int64_t now_us)
{
	uint16_t epoch = media_epoch_of(ssrc);
	if (!stream) {
		/* One epoch back is open: the very first packet may have overtaken a wrap. */
		held->streams[held->n_streams++] = (struct stream){
			.id = media_stream_of(ssrc),
			.floor = (uint16_t)(epoch > 0 ? epoch - 1 : 0),
			.newest = epoch,
			.since_us = now_us,
		};
		return;
	}
	if (epoch > stream->newest) {
		if (epoch >= stream->floor + EPOCHS_HELD) {
			raise_floor(held, stream, (uint16_t)(epoch - EPOCHS_HELD + 1));
		}
		stream->newest = epoch;
		stream->since_us = now_us;
	}
	if (stream->floor < stream->newest && now_us - stream->since_us >= MEDIA_EPOCH_KEPT_US) {
		raise_floor(held, stream, stream->newest);
	}
}

static int try_rtp(struct held_key *held, uint8_t *data, size_t *size, int64_t now_us)
{
	uint32_t ssrc;
	if (*size < RTP_FIXED_SIZE + MEDIA_RTP_OVERHEAD || media_peek_ssrc(data, *size, &ssrc)) {
		return MEDIA_MALFORMED;
	}
	struct stream *stream = find(held, media_stream_of(ssrc));
	if (stream && media_epoch_of(ssrc) < stream->floor) {
		return MEDIA_STALE;
	}
	if (!stream && held->n_streams == MEDIA_STREAMS_MAX) {
		return MEDIA_FULL;
	}
	int length = (int)*size;
	int result = media_crypto_result(srtp_unprotect(held->crypto.rtp, data, &length));
	if (result) {
		return result;
	}
	note_epoch(held, stream, ssrc, now_us);
	rtp_set_ssrc(data, media_stream_of(ssrc));
	*size = (size_t)length;
	return 0;
}

static bool knows_sender(const struct held_key *held, uint32_t ssrc)
{
	for (size_t i = 0; i < held->n_senders; i++) {
		if (held->senders[i] == ssrc) {
			return true;
		}
	}
	return false;
}

static int try_rtcp(struct held_key *held, uint8_t *data, size_t *size, int64_t now_us)
{
	(void)now_us;
	uint32_t ssrc;
	if (*size < 8 + MEDIA_RTCP_OVERHEAD || media_peek_ssrc(data, *size, &ssrc)) {
		return MEDIA_MALFORMED;
	}
	/* libsrtp keeps a stream for every SSRC that proves genuine: bound them. */
	bool known = knows_sender(held, ssrc);
	if (!known && held->n_senders == RTCP_SENDERS) {
		return MEDIA_FULL;
	}
	int length = (int)*size;
	int result = media_crypto_result(srtp_unprotect_rtcp(held->crypto.rtcp, data, &length));
	if (result) {
		return result;
	}
	if (!known) {
		held->senders[held->n_senders++] = ssrc;
	}
	*size = (size_t)length;
	return 0;
}

typedef int try_function(struct held_key *held, uint8_t *data, size_t *size, int64_t now_us);

/* Under several keys each gets its own copy: a failed attempt may leave the bytes changed. */
static int try_all(struct media_receiver *receiver, try_function *try, uint8_t *data, size_t *size,
	int64_t now_us, size_t *ret_key)
{
	_Alignas(8) uint8_t scratch[DATAGRAM_MAX];
	int verdict = MEDIA_UNAUTHENTIC;
	if (*size > sizeof scratch) {
		return MEDIA_MALFORMED;
	}
	for (size_t i = 0; i < receiver->n_keys; i++) {
		size_t length = *size;
		memcpy(scratch, data, length);
		int result = try(receiver->keys[i], scratch, &length, now_us);
		if (result == 0) {
			memcpy(data, scratch, length);
			*size = length;
			*ret_key = i;
			return 0;
		}
		verdict = result == MEDIA_UNAUTHENTIC ? verdict : result;
	}
	return verdict;
}

/* Once the newest key has carried media for as long as late packets are kept, older ones go. */
static void retire_keys(struct media_receiver *receiver, size_t key, int64_t now_us)
{
	struct held_key *newest = receiver->keys[0];
	if (key != 0) {
		return;
	}
	if (!newest->used) {
		newest->used = true;
		newest->used_since_us = now_us;
	}
	if (now_us - newest->used_since_us >= MEDIA_EPOCH_KEPT_US) {
		while (receiver->n_keys > 1) {
			destroy_key(receiver->keys[--receiver->n_keys]);
		}
	}
}

static int count(struct media_counts *counts, int result)
{
	counts->unauthentic += result == MEDIA_UNAUTHENTIC;
	counts->replayed += result == MEDIA_REPLAYED;
	counts->stale += result == MEDIA_STALE;
	counts->malformed += result == MEDIA_MALFORMED || result == MEDIA_FULL;
	return result;
}

int media_receiver_rtp(struct media_receiver *receiver, uint8_t *data, size_t *size, int64_t now_us)
{
	size_t key = 0;
	int result = receiver->n_keys == 1 ? try_rtp(receiver->keys[0], data, size, now_us)
					   : try_all(receiver, try_rtp, data, size, now_us, &key);
	if (result) {
		return count(&receiver->counts, result);
	}
	receiver->counts.rtp++;
	retire_keys(receiver, key, now_us);
	return 0;
}

int media_receiver_rtcp(struct media_receiver *receiver, uint8_t *data, size_t *size)
{
	size_t key = 0;
	int result = receiver->n_keys == 1 ? try_rtcp(receiver->keys[0], data, size, 0)
					   : try_all(receiver, try_rtcp, data, size, 0, &key);
	if (result) {
		return count(&receiver->counts, result);
	}
	receiver->counts.rtcp++;
	return 0;
}

const struct media_counts *media_receiver_counts(const struct media_receiver *receiver)
{
	return &receiver->counts;
}
