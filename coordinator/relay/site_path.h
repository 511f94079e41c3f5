/*
 * The path to one site: which address is sent to, and what proves it. Pure; times in microseconds.
 *
 * A key proves who sent a packet, not where he is: a packet can be sent with another's address, or
 * copied and sent from elsewhere, earlier than the genuine one. So an address is challenged before
 * it is sent anything else (RFC 9000 section 8): a token that only whoever receives there can know
 * has to come back from there, under the site's key. Challenges are smaller than three times the
 * packet they answer, and no more than RLY_PATH_CHALLENGES a second.
 *
 * Where another address turns up while one is proven, both are challenged in one round, and the
 * proven one keeps the stream if it answers (RFC 9000 section 9.3.3). Its answer counts, too, where
 * it comes as a copy of one that somebody else has sent on faster: the relay remembers what came
 * from elsewhere by the packets' tails. Consent to be sent to is asked for again and again and
 * lapses without answers (RFC 7675).
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_SITE_PATH_H
#define DIEMCAU_COORDINATOR_RELAY_SITE_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/fanout.h"
#include "coordinator/relay/rate_limiter.h"
#include "proto/media/path_challenge.h"

enum rly_path_limits {
	RLY_PATH_CHALLENGES = 100, /* a second and site, and as many at once */
	RLY_PATH_CONTEST_US = 1000000, /* from one round to the next */
	RLY_PATH_RECHALLENGE_US = 100000, /* the proven address is asked again within a round */
	RLY_PATH_TOKEN_US = 10000000, /* no token is older */
	RLY_PATH_SILENT_US = 10000000, /* without a genuine packet from there */
	RLY_PATH_CONSENT_REFRESH_US =
		5000000, /* consent older than this is asked for again (RFC 7675) */
	RLY_PATH_CONSENT_US = 30000000, /* and lapses (RFC 7675) */
	RLY_PATH_TAIL = 16, /* what tells one encrypted packet from all others: its tag */
	RLY_PATH_SEEN = 8
};

/* A genuine packet that came from elsewhere than the proven address. */
struct rly_path_seen {
	uint8_t tail[RLY_PATH_TAIL];
	uint64_t token; /* that it said back; 0: none */
};

struct rly_path {
	const struct media_challenge *challenge; /* borrowed */
	uint16_t number; /* of the site */
	bool proven;
	struct rly_receiver receiver; /* where it is proven */
	int64_t heard_us; /* latest genuine packet from there */
	int64_t answered_us; /* latest answer from there */
	uint32_t answered_round;

	uint32_t round; /* of challenges; 0: none yet */
	int64_t round_us;
	bool contested; /* it is of the proven address against others */
	int64_t asked_us; /* the proven address, in a contest */
	struct rly_token_bucket challenges;

	bool has_previous; /* it may still answer the round in which it lost its place */
	struct rly_address previous;
	uint32_t previous_round;

	size_t n_seen;
	struct rly_path_seen seen[RLY_PATH_SEEN]; /* a ring: n_seen counts all */
};

/* challenge is borrowed and must outlive the path. */
void rly_path_init(
	struct rly_path *path, const struct media_challenge *challenge, uint16_t site_number);

/* All it knows, but for its rounds: no token given out before proves anything after. */
void rly_path_reset(struct rly_path *path);

/* This is the proven address. */
bool rly_path_is_proven_at(const struct rly_path *path, const struct rly_address *address);

/* A genuine packet came from the proven address. */
void rly_path_heard(struct rly_path *path, int64_t now_us);

/*
 * A genuine packet, or its copy, came from elsewhere. True: challenge that address now;
 * *ret_also_proven: and the proven one.
 */
bool rly_path_challenge(struct rly_path *path, int64_t now_us, bool *ret_also_proven);

/* Consent has to be asked for: challenge the proven address now. */
bool rly_path_consent_due(struct rly_path *path, int64_t now_us);

/* The token to challenge an address with. */
uint64_t rly_path_token(const struct rly_path *path, const struct rly_address *address);

/* Somebody said a token back from there. True: that address is the proven one from now on. */
bool rly_path_response(
	struct rly_path *path, const struct rly_address *from, uint64_t token, int64_t now_us);

/* True, once, where the proven address has been silent, or without consent, for too long. */
bool rly_path_expire(struct rly_path *path, int64_t now_us);

/* Remembers a genuine packet that came from elsewhere. token 0: it said none back. */
void rly_path_record_copy(struct rly_path *path, const uint8_t tail[RLY_PATH_TAIL], uint64_t token);

/* True where a packet refused is a copy of one remembered; *ret_token what that said back, or 0. */
bool rly_path_find_copy(
	const struct rly_path *path, const uint8_t tail[RLY_PATH_TAIL], uint64_t *ret_token);

#endif
