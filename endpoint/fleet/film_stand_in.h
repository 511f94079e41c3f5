/*
 * A simulated player: whatever the film, it has it, and plays it for as long as the item is planned
 * (at the speed of the meeting). Its picture and sound are those of any simulated site. Pure.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_FILM_STAND_IN_H
#define DIEMCAU_ENDPOINT_FLEET_FILM_STAND_IN_H

#include "wire_msg.h"

enum { FILM_STAND_IN_MS = 10000 }; /* of an item without a planned length */

/* now: the server's instant. */
struct wire_film_report film_stand_in_report(
	const struct wire_film_brief *film, struct instant now);

#endif
