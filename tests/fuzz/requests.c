/*
 * HTTP as bytes on connections of a real loop, nothing waited for in between: the input is cut at
 * each byte 0xFF, and each part is one write. The first byte says whether answers are given at once
 * or later, as a worker does. Whatever comes: the loop returns, a connection carries one request
 * and one answer at most, it ends when the client has ended, and the next client is served.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bounds.h"
#include "coordinator/ws/ws.h"
#include "tests/fuzz/bytes.h"

enum {
	ROUNDS_AFTER_A_WRITE = 4,
	ROUNDS_MAX = 2000,
	WAIT_MS = 1,
	ANSWER_MAX = 256 * 1024,
	CUT = 0xFF,
	DESCRIPTORS_USUAL = 64,
	SOURCES = 60000,
	LATER = 1, /* bit of the first byte */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
	struct ws *ws;
	struct sockaddr_in address;
	bool later;
	size_t requests; /* on the present connection */
	uint64_t unanswered;
	char answer[ANSWER_MAX];
	size_t size;
} stage;

/* ---- the program ---- */

static void *on_opened(
	void *user, struct ws_connection *connection, const struct ws_upgrade *visitor)
{
	(void)user;
	demand(memchr(visitor->session, '\0', sizeof(visitor->session)) != NULL);
	ws_set_message_max(connection, MESSAGE_FROM_PEER_MAX);
	return connection;
}

static void on_closed(void *user, void *peer)
{
	(void)user;
	(void)peer;
}

static void on_text(void *user, void *peer, const char *text, size_t size)
{
	(void)user;
	(void)peer;
	demand(text != NULL && size <= MESSAGE_FROM_PEER_MAX);
}

static void on_frame(void *user, void *peer, const uint8_t *bytes, size_t size)
{
	(void)user;
	(void)peer;
	demand(bytes != NULL && size <= MESSAGE_FROM_PEER_MAX);
}

static void on_peer(void *user, void *peer)
{
	(void)user;
	(void)peer;
}

static void answer(uint64_t exchange)
{
	ws_respond(stage.ws, exchange,
		&(struct http_response){.status = 200,
			.type = "text/plain",
			.body = shared_buf_copy("four", 4, false)});
}

static void on_request(void *user, uint64_t exchange, const struct http_request *request)
{
	(void)user;
	stage.requests++;
	demand(request->method != HTTP_METHOD_UNSET && request->route != HTTP_ROUTE_UNSET);
	demand(request->body_size <=
		(request->method == HTTP_PATCH ? UPLOAD_PIECE_MAX : HTTP_BODY_MAX));
	demand(request->body_size == 0 || request->method == HTTP_POST ||
		request->method == HTTP_PATCH);
	demand(request->body_size == 0 || request->body[request->body_size] == '\0');
	if (stage.later) {
		stage.unanswered = exchange;
	} else {
		answer(exchange);
	}
}

/* Every other piece is refused. */
static bool admits(void *user, const struct http_request *request)
{
	(void)user;
	demand(request->method == HTTP_PATCH && request->body == NULL);
	return stage.requests % 2 == 0;
}

static void on_nothing(void *user)
{
	(void)user;
}

static void on_warning(void *user, const char *line)
{
	(void)user;
	demand(line[0] != '\0' && !strchr(line, '\n'));
}

static const struct ws_callbacks port = {
	.opened = on_opened,
	.closed = on_closed,
	.text = on_text,
	.frame = on_frame,
	.oversized = on_peer,
	.lives = on_peer,
	.request = on_request,
	.admits = admits,
	.woken = on_nothing,
	.due = on_nothing,
	.tick = on_nothing,
	.warn = on_warning,
};

static void open_stage(void)
{
	const struct bind_address here = {.host = "127.0.0.1"};
	struct ws_config config = {.callbacks = &port};
	char fault[LISTEN_FAULT_SIZE];
	demand(listen_sockets_open(&here, &config.sockets, fault) == 0);
	memcpy(&stage.address, &config.sockets.addresses[0], sizeof(stage.address));
	demand(ws_create(&config, &stage.ws) == 0);
}

static void go_round(void)
{
	ws_service_again(stage.ws);
	ws_service(stage.ws);
	ws_flush(stage.ws);
	if (stage.unanswered != 0) {
		uint64_t exchange = stage.unanswered;
		stage.unanswered = 0;
		answer(exchange);
	}
}

/* ---- a client ---- */

