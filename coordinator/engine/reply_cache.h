/*
 * Answers to commands, remembered so that a command repeated after a lost answer gets the same one
 * and is not carried out twice. Filled as commands are decided, and from the journal after a start:
 * a command without events is in no journal, and is decided again.
 *
 * Holds the latest COMMANDS_REMEMBERED_MAX, and of one owner (a client's name up to its "/", that
 * is without the instance) the latest COMMANDS_REMEMBERED_OF_ONE_MAX: so no owner displaces the
 * answers of others. A client waits for its answers and does not repeat a command that is ten
 * thousand commands old.
 */
#ifndef DIEMCAU_COORDINATOR_ENGINE_REPLY_CACHE_H
#define DIEMCAU_COORDINATOR_ENGINE_REPLY_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"

struct reply_cache;

/* The content of `accepted`. turn is "" and take 0 where the command made none. */
struct reply {
	int64_t seq;
	uint64_t take;
	char turn[TURN_ID_SIZE];
};

struct reply_cache *reply_cache_create(void);
void reply_cache_destroy(struct reply_cache *cache);

/* NULL: no command of this client and id, or it was refused. */
const struct reply *reply_cache_find(
	const struct reply_cache *cache, const char *client, const char *command);

/*
 * Reserve room for an answer under these names, so that the next reply_cache_put of them cannot
 * fail. 0 or -ENOMEM.
 */
int reply_cache_reserve(struct reply_cache *cache, const char *client, const char *command);

/* Copied; a second one under the same names replaces the first. 0 or -ENOMEM. */
int reply_cache_put(struct reply_cache *cache, const char *client, const char *command,
	const struct reply *reply);

/* What one event adds to the answer of the command that caused it. */
void reply_add_event(struct reply *reply, int64_t seq, const struct event *event);

#endif
