/* The lobby: who has to make room, and who never has to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/ws/preauth.h"

enum { HERE = 1, THERE = 2, CROWD = 3 * PREAUTH_ROOM };

static struct preauth preauth;
static struct preauth_connection connections[PREAUTH_MAX];
static struct preauth_connection *out[PREAUTH_MAX];
static size_t n_out;

static const struct instant begun = {1000};
static const struct instant later = {1000 + PREAUTH_GRACE_SPAN_MS};

static int clear(void **state)
{
	(void)state;
	memset(&preauth, 0, sizeof(preauth));
	n_out = 0;
	return 0;
}

static void note(struct preauth_connection *connection)
{
	out[n_out++] = connection;
}

/* As preauth_evict is used: whoever is shown out leaves. */
static void make_room(struct instant now)
{
	n_out = 0;
	preauth_evict(&preauth, now, note);
	for (size_t i = 0; i < n_out; i++) {
		preauth_remove(&preauth, out[i]);
	}
}

static void enter(size_t from, size_t to, uint64_t origin, struct instant now)
{
	for (size_t i = from; i < to; i++) {
		assert_true(preauth_add(&preauth, &connections[i], origin, now));
	}
}

static bool is_in(const struct preauth_connection *connection)
{
	return connection->index < preauth.count &&
	       preauth.connections[connection->index] == connection;
}

static void nobody_goes_while_there_is_room(void **state)
{
	(void)state;
	enter(0, PREAUTH_ROOM, HERE, begun);
	make_room((struct instant){begun.ms + 3600 * 1000});
	assert_int_equal(n_out, 0);
}

static void nobody_goes_who_has_just_come(void **state)
{
	(void)state;
	enter(0, CROWD, HERE, begun);
	make_room((struct instant){later.ms - 1});
	assert_int_equal(n_out, 0);
}

static void of_one_origin_the_oldest_go(void **state)
{
	(void)state;
	enter(0, CROWD, HERE, begun);
	make_room(later);
	assert_int_equal(n_out, CROWD - PREAUTH_ROOM);
	for (size_t i = 0; i < CROWD; i++) {
		assert_int_equal(is_in(&connections[i]), i >= CROWD - PREAUTH_ROOM);
	}
	assert_int_equal(preauth.evicted, n_out);
}

static void a_crowd_from_elsewhere_costs_nobody_his_place(void **state)
{
	(void)state;
	enter(0, 10, HERE, begun);
	enter(10, CROWD, THERE, begun);
	make_room(later);
	assert_int_equal(preauth.count, PREAUTH_ROOM);
	for (size_t i = 0; i < 10; i++) {
		assert_true(is_in(&connections[i]));
	}
}

static void two_crowds_have_half_each(void **state)
{
	(void)state;
	enter(0, CROWD, HERE, begun);
	enter(CROWD, CROWD + PREAUTH_ROOM, THERE, begun);
	make_room(later);
	size_t here = 0;
	for (size_t i = 0; i < preauth.count; i++) {
		here += preauth.connections[i]->origin == HERE;
	}
	assert_int_equal(preauth.count, PREAUTH_ROOM);
	assert_int_equal(here, PREAUTH_ROOM / 2);
}

static void a_crowd_of_as_many_origins_has_to_go(void **state)
{
	(void)state;
	for (size_t i = 0; i < CROWD; i++) {
		enter(i, i + 1, i, begun);
	}
	enter(CROWD, CROWD + 1, CROWD, later);
	make_room(later);
	assert_int_equal(n_out, CROWD);
	assert_true(is_in(&connections[CROWD]));
}

static void whoever_is_served_stays(void **state)
{
	(void)state;
	enter(0, CROWD, HERE, begun);
	connections[0].served = true;
	make_room(later);
	assert_int_equal(n_out, CROWD - PREAUTH_ROOM - 1);
	assert_true(is_in(&connections[0]));
}

static void there_is_an_end_to_it(void **state)
{
	(void)state;
	struct preauth_connection one_more;
	enter(0, PREAUTH_MAX, HERE, begun);
	assert_false(preauth_add(&preauth, &one_more, HERE, begun));
	preauth_remove(&preauth, &connections[7]);
	assert_true(preauth_add(&preauth, &one_more, HERE, begun));
	assert_true(is_in(&one_more));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(nobody_goes_while_there_is_room, clear),
		cmocka_unit_test_setup(nobody_goes_who_has_just_come, clear),
		cmocka_unit_test_setup(of_one_origin_the_oldest_go, clear),
		cmocka_unit_test_setup(a_crowd_from_elsewhere_costs_nobody_his_place, clear),
		cmocka_unit_test_setup(two_crowds_have_half_each, clear),
		cmocka_unit_test_setup(a_crowd_of_as_many_origins_has_to_go, clear),
		cmocka_unit_test_setup(whoever_is_served_stays, clear),
		cmocka_unit_test_setup(there_is_an_end_to_it, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
