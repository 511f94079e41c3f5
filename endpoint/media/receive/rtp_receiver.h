/*
 * The receiving half of the media path: authentication, the slot of a packet, statistics.
 *
 * Bytes in, bytes out; the transport owns the socket, the lock and the clock. Times are
 * microseconds of running time.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_RECEIVE_RTP_RECEIVER_H
#define DIEMCAU_ENDPOINT_MEDIA_RECEIVE_RTP_RECEIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/media/receive/receive_counters.h"
#include "proto/media/slot_number.h"
#include "proto/media/srtp_key.h"

/* Totals since it was zeroed. */
struct ep_received {
	uint64_t packets;
	uint64_t bytes; /* of RTP packets, decrypted */
	uint64_t auth_failures;
	uint64_t slot_packets[MEDIA_SLOTS];
	uint64_t slot_auth_failures[MEDIA_SLOTS];
};

/*
 * Packets in a row, of one slot or of the relay's own feedback, that are sealed with the group key
 * and yet refused for their position in the stream: another holder of the key has misled the
 * receiver.
 */
enum {
	EP_REFUSED_MEDIA = 64, /* a second and a half of voice */
	/*
	 * Four seconds of a slot; eight of feedback, and 30 without its challenges expire the path.
	 */
	EP_REFUSED_REPORTS = 8,
};

struct ep_refused {
	unsigned media;
	unsigned reports;
};

struct media_receiver;

/* All bytes zero is closed: no packet is authentic. */
struct ep_rtp_receiver {
	struct media_receiver *receiver;
	struct ep_receive_stats slot_stats[MEDIA_SLOTS];
	struct ep_received received;
	/* Since the last accepted packet; the last entry is of the relay's own feedback. */
	struct ep_refused refused[MEDIA_SLOTS + 1];
	bool group_key_spent; /* a new one is needed */
};

/*
 * Receives from another instance of the relay under this key, which is copied. 0; -ENOMEM or -EIO,
 * and nothing changes. The counts continue.
 */
int ep_rtp_receiver_open(struct ep_rtp_receiver *rtp_receiver, const struct media_key *group_key);
/* May be closed or zeroed already. */
void ep_rtp_receiver_close(struct ep_rtp_receiver *rtp_receiver);

/* The same instance will change to this key. 0, -ENOMEM or -EIO. Only while open. */
int ep_rtp_receiver_add_key(
	struct ep_rtp_receiver *rtp_receiver, const struct media_key *group_key);

/*
 * Unprotects a packet, RTP or RTCP, in place; *size shrinks. False: it is not authentic. *ret_slot
 * is the slot, MEDIA_SLOTS for none; it is set in either case.
 */
bool ep_rtp_receiver_unprotect(struct ep_rtp_receiver *rtp_receiver, uint8_t *data, size_t *size,
	int64_t now_us, unsigned *ret_slot);

/* Records a sender report of a slot. */
void ep_rtp_receiver_report(struct ep_rtp_receiver *rtp_receiver, unsigned slot,
	const struct rtcp_sender_info *report, int64_t now_us);

/* The report blocks of the active slots; returns their count. Begins the next period. */
size_t ep_rtp_receiver_blocks(struct ep_rtp_receiver *rtp_receiver, int64_t now_us,
	struct rtcp_block blocks[MEDIA_SLOTS]);

#endif
