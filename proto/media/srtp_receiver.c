/* Receiving SRTP with epochs: see srtp_receiver.h. */
#include "proto/media/srtp_receiver.h"

#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "proto/media/big_endian.h"
#include "proto/media/replay.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_context.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"

enum {
	RTCP_SENDERS = 128, /* SSRCs that may send RTCP under one key */
	RTCP_PAGE_BITS = 10,
	RTCP_INDEX = 0x7FFFFFFF, /* of the last four bytes; the highest bit means "encrypted" */
	RTCP_BEHIND = 100, /* libsrtp's window is 128 indices */
	DATAGRAM_MAX = 2048,
	PROBES_BURST = 4,
	SECOND_US = 1000000
};

static const struct media_replay_config rtp_replay_config = {.positions = 65536,
	.step = MEDIA_EPOCH_STEP,
	.leap = MEDIA_LEAP,
	.open_us = SECOND_US,
	.lifetime_us = MEDIA_EPOCH_KEPT_US};

/* The relay numbers its RTCP to all sites in one sequence, so each site sees large gaps. */
static const struct media_replay_config rtcp_replay_config = {.positions = 1U << RTCP_PAGE_BITS,
	.step = 64,
	.leap = 1U << RTCP_PAGE_BITS,
	.open_us = SECOND_US / 256};

struct receiver_stream {
	uint16_t id;
	struct media_replay replay; /* pages are epochs */
};

struct rtcp_sender {
	uint32_t ssrc;
	uint32_t tip; /* the highest index seen */
	struct media_replay replay; /* of indices */
};

struct held_key {
	struct media_key key;
	struct media_crypto crypto;
	bool used;
	int64_t used_since_us;
	size_t n_streams;
	struct receiver_stream *streams[MEDIA_STREAMS_MAX]; /* owned */
	size_t n_senders;
	struct rtcp_sender *senders[RTCP_SENDERS]; /* owned */
};

struct media_receiver {
	size_t n_keys;
	struct held_key *keys[MEDIA_KEYS_MAX]; /* newest first; owned */
	struct media_counts counts;
	int64_t probes_paid_us; /* when the token bucket of probes is full again */
};

static void destroy_key(struct held_key *held)
{
	while (held->n_streams > 0) {
		struct receiver_stream *stream = held->streams[--held->n_streams];
		media_replay_finish(&stream->replay);
		free(stream);
	}
	while (held->n_senders > 0) {
		struct rtcp_sender *sender = held->senders[--held->n_senders];
		media_replay_finish(&sender->replay);
		free(sender);
	}
	media_crypto_finish(&held->crypto);
	media_key_wipe(&held->key);
	free(held);
}

