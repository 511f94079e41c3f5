/* Whoever asks much waits behind himself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/api/fair_queue.h"

static struct fair_queue queue;
static struct fair_item items[2 * FAIR_QUEUE_MAX];

static int clear(void **state)
{
	(void)state;
	memset(&queue, 0, sizeof(queue));
	return 0;
}

static struct fair_item *enter(size_t i, uint64_t owner)
{
	items[i].owner = owner;
	return fair_queue_enter(&queue, &items[i]);
}

static void owners_take_turns(void **state)
{
	(void)state;
	static const uint64_t came[] = {1, 1, 1, 1, 2, 2, 3};
	static const uint64_t served[] = {1, 2, 3, 1, 2, 1, 1};
	for (size_t i = 0; i < sizeof(came) / sizeof(came[0]); i++) {
		assert_null(enter(i, came[i]));
	}
	for (size_t i = 0; i < sizeof(served) / sizeof(served[0]); i++) {
		assert_int_equal(fair_queue_next(&queue)->owner, served[i]);
	}
	assert_null(fair_queue_next(&queue));
}

static void whoever_has_filled_it_makes_room(void **state)
{
	(void)state;
	for (size_t i = 0; i < FAIR_QUEUE_MAX; i++) {
		assert_null(enter(i, 1));
	}
	assert_ptr_equal(enter(FAIR_QUEUE_MAX, 1), &items[FAIR_QUEUE_MAX]);
	assert_ptr_equal(enter(FAIR_QUEUE_MAX, 2), &items[FAIR_QUEUE_MAX - 1]);
	assert_int_equal(fair_queue_next(&queue)->owner, 1);
	assert_int_equal(fair_queue_next(&queue)->owner, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(owners_take_turns, clear),
		cmocka_unit_test_setup(whoever_has_filled_it_makes_room, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
