/*
 * The path to one site: the address it is sent to, and the proof of it. Pure; times in
 * microseconds.
 *
 * A key proves who sent a packet, not where the sender is: a packet can be sent with a spoofed
 * address, or copied and sent from elsewhere ahead of the genuine one. So an address is challenged
 * before it is sent anything else (RFC 9000 section 8): a token that only a receiver at that
 * address can know has to come back from there, under the site's key. Challenges are smaller than
 * three times the packet they answer, and at most RLY_PATH_CHALLENGES a second.
 *
 * If another address appears while one is proven, both are challenged in one round, and the proven
 * one keeps the stream if it answers (RFC 9000 section 9.3.3). Its answer also counts if it arrives
 * as a copy of one that an attacker forwarded faster: the relay remembers the tails of packets that
 * came from elsewhere. Consent is requested periodically and expires without answers (RFC 7675).
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
	RLY_PATH_CHALLENGES = 100, /* per second and site; also the burst */
	RLY_PATH_CONTEST_US = 1000000, /* from one round to the next */
	RLY_PATH_RECHALLENGE_US = 100000, /* interval of challenges to the proven address within a
					   * round */
	RLY_PATH_TOKEN_US = 10000000, /* lifetime of a token */
	RLY_PATH_SILENT_US = 10000000, /* without a genuine packet from there */
	RLY_PATH_CONSENT_REFRESH_US =
		5000000, /* consent older than this is requested again (RFC 7675) */
	RLY_PATH_CONSENT_US = 30000000, /* and expires (RFC 7675) */
	RLY_PATH_TAIL = 16, /* distinguishes one encrypted packet from all others: its tag */
	RLY_PATH_COPIES = 8
};

/* A genuine packet that came from another than the proven address. */
struct rly_path_copy {
	uint8_t tail[RLY_PATH_TAIL];
	uint64_t token; /* of the path response it carried; 0: none */
};

struct rly_path {
	const struct media_challenge *challenge; /* borrowed */
	uint16_t number; /* of the site */
	bool proven;
	struct rly_receiver receiver; /* the proven address */
	int64_t received_us; /* latest genuine packet from the proven address */
	int64_t answered_us; /* latest path response from the proven address */
	uint32_t answered_round;

	uint32_t round; /* of challenges; 0: none yet */
	int64_t round_us;
	bool contested; /* the proven address is challenged along with others */
	int64_t challenged_us; /* when the proven address was last challenged in a contest */
	struct rly_token_bucket challenges;

	bool has_previous; /* the previous address may still answer the round in which it was
			    * replaced */
	struct rly_address previous;
	uint32_t previous_round;

	size_t n_copies;
	struct rly_path_copy copies[RLY_PATH_COPIES]; /* a ring: n_copies counts all */
};

/* challenge is borrowed and must outlive the path. */
void rly_path_init(
	struct rly_path *path, const struct media_challenge *challenge, uint16_t site_number);

/* Forgets everything except the rounds: tokens issued before prove nothing after. */
void rly_path_reset(struct rly_path *path);

/* True if this is the proven address. */
bool rly_path_is_proven_at(const struct rly_path *path, const struct rly_address *address);

/* A genuine packet came from the proven address. */
void rly_path_received(struct rly_path *path, int64_t now_us);

/*
 * A genuine packet, or a copy of one, came from another address. True: challenge that address now;
 * *ret_also_proven: and the proven one.
 */
bool rly_path_challenge(struct rly_path *path, int64_t now_us, bool *ret_also_proven);

/* True if consent has to be requested: challenge the proven address now. */
bool rly_path_is_consent_due(struct rly_path *path, int64_t now_us);

/* The token to challenge an address with. */
uint64_t rly_path_token(const struct rly_path *path, const struct rly_address *address);

/* A path response came from this address. True: it is the proven one from now on. */
bool rly_path_response(
	struct rly_path *path, const struct rly_address *from, uint64_t token, int64_t now_us);

/* True, once, if the proven address has been silent, or without consent, for too long. */
bool rly_path_expire(struct rly_path *path, int64_t now_us);

/*
 * Remembers a genuine packet that came from another address. token 0: it carried no path response.
 */
void rly_path_record_copy(struct rly_path *path, const uint8_t tail[RLY_PATH_TAIL], uint64_t token);

/*
 * True if a refused packet is a copy of a remembered one; *ret_token: the token that one carried,
 * or 0.
 */
bool rly_path_find_copy(
	const struct rly_path *path, const uint8_t tail[RLY_PATH_TAIL], uint64_t *ret_token);

#endif
