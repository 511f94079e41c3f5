/*
 * Plays received slots by RTP timestamps and sender reports: the slot's latest report maps a packet
 * to the relay's clock, and the report with the shortest recent transit maps the relay's clock to
 * the own one. Both slots are played with the same delay.
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
	int64_t delay_of_us; /* its arrival; true time */
	uint32_t site;
	int64_t sums_us[SIMULATION_MINUTES_MAX];
	int64_t counts[SIMULATION_MINUTES_MAX];
};

struct playout {
	struct media_receiver *receiver;
	int64_t ppm; /* of its own clock */
	/* Own clock minus relay's: the minimum of this window and of the previous one. */
	int64_t window;
	int64_t least_us, least_before_us;
	int64_t judged_from_us;
	struct playout_slot slots[PLAYOUT_SLOTS];
	struct simulation_heard heard;
	uint64_t challenge; /* the relay's latest, for the owner to answer; 0: none */
};

void playout_init(struct playout *playout, const struct media_key *group, int64_t ppm);
void playout_finish(struct playout *playout);

/* now_us is true time; the listener itself reads its own clock only. */
void playout_take(struct playout *playout, uint8_t *data, size_t size, int64_t now_us);

#endif
