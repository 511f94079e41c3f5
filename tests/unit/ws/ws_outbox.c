/* The outbox: order, bounds, what is dropped first, and what is sent in which pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bounds.h"
#include "coordinator/ws/outbox.h"
#include "domain_msg.h"

static struct shared_buf *make(size_t size, char fill)
{
	char *bytes = malloc(size);
	memset(bytes, fill, size);
	struct shared_buf *payload = shared_buf_copy(bytes, size, false);
	free(bytes);
	return payload;
}

static int push(
	struct outbox *outbox, enum outbox_class class, uint32_t key, size_t size, char fill)
{
	struct shared_buf *payload cleanup(shared_buf_unref) = make(size, fill);
	return outbox_push(outbox, class, key, payload);
}

/* The first byte of the message that is next, 0 if there is none; takes it away. */
static char take(struct outbox *outbox)
{
	struct outbox_fragment fragment;
	char first = 0;
	do {
		if (!outbox_peek(outbox, &fragment)) {
			return 0;
		}
		first = (char)fragment.bytes[0];
		outbox_sent(outbox, &fragment);
	} while (!fragment.last);
	return first;
}

static void messages_leave_in_order(void **state)
{
	(void)state;
	struct outbox outbox = {0};
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, 10, 'a'), 0);
	assert_int_equal(push(&outbox, OUTBOX_TELEMETRY, 0, 10, 'b'), 0);
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, 10, 'c'), 0);
	assert_int_equal(outbox.bytes, 30);
	assert_int_equal(take(&outbox), 'a');
	assert_int_equal(take(&outbox), 'b');
	assert_int_equal(take(&outbox), 'c');
	assert_int_equal(take(&outbox), 0);
	assert_int_equal(outbox.bytes, 0);
	outbox_finish(&outbox);
}

static void a_buffer_is_shared_and_freed_once(void **state)
{
	(void)state;
	struct outbox one = {0}, two = {0};
	struct shared_buf *payload = make(100, 'x');
	assert_int_equal(outbox_push(&one, OUTBOX_RELIABLE, 0, payload), 0);
	assert_int_equal(outbox_push(&two, OUTBOX_RELIABLE, 0, payload), 0);
	assert_int_equal(payload->references, 3);
	assert_int_equal(take(&one), 'x');
	assert_int_equal(payload->references, 2);
	outbox_finish(&two);
	assert_int_equal(payload->references, 1);
	shared_buf_unref(payload);
}

static void the_latest_of_a_key_replaces_the_unsent_one(void **state)
{
	(void)state;
	struct outbox outbox = {0};
	push(&outbox, OUTBOX_THUMBNAIL, 7, 10, 'a');
	push(&outbox, OUTBOX_THUMBNAIL, 8, 10, 'b');
	push(&outbox, OUTBOX_RELIABLE, 7, 10, 'k');
	push(&outbox, OUTBOX_THUMBNAIL, 7, 20, 'c');
	assert_int_equal(outbox.count, 3);
	assert_int_equal(outbox.bytes, 40);
	assert_int_equal(take(&outbox), 'b');
	assert_int_equal(take(&outbox), 'k');
	assert_int_equal(take(&outbox), 'c');
	outbox_finish(&outbox);
}

static void what_is_half_sent_is_not_replaced(void **state)
{
	(void)state;
	struct outbox outbox = {0};
	struct outbox_fragment fragment;
	push(&outbox, OUTBOX_THUMBNAIL, 7, OUTBOX_FRAGMENT + 1, 'a');
	assert_true(outbox_peek(&outbox, &fragment));
	assert_true(fragment.first && !fragment.last);
	outbox_sent(&outbox, &fragment);
	push(&outbox, OUTBOX_THUMBNAIL, 7, 10, 'b');
	assert_int_equal(outbox.count, 2);
	assert_true(outbox_peek(&outbox, &fragment));
	assert_true(!fragment.first && fragment.last);
	assert_int_equal(fragment.size, 1);
	outbox_clear(&outbox);
	assert_int_equal(outbox.count, 1);
	outbox_sent(&outbox, &fragment);
	assert_int_equal(outbox.count, 0);
	assert_null(outbox.last);
	outbox_finish(&outbox);
}

