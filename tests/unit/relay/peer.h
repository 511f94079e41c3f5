/*
 * A site as relay tests need one: real UDP, real SRTP, pictures and sound made of stamps. It knows
 * nothing of how the relay decides; it records what reaches it. It loses what it is told to lose.
 */
#ifndef DIEMCAU_TEST_RELAY_PEER_H
#define DIEMCAU_TEST_RELAY_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/media/receiver.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/sender.h"
#include "proto/media/ssrc.h"

enum { PEER_GOT_MAX = 4096, PEER_SENT_MAX = 4096, PEER_SLOTS = 8, PEER_PACKET_MAX = 1500 };

/* One packet that came through. */
struct peer_got {
	uint16_t slot;
	uint16_t sequence;
	uint16_t epoch;
	uint32_t timestamp;
	uint32_t site; /* CSRC */
	uint32_t frame; /* stamp of the sender */
	bool keyframe;
	bool marker;
	size_t payload;
};

struct peer {
	int fd;
	uint16_t number;
	uint16_t relay_port;
	struct media_key key;
	struct media_sender *sender;
	struct media_receiver *receiver;

	uint16_t next[MEDIA_SOURCES]; /* sequence numbers */
	size_t padding; /* bytes of payload beside the stamp */
	bool lose_sent; /* the next packets are protected, kept, and not sent */
	struct {
		uint16_t stream;
		uint16_t sequence;
		size_t size;
		uint8_t data[PEER_PACKET_MAX];
	} sent[PEER_SENT_MAX]; /* by sequence: what a NACK of the relay is answered from */

	unsigned lose_every; /* of what arrives: 0 none, n one of n */
	unsigned arrived;
	size_t n_got;
	struct peer_got got[PEER_GOT_MAX]; /* a ring: n_got counts all */
	uint64_t reports[PEER_SLOTS]; /* sender reports */
	struct rtcp_sender_info report[PEER_SLOTS]; /* the latest */
	uint64_t receiver_reports; /* of the relay about us */
	uint64_t keyframes_wanted[MEDIA_SOURCES];
	uint64_t asked; /* packets the relay asked for again */
	uint64_t refused; /* what did not unprotect */
	bool silent; /* does not answer the relay's challenges */
	uint64_t challenges;
	uint64_t bytes; /* that came, of datagrams of any kind */
	uint64_t sent_bytes;
};

/* On the heap: it is large. */
struct peer *peer_create(uint16_t number, uint16_t relay_port);
void peer_destroy(struct peer *peer);

/* As the coordinator would hand the relay's group key over; a second key is added. */
void peer_take_key(struct peer *peer, const char *key_text);

void peer_keepalive(struct peer *peer);

/* The same into a buffer; returns its size. */
size_t peer_seal_keepalive(struct peer *peer, uint8_t *data, size_t capacity);

/* One packet of a source with the next number. ntp_us 0: without the header extension. */
void peer_send(struct peer *peer, enum media_source source, uint32_t frame, bool keyframe,
	uint32_t timestamp, int64_t ntp_us);

/* Feedback about a slot. */
void peer_ask(struct peer *peer, uint16_t slot, const uint16_t *sequences, size_t n);
void peer_want_keyframe(struct peer *peer, uint16_t slot);

/* A raw datagram, as somebody else might send it. */
void peer_send_raw(struct peer *peer, const void *data, size_t size);

/* A new socket: another address as the relay sees it. */
void peer_move(struct peer *peer);

/* Takes what has come, waiting up to wait_ms for the first; answers NACKs. Returns how many. */
size_t peer_receive(struct peer *peer, int wait_ms);

/* The i-th latest packet received, 0 the newest. */
const struct peer_got *peer_latest(const struct peer *peer, size_t back);

#endif
