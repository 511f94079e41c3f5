#include "coordinator/peers/standby.h"

#include <string.h>

#include "text_copy.h"

static bool is_taken(const struct standby_place *place)
{
	return place->connection != 0;
}

static bool is_of(const struct standby_place *place, const char *instance)
{
	return is_taken(place) && strcmp(place->instance, instance) == 0;
}

static uint64_t occupy(struct standby_place *place, const char *instance, uint64_t connection)
{
	uint64_t before = place->connection;
	place->connection = connection;
	TEXT_COPY(place->instance, instance);
	return before;
}

bool standby_is_full(const struct standby *standby, const char *instance)
{
	return is_taken(&standby->holder) && !is_of(&standby->holder, instance) &&
	       is_taken(&standby->spare) && !is_of(&standby->spare, instance);
}

enum standby_connect_result standby_connect(
	struct standby *standby, const char *instance, uint64_t connection, uint64_t *ret_displaced)
{
	*ret_displaced = 0;
	if (!is_taken(&standby->holder)) {
		occupy(&standby->holder, instance, connection);
		return STANDBY_ACTIVE;
	}
	if (is_of(&standby->holder, instance)) {
		*ret_displaced = occupy(&standby->holder, instance, connection);
		return STANDBY_RECONNECTED;
	}
	if (standby_is_full(standby, instance)) {
		return STANDBY_REFUSED;
	}
	*ret_displaced = occupy(&standby->spare, instance, connection);
	return STANDBY_WAITING;
}

enum standby_disconnect_result standby_disconnect(struct standby *standby, uint64_t connection)
{
	if (is_taken(&standby->spare) && standby->spare.connection == connection) {
		standby->spare = (struct standby_place){0};
		return STANDBY_SPARE_LEFT;
	}
	if (!is_taken(&standby->holder) || standby->holder.connection != connection) {
		return STANDBY_UNCHANGED;
	}
	standby->holder = standby->spare;
	standby->spare = (struct standby_place){0};
	return is_taken(&standby->holder) ? STANDBY_TOOK_OVER : STANDBY_EMPTY;
}

uint64_t standby_promote(struct standby *standby)
{
	if (!is_taken(&standby->spare)) {
		return 0;
	}
	uint64_t former = standby->holder.connection;
	standby->holder = standby->spare;
	standby->spare = (struct standby_place){0};
	return former;
}