/* Another address of loopback each time: the ports of one are used up in a minute. */
static const struct sockaddr_in *next_source(void)
{
	static struct sockaddr_in from = {.sin_family = AF_INET};
	static uint32_t number;
	from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + number++ % SOURCES);
	return &from;
}

/* Negative: this address has no port left that the server does not remember, or libFuzzer looked at
 * its watch. */
static int try_to_come(void)
{
	const void *address = &stage.address;
	const void *from = next_source();
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	demand(fd >= 0 && fd < DESCRIPTORS_USUAL); /* none is lost */
	demand(bind(fd, from, sizeof(struct sockaddr_in)) == 0);
	if (connect(fd, address, sizeof(stage.address)) != 0) {
		demand(errno == EADDRNOTAVAIL || errno == EADDRINUSE || errno == EINTR);
		close(fd);
		return -1;
	}
	return fd;
}

static int come(void)
{
	const struct linger reset = {.l_onoff = 1}; /* leaves no port behind */
	int fd = try_to_come();
	for (int i = 0; fd < 0 && i < SOURCES; i++) {
		fd = try_to_come();
	}
	demand(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	stage.requests = 0;
	stage.size = 0;
	return fd;
}

/* True: the other end is open. */
static bool hear(int fd)
{
	ssize_t n = recv(fd, stage.answer + stage.size, ANSWER_MAX - 1 - stage.size, MSG_DONTWAIT);
	stage.size += n > 0 ? (size_t)n : 0;
	stage.answer[stage.size] = '\0';
	demand(stage.size < ANSWER_MAX - 1);
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

static void say(int fd, const uint8_t *data, size_t size)
{
	while (size > 0) {
		ssize_t n = send(fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n < 0 && errno != EAGAIN) {
			return;
		}
		data += n > 0 ? n : 0;
		size -= n > 0 ? (size_t)n : 0;
		go_round();
		if (!hear(fd)) {
			return;
		}
	}
	for (int i = 0; i < ROUNDS_AFTER_A_WRITE; i++) {
		go_round();
	}
}

static void end(int fd)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	int rounds = 0;
	shutdown(fd, SHUT_WR);
	while (hear(fd)) {
		go_round();
		demand(++rounds < ROUNDS_MAX);
		if (rounds > ROUNDS_AFTER_A_WRITE) {
			poll(&poll_fd, 1, WAIT_MS);
		}
	}
	close(fd);
	for (int i = 0; i < ROUNDS_AFTER_A_WRITE; i++) {
		go_round();
	}
}

/* ---- what came back ---- */

static const char *after_head(const char *text)
{
	const char *end = strstr(text, "\r\n\r\n");
	return end ? end + 4 : NULL;
}

/* Nothing, or one answer to its end; "100 Continue" before it. A websocket is not looked into. */
static void judge(void)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
	const char *text = stage.answer;
	demand(stage.requests <= 1);
	if (strncmp(text, go_on, sizeof(go_on) - 1) == 0) {
		text += sizeof(go_on) - 1;
	}
	if (*text == '\0') {
		return;
	}
	demand(strncmp(text, "HTTP/1.", 7) == 0);
	if (strncmp(text + 8, " 101 ", 5) == 0) {
		return;
	}
	const char *body = after_head(text);
	const char *length = strstr(text, "content-length: ");
	size_t told = length ? strtoul(length + 16, NULL, 10) : 0;
	demand(body != NULL && strstr(text, "x-content-type-options: nosniff") != NULL);
	size_t left = stage.size - (size_t)(body - stage.answer);
	demand(left == told || left == 0); /* HEAD, or cut off */
}

static void serve_the_next(void)
{
	static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
	int fd = come();
	stage.later = false;
	say(fd, (const uint8_t *)request, sizeof(request) - 1);
	end(fd);
	demand(stage.requests == 1 && strncmp(stage.answer, "HTTP/1.1 200 OK\r\n", 17) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!stage.ws) {
		open_stage();
	}
	if (size == 0) {
		return 0;
	}
	stage.later = data[0] & LATER;
	data++;
	size--;
	int fd = come();
	while (size > 0) {
		const uint8_t *cut = memchr(data, CUT, size);
		size_t part = cut ? (size_t)(cut - data) : size;
		say(fd, data, part);
		part += cut ? 1 : 0;
		data += part;
		size -= part;
	}
	end(fd);
	judge();
	serve_the_next();
	return 0;
}