int media_receiver_create(const struct media_key *key, struct media_receiver **ret_receiver)
{
	struct media_receiver *receiver = calloc(1, sizeof(*receiver));
	if (!receiver) {
		return -ENOMEM;
	}
	int r = media_receiver_add_key(receiver, key);
	if (r < 0) {
		free(receiver);
		return r;
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

static bool has_key(const struct media_receiver *receiver, const struct media_key *key)
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
	if (has_key(receiver, key)) {
		return 0;
	}
	struct held_key *held = calloc(1, sizeof(*held));
	if (!held) {
		return -ENOMEM;
	}
	int r = media_crypto_init(&held->crypto, key, MEDIA_INBOUND);
	if (r < 0) {
		free(held);
		return r;
	}
	held->key = *key;
	if (receiver->n_keys == MEDIA_KEYS_MAX) {
		destroy_key(receiver->keys[--receiver->n_keys]);
	}
	memmove(receiver->keys + 1, receiver->keys, receiver->n_keys * sizeof(*receiver->keys));
	receiver->keys[0] = held;
	receiver->n_keys++;
	return 0;
}

static struct receiver_stream *find_stream(struct held_key *held, uint16_t id)
{
	for (size_t i = 0; i < held->n_streams; i++) {
		if (held->streams[i]->id == id) {
			return held->streams[i];
		}
	}
	return NULL;
}

static int unprotect_rtp(struct held_key *held, uint8_t *data, size_t *size)
{
	int length = (int)*size;
	int r = media_crypto_result(srtp_unprotect(held->crypto.rtp, data, &length));
	*size = r != 0 ? *size : (size_t)length;
	return r;
}

static int record_rtp(struct held_key *held, struct receiver_stream *stream, uint32_t ssrc,
	uint16_t sequence, int64_t now_us)
{
	struct receiver_stream *made = stream ? NULL : calloc(1, sizeof(*made));
	if (!stream && !made) {
		return -ENOMEM;
	}
	struct receiver_stream *of = stream ? stream : made;
	of->id = media_stream_of(ssrc);
	struct media_replay_dropped dropped;
	int r = media_replay_note(
		&of->replay, &rtp_replay_config, media_epoch_of(ssrc), sequence, now_us, &dropped);
	if (r != 0) {
		free(made);
		return r;
	}
	if (made) {
		held->streams[held->n_streams++] = made;
	}
	for (size_t i = 0; i < dropped.n; i++) {
		media_crypto_forget(&held->crypto, media_ssrc((uint16_t)dropped.pages[i], of->id));
	}
	return 0;
}

/* libsrtp is made to treat a packet behind its window as a stream's first. */
static void reset_window(struct held_key *held, const struct receiver_stream *stream, uint32_t ssrc,
	uint16_t sequence)
{
	uint32_t tip;
	if (stream && media_replay_tip(&stream->replay, media_epoch_of(ssrc), &tip) &&
		sequence + (uint32_t)MEDIA_WINDOW <= tip) {
		media_crypto_forget(&held->crypto, ssrc);
	}
}

static int try_rtp(struct held_key *held, uint8_t *data, size_t *size, int64_t now_us)
{
	uint32_t ssrc;
	if (*size < RTP_FIXED_SIZE + MEDIA_RTP_OVERHEAD ||
		media_peek_ssrc(data, *size, &ssrc) != 0) {
		return MEDIA_MALFORMED;
	}
	uint16_t sequence = get16(data + 2);
	struct receiver_stream *stream = find_stream(held, media_stream_of(ssrc));
	if (!stream && held->n_streams == MEDIA_STREAMS_MAX) {
		return MEDIA_FULL;
	}
	int r = stream ? media_replay_check(&stream->replay, &rtp_replay_config,
				 media_epoch_of(ssrc), sequence, now_us)
		       : 0;
	if (r != 0) {
		return r;
	}
	reset_window(held, stream, ssrc, sequence);
	r = unprotect_rtp(held, data, size);
	r = r != 0 ? r : record_rtp(held, stream, ssrc, sequence, now_us);
	if (r == 0) {
		rtp_set_ssrc(data, media_stream_of(ssrc));
	}
	return r;
}

static struct rtcp_sender *find_sender(struct held_key *held, uint32_t ssrc)
{
	for (size_t i = 0; i < held->n_senders; i++) {
		if (held->senders[i]->ssrc == ssrc) {
			return held->senders[i];
		}
	}
	return NULL;
}

static int unprotect_rtcp(struct held_key *held, uint8_t *data, size_t *size)
{
	int length = (int)*size;
	int r = media_crypto_result(srtp_unprotect_rtcp(held->crypto.rtcp, data, &length));
	*size = r != 0 ? *size : (size_t)length;
	return r;
}

static int record_rtcp(struct held_key *held, struct rtcp_sender *sender, uint32_t ssrc,
	uint32_t index, int64_t now_us)
{
	struct rtcp_sender *made = sender ? NULL : calloc(1, sizeof(*made));
	if (!sender && !made) {
		return -ENOMEM;
	}
	struct rtcp_sender *of = sender ? sender : made;
	struct media_replay_dropped dropped;
	int r = media_replay_note(&of->replay, &rtcp_replay_config, index >> RTCP_PAGE_BITS,
		index & (rtcp_replay_config.positions - 1), now_us, &dropped);
	if (r != 0) {
		free(made);
		return r;
	}
	of->ssrc = ssrc;
	of->tip = index > of->tip ? index : of->tip;
	if (made) {
		held->senders[held->n_senders++] = made;
	}
	return 0;
}

static int try_rtcp(struct held_key *held, uint8_t *data, size_t *size, int64_t now_us)
{
	uint32_t ssrc;
	if (*size < 8 + MEDIA_RTCP_OVERHEAD || media_peek_ssrc(data, *size, &ssrc) != 0) {
		return MEDIA_MALFORMED;
	}
	uint32_t index = get32(data + *size - 4) & RTCP_INDEX;
	/* libsrtp holds a stream for every authentic SSRC: their number is limited. */
	struct rtcp_sender *sender = find_sender(held, ssrc);
	if (!sender && held->n_senders == RTCP_SENDERS) {
		return MEDIA_FULL;
	}
	int r = sender ? media_replay_check(&sender->replay, &rtcp_replay_config,
				 index >> RTCP_PAGE_BITS,
				 index & (rtcp_replay_config.positions - 1), now_us)
		       : 0;
	if (r != 0) {
		return r;
	}
	if (sender && index + RTCP_BEHIND <= sender->tip) {
		media_crypto_forget_rtcp(&held->crypto, ssrc);
	}
	r = unprotect_rtcp(held, data, size);
	return r != 0 ? r : record_rtcp(held, sender, ssrc, index, now_us);
}

typedef int try_function(struct held_key *held, uint8_t *data, size_t *size, int64_t now_us);

/* With several keys each attempt gets its own copy: a failed attempt may change the bytes. */
static int try_all(struct media_receiver *receiver, try_function *try, uint8_t *data, size_t *size,
	int64_t now_us, size_t *ret_key)
{
	_Alignas(8) uint8_t scratch[DATAGRAM_MAX];
	int verdict = MEDIA_UNAUTHENTIC;
	if (*size > sizeof(scratch)) {
		return MEDIA_MALFORMED;
	}
	for (size_t i = 0; i < receiver->n_keys; i++) {
		size_t length = *size;
		memcpy(scratch, data, length);
		int r = try(receiver->keys[i], scratch, &length, now_us);
		if (r == 0) {
			memcpy(data, scratch, length);
			*size = length;
			*ret_key = i;
			return 0;
		}
		verdict = r == MEDIA_UNAUTHENTIC ? verdict : r;
	}
	return verdict;
}

/*
 * Once the newest key has carried media for the lifetime of late packets, older keys are dropped.
 */
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
	counts->stale += result == MEDIA_STALE || result == MEDIA_AHEAD;
	counts->displaced += result == MEDIA_DISPLACED;
	counts->malformed += result == MEDIA_MALFORMED || result == MEDIA_FULL;
	return result;
}

