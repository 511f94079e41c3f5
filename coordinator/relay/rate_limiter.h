/*
 * Guards: not more often than, and not more than. Pure; times in microseconds.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_RATE_LIMITER_H
#define DIEMCAU_COORDINATOR_RELAY_RATE_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Something done at most once per interval. Begin with all bytes zero. */
struct rly_throttle {
	bool used;
	int64_t last_us;
};

/* Has the interval passed since it was done last? */
bool rly_throttle_due(const struct rly_throttle *backoff, int64_t interval_us, int64_t now_us);
/* True, and noted as done, where the interval has passed since it was done last. */
bool rly_throttle_allows(struct rly_throttle *backoff, int64_t interval_us, int64_t now_us);

/* So much a second, and so much at once after a rest. */
struct rly_rate {
	int64_t per_second;
	int64_t burst;
};

/* Bytes one receiver may be sent again: RFC 4585 asks that repair never floods a weak path. */
enum rly_repair_limits { RLY_REPAIR_BURST = 256 * 1024, RLY_REPAIR_PER_SECOND = 512 * 1024 };

/* RTCP of one site: a site that loses much asks some hundred times a second. */
enum rly_rtcp_limits { RLY_RTCP_PER_SECOND = 500, RLY_RTCP_BURST = 1000 };

/* What is left of a rate. Begin with all bytes zero: all of its burst. */
struct rly_token_bucket {
	bool started;
	int64_t left; /* millionths */
	int64_t filled_us;
};

/* True, and spent, where so much is left. */
bool rly_token_bucket_take(struct rly_token_bucket *bucket, const struct rly_rate *rate,
	int64_t amount, int64_t now_us);

/*
 * Which packets one receiver was sent again lately, so that a NACK repeated within one round trip
 * is answered once. A small table that forgets by overwriting; begin with all bytes zero.
 */
enum { RLY_NACK_HISTORY = 128 };
struct rly_nack_history {
	uint32_t name[RLY_NACK_HISTORY]; /* slot << 16 | sequence, plus one; 0: empty */
	int64_t at_us[RLY_NACK_HISTORY];
};

/* True, and noted, where this packet was not sent again within the interval. */
bool rly_nack_history_allows(struct rly_nack_history *nack_history, uint16_t slot,
	uint16_t sequence, int64_t interval_us, int64_t now_us);

#endif
