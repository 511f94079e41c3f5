/*
 * With every connection ranked within its origin, "each origin keeps its newest, as many as every
 * other" is one number: the highest level at which all ranks below it fit into the room.
 */
#include "coordinator/ws/preauth.h"

#include <stdlib.h>

static size_t room_of(const struct preauth *preauth)
{
	return preauth->room > 0 ? preauth->room : PREAUTH_ROOM;
}

bool preauth_is_full(const struct preauth *preauth)
{
	return preauth->count >= (preauth->most > 0 ? preauth->most : PREAUTH_MAX);
}

bool preauth_add(struct preauth *preauth, struct preauth_connection *connection, uint64_t origin,
	struct instant now)
{
	if (preauth_is_full(preauth)) {
		return false;
	}
	*connection = (struct preauth_connection){.origin = origin,
		.number = ++preauth->last_number,
		.since = now,
		.index = preauth->count};
	preauth->connections[preauth->count++] = connection;
	return true;
}

void preauth_remove(struct preauth *preauth, struct preauth_connection *connection)
{
	struct preauth_connection *last = preauth->connections[--preauth->count];
	last->index = connection->index;
	preauth->connections[last->index] = last;
}

static int by_origin_then_newest(const void *a, const void *b)
{
	const struct preauth_connection *one = *(struct preauth_connection *const *)a;
	const struct preauth_connection *other = *(struct preauth_connection *const *)b;
	if (one->origin != other->origin) {
		return one->origin < other->origin ? -1 : 1;
	}
	return (one->number < other->number) - (one->number > other->number);
}

static void rank(struct preauth *preauth)
{
	qsort(preauth->connections, preauth->count, sizeof(preauth->connections[0]),
		by_origin_then_newest);
	for (size_t i = 0; i < preauth->count; i++) {
		struct preauth_connection *connection = preauth->connections[i];
		const struct preauth_connection *before =
			i > 0 ? preauth->connections[i - 1] : NULL;
		connection->index = i;
		connection->rank =
			before && before->origin == connection->origin ? before->rank + 1 : 0;
	}
}

static size_t count_below(const struct preauth *preauth, size_t level)
{
	size_t count = 0;
	for (size_t i = 0; i < preauth->count; i++) {
		count += preauth->connections[i]->rank < level;
	}
	return count;
}

/* How many each origin may keep. */
static size_t level_of(const struct preauth *preauth)
{
	size_t fits = 0, too_many = room_of(preauth) + 1;
	while (too_many - fits > 1) {
		size_t middle = fits + (too_many - fits) / 2;
		*(count_below(preauth, middle) <= room_of(preauth) ? &fits : &too_many) = middle;
	}
	return fits;
}

void preauth_evict(struct preauth *preauth, struct instant now,
	void (*evict)(struct preauth_connection *connection))
{
	if (preauth->count <= room_of(preauth)) {
		return;
	}
	rank(preauth);
	size_t level = level_of(preauth);
	for (size_t i = 0; i < preauth->count; i++) {
		struct preauth_connection *connection = preauth->connections[i];
		if (connection->rank >= level && !connection->served &&
			span_between(connection->since, now).ms >= PREAUTH_GRACE_SPAN_MS) {
			preauth->evicted++;
			evict(connection);
		}
	}
}
