/* The lobby: who has to make room, and who never has to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/ws/lobby.h"

enum { HERE = 1, THERE = 2, CROWD = 3 * GUESTS_ROOM };

static struct lobby lobby;
static struct lobby_guest guests[GUESTS_MAX];
static struct lobby_guest *out[GUESTS_MAX];
static size_t n_out;

static const struct instant begun = {1000};
static const struct instant later = {1000 + GUEST_GRACE_SPAN_MS};

static int clear(void **state)
{
	(void)state;
	memset(&lobby, 0, sizeof(lobby));
	n_out = 0;
	return 0;
}

static void note(struct lobby_guest *guest)
{
	out[n_out++] = guest;
}

/* As lobby_make_room is used: whoever is shown out leaves. */
static void make_room(struct instant now)
{
	n_out = 0;
	lobby_make_room(&lobby, now, note);
	for (size_t i = 0; i < n_out; i++) {
		lobby_leave(&lobby, out[i]);
	}
}

static void enter(size_t from, size_t to, uint64_t origin, struct instant now)
{
	for (size_t i = from; i < to; i++) {
		assert_true(lobby_enter(&lobby, &guests[i], origin, now));
	}
}

static bool is_in(const struct lobby_guest *guest)
{
	return guest->index < lobby.count && lobby.guests[guest->index] == guest;
}

static void nobody_goes_while_there_is_room(void **state)
{
	(void)state;
	enter(0, GUESTS_ROOM, HERE, begun);
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
	assert_int_equal(n_out, CROWD - GUESTS_ROOM);
	for (size_t i = 0; i < CROWD; i++) {
		assert_int_equal(is_in(&guests[i]), i >= CROWD - GUESTS_ROOM);
	}
	assert_int_equal(lobby.shown_out, n_out);
}

static void a_crowd_from_elsewhere_costs_nobody_his_place(void **state)
{
	(void)state;
	enter(0, 10, HERE, begun);
	enter(10, CROWD, THERE, begun);
	make_room(later);
	assert_int_equal(lobby.count, GUESTS_ROOM);
	for (size_t i = 0; i < 10; i++) {
		assert_true(is_in(&guests[i]));
	}
}

static void two_crowds_have_half_each(void **state)
{
	(void)state;
	enter(0, CROWD, HERE, begun);
	enter(CROWD, CROWD + GUESTS_ROOM, THERE, begun);
	make_room(later);
	size_t here = 0;
	for (size_t i = 0; i < lobby.count; i++) {
		here += lobby.guests[i]->origin == HERE;
	}
	assert_int_equal(lobby.count, GUESTS_ROOM);
	assert_int_equal(here, GUESTS_ROOM / 2);
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
	assert_true(is_in(&guests[CROWD]));
}

static void whoever_is_served_stays(void **state)
{
	(void)state;
	enter(0, CROWD, HERE, begun);
	guests[0].served = true;
	make_room(later);
	assert_int_equal(n_out, CROWD - GUESTS_ROOM - 1);
	assert_true(is_in(&guests[0]));
}

static void there_is_an_end_to_it(void **state)
{
	(void)state;
	struct lobby_guest one_more;
	enter(0, GUESTS_MAX, HERE, begun);
	assert_false(lobby_enter(&lobby, &one_more, HERE, begun));
	lobby_leave(&lobby, &guests[7]);
	assert_true(lobby_enter(&lobby, &one_more, HERE, begun));
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