static void telemetry_is_refused_to_a_slow_reader(void **state)
{
	(void)state;
	struct outbox outbox = {0};
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, OUTBOX_TELEMETRY_BYTES_MAX, 'a'), 0);
	assert_int_equal(push(&outbox, OUTBOX_TELEMETRY, 0, 1, 'b'), OUTBOX_DROPPED);
	assert_int_equal(push(&outbox, OUTBOX_THUMBNAIL, 1, 1, 'b'), OUTBOX_DROPPED);
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, 1, 'c'), 0);
	assert_int_equal(outbox.dropped, 2);
	outbox_finish(&outbox);
}

static void telemetry_makes_room_before_a_reader_is_given_up(void **state)
{
	(void)state;
	struct outbox outbox = {0};
	assert_int_equal(push(&outbox, OUTBOX_TELEMETRY, 0, 1000, 't'), 0);
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, OUTBOX_BYTES_MAX - 500, 'a'), 0);
	assert_int_equal(outbox.count, 1);
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, 501, 'b'), OUTBOX_FULL);
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, 500, 'b'), 0);
	assert_int_equal(take(&outbox), 'a');
	assert_int_equal(take(&outbox), 'b');
	outbox_finish(&outbox);
}

static void an_empty_outbox_takes_a_snapshot_of_any_size(void **state)
{
	(void)state;
	struct outbox outbox = {0};
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, OUTBOX_BYTES_MAX + 1, 'a'), 0);
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, 1, 'b'), OUTBOX_FULL);
	assert_int_equal(take(&outbox), 'a');
	assert_int_equal(push(&outbox, OUTBOX_RELIABLE, 0, 1, 'b'), 0);
	outbox_finish(&outbox);
}

/* ---- the outbox, and its payloads, without memory ---- */

static void encoding_without_a_valid_value_makes_nothing(void **state)
{
	(void)state;
	enum role role = ROLE_UNSET;
	struct shared_buf *payload = NULL;
	assert_int_not_equal(shared_buf_encode(&msg_role, &role, &payload), 0);
	assert_null(payload);
	role = ROLE_SITE;
	assert_int_equal(shared_buf_encode(&msg_role, &role, &payload), 0);
	assert_int_equal(payload->size, 6);
	assert_memory_equal(payload->bytes, "\"site\"", 6);
	shared_buf_unref(payload);
}

static int allocations_left;

static void *failing_take(size_t size)
{
	return allocations_left-- > 0 ? malloc(size) : NULL;
}

static void encoding_fails_cleanly_without_memory(void **state)
{
	(void)state;
	enum role role = ROLE_SITE;
	msg_set_allocator(failing_take, free);
	allocations_left = 0;
	struct shared_buf *payload = NULL;
	assert_int_not_equal(shared_buf_encode(&msg_role, &role, &payload), 0);
	assert_null(payload);
	assert_null(shared_buf_copy("x", 1, false));
	msg_set_allocator(NULL, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_leave_in_order),
		cmocka_unit_test(a_buffer_is_shared_and_freed_once),
		cmocka_unit_test(the_latest_of_a_key_replaces_the_unsent_one),
		cmocka_unit_test(what_is_half_sent_is_not_replaced),
		cmocka_unit_test(telemetry_is_refused_to_a_slow_reader),
		cmocka_unit_test(telemetry_makes_room_before_a_reader_is_given_up),
		cmocka_unit_test(an_empty_outbox_takes_a_snapshot_of_any_size),
		cmocka_unit_test(encoding_without_a_valid_value_makes_nothing),
		cmocka_unit_test(encoding_fails_cleanly_without_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
