/*
 * What coordinator/ws/ws_writer.c asks of the websocket library, on the wire: bytes handed over as
 * LWS_WRITE_HTTP reach the socket as they are, in one write, in order, whole, also where the socket
 * took no more and where the library answers a ping in between (docs/decisions/010). The client is
 * a plain socket that reads frames as RFC 6455 has them and forgives nothing.
 */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/ws/ws.h"

enum {
	SHORT = 24, /* messages that fit into one write together */
	LONG_BYTES = 3 * OUTBOX_FRAGMENT - 5,
	MANY = 400, /* messages of 8 KiB: more than both ends' sockets hold */
	MANY_BYTES = 8 * 1024,
	ROUNDS_MAX = 20000,
	TEXT = 1,
	BINARY = 2,
	PONG = 10,
};

static unsigned int writes;

/* The library's own way to the socket, counted. */
ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
	writes++;
	return sendto(fd, bytes, size, flags, NULL, 0);
}

struct stage {
	struct ws *ws;
	struct ws_connection *connection;
	uint16_t port;
	int fd;
	uint8_t *bytes; /* received and not taken apart yet */
	size_t size;
	size_t taken;
	unsigned int lived;
	unsigned int beats;
};

struct frame {
	unsigned int opcode;
	bool final;
	const uint8_t *bytes;
	size_t size;
};

/* ---- the server's side ---- */

static void *on_opened(
	void *user, struct ws_connection *connection, const struct ws_upgrade *visitor)
{
	struct stage *stage = user;
	(void)visitor;
	stage->connection = connection;
	ws_set_message_max(connection, 1024);
	return stage;
}

static void on_closed(void *user, void *peer)
{
	struct stage *stage = user;
	(void)peer;
	stage->connection = NULL;
}

static void on_text(void *user, void *peer, const char *text, size_t size)
{
	(void)user;
	(void)peer;
	(void)text;
	(void)size;
}

static void on_lives(void *user, void *peer)
{
	struct stage *stage = user;
	(void)peer;
	stage->lived++;
}

static void on_beat(void *user)
{
	struct stage *stage = user;
	stage->beats++;
}

static void on_nothing(void *user)
{
	(void)user;
}

static void on_warning(void *user, const char *line)
{
	(void)user;
	print_message("%s\n", line);
}

static const struct ws_callbacks port = {
	.opened = on_opened,
	.closed = on_closed,
	.text = on_text,
	.lives = on_lives,
	.woken = on_nothing,
	.due = on_nothing,
	.tick = on_beat,
	.warn = on_warning,
};

/* One round of the loop, without waiting. */
static void go_round(struct stage *stage)
{
	ws_service_again(stage->ws);
	ws_service(stage->ws);
	ws_flush(stage->ws);
}

/* ---- the client's side ---- */

static void receive(struct stage *stage)
{
	enum { CHUNK = 64 * 1024 };
	ssize_t got;
	do {
		stage->bytes = realloc(stage->bytes, stage->size + CHUNK);
		assert_non_null(stage->bytes);
		got = recv(stage->fd, stage->bytes + stage->size, CHUNK, MSG_DONTWAIT);
		stage->size += got > 0 ? (size_t)got : 0;
	} while (got > 0);
}

static bool take_frame(struct stage *stage, struct frame *ret)
{
	const uint8_t *at = stage->bytes + stage->taken;
	size_t left = stage->size - stage->taken, header = 2;
	if (left < header) {
		return false;
	}
	assert_int_equal(at[0] & 0x70, 0); /* no extension was agreed upon */
	assert_int_equal(at[1] & 0x80, 0); /* a server masks nothing */
	size_t size = at[1];
	if (size == 126) {
		header = 4;
		size = left < header ? left : (size_t)(at[2] << 8 | at[3]);
	}
	assert_int_not_equal(at[1], 127);
	if (left < header + size) {
		return false;
	}
	*ret = (struct frame){at[0] & 15, at[0] >> 7, at + header, size};
	stage->taken += header + size;
	return true;
}

/* The next frame; the server goes round until it is there. */
static struct frame next_frame(struct stage *stage)
{
	struct frame frame;
	for (int i = 0; i < ROUNDS_MAX; i++) {
		if (take_frame(stage, &frame)) {
			return frame;
		}
		go_round(stage);
		receive(stage);
	}
	fail_msg("no frame came");
	return frame;
}

static void connect_to(struct stage *stage)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons(stage->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const void *address = &to;
	stage->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(stage->fd, address, sizeof(to)), 0);
	static const char hello[] = "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
				    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
				    "Sec-WebSocket-Protocol: diemcau.v1\r\n\r\n";
	assert_int_equal(write(stage->fd, hello, sizeof(hello) - 1), sizeof(hello) - 1);
}

static int set_up(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));
	struct ws_config config = {.callbacks = &port, .user = stage};
	const struct bind_address here = {.host = "127.0.0.1"};
	char fault[LISTEN_FAULT_SIZE];
	assert_int_equal(listen_sockets_open(&here, &config.sockets, fault), 0);
	stage->port = config.sockets.port;
	assert_int_equal(ws_create(&config, &stage->ws), 0);
	connect_to(stage);
	for (int i = 0; i < ROUNDS_MAX && !stage->connection; i++) {
		go_round(stage);
	}
	assert_non_null(stage->connection);
	receive(stage);
	stage->bytes[stage->size] = '\0';
	const char *end = strstr((const char *)stage->bytes, "\r\n\r\n");
	assert_non_null(end);
	stage->taken = (size_t)((const uint8_t *)end - stage->bytes) + 4;
	writes = 0;
	*state = stage;
	return 0;
}

