/*
 * One slot as a simulated site receives it, and the assertions on what is in it.
 *
 * Packets are put in order, what is missing is asked for again and in the end given up; the media
 * is taken apart and compared with the stamp its sender put in: the right sum, the source that is
 * desired, every frame once and in its order, switches at keyframes only. Nothing here is shared
 * with the relay's own notion of a good stream. Findings are counted, never printed.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_SLOT_RECEIVER_H
#define DIEMCAU_ENDPOINT_FLEET_SLOT_RECEIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/fleet/h264_packetizer.h"
#include "proto/media/receive_stats.h"
#include "proto/media/rtp.h"
#include "proto/media/ssrc.h"
#include "script_msg.h"

enum {
	SLOT_MISSING_MAX = 256,
	SLOT_REORDER_US = 45000, /* wait this long before asking: 20 ms of jitter reorder by 40 */
	SLOT_NACK_INTERVAL_US = 60000,
	SLOT_NACK_TRIES = 8,
	SLOT_GIVEN_UP_US = 1500000,
	SLOT_SEQUENCE_JUMP = 2000, /* a wider jump is numbering begun anew */
	/* Another source than desired, or one's own voice, for this long is a fault. For a moment
	 * it is none: a switch and the news of it do not come at one instant. */
	SLOT_FAULT_LASTS_US = 3000000,
	SLOT_PAUSE_US = 300000, /* silence after which frames may have been left out */
};

/* What all sites find, added up by their owner. */
struct fleet_slot_stats {
	struct media_findings findings;
	uint64_t unrecovered;
	/* Does this site number belong to a simulated site, whose media must be stamped? */
	bool (*is_simulated)(void *user, uint32_t site);
	/* When that was captured, on the clock of now_us; 0: unknown. May be NULL. */
	int64_t (*captured_us)(void *user, const struct media_mark *mark);
	void *user;
};

struct slot_missing {
	int64_t sequence;
	int64_t since_us, ask_us;
	unsigned int tries;
};

struct slot_held;

/* What is a fault if it lasts. */
struct slot_fault {
	int64_t since_us; /* 0: it is not there */
	bool told;
};

struct slot_receiver {
	uint16_t number; /* enum media_slot */
	uint16_t own_site;
	struct fleet_slot_stats *stats;
	bool joined;

	bool seen;
	int64_t next; /* extended sequence number: to be taken next */
	struct slot_held *held; /* come too early, in order */
	struct slot_missing missing[SLOT_MISSING_MAX];
	size_t n_missing;

	struct h264_depacketizer depacketizer;
	uint32_t timestamp; /* of its access unit */
	uint32_t source; /* site whose media flows, by CSRC; 0: none yet */
	uint32_t expected; /* site whose media should flow; 0: any */
	struct slot_fault wrong; /* another source than expected */
	struct slot_fault own; /* the site's own voice */
	bool has_last; /* `last` is the frame before, of the same run */
	struct media_mark last;
	bool hole; /* a packet was given up since `last` */
	int64_t arrived_us;
	int64_t whole_us; /* when a picture or sound was whole last */
	int64_t delay_us; /* of that: since its capture; 0: unknown */
	/* Of that: when the sender reports would have it shown, less its capture. Worth comparing
	 * with that of another slot of the same site only. 0: unknown. */
	int64_t shift_us;

	/* The latest clean switch: when its first keyframe was whole. */
	uint32_t switched_to;
	int64_t switched_us;

	/* Since the latest report. */
	uint64_t packets, lost, unrecovered;

	struct rtcp_receive_stats reception;
	struct rtcp_sender_info sr; /* the latest */
};

void slot_receiver_init(struct slot_receiver *slot, uint16_t number, uint16_t own_site,
	struct fleet_slot_stats *stats);
void slot_receiver_finish(struct slot_receiver *slot);

/* Join begins afresh: what was missing before is of no interest (MEDIA.md: leave and rejoin). */
void slot_receiver_join(struct slot_receiver *slot, bool joined);
void slot_receiver_expect(struct slot_receiver *slot, uint32_t site);

/* A decrypted packet. The bytes are borrowed for the call. */
void slot_receiver_packet(
	struct slot_receiver *slot, const uint8_t *data, size_t size, int64_t now_us);

/*
 * Give up what is overdue and tell what to ask for now; returns how many sequence numbers, at
 * most capacity.
 */
size_t slot_receiver_tick(
	struct slot_receiver *slot, int64_t now_us, uint16_t *ret_sequences, size_t capacity);

/* The first picture has not come, or is of no keyframe yet: ask for one. */
bool slot_receiver_wants_keyframe(const struct slot_receiver *slot);

void slot_receiver_sender_report(
	struct slot_receiver *slot, const struct rtcp_sender_info *report, int64_t now_us);
void slot_receiver_block(struct slot_receiver *slot, int64_t now_us, struct rtcp_block *ret_block);

#endif
