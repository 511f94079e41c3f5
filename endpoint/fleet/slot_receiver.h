/*
 * One slot as a simulated site receives it, with assertions on its content.
 *
 * Packets are ordered, missing ones requested and finally given up; the media is depacketized and
 * compared with its sender's mark: the right sum, the desired source, every frame once and in
 * order, switches at keyframes only. It shares no code with the relay's own idea of a good stream.
 * Findings are counted, not printed.
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
	SLOT_REORDER_US = 45000, /* delay of a NACK: 20 ms of jitter reorder by 40 */
	SLOT_NACK_INTERVAL_US = 60000,
	SLOT_NACK_TRIES = 8,
	SLOT_GIVEN_UP_US = 1500000,
	SLOT_SEQUENCE_JUMP = 2000, /* a wider jump starts a new numbering */
	/*
	 * Another source than desired, or the site's own voice, is a fault if it lasts this long.
	 * Briefly it is normal: a switch and the news of it are not simultaneous.
	 */
	SLOT_FAULT_LASTS_US = 3000000,
	SLOT_PAUSE_US = 300000, /* silence after which frames may have been skipped */
};

/* Totals of all sites, owned by the caller. */
struct fleet_slot_stats {
	struct media_findings findings;
	uint64_t unrecovered;
	/* True if this site number belongs to a simulated site, whose media must be marked. */
	bool (*is_simulated)(void *user, uint32_t site);
	/* When that frame was captured, on the clock of now_us; 0: unknown. May be NULL. */
	int64_t (*captured_us)(void *user, const struct media_mark *mark);
	void *user;
};

struct slot_missing {
	int64_t sequence;
	int64_t since_us, nack_us;
	unsigned int tries;
};

struct slot_held;

/* A condition that is a fault if it lasts. */
struct slot_fault {
	int64_t since_us; /* 0: it does not hold */
	bool reported;
};

struct slot_receiver {
	uint16_t number; /* enum media_slot */
	uint16_t own_site;
	struct fleet_slot_stats *stats;
	bool joined;

	bool seen;
	int64_t next; /* extended sequence number: the next to process */
	struct slot_held *held; /* received too early, in order */
	struct slot_missing missing[SLOT_MISSING_MAX];
	size_t n_missing;

	struct h264_depacketizer depacketizer;
	uint32_t timestamp; /* of its access unit */
	uint32_t source; /* site whose media flows, by CSRC; 0: none yet */
	uint32_t expected; /* site whose media should flow; 0: any */
	struct slot_fault wrong; /* another source than expected */
	struct slot_fault own; /* the site's own voice */
	bool has_last; /* `last` is the previous frame, of the same run */
	struct media_mark last;
	bool hole; /* a packet was given up since `last` */
	int64_t arrived_us;
	int64_t whole_us; /* time of the last whole picture or sound */
	int64_t delay_us; /* of that one: since its capture; 0: unknown */
	/*
	 * Of that one: its playout time by the sender reports, minus its capture. Comparable only
	 * with that of another slot of the same site. 0: unknown.
	 */
	int64_t shift_us;

	/* The latest clean switch: when its first keyframe was complete. */
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

/* Joining starts from scratch: earlier losses no longer count (docs/media.md: leave and rejoin). */
void slot_receiver_join(struct slot_receiver *slot, bool joined);
void slot_receiver_expect(struct slot_receiver *slot, uint32_t site);

/* A decrypted packet. The bytes are borrowed for the call. */
void slot_receiver_packet(
	struct slot_receiver *slot, const uint8_t *data, size_t size, int64_t now_us);

/*
 * Gives up overdue packets and lists the sequence numbers to send NACKs for; returns their count,
 * at most capacity.
 */
size_t slot_receiver_tick(
	struct slot_receiver *slot, int64_t now_us, uint16_t *ret_sequences, size_t capacity);

/* True if no picture, or no keyframe, has come yet: one must be requested. */
bool slot_receiver_wants_keyframe(const struct slot_receiver *slot);

void slot_receiver_sender_report(
	struct slot_receiver *slot, const struct rtcp_sender_info *report, int64_t now_us);
void slot_receiver_block(struct slot_receiver *slot, int64_t now_us, struct rtcp_block *ret_block);

#endif