static int tear_down(void **state)
{
	struct stage *stage = *state;
	close(stage->fd);
	ws_destroy(stage->ws);
	free(stage->bytes);
	free(stage);
	return 0;
}

/* ---- what is said ---- */

static void say(struct stage *stage, const void *bytes, size_t size, bool binary)
{
	struct shared_buf *payload cleanup(shared_buf_unref) = shared_buf_copy(bytes, size, binary);
	assert_non_null(payload);
	assert_int_equal(ws_send(stage->connection, OUTBOX_RELIABLE, 0, payload), 0);
}

static void say_numbered(struct stage *stage, int number, size_t size)
{
	char text[MANY_BYTES];
	memset(text, 'x', size);
	memcpy(text + snprintf(text, size, "%d ", number), "x", 1);
	say(stage, text, size, false);
}

static void is_numbered(const struct frame *frame, int number, size_t size)
{
	char begin[16];
	int n = snprintf(begin, sizeof(begin), "%d x", number);
	assert_int_equal(frame->opcode, TEXT);
	assert_true(frame->final);
	assert_int_equal(frame->size, size);
	assert_memory_equal(frame->bytes, begin, (size_t)n);
	assert_int_equal(frame->bytes[size - 1], 'x');
}

static void many_messages_leave_in_one_write(void **state)
{
	struct stage *stage = *state;
	for (int i = 0; i < SHORT; i++) {
		say_numbered(stage, i, 100 + (size_t)i * 3); /* headers of two and of four bytes */
	}
	ws_ping(stage->connection);
	assert_int_equal(writes, 0);
	ws_flush(stage->ws);
	assert_int_equal(writes, 1);
	assert_int_equal(next_frame(stage).opcode, 9);
	for (int i = 0; i < SHORT; i++) {
		struct frame frame = next_frame(stage);
		is_numbered(&frame, i, 100 + (size_t)i * 3);
	}
	assert_int_equal(stage->taken, stage->size);
}

static void a_long_message_is_one_message(void **state)
{
	struct stage *stage = *state;
	uint8_t *bytes = malloc(LONG_BYTES);
	for (size_t i = 0; i < LONG_BYTES; i++) {
		bytes[i] = (uint8_t)(i * 7);
	}
	say(stage, bytes, LONG_BYTES, true);
	ws_flush(stage->ws);
	assert_int_equal(writes, 3);
	size_t at = 0;
	for (int i = 0; i < 3; i++) {
		struct frame frame = next_frame(stage);
		assert_int_equal(frame.opcode, i == 0 ? BINARY : 0);
		assert_int_equal(frame.final, i == 2);
		assert_memory_equal(frame.bytes, bytes + at, frame.size);
		at += frame.size;
	}
	assert_int_equal(at, LONG_BYTES);
	free(bytes);
}

/* Until the socket takes no more: what is said then waits in the outbox. */
static void say_many(struct stage *stage)
{
	for (int i = 0; i < MANY; i++) {
		say_numbered(stage, i, MANY_BYTES);
		go_round(stage);
	}
	assert_true(ws_waiting(stage->connection) > 0);
}

static void a_full_socket_tears_nothing(void **state)
{
	static const uint8_t ping[] = {0x89, 0x83, 0, 0, 0, 0, 'a', 'b', 'c'}; /* mask of zeroes */
	struct stage *stage = *state;
	say_many(stage);
	assert_int_equal(write(stage->fd, ping, sizeof(ping)), sizeof(ping));
	for (int i = 0; i < 8; i++) {
		go_round(stage); /* the library has the ping, and would answer it */
	}
	int number = 0, pongs = 0;
	while (number < MANY || pongs == 0) {
		struct frame frame = next_frame(stage);
		if (frame.opcode == PONG) {
			assert_int_equal(frame.size, 3);
			assert_memory_equal(frame.bytes, "abc", 3);
			pongs++;
		} else {
			is_numbered(&frame, number++, MANY_BYTES);
		}
	}
	assert_int_equal(pongs, 1);
	assert_true(stage->lived > 0); /* a reader that reads again is known to live */
	assert_int_equal(ws_waiting(stage->connection), 0);
	assert_int_equal(stage->taken, stage->size);
}

/* Were it to wait for more, each round would end with a beat. */
static void a_round_asked_for_does_not_wait(void **state)
{
	struct stage *stage = *state;
	for (int i = 0; i < 40; i++) {
		go_round(stage);
	}
	assert_true(stage->beats < 10);
}

static void a_bye_is_the_last_frame(void **state)
{
	struct stage *stage = *state;
	struct shared_buf *bye cleanup(shared_buf_unref) = shared_buf_copy("bye", 3, false);
	ws_close(stage->connection, bye);
	struct frame frame = next_frame(stage);
	assert_int_equal(frame.size, 3);
	assert_memory_equal(frame.bytes, "bye", 3);
	go_round(stage);
	uint8_t more;
	assert_int_equal(recv(stage->fd, &more, 1, 0), 0);
	assert_int_equal(stage->taken, stage->size);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			many_messages_leave_in_one_write, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_long_message_is_one_message, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_socket_tears_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_round_asked_for_does_not_wait, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_bye_is_the_last_frame, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
