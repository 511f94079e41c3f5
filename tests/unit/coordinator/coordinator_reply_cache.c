/* Remembered answers: by client and id, bounded, the oldest forgotten first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bounds.h"
#include "coordinator/engine/reply_cache.h"

static void an_answer_is_found_by_both_names(void **state)
{
	(void)state;
	struct reply_cache *cache = reply_cache_create();
	struct reply reply = {.seq = 7, .take = 3};
	assert_int_equal(reply_cache_put(cache, "a", "bc", &reply), 0);
	assert_int_equal(reply_cache_find(cache, "a", "bc")->seq, 7);
	assert_null(reply_cache_find(cache, "ab", "c"));
	assert_null(reply_cache_find(cache, "a", "b"));
	reply.seq = 8;
	reply_cache_put(cache, "a", "bc", &reply);
	assert_int_equal(reply_cache_find(cache, "a", "bc")->seq, 8);
	reply_cache_destroy(cache);
}

/* Of clients with a hundred names each. */
static void keep_many(struct reply_cache *cache, int n)
{
	char client[40], id[16];
	for (int i = 0; i < n; i++) {
		struct reply reply = {.seq = i};
		snprintf(client, sizeof(client), "site:%d/%d", i % 100, i % 7);
		snprintf(id, sizeof(id), "%d", i);
		assert_int_equal(reply_cache_put(cache, client, id, &reply), 0);
	}
}

static void the_oldest_is_forgotten(void **state)
{
	(void)state;
	struct reply_cache *cache = reply_cache_create();
	char client[40], id[16];
	int last = COMMANDS_REMEMBERED_MAX + 9;
	keep_many(cache, last + 1);
	assert_null(reply_cache_find(cache, "site:9/2", "9"));
	assert_int_equal(reply_cache_find(cache, "site:10/3", "10")->seq, 10);
	snprintf(client, sizeof(client), "site:%d/%d", last % 100, last % 7);
	snprintf(id, sizeof(id), "%d", last);
	assert_int_equal(reply_cache_find(cache, client, id)->seq, last);
	reply_cache_destroy(cache);
}

/* One that invents instances without end loses its own. */
static void nobody_pushes_out_the_answers_of_others(void **state)
{
	(void)state;
	struct reply_cache *cache = reply_cache_create();
	struct reply reply = {.seq = 1};
	char client[40], id[16];
	assert_int_equal(reply_cache_put(cache, "operator:lan/a", "1", &reply), 0);
	for (int i = 0; i < 2 * COMMANDS_REMEMBERED_MAX; i++) {
		reply.seq = i;
		snprintf(client, sizeof(client), "site:ca-mau/%d", i / 100);
		snprintf(id, sizeof(id), "%d", i);
		assert_int_equal(reply_cache_put(cache, client, id, &reply), 0);
	}
	assert_int_equal(reply_cache_find(cache, "operator:lan/a", "1")->seq, 1);
	assert_int_equal(reply_cache_find(cache, client, id)->seq, reply.seq);
	int gone = 2 * COMMANDS_REMEMBERED_MAX - COMMANDS_REMEMBERED_OF_ONE_MAX - 1;
	snprintf(client, sizeof(client), "site:ca-mau/%d", gone / 100);
	snprintf(id, sizeof(id), "%d", gone);
	assert_null(reply_cache_find(cache, client, id));
	/* A name that begins like another's is another. */
	assert_int_equal(reply_cache_put(cache, "site:ca/1", "1", &reply), 0);
	assert_non_null(reply_cache_find(cache, "site:ca/1", "1"));
	reply_cache_destroy(cache);
}

static void an_answer_learns_what_the_events_made(void **state)
{
	(void)state;
	struct reply reply = {0};
	struct event event;
	memset(&event, 0, sizeof(event));
	event.name = EV_FLOOR_TAKEN;
	event.floor_taken.take = 12;
	reply_add_event(&reply, 5, &event);
	memset(&event, 0, sizeof(event));
	event.name = EV_TURN_ADDED;
	snprintf(event.turn_added.turn, sizeof(event.turn_added.turn), "t-9");
	reply_add_event(&reply, 6, &event);
	assert_int_equal(reply.seq, 6);
	assert_int_equal(reply.take, 12);
	assert_string_equal(reply.turn, "t-9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_found_by_both_names),
		cmocka_unit_test(the_oldest_is_forgotten),
		cmocka_unit_test(nobody_pushes_out_the_answers_of_others),
		cmocka_unit_test(an_answer_learns_what_the_events_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
