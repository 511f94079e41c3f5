/*
 * A coordinator without a server, for tests of the parts around the meeting: a journal in a folder
 * of its own, and a meeting with one remote site, `hall`, of number 1. The test puts something in
 * the place of coordinator/ws with the linker.
 */
#ifndef DIEMCAU_TEST_DESK_H
#define DIEMCAU_TEST_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/coordinator.h"
#include "tests/unit/coordinator/small.h"

struct desk {
	struct small_place place;
	struct coordinator coordinator;
};

/* For cmocka: *state is the struct desk. */
int desk_set_up(void **state);
int desk_tear_down(void **state);

/* Somebody who has been let in: a site is `hall`, and holds its seat if it is no spare. */
struct client *desk_come(
	struct desk *desk, struct ws_connection *connection, enum role role, bool spare);

#endif
