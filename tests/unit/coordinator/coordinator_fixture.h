/*
 * A coordinator without a server, for tests of the parts around the meeting: a journal in a folder
 * of its own, and a meeting with one remote site, `hall`, of number 1. The test puts something in
 * the place of coordinator/ws with the linker.
 */
#ifndef DIEMCAU_TESTS_UNIT_COORDINATOR_COORDINATOR_FIXTURE_H
#define DIEMCAU_TESTS_UNIT_COORDINATOR_COORDINATOR_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/peers/peers.h"
#include "tests/unit/coordinator/small_plan.h"

struct coordinator_fixture {
	struct small_plan_dir place;
	struct clock clock;
	struct engine *engine;
	struct media_keys *media_keys;
	struct telemetry *telemetry;
	struct peers *peers;
};

/* For cmocka: *state is the struct coordinator_fixture. */
int coordinator_fixture_set_up(void **state);
int coordinator_fixture_tear_down(void **state);

/* Somebody who has been let in: a site is `hall`, and holds its seat if it is no spare. */
struct client *coordinator_fixture_connect(struct coordinator_fixture *coordinator_fixture,
	struct ws_connection *connection, enum role role, bool spare);

#endif
