/*
 * Memory that runs out at each single allocation in turn: decode, encode and arena return -ENOMEM,
 * leak nothing, and never return half a value.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "proto/codec/codec.h"
#include "wire_msg.h"

enum { ALLOCATIONS_MAX = 100000 };

static long allowed; /* allocations that still succeed */
static long alive;

static void *scarce(size_t size)
{
	if (allowed-- <= 0) {
		return NULL;
	}
	alive++;
	return malloc(size);
}

static void released(void *memory)
{
	alive--;
	free(memory);
}

static const char *long_document(void)
{
	static char json[64 * 1024];

	strcpy(json, "{\"type\":\"telemetry\",\"sites\":[");
	size_t used = strlen(json);
	for (int i = 0; i < 300; i++) {
		used += (size_t)snprintf(json + used, sizeof(json) - used,
			"%s{\"site\":\"site-%d\",\"level_dbfs\":-%d,\"converged\":true}",
			i ? "," : "", i, i % 119 + 1);
	}
	strcat(json, "]}");
	return json;
}

static int there_and_back(const char *json, char **ret_again)
{
	static struct wire_message message;
	struct msg_arena arena = {0};
	struct msg_error error;
	size_t len;
	int r = msg_decode(&msg_wire_message, json, strlen(json), &arena, &message, &error);

	if (r == 0) {
		r = msg_encode(&msg_wire_message, &message, ret_again, &len);
	}
	msg_arena_finish(&arena);
	return r;
}

static void assert_survives(const char *json)
{
	bool fed = false;
	char *again = NULL;

	for (long n = 0; !fed && n < ALLOCATIONS_MAX; n++) {
		allowed = n;
		int r = there_and_back(json, &again);
		fed = allowed >= 0;
		assert_int_equal(r, fed ? 0 : -ENOMEM);
	}
	assert_true(fed);
	assert_string_equal(again, json);
	msg_free(again);
	assert_int_equal(alive, 0);
}

static void short_message(void **state)
{
	(void)state;
	assert_survives("{\"type\":\"command\",\"id\":\"1\",\"name\":\"turn.withdraw\","
			"\"args\":{\"turn\":\"t-1\",\"reason\":\"không đến được, đã báo trước\"}}");
}

static void message_with_long_array(void **state)
{
	(void)state;
	assert_survives(long_document());
}

static void arena_keeps_alignment_and_order(void **state)
{
	struct msg_arena arena = {0};

	(void)state;
	allowed = ALLOCATIONS_MAX;
	for (size_t size = 1; size < 40000; size = size * 3 / 2 + 1) {
		unsigned char *taken = msg_arena_take(&arena, size);

		assert_non_null(taken);
		assert_int_equal((uintptr_t)taken % _Alignof(max_align_t), 0);
		assert_int_equal(taken[0] | taken[size - 1], 0);
		memset(taken, 0xff, size);
	}
	msg_arena_reset(&arena);
	assert_in_range(alive, 0, 1);
	assert_int_equal(*(unsigned char *)msg_arena_take(&arena, 64), 0);
	assert_null(msg_arena_take(&arena, 0));
	assert_null(msg_arena_take(&arena, SIZE_MAX));
	allowed = 0;
	assert_null(msg_arena_take(&arena, 1 << 20));
	msg_arena_finish(&arena);
	assert_int_equal(alive, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_message),
		cmocka_unit_test(message_with_long_array),
		cmocka_unit_test(arena_keeps_alignment_and_order),
	};

	msg_set_allocator(scarce, released);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
