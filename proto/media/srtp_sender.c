/*
 * Sending SRTP with epochs: see srtp_sender.h.
 *
 * The safety of GCM rests on two things here. Within an epoch, libsrtp's replay database refuses a
 * repeated sequence number. And a libsrtp stream is removed only after its epoch has fallen below
 * the stream's floor, where every packet is refused: a removed SSRC is never used again.
 */
#include "proto/media/srtp_sender.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "proto/media/big_endian.h"
#include "proto/media/rtp.h"
#include "proto/media/seq.h"
#include "proto/media/srtp_context.h"
#include "proto/media/ssrc.h"

struct sender_stream {
	uint16_t id;
	uint16_t highest; /* newest sequence number of the epoch */
	bool fresh; /* the next packet opens fresh_epoch, whatever its number */
	uint32_t epoch;
	uint32_t floor; /* the oldest epoch still open to late packets */
	uint32_t fresh_epoch;
};

struct media_sender {
	struct media_crypto crypto;
	size_t n_streams;
	struct sender_stream streams[MEDIA_STREAMS_MAX];
};

int media_sender_create(const struct media_key *key, struct media_sender **ret_sender)
{
	struct media_sender *sender = calloc(1, sizeof(*sender));
	if (!sender) {
		return -ENOMEM;
	}
	int r = media_crypto_init(&sender->crypto, key, MEDIA_OUTBOUND);
	if (r < 0) {
		free(sender);
		return r;
	}
	*ret_sender = sender;
	return 0;
}

void media_sender_destroy(struct media_sender *sender)
{
	if (sender) {
		media_crypto_finish(&sender->crypto);
		free(sender);
	}
}

static struct sender_stream *find(struct media_sender *sender, uint16_t id)
{
	for (size_t i = 0; i < sender->n_streams; i++) {
		if (sender->streams[i].id == id) {
			return &sender->streams[i];
		}
	}
	return NULL;
}

static struct sender_stream *find_or_add(struct media_sender *sender, uint16_t id)
{
	struct sender_stream *stream = find(sender, id);
	if (!stream && sender->n_streams < MEDIA_STREAMS_MAX) {
		stream = &sender->streams[sender->n_streams++];
		*stream = (struct sender_stream){.id = id, .fresh = true};
	}
	return stream;
}

/* Moves the stream to a later epoch; epochs from keep on stay open to late packets. */
static int open_epoch(struct media_sender *sender, struct sender_stream *stream, uint32_t epoch,
	uint32_t keep, uint16_t sequence)
{
	if (epoch >= MEDIA_EPOCHS) {
		return MEDIA_EXHAUSTED;
	}
	for (uint32_t old = stream->floor; old < keep && old <= stream->epoch; old++) {
		media_crypto_forget(&sender->crypto, media_ssrc((uint16_t)old, stream->id));
	}
	stream->floor = keep;
	stream->epoch = epoch;
	stream->highest = sequence;
	stream->fresh = false;
	return 0;
}

/* The epoch of a packet with this number; advances the stream if it is the newest. */
static int find_epoch(struct media_sender *sender, struct sender_stream *stream, uint16_t sequence,
	uint32_t *ret_epoch)
{
	int32_t ahead = seq_distance(stream->highest, sequence);
	int r = 0;
	if (stream->fresh) {
		r = open_epoch(sender, stream, stream->fresh_epoch, stream->fresh_epoch, sequence);
	} else if (ahead < -MEDIA_WINDOW) {
		uint32_t next = stream->epoch + 1;
		r = open_epoch(sender, stream, next, next, sequence);
	} else if (ahead > 0 && sequence < stream->highest) {
		uint32_t keep = stream->floor > stream->epoch ? stream->floor : stream->epoch;
		r = open_epoch(sender, stream, stream->epoch + 1, keep, sequence);
	} else if (ahead > 0) {
		stream->highest = sequence;
	} else if (sequence > stream->highest) {
		*ret_epoch = stream->epoch - 1;
		return stream->epoch == stream->floor ? MEDIA_STALE : 0;
	}
	*ret_epoch = stream->epoch;
	return r;
}

int media_sender_rtp(struct media_sender *sender, uint8_t *data, size_t *size, size_t capacity)
{
	uint32_t ssrc;
	if (*size < RTP_FIXED_SIZE || media_peek_ssrc(data, *size, &ssrc) != 0) {
		return MEDIA_MALFORMED;
	}
	if (capacity < *size + MEDIA_RTP_OVERHEAD) {
		return MEDIA_NO_ROOM;
	}
	struct sender_stream *stream = find_or_add(sender, media_stream_of(ssrc));
	if (!stream) {
		return MEDIA_FULL;
	}
	uint32_t epoch;
	int r = find_epoch(sender, stream, get16(data + 2), &epoch);
	if (r != 0) {
		return r;
	}
	rtp_set_ssrc(data, media_ssrc((uint16_t)epoch, stream->id));
	int length = (int)*size;
	r = media_crypto_result(srtp_protect(sender->crypto.rtp, data, &length));
	if (r == 0) {
		*size = (size_t)length;
	}
	return r;
}

int media_sender_rtcp(struct media_sender *sender, uint8_t *data, size_t *size, size_t capacity)
{
	if (*size < 8 || !rtp_is_rtcp(data, *size)) {
		return MEDIA_MALFORMED;
	}
	if (capacity < *size + MEDIA_RTCP_OVERHEAD) {
		return MEDIA_NO_ROOM;
	}
	int length = (int)*size;
	int r = media_crypto_result(srtp_protect_rtcp(sender->crypto.rtcp, data, &length));
	if (r == 0) {
		*size = (size_t)length;
	}
	return r;
}

void media_sender_restart(struct media_sender *sender, uint16_t stream)
{
	struct sender_stream *found = find(sender, stream);
	if (found && !found->fresh) {
		found->fresh = true;
		found->fresh_epoch = found->epoch + 1;
	}
}

int media_sender_rekey(struct media_sender *sender, const struct media_key *key)
{
	struct media_crypto crypto;
	int r = media_crypto_init(&crypto, key, MEDIA_OUTBOUND);
	if (r < 0) {
		return r;
	}
	media_crypto_finish(&sender->crypto);
	sender->crypto = crypto;
	for (size_t i = 0; i < sender->n_streams; i++) {
		struct sender_stream *stream = &sender->streams[i];
		uint32_t next = stream->fresh ? stream->fresh_epoch : stream->epoch + 1;
		/* Under a new key every epoch is unused: an exhausted count restarts. */
		stream->fresh_epoch = next < MEDIA_EPOCHS ? next : 0;
		stream->fresh = true;
		stream->floor = stream->fresh_epoch;
		stream->epoch = stream->fresh_epoch;
	}
	return 0;
}

uint16_t media_sender_epoch(const struct media_sender *sender, uint16_t stream)
{
	for (size_t i = 0; i < sender->n_streams; i++) {
		if (sender->streams[i].id == stream) {
			return (uint16_t)sender->streams[i].epoch;
		}
	}
	return 0;
}
