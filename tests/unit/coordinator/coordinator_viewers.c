/* The audience, with a server that only counts: who is told what, in which order, and who waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/peers/viewers.h"

enum { WATCHERS = 200, HEARD_MAX = 512 };

struct ws_connection {
	int heard[HEARD_MAX];
	size_t n;
};

static struct ws_connection connections[WATCHERS];
static struct clients clients;
static struct viewers viewers;
static struct client *watchers[WATCHERS];
static size_t rounds_asked;

/* ---- the server: what the linker puts in the place of coordinator/ws ---- */

int __wrap_ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct shared_buf *payload);
void __wrap_ws_set_low_priority(struct ws_connection *connection);
uint64_t __wrap_ws_dropped(const struct ws_connection *connection);
void __wrap_ws_service_again(struct ws *ws);

int __wrap_ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct shared_buf *payload)
{
	assert_int_equal(class, OUTBOX_RELIABLE);
	assert_int_equal(key, 0);
	connection->heard[connection->n++] = payload->bytes[0];
	return 0;
}

void __wrap_ws_set_low_priority(struct ws_connection *connection)
{
	assert_non_null(connection);
}

uint64_t __wrap_ws_dropped(const struct ws_connection *connection)
{
	assert_non_null(connection);
	return 0;
}

void __wrap_ws_service_again(struct ws *ws)
{
	(void)ws;
	rounds_asked++;
}

/* ---- helpers ---- */

static struct client *come(size_t i)
{
	static const struct ws_upgrade visitor;
	struct client *client =
		clients_add(&clients, &connections[i], &visitor, (struct instant){0});
	assert_non_null(client);
	return client;
}

static int begin(void **state)
{
	(void)state;
	memset(connections, 0, sizeof(connections));
	clients = (struct clients){0};
	viewers = (struct viewers){0};
	rounds_asked = 0;
	for (size_t i = 0; i < WATCHERS; i++) {
		watchers[i] = come(i);
		viewers_join(&viewers, &clients, watchers[i]);
	}
	return 0;
}

static int end(void **state)
{
	(void)state;
	while (clients.first) {
		viewers_leave(&viewers, clients.first);
		clients_remove(&clients, clients.first);
	}
	viewers_finish(&viewers);
	return 0;
}

static void tell(int what)
{
	uint8_t byte = (uint8_t)what;
	struct shared_buf *payload cleanup(shared_buf_unref) = shared_buf_copy(&byte, 1, false);
	viewers_broadcast(&viewers, &clients, what, payload);
}

static void leave(size_t i)
{
	viewers_leave(&viewers, watchers[i]);
	clients_remove(&clients, watchers[i]);
}

static void has_heard(size_t i, int first, int last)
{
	assert_int_equal(connections[i].n, last - first + 1);
	for (int what = first; what <= last; what++) {
		assert_int_equal(connections[i].heard[what - first], what);
	}
}

/* As the loop does: another round for as long as one is asked for. */
static void serve_all(void)
{
	size_t before;
	do {
		before = rounds_asked;
		viewers_serve(&viewers, &clients, NULL);
	} while (rounds_asked > before);
}

/* ---- tests ---- */

static void everybody_hears_everything_in_order(void **state)
{
	(void)state;
	tell(1);
	tell(2);
	serve_all();
	for (size_t i = 0; i < WATCHERS; i++) {
		has_heard(i, 1, 2);
	}
	assert_int_equal(rounds_asked, (WATCHERS - 1) / WS_LOW_PRIORITY_PER_ROUND);
	assert_int_equal(viewers.seq, 2);
}

static void each_round_tells_some_and_nobody_is_forgotten(void **state)
{
	(void)state;
	tell(1);
	viewers_serve(&viewers, &clients, NULL);
	assert_int_equal(rounds_asked, 1);
	assert_int_equal(connections[WATCHERS - 1].n, 0);
	tell(2);
	serve_all();
	for (size_t i = 0; i < WATCHERS; i++) {
		has_heard(i, 1, 2);
	}
}

static void who_leaves_in_a_pass_takes_nobody_with_him(void **state)
{
	(void)state;
	tell(1);
	viewers_serve(&viewers, &clients, NULL);
	assert_ptr_equal(viewers.next_in_pass, watchers[WS_LOW_PRIORITY_PER_ROUND]);
	leave(WS_LOW_PRIORITY_PER_ROUND);
	leave(0);
	leave(WATCHERS - 1);
	serve_all();
	assert_int_equal(connections[WS_LOW_PRIORITY_PER_ROUND].n, 0);
	for (size_t i = 1; i < WATCHERS - 1; i++) {
		if (i != WS_LOW_PRIORITY_PER_ROUND) {
			has_heard(i, 1, 1);
		}
	}
}

static void who_comes_later_hears_only_what_follows(void **state)
{
	(void)state;
	tell(1);
	leave(7);
	connections[7].n = 0;
	watchers[7] = come(7);
	viewers_join(&viewers, &clients, watchers[7]);
	tell(2);
	serve_all();
	has_heard(7, 2, 2);
	has_heard(8, 1, 2);
}

static void more_tellings_than_are_kept_are_all_heard(void **state)
{
	(void)state;
	enum { MANY = 3 * VIEWERS_BACKLOG_MAX };
	for (int what = 1; what <= MANY; what++) {
		tell(what);
	}
	serve_all();
	for (size_t i = 0; i < WATCHERS; i++) {
		has_heard(i, 1, MANY);
	}
}

static void tellings_to_nobody_do_not_pile_up(void **state)
{
	(void)state;
	for (size_t i = 0; i < WATCHERS; i++) {
		leave(i);
	}
	for (int what = 0; what < 3 * VIEWERS_BACKLOG_MAX; what++) {
		tell(what);
	}
	viewers_serve(&viewers, &clients, NULL);
	assert_int_equal(viewers.n_sent_to_all, viewers.n_broadcasts);
}

static void watchers_stand_behind_all_others(void **state)
{
	(void)state;
	static struct ws_connection other;
	static const struct ws_upgrade visitor;
	struct client *client = clients_add(&clients, &other, &visitor, (struct instant){0});
	assert_ptr_equal(clients.first, client);
	assert_ptr_equal(client->next, clients.viewers);
	clients_remove(&clients, client);
	assert_ptr_equal(clients.first, clients.viewers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(everybody_hears_everything_in_order, begin, end),
		cmocka_unit_test_setup_teardown(
			each_round_tells_some_and_nobody_is_forgotten, begin, end),
		cmocka_unit_test_setup_teardown(
			who_leaves_in_a_pass_takes_nobody_with_him, begin, end),
		cmocka_unit_test_setup_teardown(
			who_comes_later_hears_only_what_follows, begin, end),
		cmocka_unit_test_setup_teardown(
			more_tellings_than_are_kept_are_all_heard, begin, end),
		cmocka_unit_test_setup_teardown(tellings_to_nobody_do_not_pile_up, begin, end),
		cmocka_unit_test_setup_teardown(watchers_stand_behind_all_others, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
