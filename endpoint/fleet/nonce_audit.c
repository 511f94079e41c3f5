#include "endpoint/fleet/nonce_audit.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fnv1a.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/ssrc.h"

enum {
	ROOM_FIRST = 1 << 14,
	DATAGRAM_MAX = 2048,
	SRTP_LEAST = RTP_FIXED_SIZE + MEDIA_RTP_OVERHEAD,
	SRTCP_LEAST = 8 + MEDIA_RTCP_OVERHEAD,
};

static const uint32_t rtcp_bit = 0x80000000u; /* the first bit of an SRTCP index means
					       * "encrypted" */

struct nonce {
	uint64_t key; /* a digest of it */
	uint32_t ssrc;
	uint32_t index; /* with rtcp_bit */
};

struct record {
	struct nonce nonce;
	uint64_t sum; /* of the bytes; 0: an empty entry */
};

struct nonce_audit {
	size_t room; /* a power of two, at most half full */
	struct record *records;
	struct nonce_findings found;
};

/* ---- the table ---- */

int nonce_audit_create(struct nonce_audit **ret_nonces)
{
	struct nonce_audit *nonces = calloc(1, sizeof(*nonces));
	if (!nonces) {
		return -ENOMEM;
	}
	nonces->room = ROOM_FIRST;
	nonces->records = calloc(nonces->room, sizeof(*nonces->records));
	if (!nonces->records) {
		free(nonces);
		return -ENOMEM;
	}
	*ret_nonces = nonces;
	return 0;
}

void nonce_audit_destroy(struct nonce_audit *nonces)
{
	if (nonces) {
		free(nonces->records);
		free(nonces);
	}
}

static uint64_t sum_of(const uint8_t *bytes, size_t size)
{
	return fnv1a64(FNV1A64_BASIS, bytes, size) | 1;
}

/* The entry of a nonce: its record, or the empty entry where it belongs. */
static struct record *find(struct record *records, size_t room, const struct nonce *nonce)
{
	uint64_t mixed =
		(nonce->key ^ ((uint64_t)nonce->ssrc << 32 | nonce->index)) * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(mixed >> 24) & (room - 1);
	while (records[at].sum != 0 &&
		!(records[at].nonce.key == nonce->key && records[at].nonce.ssrc == nonce->ssrc &&
			records[at].nonce.index == nonce->index)) {
		at = (at + 1) & (room - 1);
	}
	return &records[at];
}

static bool grow(struct nonce_audit *nonces)
{
	size_t room = nonces->room * 2;
	struct record *records = calloc(room, sizeof(*records));
	if (!records) {
		return false;
	}
	for (size_t i = 0; i < nonces->room; i++) {
		if (nonces->records[i].sum != 0) {
			*find(records, room, &nonces->records[i].nonce) = nonces->records[i];
		}
	}
	free(nonces->records);
	nonces->records = records;
	nonces->room = room;
	return true;
}

static void record_nonce(struct nonce_audit *nonces, const struct nonce *nonce, uint64_t sum)
{
	struct record *place = find(nonces->records, nonces->room, nonce);
	if (place->sum != 0) {
		nonces->found.reused += place->sum != sum;
		return;
	}
	bool full = nonces->found.records == NONCE_AUDIT_MAX ||
		    (nonces->found.records * 2 >= nonces->room && !grow(nonces));
	if (full) {
		nonces->found.unrecorded++;
		return;
	}
	*find(nonces->records, nonces->room, nonce) = (struct record){*nonce, sum};
	nonces->found.records++;
	nonces->found.wrapped += !(nonce->index & rtcp_bit) && media_epoch_of(nonce->ssrc) > 0;
}

/* ---- datagrams ---- */

static uint32_t get32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* All except the key. False: too short to be sealed. */
static bool read_nonce(const uint8_t *datagram, size_t size, struct nonce *ret_nonce)
{
	bool rtcp = rtp_is_rtcp(datagram, size);
	if (size < (rtcp ? (size_t)SRTCP_LEAST : (size_t)SRTP_LEAST) || size > DATAGRAM_MAX) {
		return false;
	}
	ret_nonce->ssrc = get32(datagram + (rtcp ? 4 : 8));
	ret_nonce->index = rtcp ? get32(datagram + size - 4) | rtcp_bit
				: (uint32_t)datagram[2] << 8 | datagram[3];
	return true;
}

void nonce_audit_sent(struct nonce_audit *nonces, const struct media_key *key,
	const uint8_t *datagram, size_t size)
{
	struct nonce nonce = {.key = sum_of(key->bytes, sizeof(key->bytes))};
	if (nonces && read_nonce(datagram, size, &nonce)) {
		record_nonce(nonces, &nonce, sum_of(datagram, size));
	}
}

/* Uses a fresh receiver, so that no reuse is taken for a replay. */
static bool is_sealed_with(const struct media_key *key, const uint8_t *datagram, size_t size)
{
	_Alignas(8) uint8_t copy[DATAGRAM_MAX];
	struct media_receiver *receiver = NULL;
	if (media_receiver_create(key, &receiver) != 0) {
		return false;
	}
	memcpy(copy, datagram, size);
	int r = rtp_is_rtcp(copy, size) ? media_receiver_rtcp(receiver, copy, &size, 0)
					: media_receiver_rtp(receiver, copy, &size, 0);
	media_receiver_destroy(receiver);
	return r == 0;
}

static bool is_known(const struct nonce_audit *nonces, const struct nonce *nonce, uint64_t sum)
{
	return find(nonces->records, nonces->room, nonce)->sum == sum;
}

void nonce_audit_received(struct nonce_audit *nonces, const struct media_key *keys, size_t n_keys,
	const uint8_t *datagram, size_t size)
{
	struct nonce nonce;
	if (!nonces || !read_nonce(datagram, size, &nonce)) {
		return;
	}
	uint64_t sum = sum_of(datagram, size);
	for (size_t i = 0; i < n_keys; i++) {
		nonce.key = sum_of(keys[i].bytes, sizeof(keys[i].bytes));
		if (is_known(nonces, &nonce, sum)) {
			return; /* a copy for another receiver, or a retransmission */
		}
	}
	for (size_t i = 0; i < n_keys; i++) {
		if (is_sealed_with(&keys[i], datagram, size)) {
			nonce.key = sum_of(keys[i].bytes, sizeof(keys[i].bytes));
			record_nonce(nonces, &nonce, sum);
			return;
		}
	}
}

struct nonce_findings nonce_audit_findings(const struct nonce_audit *nonces)
{
	return nonces->found;
}
