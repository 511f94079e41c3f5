/*
 * Who plays what comes, at the instants RTP timestamps and sender reports say: the time of a packet
 * on the relay's clock by the slot's latest report, and the relay's clock against the own one by
 * the report that travelled least lately. Both slots are played with one and the same waiting time.
 */
#ifndef DIEMCAU_TESTS_UNIT_RELAY_PLAYOUT_H
#define DIEMCAU_TESTS_UNIT_RELAY_PLAYOUT_H

#include "proto/media/srtp_receiver.h"
#include "tests/unit/relay/simulation.h"

enum { PLAYOUT_SLOTS = 8, PLAYOUT_WINDOW_US = 10000000, PLAYOUT_PAIR_US = 100000 };

struct playout_slot {
	bool known;
	int64_t relay_us; /* of the latest report */
	uint32_t timestamp;
	int64_t delay_us; /* of the packet played last */
	int64_t delay_of_us; /* when it came; true time */
	uint32_t site;
	int64_t sums_us[SIMULATION_MINUTES_MAX];
	int64_t counts[SIMULATION_MINUTES_MAX];
};

struct playout {
	struct media_receiver *receiver;
	int64_t ppm; /* of its own clock */
	/* Own clock less relay's: the least of this window and of the one before. */
	int64_t window;
	int64_t least_us, least_before_us;
	int64_t judged_from_us;
	struct playout_slot slots[PLAYOUT_SLOTS];
	struct simulation_heard heard;
	uint64_t challenge; /* the relay's latest, for its owner to answer; 0: none */
};

void playout_init(struct playout *playout, const struct media_key *group, int64_t ppm);
void playout_finish(struct playout *playout);

/* now_us is true time; the listener itself looks at its own clock only. */
void playout_take(struct playout *playout, uint8_t *data, size_t size, int64_t now_us);

#endif
