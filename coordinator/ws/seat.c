#include "coordinator/ws/seat.h"

#include <stdio.h>
#include <string.h>

static bool is_taken(const struct seat_place *place)
{
	return place->connection != 0;
}

static bool is_of(const struct seat_place *place, const char *instance)
{
	return is_taken(place) && strcmp(place->instance, instance) == 0;
}

static uint64_t sit_down(struct seat_place *place, const char *instance, uint64_t connection)
{
	uint64_t before = place->connection;
	place->connection = connection;
	snprintf(place->instance, sizeof(place->instance), "%s", instance);
	return before;
}

bool seat_is_full(const struct seat *seat, const char *instance)
{
	return is_taken(&seat->holder) && !is_of(&seat->holder, instance) &&
	       is_taken(&seat->spare) && !is_of(&seat->spare, instance);
}

enum seat_arrival seat_arrive(
	struct seat *seat, const char *instance, uint64_t connection, uint64_t *ret_displaced)
{
	*ret_displaced = 0;
	if (!is_taken(&seat->holder)) {
		sit_down(&seat->holder, instance, connection);
		return SEAT_TAKEN;
	}
	if (is_of(&seat->holder, instance)) {
		*ret_displaced = sit_down(&seat->holder, instance, connection);
		return SEAT_RETURNED;
	}
	if (seat_is_full(seat, instance)) {
		return SEAT_REFUSED;
	}
	*ret_displaced = sit_down(&seat->spare, instance, connection);
	return SEAT_WAITS;
}

enum seat_departure seat_leave(struct seat *seat, uint64_t connection)
{
	if (is_taken(&seat->spare) && seat->spare.connection == connection) {
		seat->spare = (struct seat_place){0};
		return SEAT_SPARE_GONE;
	}
	if (!is_taken(&seat->holder) || seat->holder.connection != connection) {
		return SEAT_STAYS;
	}
	seat->holder = seat->spare;
	seat->spare = (struct seat_place){0};
	return is_taken(&seat->holder) ? SEAT_INHERITED : SEAT_EMPTIED;
}

uint64_t seat_promote(struct seat *seat)
{
	if (!is_taken(&seat->spare)) {
		return 0;
	}
	uint64_t former = seat->holder.connection;
	seat->holder = seat->spare;
	seat->spare = (struct seat_place){0};
	return former;
}
