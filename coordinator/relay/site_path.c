/* The path to one site: see site_path.h. */
#include "coordinator/relay/site_path.h"

#include <string.h>

static const struct rly_rate challenge_rate = {RLY_PATH_CHALLENGES, RLY_PATH_CHALLENGES};

void rly_path_init(
	struct rly_path *path, const struct media_challenge *challenge, uint16_t site_number)
{
	*path = (struct rly_path){.challenge = challenge, .number = site_number};
}

void rly_path_reset(struct rly_path *path)
{
	uint32_t round = path->round;
	rly_path_init(path, path->challenge, path->number);
	path->round = round + 2; /* neither the present round nor the previous one */
}

bool rly_path_is_proven_at(const struct rly_path *path, const struct rly_address *address)
{
	return path->proven && rly_address_is_same(&path->receiver.address, address);
}

void rly_path_received(struct rly_path *path, int64_t now_us)
{
	path->received_us = now_us;
}

/* ---- rounds ---- */

static void begin_round(struct rly_path *path, int64_t now_us)
{
	path->round++;
	path->round_us = now_us;
	path->contested = false;
}

/*
 * The first other address that appears beside a proven one does not wait: the site may have moved.
 */
static bool is_contest_due(const struct rly_path *path, int64_t now_us)
{
	return path->round == 0 || path->proven != path->contested ||
	       now_us - path->round_us >= RLY_PATH_CONTEST_US;
}

bool rly_path_challenge(struct rly_path *path, int64_t now_us, bool *ret_also_proven)
{
	*ret_also_proven = false;
	if (!rly_token_bucket_take(&path->challenges, &challenge_rate, 1, now_us)) {
		return false;
	}
	bool new_round = is_contest_due(path, now_us);
	if (new_round) {
		begin_round(path, now_us);
		path->contested = path->proven;
	}
	if (path->proven && path->answered_round < path->round &&
		(new_round || now_us - path->challenged_us >= RLY_PATH_RECHALLENGE_US)) {
		path->challenged_us = now_us;
		*ret_also_proven = true;
	}
	return true;
}

bool rly_path_is_consent_due(struct rly_path *path, int64_t now_us)
{
	if (!path->proven || now_us - path->answered_us < RLY_PATH_CONSENT_REFRESH_US) {
		return false;
	}
	if (now_us - path->round_us >= RLY_PATH_CONTEST_US) {
		begin_round(path, now_us);
	}
	return true;
}

/* ---- tokens ---- */

static uint64_t token_of(
	const struct rly_path *path, const struct rly_address *address, uint32_t round)
{
	struct {
		uint8_t address[sizeof(address->bytes)];
		uint32_t size;
		uint32_t round;
		uint32_t number;
	} subject = {.size = address->size, .round = round, .number = path->number};
	_Static_assert(sizeof(subject) == sizeof(address->bytes) + 12, "a subject has no padding");
	memcpy(subject.address, address->bytes, address->size);
	uint64_t token = media_challenge_token(path->challenge, &subject, sizeof(subject));
	return token ? token : 1; /* 0 means none */
}

uint64_t rly_path_token(const struct rly_path *path, const struct rly_address *address)
{
	return token_of(path, address, path->round);
}

/* The round of this token; 0 if that round can no longer be answered. */
static uint32_t round_of(
	const struct rly_path *path, const struct rly_address *from, uint64_t token, int64_t now_us)
{
	uint32_t round = path->round;
	if (round == 0 || now_us - path->round_us > RLY_PATH_TOKEN_US) {
		return 0;
	}
	if (token == token_of(path, from, round)) {
		return round;
	}
	return round > 1 && token == token_of(path, from, round - 1) ? round - 1 : 0;
}

/* ---- answers ---- */

static void record_response(struct rly_path *path, uint32_t round, int64_t now_us)
{
	path->received_us = now_us;
	path->answered_us = now_us;
	if (round > path->answered_round) {
		path->answered_round = round;
	}
}

/* The former address was only slower in its round than the one that replaced it. */
static bool is_return(const struct rly_path *path, const struct rly_address *from, uint32_t round)
{
	return path->has_previous && rly_address_is_same(&path->previous, from) &&
	       round <= path->previous_round + 1;
}

static void move_to(struct rly_path *path, const struct rly_address *from, uint32_t round)
{
	bool back = is_return(path, from, round);
	path->has_previous = path->proven && !back;
	path->previous = path->receiver.address;
	path->previous_round = round;
	path->receiver = (struct rly_receiver){.address = *from, .no_gso = false};
	path->proven = true;
	if (back) {
		path->answered_round = path->round; /* the address that replaced it has lost this
						     * round */
	}
}

bool rly_path_response(
	struct rly_path *path, const struct rly_address *from, uint64_t token, int64_t now_us)
{
	uint32_t round = round_of(path, from, token, now_us);
	if (round == 0) {
		return false;
	}
	bool has_moved = !rly_path_is_proven_at(path, from);
	if (has_moved) {
		if (path->proven && path->answered_round >= round &&
			!is_return(path, from, round)) {
			return false;
		}
		move_to(path, from, round);
	}
	record_response(path, round, now_us);
	return has_moved;
}

bool rly_path_expire(struct rly_path *path, int64_t now_us)
{
	if (!path->proven || (now_us - path->received_us <= RLY_PATH_SILENT_US &&
				     now_us - path->answered_us <= RLY_PATH_CONSENT_US)) {
		return false;
	}
	path->proven = false;
	path->has_previous = false;
	return true;
}

/* ---- copies ---- */

void rly_path_record_copy(struct rly_path *path, const uint8_t tail[RLY_PATH_TAIL], uint64_t token)
{
	struct rly_path_copy *copies = &path->copies[path->n_copies++ % RLY_PATH_COPIES];
	memcpy(copies->tail, tail, RLY_PATH_TAIL);
	copies->token = token;
}

bool rly_path_find_copy(
	const struct rly_path *path, const uint8_t tail[RLY_PATH_TAIL], uint64_t *ret_token)
{
	size_t n = path->n_copies < RLY_PATH_COPIES ? path->n_copies : RLY_PATH_COPIES;
	for (size_t i = 0; i < n; i++) {
		if (memcmp(path->copies[i].tail, tail, RLY_PATH_TAIL) == 0) {
			*ret_token = path->copies[i].token;
			return true;
		}
	}
	return false;
}