/*
 * True if the packet is sealed with one of the keys: a fresh crypto context has no replay window.
 */
static bool is_sealed(const struct media_receiver *receiver, const uint8_t *data, size_t size)
{
	_Alignas(8) uint8_t scratch[DATAGRAM_MAX];
	bool sealed = false;
	for (size_t i = 0; !sealed && size <= sizeof(scratch) && i < receiver->n_keys; i++) {
		struct held_key probe = {.n_streams = 0};
		size_t length = size;
		memcpy(scratch, data, size);
		if (media_crypto_init(&probe.crypto, &receiver->keys[i]->key, MEDIA_INBOUND) < 0) {
			continue;
		}
		sealed = (rtp_is_rtcp(data, size) ? unprotect_rtcp(&probe, scratch, &length)
						  : unprotect_rtp(&probe, scratch, &length)) == 0;
		media_crypto_finish(&probe.crypto);
	}
	return sealed;
}

/*
 * Spread evenly over time: otherwise a sender of many packets at the right moments would use up
 * every probe.
 */
static bool may_probe(struct media_receiver *receiver, int64_t now_us)
{
	int64_t span_us = SECOND_US / MEDIA_PROBES;
	int64_t from_us = receiver->probes_paid_us > now_us ? receiver->probes_paid_us : now_us;
	if (from_us - now_us > (PROBES_BURST - 1) * span_us) {
		return false;
	}
	receiver->probes_paid_us = from_us + span_us;
	return true;
}

/* Anyone can write any epoch; only this tells another holder of the key from the relay. */
static int refuse(struct media_receiver *receiver, int result, const uint8_t *data, size_t size,
	int64_t now_us)
{
	bool misplaced = result == MEDIA_STALE || result == MEDIA_AHEAD;
	if (misplaced && may_probe(receiver, now_us)) {
		result = is_sealed(receiver, data, size) ? MEDIA_DISPLACED : result;
	}
	return count(&receiver->counts, result);
}

int media_receiver_rtp(struct media_receiver *receiver, uint8_t *data, size_t *size, int64_t now_us)
{
	size_t key = 0;
	int r = receiver->n_keys == 1 ? try_rtp(receiver->keys[0], data, size, now_us)
				      : try_all(receiver, try_rtp, data, size, now_us, &key);
	if (r != 0) {
		return refuse(receiver, r, data, *size, now_us);
	}
	receiver->counts.rtp++;
	retire_keys(receiver, key, now_us);
	return 0;
}

int media_receiver_rtcp(
	struct media_receiver *receiver, uint8_t *data, size_t *size, int64_t now_us)
{
	size_t key = 0;
	int r = receiver->n_keys == 1 ? try_rtcp(receiver->keys[0], data, size, now_us)
				      : try_all(receiver, try_rtcp, data, size, now_us, &key);
	if (r != 0) {
		return refuse(receiver, r, data, *size, now_us);
	}
	receiver->counts.rtcp++;
	return 0;
}

const struct media_counts *media_receiver_counts(const struct media_receiver *receiver)
{
	return &receiver->counts;
}
