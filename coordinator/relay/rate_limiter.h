/* Rate limits: a minimum interval, a token bucket, a NACK history. Pure; times in microseconds. */
#ifndef DIEMCAU_COORDINATOR_RELAY_RATE_LIMITER_H
#define DIEMCAU_COORDINATOR_RELAY_RATE_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An action allowed at most once per interval. Begin with all bytes zero. */
struct rly_throttle {
	bool used;
	int64_t last_us;
};

/* True if the interval has passed since the last time. */
bool rly_throttle_is_due(const struct rly_throttle *throttle, int64_t interval_us, int64_t now_us);
/* True, and recorded, if the interval has passed since the last time. */
bool rly_throttle_allows(struct rly_throttle *throttle, int64_t interval_us, int64_t now_us);

/* A sustained rate, and the burst allowed after a pause. */
struct rly_rate {
	int64_t per_second;
	int64_t burst;
};

/* Retransmitted bytes for one receiver: RFC 4585 requires that repair never floods a weak path. */
enum rly_repair_limits { RLY_REPAIR_BURST = 256 * 1024, RLY_REPAIR_PER_SECOND = 512 * 1024 };

/* RTCP of one site: a site with heavy loss sends some hundred NACKs a second. */
enum rly_rtcp_limits { RLY_RTCP_PER_SECOND = 500, RLY_RTCP_BURST = 1000 };

/* The tokens left of a rate. Begin with all bytes zero: the full burst. */
struct rly_token_bucket {
	bool started;
	int64_t left; /* millionths */
	int64_t filled_us;
};

/* True, and taken, if that many tokens are left. */
bool rly_token_bucket_take(struct rly_token_bucket *bucket, const struct rly_rate *rate,
	int64_t amount, int64_t now_us);

/*
 * The packets recently retransmitted to one receiver, so that a NACK repeated within one round trip
 * is answered once. A small table in which new entries overwrite old ones; begin with all bytes
 * zero.
 */
enum { RLY_NACK_HISTORY = 128 };
struct rly_nack_history {
	uint32_t name[RLY_NACK_HISTORY]; /* slot << 16 | sequence, plus one; 0: empty */
	int64_t at_us[RLY_NACK_HISTORY];
};

/* True, and recorded, if this packet was not retransmitted within the interval. */
bool rly_nack_history_allows(struct rly_nack_history *nack_history, uint16_t slot,
	uint16_t sequence, int64_t interval_us, int64_t now_us);

#endif
